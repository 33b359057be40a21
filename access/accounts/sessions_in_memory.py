"""Sessions in memory, used while the journal is locked or can't be written, so that readers stay signed in.

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
    """Remember the person that the journal returned for a session's token or number."""
    if len(_PERSONS) >= _MANY:
        _PERSONS.clear()
    _PERSONS[store, key] = person, now


def remembered_person(store: Path, key: str, since: int) -> Person | None:
    """Return the person remembered for a token or number, None if not confirmed by the journal since a time."""
    person, at = _PERSONS.get((store, key)) or (None, 0)
    return person if at > since else None


def forget(store: Path, key: str = "") -> None:
    """Forget the person of a token or number, or everybody, because accounts or sessions have changed."""
    for kept in list(_PERSONS):
        if kept == (store, key) or (not key and kept[0] == store):
            _PERSONS.pop(kept, None)


def see(store: Path, session: str, now: int) -> None:
    """Remember the use of a session that could not be written to the journal."""
    _SEEN.setdefault(store, {})[session] = now


def confirm_session(store: Path, session: str) -> None:
    """Take note that the journal knows of a session again."""
    _SEEN.get(store, {}).pop(session, None)


def seen_since(store: Path, moment: int) -> dict[str, int]:
    """Return the last use of sessions since a time, as far as it could not be written to the journal."""
    return {session: at for session, at in list(_SEEN.get(store, {}).items()) if at > moment}
