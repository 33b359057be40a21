"""People: accounts, and who is signed in according to the database now."""

from collections.abc import Sequence
from dataclasses import dataclass

from access.accounts.roles import ROLE_NAMES, Action, Role, demand, may

BY_PASSWORD = "password"


@dataclass(kw_only=True, frozen=True)
class Account:
    """An account: `name` to sign in with, `shown` the person's own name, which the journal keeps.

    `area` is the code of a clerk's area. Nobody can sign in to a stopped account; with `must_change` a new password is
    required after signing in. A `sample` account has no password; it is for the sample county on the local machine.
    `subject` is the hash of whose it is at the OpenID provider, "" while it is nobody's. With a `second_factor` a code
    is asked for after signing in. One of staff that `declares` may change the catalogue.
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
    subject: str = ""
    second_factor: bool = False
    declares: bool = False

    @property
    def role_name(self) -> str:
        """Return the name of the role on the screen, "" for an unknown one."""
        return ROLE_NAMES[Role(self.role)] if self.role in set(Role) else ""


@dataclass(frozen=True)
class Person:
    """The person of one session: an account, and the number of the session (not its token).

    `proved`: a second factor was shown, here or to the provider. `demanded`: the settings want one of this role.
    """

    session: str
    account: Account
    how: str
    proved: bool = False
    demanded: bool = False

    @property
    def must_change(self) -> bool:
        """Return whether the first password has to be changed before anything else."""
        return self.how == BY_PASSWORD and self.account.must_change

    @property
    def must_prove(self) -> bool:
        """Return whether the code of the second factor is asked for before anything else."""
        return self.account.second_factor and not self.proved

    @property
    def must_enrol(self) -> bool:
        """Return whether a second factor has to be set up before anything else."""
        return self.demanded and not self.account.second_factor and not self.proved and not self.account.sample

    @property
    def is_waiting(self) -> bool:
        """Return whether something is asked for before the person may do anything."""
        return self.must_prove or self.must_change or self.must_enrol

    @property
    def shown(self) -> str:
        """Return the person's own name."""
        return self.account.shown

    def may(self, action: Action, areas: Sequence[str | None] | None = None) -> bool:
        """Return whether this person is allowed an action, on the given areas if it concerns any."""
        allowed = action is Action.DECLARE and self.account.declares and self.account.role == Role.STAFF
        return allowed or may(self.account.role, self.account.area, action, areas)

    def demand(self, action: Action, areas: Sequence[str | None] | None = None) -> None:
        """Raise UserError when this person is not allowed an action."""
        if not self.may(action, areas):
            demand(self.account.role, self.account.area, action, areas)

    @property
    def own_area(self) -> str | None:
        """Return the area this person is restricted to, None if they are not restricted."""
        return self.account.area if self.account.role == Role.CLERK else None
