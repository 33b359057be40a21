"""Check: do the rows of a return hold together, with the register and with what is already in the store?

Findings come in the order value → row → sheet → against the register → against the store; nothing is repaired here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from etl.findings import Finding
from etl.nouns import Layout, Return, Row
from stats.catalogue_models import Form, RowCheck
from stats.periods import say_quarter

_CENT = 0.005
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Known:
    """What the store already holds of a form: the row keys of other returns in force, and who reported them."""

    keys: Mapping[str, str] = field(default_factory=dict)


def check_return(found: Return, file: str, known: Known, adds_up: Callable[[Row], bool]) -> list[Finding]:
    """Return the findings on one return whose rows have been resolved.

    `adds_up` tells whether a row counts for a flow: only then does it matter that its date lies before the quarter.
    """
    checker = _Checker(found, file, adds_up)
    findings = [finding for row in found.rows for finding in checker.row_findings(row)]
    findings += checker.total_findings()
    findings += checker.repeated_keys()
    findings += checker.keys_reported_elsewhere(known)
    findings += checker.empty()
    return findings


def check_privacy(layout: Layout, found: Return, file: str) -> list[Finding]:
    """Return a finding for each cell of the form's rows that holds an identity number or a mobile number."""
    rows = {row.row for row in found.rows} if layout.kind == "table" else set(range(1, layout.sheet.height + 1))
    return [
        Finding(
            "personal_data",
            "return",
            file,
            layout.sheet.name,
            cell.address,
            "这里有身份证号或手机号码",
            "报表里不得出现个人身份信息",
            "请删去后再报",
        )
        for cell in layout.sheet.cells.values()
        if cell.row in rows and (_MOBILE.search(cell.raw) or _has_identity(cell.raw))
    ]


def _has_identity(text: str) -> bool:
    return any(_checksum(found) == found[17].upper() for found in _IDENTITY.findall(text))


def _checksum(number: str) -> str:
    """Return the check character of an 18-digit identity number (GB 11643)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]


class _Checker:
    def __init__(self, found: Return, file: str, adds_up: Callable[[Row], bool]) -> None:
        self._adds_up = adds_up
        self._found = found
        self._form: Form = found.form
        self._file = file

    def row_findings(self, row: Row) -> Iterator[Finding]:
        yield from self._broken_relations(row)
        yield from self._wrong_dates(row)

    def _broken_relations(self, row: Row) -> Iterator[Finding]:
        for check in self._form.checks:
            sides = _sides(check, row)
            if sides and not _holds(check, *sides):
                yield self._at(
                    row,
                    check.left,
                    "relation",
                    check.severity,
                    self._relation_found(check, row),
                    self._relation_expected(check),
                    "请核对这几个数",
                )

    def _relation_found(self, check: RowCheck, row: Row) -> str:
        codes = (check.left, check.right, *check.plus, *check.minus)
        said = [f"{self._say(code)}填的是{row.cells[code].raw}" for code in codes if code in row.cells]
        return self._named(row) + "，".join(said)

    def _relation_expected(self, check: RowCheck) -> str:
        words = "不大于" if check.op == "<=" else "等于"
        right = self._say(check.right) + (f"×{check.times:g}" if check.times != 1 else "")
        right += "".join(f"＋{self._say(code)}" for code in check.plus)
        right += "".join(f"－{self._say(code)}" for code in check.minus)
        return f"{self._say(check.left)}应{words}{right}"

    def _wrong_dates(self, row: Row) -> Iterator[Finding]:
        if not self._form.date or not row.first:
            return
        if row.first > self._found.period:
            yield self._at(
                row,
                self._form.date,
                "future_date",
                "return",
                f"{self._named(row)}日期在报告期之后",
                f"本表报告期是{say_quarter(self._found.period)}",
                "请核对日期，或改报到对应的季度",
            )
        elif row.first < self._found.period and self._adds_up(row):
            yield self._at(
                row,
                self._form.date,
                "early_date",
                "confirm",
                "日期在报告期之前",
                f"本表报告期是{say_quarter(self._found.period)}",
                "如属补报请说明，否则请改正日期",
            )

    def total_findings(self) -> Iterator[Finding]:
        for total in self._found.totals:
            for code, cell in total.cells.items():
                written = total.number(code)
                added = sum(row.number(code) or 0 for row in self._found.rows)
                if written is not None and abs(written - added) > _CENT:
                    yield self._at(
                        total,
                        code,
                        "total",
                        "return",
                        f"合计的{self._say(code)}填的是{cell.raw}",
                        f"各行相加是{added:,.10g}",
                        "请核对明细和合计",
                    )

    def repeated_keys(self) -> Iterator[Finding]:
        first_rows: dict[str, int] = {}
        for row in self._found.rows:
            key = key_of(row)
            if key in first_rows and self._form.until not in ("next", "next_in_year"):
                yield self._at(
                    row,
                    self._form.key[0],
                    "repeated",
                    "return",
                    f"{self._named(row)}填了两行",
                    f"第{first_rows[key]}行已经填过",
                    "请删去重复的一行",
                )
            first_rows.setdefault(key, row.row)

    def keys_reported_elsewhere(self, known: Known) -> Iterator[Finding]:
        for row in self._found.rows:
            other = known.keys.get(key_of(row))
            if other:
                yield self._at(
                    row,
                    self._form.key[0],
                    "reported_elsewhere",
                    "return",
                    f"{self._named(row)}已在“{other}”里报过",
                    "同一内容只能报一次",
                    "请删去这一行；如要更正，请改原来那份报表后重新上报",
                )

    def empty(self) -> Iterator[Finding]:
        if not self._found.rows and not self._found.nil:
            yield Finding(
                "empty",
                "return",
                self._file,
                self._found.sheet,
                "",
                "表里没有数据行",
                "空表不算上报",
                "请填好再报；本期确实没有的，在第一行写“本期无”",
            )

    def _named(self, row: Row) -> str:
        cell = row.cells.get(self._form.key[0])
        return f"“{cell.raw.strip()}”" if cell and self._form.column(self._form.key[0]).type != "code" else ""

    def _say(self, code: str) -> str:
        return self._form.column(code).label

    def _at(self, row: Row, code: str, rule: str, severity: str, found: str, expected: str, todo: str) -> Finding:
        cell = row.cells.get(code)
        return Finding(
            rule,
            "return" if severity == "return" else "confirm",
            self._file,
            self._found.sheet,
            cell.address if cell else f"第{row.row}行",
            found,
            expected,
            todo,
        )


def key_of(row: Row) -> str:
    """Return the text that identifies a row within its form."""
    return "|".join(
        row.unit if row.form.column(code).type == "unit" and code in row.form.subject else str(row.values.get(code, ""))
        for code in row.form.key
    )


def _sides(check: RowCheck, row: Row) -> tuple[float, float] | None:
    """Return both sides of a row check in stored units; None when a number is missing. Dates compare as days."""
    left, right = _ordinal(row, check.left), _ordinal(row, check.right)
    added = [row.number(code) for code in check.plus]
    taken = [row.number(code) for code in check.minus]
    if left is None or right is None or None in added or None in taken:
        return None
    return left, right * check.times + sum(n or 0 for n in added) - sum(n or 0 for n in taken)


def _ordinal(row: Row, code: str) -> float | None:
    value = row.values.get(code)
    return float(value.toordinal()) if isinstance(value, date) else row.number(code)


def _holds(check: RowCheck, left: float, right: float) -> bool:
    slack = _CENT + check.within * abs(right)
    return left <= right + slack if check.op == "<=" else abs(left - right) <= slack
