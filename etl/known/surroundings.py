"""Surroundings: what a return is compared with: the other returns of its file, the store, the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.known import ORGANISATION, Column, Known
from etl.model.nouns import Return
from etl.model.unit_register import Register
from stats.catalogue import Catalogue


@dataclass(frozen=True)
class Surroundings:
    """The data around a return: the file's other returns, the store, the register."""

    other_sheets: tuple[Return, ...]
    known: Known
    register: Register
    catalogue: Catalogue

    def own(self, form: str, period: int, code: str) -> Column:
        """Return a column of a form in the same file, by row key."""
        own: dict[str, object] = {}
        for filed in self._own.get((form, period), ()):
            own |= by_key(filed, code)
        return own

    def column(self, form: str, period: int, code: str) -> Column:
        """Return a column of a form by row key: the rows of the same file over those in force."""
        own, stored = self.own(form, period, code), self.known.column(form, period, code)
        return {**stored, **own} if own else stored

    @cached_property
    def _own(self) -> Mapping[tuple[str, int], Sequence[Return]]:
        returns: dict[tuple[str, int], list[Return]] = {}
        for sheet in self.other_sheets:
            returns.setdefault((sheet.form.code, sheet.period), []).append(sheet)
        return returns


def by_key(filed: Return, code: str) -> Column:
    """Return a column's values in a return, by row key."""
    return dict(zip(filed.keys, filed.units if code == ORGANISATION else filed.column(code), strict=True))
