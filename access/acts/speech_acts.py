"""Acts on speeches that are checked: settling what a wording means, and marking a speech final."""

from collections.abc import Sequence

from access.accounts.roles import Action
from access.acts.permitted import Permitted
from stats.papers.cited_figures import Occasion, Registered, register
from store.wording_choices import save_wording_choice


class SpeechActs(Permitted):
    """The acts of one session's person on speeches. All raise UserError when the act is not allowed."""

    def choose_wording(self, wording: str, indicator: str) -> None:
        """Settle which indicator a wording means, for this speech and all later ones; "" for none of the catalogue."""
        save_wording_choice(self._store, wording, indicator, self.permit(Action.MATCH).shown)

    def close_speech(self, title: str, figures: Sequence[tuple[Registered, str]], occasion: Occasion) -> None:
        """Mark a speech final: its figures are kept with the words that tell them, the occasion, and who did it."""
        register(self._store, title, figures, self.permit(Action.MATCH).shown, occasion)
