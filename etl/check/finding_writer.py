"""Finding writer: words a rule's finding about a row, in the sender's names."""

from collections.abc import Iterable
from typing import Any

from etl.model.finding import Finding, tell
from etl.model.nouns import Return, Row
from etl.model.rules import Severity
from etl.model.rules.repeating_clauses import CELL, NUMBER
from etl.model.rules.wording import Clause
from stats.catalogue import Catalogue

_TEN_THOUSAND, _HUNDRED_MILLION = 10_000, 100_000_000


class FindingWriter:
    """Words findings about one return of one file."""

    def __init__(self, found: Return, file: str, catalogue: Catalogue) -> None:
        """Take the return that the findings are about."""
        self._found = found
        self._file = file
        self._catalogue = catalogue

    def at(
        self,
        row: Row,
        code: str,
        rule: str,
        wording: str = "",
        /,
        severity: Severity | None = None,
        **values: Any,
    ) -> Finding:
        """Return a finding at a column's cell of a row, or at the row when the sheet has no such cell.

        The other arguments are those of `tell`.
        """
        cell = row.cells.get(code)
        return tell(
            rule,
            wording,
            severity=severity,
            file=self._file,
            sheet=self._found.sheet,
            address=cell.address if cell else f"第{row.row}行",
            column=self.label(code) if code else "",
            **values,
        )

    def on_sheet(
        self,
        rule: str,
        wording: str = "",
        /,
        column: str = "",
        severity: Severity | None = None,
        **values: Any,
    ) -> Finding:
        """Return a finding about the sheet as a whole, or about one column of it; other arguments as in `tell`."""
        return tell(
            rule,
            wording,
            severity=severity,
            file=self._file,
            sheet=self._found.sheet,
            column=self.label(column) if column else "",
            **values,
        )

    def named(self, row: Row) -> str:
        """Return the sender's name for the row: the values of its key columns."""
        said = [row.cells[code].text.strip() for code in self._found.form.key if code in row.cells]
        return f"“{'·'.join(said)}”" if said else f"第{row.row}行"

    def label(self, code: str) -> str:
        """Return the sender's name for a column."""
        return self._found.form.column(code).label

    def measure(self, code: str) -> str:
        """Return the word for a column's unit of measure: 户, 元."""
        return self._catalogue.measures[self._found.form.column(code).measure or ""].name

    def written(self, row: Row, codes: Iterable[str]) -> list[Clause]:
        """Return the values of these columns of a row, as written."""
        return [
            Clause(CELL, {"label": self.label(code), "value": row.cells[code].text})
            for code in codes
            if code in row.cells
        ]

    def number(self, row: Row, code: str) -> Clause:
        """Return the number of a column of a row, as it is stored."""
        return Clause(NUMBER, {"label": self.label(code), "value": self.value(row.form.code, code, row.number(code))})

    def value(self, form: str, code: str, value: object) -> str:
        """Return a stored value in words: 1.2万元, 300人, “是”."""
        column = self._catalogue.forms[form].column(code)
        if not isinstance(value, int | float):
            return f"“{self._catalogue.codes[column.codes].name_of(str(value))}”" if column.codes else str(value)
        measure = self._catalogue.measures.get(column.measure or "")
        return _number(float(value), in_money="万元" in measure.spellings if measure else False) + (
            measure.name if measure else ""
        )


def _number(value: float, in_money: bool) -> str:
    for size, word in ((_HUNDRED_MILLION, "亿"), (_TEN_THOUSAND, "万")) if in_money else ():
        if abs(value) >= size:
            return f"{value / size:.10g}{word}"
    return f"{value:.10g}"
