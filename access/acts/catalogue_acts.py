"""Acts on the catalogue, for whoever may change it: editing a draft of one's own, trying it, publishing it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from access.accounts.roles import Action
from access.acts.permitted import Permitted
from etl.intake import Progress
from etl.publishing.publish_catalogue import publish_catalogue
from etl.publishing.try_catalogue import Trial, try_catalogue
from stats.catalogue_declared import Declared, declared_in, read_declared
from stats.editing import drafts
from stats.editing.declared_entries import Key
from stats.editing.drafts import Draft
from store.catalogue_versions import CatalogueVersion


class CatalogueActs(Permitted):
    """The acts of one session's person on the catalogue. All raise UserError when the act is not allowed."""

    def draft(self) -> Draft:
        """Return one's own draft."""
        return drafts.draft_of(self._store, self._account())

    def edit(self, edits: Mapping[Key, Any]) -> None:
        """Put entries into one's own draft; None takes an entry away."""
        self._save(drafts.with_edits(self.draft(), edits))

    def undo_edit(self, key: Key) -> None:
        """Take the edit of one entry out of one's own draft."""
        self._save(drafts.without(self.draft(), key))

    def drop_draft(self) -> None:
        """Forget all edits of one's own draft."""
        self._save(Draft(0))

    def go_on_from_newest(self) -> None:
        """Put one's own edits on the version published last, what others published stays."""
        self._save(drafts.on_newest(self._store, self.draft()))

    def import_catalogue(self, path: Path) -> None:
        """Make what a zip declares one's own draft. Raises UserError when it can't be read."""
        self.permit(Action.DECLARE)
        self._save(drafts.draft_of_declared(self._store, read_declared(path)))

    def take_back(self, number: int) -> None:
        """Make what an earlier version declared one's own draft."""
        self.permit(Action.DECLARE)
        self._save(drafts.draft_of_declared(self._store, declared_in(self._store, number)))

    def try_draft(self, panels: Sequence[tuple[str, str]] = ()) -> Trial:
        """Return what publishing one's own draft would change, with some panels of boards drawn under it."""
        person = self.permit(Action.DECLARE)
        return try_catalogue(self._store, self.wanted(), person.shown, panels)

    def publish_draft(self, why: str, meaning: str = "", progress: Progress | None = None) -> CatalogueVersion:
        """Publish one's own draft and return the version; `meaning` says why codes may mean something else."""
        person, draft = self.permit(Action.DECLARE), self.draft()
        wanted = drafts.declared_by(self._store, draft)
        version = publish_catalogue(self._store, wanted, person.shown, why, draft.after, progress, meaning)
        self.drop_draft()
        return version

    def publish_declared(self, wanted: Declared, why: str, after: int, meaning: str = "") -> CatalogueVersion:
        """Publish what is declared as the version after `after`. Raises UserError where another was published since."""
        person = self.permit(Action.DECLARE)
        return publish_catalogue(self._store, wanted, person.shown, why, after, meaning=meaning)

    def wanted(self) -> Declared:
        """Return what would be declared if one's own draft were published."""
        return drafts.declared_by(self._store, self.draft())

    def _save(self, draft: Draft) -> None:
        drafts.save(self._store, self._account(), draft)

    def _account(self) -> int:
        return self.permit(Action.DECLARE).account.id
