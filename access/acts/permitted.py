"""Who is at work in a session, and whether they may do what they ask for; what they may not is noted and refused."""

from collections.abc import Sequence
from pathlib import Path

from access.accounts.noted_refusals import note_refused_act
from access.accounts.people import Person
from access.accounts.roles import Action
from access.accounts.sessions import Sessions
from base.errors import UserError
from base.settings import settings
from store.disk_errors import plain_faults

GONE = "登录已经结束，请重新登录。"


def who_is(store: Path, session: str) -> Person:
    """Return the person of a session number, read from the database now.

    Raises UserError when the session has ended or can't be read.
    """
    with plain_faults():
        person = Sessions(store, settings()).by_id(session)
    if person is None or person.is_waiting:
        raise UserError(GONE)
    return person


class Permitted:
    """What all acts of one session's person on one store share: each first asks whether it is allowed."""

    def __init__(self, store: Path, session: str) -> None:
        self._store = store
        self._session = session

    def permit(self, action: Action, areas: Sequence[str | None] | None = None) -> Person:
        """Return the person at work if they may do this now."""
        return self._demand(who_is(self._store, self._session), action, areas)

    def _demand(self, person: Person, action: Action, areas: Sequence[str | None] | None = None) -> Person:
        """Return the person if they may do this; note it in the audit and raise UserError if not."""
        try:
            person.demand(action, areas)
        except UserError:
            note_refused_act(self._store, person, action)
            raise
        return person
