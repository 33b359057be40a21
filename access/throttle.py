"""Throttle: whoever tries password after password waits longer and longer; nobody else does.

Counted are the tries of an account from one address, of an account from everywhere, and of an address at everything.
The first wait may grow long; the other two stay short, for those who share an account's name or an address with whoever
tries must still come in. A browser that has signed in to the account before is counted by itself alone. All of it lies
in memory, in so many places and no more: a server that starts anew begins anew.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from cachetools import LRUCache

_PLACES = 20_000
_FORGET = 3600.0  # seconds after which tries no longer count


@dataclass(frozen=True)
class Limit:
    """So many tries are free; then the wait doubles from a second up to the longest, in seconds."""

    free: int
    longest: float

    def wait(self, tries: int) -> float:
        """Return how long to wait after so many tries."""
        over = tries - self.free
        return 0.0 if over < 0 else min(2.0 ** min(over, 20), self.longest)


PAIR = Limit(5, 900.0)
ACCOUNT = Limit(50, 30.0)
ADDRESS = Limit(30, 30.0)
BROWSER = Limit(10, 300.0)


@dataclass
class _Count:
    tries: int = 0
    until: float = 0.0
    last: float = 0.0


@dataclass(frozen=True)
class Try:
    """One try of a password: `wait` seconds before it may be made, 0 when it may be made now; and where it counts."""

    wait: float
    keys: tuple[tuple[str, ...], ...]


class Throttle:
    """Counts tries. A try counts from its beginning, so that many at once do not slip through together."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._counts: LRUCache[tuple[str, ...], _Count] = LRUCache(_PLACES)

    def begin(self, account: str, address: str, browser: str = "") -> Try:
        """Begin a try; `browser` is the token of one that has signed in to this account before, else ""."""
        where = _network(address)
        limits = (
            {("browser", account, browser): BROWSER}
            if browser
            else {("pair", account, where): PAIR, ("account", account): ACCOUNT, ("address", where): ADDRESS}
        )
        with self._lock:
            now = self._clock()
            counts = {key: self._count(key, now) for key in limits}
            wait = max(count.until - now for count in counts.values())
            if wait > 0:
                return Try(wait, ())
            for key, limit in limits.items():
                count = counts[key]
                count.tries, count.last = count.tries + 1, now
                count.until = now + limit.wait(count.tries)
        return Try(0.0, tuple(limits))

    def succeed(self, tried: Try) -> None:
        """Forget what was counted against who has come in; of his address only this one try."""
        with self._lock:
            for key in tried.keys:
                count = self._counts.get(key)
                if count and key[0] == "address":
                    count.tries, count.until = max(0, count.tries - 1), 0.0
                elif count:
                    del self._counts[key]

    def _count(self, key: tuple[str, ...], now: float) -> _Count:
        count = self._counts.get(key)
        if count is None or now - count.last > _FORGET:
            count = self._counts[key] = _Count()
        return count

    def __len__(self) -> int:
        return len(self._counts)


def _network(address: str) -> str:
    """Return what counts as one address: of the sixth version the part that one line is given."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)
