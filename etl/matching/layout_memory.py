"""Layout memory: earlier answers about a unit's own layouts, and the layouts of its accepted returns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from etl.journal import ACCEPTED, Entry, Matching
from etl.model.shape import Shape


class Memory:
    """The layouts recorded in the journal, read once for a whole session.

    An accepted receipt keeps the answers it was accepted with, so that later answers do not change its figures.
    """

    def __init__(self, entries: Iterable[Entry] = (), matchings: Iterable[Matching] = ()) -> None:
        """Read the journal; of several answers about one header of a layout the last one counts."""
        self._answers: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
        self._kept: dict[int, dict[tuple[str, str], dict[str, str]]] = {}
        self._past: dict[tuple[str, str], dict[tuple[int, int], Shape]] = defaultdict(dict)
        for matching in matchings:
            self._answers[matching.reporter, matching.form, matching.fingerprint][matching.path] = matching.column
        for entry in entries:
            if entry.what == ACCEPTED:
                self.keep(entry.seq, entry.shapes)

    def keep(self, seq: int, shapes: Iterable[Shape]) -> None:
        """Remember the layouts of the returns of an accepted receipt."""
        self._kept[seq] = {}
        for shape in shapes:
            self._kept[seq][shape.sheet, shape.form] = shape.answers
            self._past[shape.form, shape.reporter][shape.period, seq] = shape

    def answers(self, seq: int, sheet: str, reporter: str, form: str, fingerprint: str) -> Mapping[str, str]:
        """Return the answers for a sheet of a receipt: a column's code by header path, "" for not used."""
        if seq in self._kept:
            return self._kept[seq].get((sheet, form), {})
        return self._answers.get((reporter, form, fingerprint), {}) if reporter else {}

    def before(self, seq: int, shape: Shape) -> Shape | None:
        """Return the layout of the reporter's last accepted return of the form, None when there is none.

        Only returns received earlier and for no later quarter count.
        """
        earlier = self._past.get((shape.form, shape.reporter), {}) if shape.reporter else {}
        last = max((key for key in earlier if key[0] <= shape.period and key[1] < seq), default=None)
        return earlier[last] if last else None
