"""People: who is signed in, as the database has it at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from access.roles import ROLE_NAMES, Action, Role, demand, may

BY_PASSWORD = "password"


@dataclass(frozen=True)
class Account:
    """An account: `name` to sign in with, `shown` the person's own name, which the journal keeps.

    `area` is the code of a clerk's area. A stopped account lets nobody in; with `must_change` the first thing after
    signing in is a new password. A `sample` account has no password; it is for the sample county on one's own machine.
    """

    id: int
    name: str
    shown: str
    role: str
    area: str
    must_change: bool
    stopped: bool
    sample: bool
    made_at: int

    @property
    def role_name(self) -> str:
        """Return what the role is called on the screen, "" for one that is not known."""
        return ROLE_NAMES[Role(self.role)] if self.role in set(Role) else ""


@dataclass(frozen=True)
class Person:
    """Who is signed in by one session: an account, and the number of the session (not its token)."""

    session: str
    account: Account
    how: str

    @property
    def must_change(self) -> bool:
        """Return whether nothing may be done before the password that was handed out has been changed."""
        return self.how == BY_PASSWORD and self.account.must_change

    @property
    def shown(self) -> str:
        """Return the person's own name."""
        return self.account.shown

    def may(self, action: Action, areas: Sequence[str | None] | None = None) -> bool:
        """Return whether this person may do something, to these areas where it touches any."""
        return may(self.account.role, self.account.area, action, areas)

    def demand(self, action: Action, areas: Sequence[str | None] | None = None) -> None:
        """Raise UserError when this person may not do something."""
        demand(self.account.role, self.account.area, action, areas)

    @property
    def own_area(self) -> str | None:
        """Return the one area this person is bound to, None for who is not bound to any."""
        return self.account.area if self.account.role == Role.CLERK else None
