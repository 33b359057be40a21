"""What a clerk of one area may see of receipts, of running loads and of their errors."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from access.accounts.owning_area import areas_of_entry, read_units, senders
from base.errors import UserError
from etl.intake import Outcome, Progress, Summary
from etl.journal import Entry, read_entries
from etl.replies.findings_for_area import findings_for_area

_OTHERS = "别的报表"
_NOT_YOURS = "现在收不进来：已收下的别的报表有问题。请告诉县总工会管理员，处理好以后再报。"


class Telling:
    """Filters out what does not belong to an area."""

    def __init__(self, store: Path, area: str) -> None:
        self._store = store
        self._area = area

    def entries(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return the area's own receipts, with findings that quote nobody else's data."""
        units, sent = read_units(self._store), senders(self._store)
        own = (entry for entry in entries if all(area == self._area for area in areas_of_entry(units, entry, sent)))
        return [replace(entry, findings=findings_for_area(self._area, entry.findings, units)) for entry in own]

    def progress(self, show: Progress | None) -> Progress | None:
        """Return what shows the outcomes of a load, without the names of others' files."""
        if show is None:
            return None

        def tell(outcome: Outcome, total: int) -> None:
            own = senders(self._store).get(outcome.seq or 0) == self._area
            show(replace(outcome, name=outcome.name if own else _OTHERS, findings=()), total)

        return tell

    def summary(self, whole: Summary) -> Summary:
        """Return the outcomes of the area's own files."""
        own = {entry.seq: entry for entry in self.entries(read_entries(self._store))}
        outcomes = [
            replace(outcome, findings=own[outcome.seq].findings) for outcome in whole.outcomes if outcome.seq in own
        ]
        return Summary(outcomes, whole.build)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Say of an error that names a file of others only whom to tell of it."""
        try:
            yield
        except UserError as error:
            entries = read_entries(self._store)
            own = {entry.seq for entry in self.entries(entries)}
            others = [part for entry in entries if entry.seq not in own for part in (entry.name, entry.file)]
            if any(part in str(error) for part in others):
                raise UserError(_NOT_YOURS) from None
            raise
