"""Throttle: repeated wrong passwords make the attacker wait longer and longer, and nobody else.

Attempts are counted per account and address, per account from anywhere, and per address for all accounts. The first
wait may grow long; the other two stay short, because legitimate users may share the account or the address with an
attacker. A browser that has signed in to the account before is counted separately. All counts are in memory, limited in
number, and lost at a restart.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from cachetools import LRUCache

_PLACES = 20_000  # accounts and addresses counted; the least recent are dropped, so that memory is bounded
_FORGET = 3600.0  # seconds after which attempts no longer count


@dataclass(frozen=True)
class Limit:
    """A number of free attempts; then the wait doubles from one second up to a maximum, in seconds."""

    free: int
    longest: float

    def wait(self, tries: int) -> float:
        """Return how long to wait after a number of attempts, in seconds."""
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
    """One password attempt: `wait` seconds before it is allowed, 0 if it is allowed now; and where it counts."""

    wait: float
    keys: tuple[tuple[str, ...], ...]


class Throttle:
    """Counts attempts. An attempt counts from its beginning, so that many at once can't slip through together."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._counts: LRUCache[tuple[str, ...], _Count] = LRUCache(_PLACES)

    def begin(self, account: str, address: str, browser: str = "") -> Try:
        """Begin an attempt; `browser` is the token of one that has signed in to this account before, else ""."""
        where = _network(address)
        if browser:
            return self._begin({("browser", account, browser): BROWSER})
        return self._begin({("pair", account, where): PAIR, ("account", account): ACCOUNT, ("address", where): ADDRESS})

    def begin_code(self, account: str) -> Try:
        """Begin an attempt to enter a second-factor code.

        It is limited by account, not by address: whoever gets this far knows the password.
        """
        return self._begin({("code", account): PAIR})

    def _begin(self, limits: Mapping[tuple[str, ...], Limit]) -> Try:
        with self._lock:
            now = self._clock()
            counts = {key: self._count(key, now) for key in limits}
            wait = max(count.until - now for count in counts.values())
            if wait > 0:
                return Try(wait, ())  # not counted, or trying on would lock the owner out
            for key, limit in limits.items():
                count = counts[key]
                count.tries, count.last = count.tries + 1, now
                count.until = now + limit.wait(count.tries)
        return Try(0.0, tuple(limits))

    def succeed(self, tried: Try) -> None:
        """Drop the counts of a successful attempt; for its address only this one."""
        with self._lock:
            for key in tried.keys:
                count = self._counts.get(key)
                # others behind the same address may still be guessing
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
    """Return what counts as one address: for IPv6 the prefix that one connection is assigned."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
