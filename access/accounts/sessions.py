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

from sqlalchemy import ColumnElement, delete, insert, select, true, update

from access.accounts import account_of
from access.accounts.people import BY_PASSWORD, Account, Person
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
_WAYS = {BY_PASSWORD: "密码", OIDC: "统一身份认证", PROXY: "前面的代理", SAMPLE: "示例账号"}
_TOUCH = 60  # seconds between updates of a session's last use
_MOMENT = 0.5  # seconds such an update waits for another writer
_SIGNING_IN = 5.0  # seconds signing in or out waits for another writer
_BROWSERS = 10  # known browsers stored per account
_HALF_WAY = 600  # seconds a session waits for the code of the second factor
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

    def begin(
        self,
        account: Account,
        how: str,
        browser: str = "",
        address: str = "",
        since: int | None = None,
        proved: str = "",
    ) -> str:
        """Begin a session, record the sign-in, and return its token, which is always new.

        `since` is when the person signed in at the provider, from where the time of the session counts; `proved` says
        in words which second factor was shown, "" for none. Expired sessions are deleted.
        """
        token, now = secrets.token_urlsafe(32), int(self._clock())
        row = {
            "id": secrets.token_hex(16), "token": _hash(token), "account": account.id, "how": how,
            "browser": browser[:_LONGEST], "address": address, "began": min(since or now, now), "seen": now,
            "proved": bool(proved),
        }  # fmt: skip
        with writing(self._store, _SIGNING_IN) as connection:
            connection.execute(delete(tables.session).where(~self._lives(now)))
            connection.execute(insert(tables.session).values(row))
            add(connection, [NewAuditEntry(account.shown, Verb.SIGNED_IN, details=_from(address, how, proved))])
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

    def end_all(self, who: str, account: Account | None = None, but: str = "", address: str = "") -> int:
        """End the sessions of an account, or of everybody, but one; record it and return how many were ended."""
        session = tables.session.c
        wanted = (session.id != but) & (session.account == account.id if account else true())
        about = f"“{account.name}”的全部登录" if account else "所有人的登录"
        with writing(self._store, _SIGNING_IN) as connection:
            ended = connection.execute(delete(tables.session).where(wanted)).rowcount
            add(connection, [NewAuditEntry(who, Verb.SIGNED_OUT, f"结束{about}", _from(address))])
        forget(self._store)
        return ended

    def refuse(self, name: str, address: str = "", how: str = BY_PASSWORD) -> None:
        """Record that signing in by a name failed."""
        with writing(self._store, _SIGNING_IN) as connection:
            add(connection, [NewAuditEntry("", Verb.NOT_SIGNED_IN, f"登录名“{hide(name)}”", _from(address, how))])

    def of_account(self, account: Account) -> list[Visit]:
        """Return the active sessions of an account, the most recently used first."""
        now, session = int(self._clock()), tables.session
        wanted = [session.c[name] for name in ("id", "how", "browser", "address", "began", "seen")]
        query = select(*wanted).where(session.c.account == account.id, self._lives(now)).order_by(session.c.seen.desc())
        return [Visit(**row) for row in ask(self._store, query)]

    def know_browser(self, account: Account) -> str:
        """Return a token that identifies a browser that has signed in; the oldest tokens are dropped."""
        token, known = secrets.token_urlsafe(32), tables.known_browser
        own = known.c.account == account.id
        latest = select(known.c.token).where(own).order_by(known.c.at.desc()).limit(_BROWSERS - 1)
        with writing(self._store, _SIGNING_IN) as connection:
            kept = [row.token for row in connection.execute(latest)]
            connection.execute(delete(known).where(own, known.c.token.not_in(kept)))
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
            select(
                session.c.id.label("session"),
                *(session.c[name] for name in ("how", "seen", "began", "proved")),
                account,
            )
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
        owner = account_of(row)
        demanded = owner.role_name in self._settings.second_factor_for
        person = Person(session=row["session"], account=owner, how=row["how"], proved=row["proved"], demanded=demanded)
        if person.must_prove and row["began"] <= now - _HALF_WAY:
            return None
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
        recent = (session.c.how != OIDC) | (session.c.began > now - (self._settings.provider_seconds or longest))
        return in_use & recent & (session.c.began > now - longest)


def _from(address: str, how: str = "", proved: str = "") -> dict[str, str | int]:
    """Return the details of an entry: from where, and by which way."""
    details = {"address": address, "way": "和".join(filter(None, (_WAYS.get(how, how), proved)))}
    return {name: text for name, text in details.items() if text}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
