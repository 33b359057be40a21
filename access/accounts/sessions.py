"""Sessions, kept on the server. A browser holds a long random token, the database only its hash.

Each request is checked against the database, so that a session is over as soon as it is ended, its account is disabled
or its password changed.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, delete, insert, select, update

from access.accounts import account_of
from access.accounts.people import Account, Person
from access.accounts.sessions_in_memory import (
    TRUSTED,
    confirm_session,
    forget,
    remember,
    remembered_person,
    see,
    seen_since,
)
from base.errors import UserError
from base.settings import Settings
from etl.privacy import hide
from store import schema as tables
from store.audit import NewAuditEntry, add
from store.disk_errors import InUse
from store.engine import ask, writing
from store.verbs import Verb

OIDC, PROXY, SAMPLE = "oidc", "proxy", "sample"  # ways of signing in other than by password
_TOUCH = 60  # seconds between updates of a session's last use
_MOMENT = 0.5  # seconds such an update waits for another writer
_SIGNING_IN = 5.0  # seconds signing in or out waits for another writer
_BROWSERS = 10  # known browsers stored per account
_LONGEST = 200  # characters stored of a browser's user agent


@dataclass(kw_only=True, frozen=True)
class Visit:
    """One session as its owner sees it: when it began and was last used, from which address and browser."""

    id: str
    how: str
    browser: str
    address: str
    began: int
    seen: int


class Sessions:
    """The sessions of a store, under the limits of the settings."""

    def __init__(self, store: Path, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock

    def begin(self, account: Account, how: str, browser: str = "", address: str = "") -> str:
        """Begin a session, record the sign-in, and return its token, which is always new.

        Expired sessions are deleted.
        """
        token, now = secrets.token_urlsafe(32), int(self._clock())
        row = {
            "id": secrets.token_hex(16), "token": _hash(token), "account": account.id, "how": how,
            "browser": browser[:_LONGEST], "address": address, "began": now, "seen": now,
        }  # fmt: skip
        with writing(self._store, _SIGNING_IN) as connection:
            connection.execute(delete(tables.session).where(~self._lives(now)))
            connection.execute(insert(tables.session).values(row))
            add(connection, [NewAuditEntry(account.shown, Verb.SIGNED_IN, details=_from(address))])
        return token

    def use(self, token: str) -> Person | None:
        """Return the person of a token, None when the session is over; this counts as use of the session."""
        return self._find(tables.session.c.token, _hash(token), in_use=True) if token else None

    def by_id(self, session: str, in_use: bool = False) -> Person | None:
        """Return the person of a session number, None when the session is over."""
        return self._find(tables.session.c.id, session, in_use) if session else None

    def end(self, session: str, who: str, address: str = "") -> None:
        """End one session and record who ended it."""
        with writing(self._store, _SIGNING_IN) as connection:
            connection.execute(delete(tables.session).where(tables.session.c.id == session))
            add(connection, [NewAuditEntry(who, Verb.SIGNED_OUT, details=_from(address))])
        forget(self._store)

    def refuse(self, name: str, address: str = "") -> None:
        """Record that signing in by a name failed."""
        with writing(self._store, _SIGNING_IN) as connection:
            add(connection, [NewAuditEntry("", Verb.NOT_SIGNED_IN, f"登录名“{hide(name)}”", _from(address))])

    def of_account(self, account: Account) -> list[Visit]:
        """Return the active sessions of an account, the most recently used first."""
        now, session = int(self._clock()), tables.session
        wanted = [session.c[name] for name in ("id", "how", "browser", "address", "began", "seen")]
        query = select(*wanted).where(session.c.account == account.id, self._lives(now)).order_by(session.c.seen.desc())
        return [Visit(**row) for row in ask(self._store, query)]

    def know_browser(self, account: Account) -> str:
        """Return a token that identifies a browser that has signed in; the oldest tokens are dropped."""
        token, known = secrets.token_urlsafe(32), tables.known_browser
        mine = known.c.account == account.id
        latest = select(known.c.token).where(mine).order_by(known.c.at.desc()).limit(_BROWSERS - 1)
        with writing(self._store, _SIGNING_IN) as connection:
            kept = [row.token for row in connection.execute(latest)]
            connection.execute(delete(known).where(mine, known.c.token.not_in(kept)))
            connection.execute(insert(known).values(token=_hash(token), account=account.id, at=int(self._clock())))
        return token

    def is_known(self, token: str, account: Account | None) -> bool:
        """Return whether a browser has signed in to an account before."""
        if not token or account is None:
            return False
        known = tables.known_browser
        query = select(known.c.token).where(known.c.token == _hash(token), known.c.account == account.id)
        return bool(ask(self._store, query))

    def _find(self, column: ColumnElement[str], key: str, in_use: bool) -> Person | None:
        """Return the person of a session. Its last use is stored at most once a minute.

        While the journal is locked against readers, the answer is what it last said.
        """
        session, account, now = tables.session, tables.account, int(self._clock())
        query = (
            select(session.c.id.label("session"), session.c.how, session.c.seen, account)
            .join(account, account.c.id == session.c.account)
            .where(column == key, self._lives(now), ~account.c.stopped)
        )
        try:
            row = next(iter(ask(self._store, query)), None)
        except InUse:
            since = now - min(TRUSTED, self._settings.idle_minutes * 60)
            if person := remembered_person(self._store, key, since):
                return person
            raise
        if row is None:
            forget(self._store, key)
            return None
        if in_use and max(row["seen"], seen_since(self._store, 0).get(row["session"], 0)) < now - _TOUCH:
            self._touch(row["session"], now)
        person = Person(row["session"], account_of(row), row["how"])
        for known in (key, person.session):
            remember(self._store, known, person, now)
        return person

    def _touch(self, session: str, now: int) -> None:
        """Store the last use of a session: in the journal, or in memory while the journal can't be written."""
        wanted = update(tables.session).where(tables.session.c.id == session).values(seen=now)
        try:
            with writing(self._store, _MOMENT) as connection:
                connection.execute(wanted)
        except UserError:
            see(self._store, session, now)
        else:
            confirm_session(self._store, session)

    def _lives(self, now: int) -> ColumnElement[bool]:
        session = tables.session
        idle, longest = self._settings.idle_minutes * 60, self._settings.longest_hours * 3600
        in_use = (session.c.seen > now - idle) | session.c.id.in_(seen_since(self._store, now - idle))
        return in_use & (session.c.began > now - longest)


def _from(address: str) -> dict[str, str | int]:
    return {"address": address} if address else {}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
