"""Acts on accounts: who may sign in, as what; for administrators, but for one's own sessions."""

from access import accounts
from access.accounts.roles import Action, Role
from access.accounts.second_factor import remove_second_factor
from access.accounts.sessions import Sessions, Visit
from access.acts.permitted import Permitted, who_is
from base.errors import UserError
from base.settings import settings


class AccountActs(Permitted):
    """The acts of one session's person on accounts. All raise UserError when the act is not allowed."""

    def add_account(self, name: str, shown: str, role: Role, area: str) -> str:
        """Create an account and return its first password."""
        return accounts.add_account(self._store, name, shown, role, area, who=self.permit(Action.MANAGE).shown)

    def set_role(self, name: str, role: Role, area: str) -> None:
        """Give an account another role or area."""
        accounts.set_role(self._store, name, role, area, self.permit(Action.MANAGE).shown)

    def allow_catalogue(self, name: str, allowed: bool) -> None:
        """Allow an account to change the catalogue, or no more."""
        accounts.allow_catalogue(self._store, name, allowed, self.permit(Action.MANAGE).shown)

    def stop_account(self, name: str) -> None:
        """Disable an account."""
        accounts.stop_account(self._store, name, self.permit(Action.MANAGE).shown)

    def start_account(self, name: str) -> None:
        """Enable a disabled account again."""
        accounts.start_account(self._store, name, self.permit(Action.MANAGE).shown)

    def unbind_account(self, name: str) -> None:
        """Let the next person the OpenID provider names so take over the account."""
        accounts.unbind_account(self._store, name, self.permit(Action.MANAGE).shown)

    def renew_password(self, name: str) -> str:
        """Return a new first password for an account."""
        return accounts.renew_password(self._store, name, self.permit(Action.MANAGE).shown)

    def remove_second_factor(self, name: str) -> None:
        """Take an account's second factor away, as when a telephone is lost."""
        remove_second_factor(self._store, name, self.permit(Action.MANAGE).shown)

    def end_visits(self, name: str = "") -> int:
        """End all sessions of an account, or of everybody else; return how many."""
        person = self.permit(Action.MANAGE)
        account = accounts.find_account(self._store, name) if name else None
        if name and account is None:
            raise UserError(f"没有登录名是“{name}”的账号。")
        return Sessions(self._store, settings()).end_all(person.shown, account, but="" if name else person.session)

    def own_visits(self) -> list[Visit]:
        """Return the person's own sessions."""
        return Sessions(self._store, settings()).of_account(who_is(self._store, self._session).account)
