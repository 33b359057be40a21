"""Sessions in memory, for while the journal is locked or can't be written, so that nobody who reads is locked out.

Remembered persons are used only while the journal is locked against readers, and at most TRUSTED seconds after it last
named them. Ending a session or changing an account forgets all persons of the store.
"""

from pathlib import Path

from access.accounts.people import Person

TRUSTED = 15 * 60  # seconds after the journal last said who somebody is
_MANY = 10_000  # sessions
_PERSONS: dict[tuple[Path, str], tuple[Person, int]] = {}  # by store and token or number, with when they were named
_SEEN: dict[Path, dict[str, int]] = {}  # by store and session, when it was in use, where the journal doesn't say so


def remember(store: Path, key: str, person: Person, now: int) -> None:
    """Keep whom the journal named for a session's token or number."""
    if len(_PERSONS) >= _MANY:
        _PERSONS.clear()
    _PERSONS[store, key] = person, now


def remembered_person(store: Path, key: str, since: int) -> Person | None:
    """Return whom the journal named for a token or number, None when it has not done so since a moment."""
    person, at = _PERSONS.get((store, key)) or (None, 0)
    return person if at > since else None


def forget(store: Path, key: str = "") -> None:
    """Forget whom the journal named for a token or number, or all it named: something of it has changed."""
    for kept in list(_PERSONS):
        if kept == (store, key) or (not key and kept[0] == store):
            _PERSONS.pop(kept, None)


def see(store: Path, session: str, now: int) -> None:
    """Keep that a session is in use, which the journal could not be told."""
    _SEEN.setdefault(store, {})[session] = now


def confirm_session(store: Path, session: str) -> None:
    """Take note that the journal knows of a session again."""
    _SEEN.get(store, {}).pop(session, None)


def seen_since(store: Path, moment: int) -> dict[str, int]:
    """Return when the sessions in use since a moment were last in use, as far as the journal could not be told."""
    return {session: at for session, at in list(_SEEN.get(store, {}).items()) if at > moment}
