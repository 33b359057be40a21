"""Finding writer: words a rule's finding about a row, in the sender's names."""

from collections.abc import Collection, Iterable
from typing import Any

from etl.known import Known
from etl.model.finding import Finding, tell
from etl.model.nouns import Return, Row
from etl.model.rules import RULES, Severity
from etl.model.rules.repeating_clauses import CELL, NUMBER
from etl.model.rules.wording import Clause
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole

_TEN_THOUSAND, _HUNDRED_MILLION = 10_000, 100_000_000
_BACK, _AHEAD = 4, 1  # quarters with which a return is compared


class FindingWriter:
    """Words findings about one return of one file, and notes on them whose filed rows they quote."""

    def __init__(self, filed: Return, file: str, catalogue: Catalogue, known: Known | None = None) -> None:
        """Take the return that the findings are about; `known` is what it is compared with."""
        self._found = filed
        self._file = file
        self._catalogue = catalogue
        self._known = known or Known()

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
        finding = tell(
            rule,
            wording,
            severity=severity,
            file=self._file,
            sheet=self._found.sheet,
            address=cell.address if cell else f"第{row.row}行",
            column=self.label(code) if code else "",
            **values,
        )
        return finding.quoting(self._filed_before(rule, [row.key]))

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
        finding = tell(
            rule,
            wording,
            severity=severity,
            file=self._file,
            sheet=self._found.sheet,
            column=self.label(column) if column else "",
            **values,
        )
        return finding.quoting(self._filed_before(rule, self._found.keys))

    def filed_by(self, form: str, period: int, keys: Collection[str]) -> set[str]:
        """Return who else filed the rows of these keys in a quarter of a form; the register is everybody's."""
        open_to_all = self._catalogue.forms[form].role == FormRole.UNITS
        return set() if open_to_all else {*self._known.filed_by(form, period, keys)} - {self._found.reporter}

    def _filed_before(self, rule: str, keys: Collection[str]) -> set[str]:
        """Return who else filed rows of these keys in the quarters that a rule of history looks at."""
        if RULES[rule].of != "history":
            return set()
        periods = range(self._found.period - _BACK, self._found.period + _AHEAD + 1)
        return {name for period in periods for name in self.filed_by(self._found.form.code, period, keys)}

    def named(self, row: Row) -> str:
        """Return the sender's name for the row: the values of its key columns."""
        texts = [row.cells[code].text.strip() for code in self._found.form.key if code in row.cells]
        return f"“{'·'.join(texts)}”" if texts else f"第{row.row}行"

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
