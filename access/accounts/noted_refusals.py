"""Refusals are noted: acts in the audit under the person's name, requests in the log by kind of place and account.

Nothing else of them is kept, no address, no value, no name of a file; and each kind at most once in a while, so that
nobody fills the disk by being refused.
"""

import logging
from collections.abc import Hashable
from pathlib import Path
from threading import Lock

from cachetools import TTLCache

from access.accounts.people import Person
from access.accounts.roles import ACTION_WORDS, Action
from base.errors import UserError
from serving.logs import LOG, extra
from serving.requests import place_of
from store.audit import NewAuditEntry, add
from store.engine import writing
from store.verbs import Verb

_ACTS, _REQUESTS = 3600, 60  # seconds in which the same refusal is noted once
_MANY = 10_000  # refusals remembered
_MOMENT = 0.5  # seconds an entry waits for another writer
_LOG = logging.getLogger(f"{LOG}.refused")


class Seldom:
    """Says of each key whether it comes for the first time in a while."""

    def __init__(self, seconds: float) -> None:
        self._lock = Lock()
        self._seen: TTLCache[Hashable, None] = TTLCache(_MANY, seconds)

    def is_first(self, *key: Hashable) -> bool:
        """Return whether a key has not come lately."""
        with self._lock:
            first = key not in self._seen
            if first:
                self._seen[key] = None
            return first


_acts, _requests = Seldom(_ACTS), Seldom(_REQUESTS)


def note_refused_act(store: Path, person: Person, action: Action) -> None:
    """Note in the audit that somebody was refused an act; in the log where the audit can't be written now."""
    if not _acts.is_first(store, person.account.id, action):
        return
    try:
        with writing(store, _MOMENT) as connection:
            add(connection, [NewAuditEntry(person.shown, Verb.REFUSED, ACTION_WORDS[action])])
    except UserError:
        _LOG.warning("没有权限：%s", action, extra=extra(account=person.account.id))


def log_refused_request(why: str, path: str, status: int, person: Person | None = None) -> None:
    """Note in the log that a request was refused, why, at which kind of place, and for which account."""
    account, place = person.account.id if person else 0, place_of(path)
    if _requests.is_first(why, place, status, account):
        _LOG.warning("没有放行：%s", why, extra=extra(place=place, status=status, account=account))
