"""Row names: rows and values of several sheets or files in words, the first few of many."""

from collections.abc import Sequence

from etl.known.in_force import Differing, Fields, KeptRow
from etl.model.unit_register import Register
from stats.catalogue import Catalogue
from stats.catalogue.models import Form

_MOST = 20  # rows named in one finding; the others are counted


class Namer:
    """Puts the rows of one form into words."""

    def __init__(self, form: Form, register: Register, catalogue: Catalogue) -> None:
        """Name organisations by the register, codes by the catalogue."""
        self._form = form
        self._register = register
        self._catalogue = catalogue

    def count(self, number: int) -> str:
        """Return how many rows: 12 家 where a row is an organisation, else 12 行."""
        return f"{number} {'家' if self._by_unit else '行'}"

    def row(self, key: str, fields: Fields) -> str:
        """Return a row's name: the organisation's name, or the values of its key columns."""
        parts = key.split("|")
        if len(parts) != len(self._form.key_parts):
            return key
        return " ".join(
            self._register.name_of(part) if named else self._word(code, fields.get(code, part))
            for part, (code, named) in zip(parts, self._form.key_parts, strict=True)
        )

    def rows(self, rows: Sequence[KeptRow]) -> str:
        """Return the rows' names, the first twenty of more."""
        named = "、".join(self.row(row.key, row.fields) for row in rows[:_MOST])
        return named if len(rows) <= _MOST else f"{named}等"

    def change(self, differing: Differing, fields: Fields) -> str:
        """Return a changed value in words: “甲一厂工会”会员人数·合计由50改为52."""
        label = self._form.column(differing.column).label
        sides = (self._word(differing.column, value) for value in (differing.before, differing.after))
        return f"“{self.row(differing.key, fields)}”{label}{' → '.join(sides)}"

    @property
    def _by_unit(self) -> bool:
        return not self._form.ledger and self._form.key == self._form.subject

    def _word(self, code: str, value: object) -> str:
        if value is None or value == "":
            return "空白"
        if isinstance(value, int | float):
            return f"{value:,.10g}"
        column = self._form.column(code)
        return self._catalogue.codes[column.codes].name_of(str(value)) if column.codes else str(value)
