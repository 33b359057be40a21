"""Acts on speeches that are checked: settling what a wording means."""

from access.accounts.roles import Action
from access.acts.permitted import Permitted
from store.wording_choices import save_wording_choice


class SpeechActs(Permitted):
    """The acts of one session's person on speeches. All raise UserError when the act is not allowed."""

    def choose_wording(self, wording: str, indicator: str) -> None:
        """Settle which indicator a wording means, for this speech and all later ones; "" for none of the catalogue."""
        save_wording_choice(self._store, wording, indicator, self.permit(Action.MATCH).shown)
