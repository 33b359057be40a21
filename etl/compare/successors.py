"""Successors: where organisations go when they end, or when the area above them closes or merges.

When an area ends, nobody reports for its unions. If the register doesn't place each of them, they move to the
organisation the area merges into, or to the one above it, once that is confirmed.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from base.periods import quarter_of, say_quarter
from etl.check.finding_writer import FindingWriter
from etl.known import Known
from etl.model.finding import Finding
from etl.model.nouns import Return, Row
from etl.model.rules.wording import Values
from etl.model.unit_register import Placement, Register

_NAMED = 3
_UNION = "union"


def check_successors(filed: Return, known: Known, register: Register, writer: FindingWriter) -> Iterator[Finding]:
    """Yield the findings on rows that end an organisation, or set one under an organisation that has ended.

    `register` must not know this return's own rows yet.
    """
    clause = _SuccessorClause(filed, register)
    for row in clause.rows:
        if row.values["status"] == "open":
            yield from _under_ended(row, clause, writer)
        else:
            yield from _wrong_successor(row, clause, writer)
            yield from _left_behind(row, clause, known, writer)


class _SuccessorClause:
    """The register with what a return says over it."""

    def __init__(self, filed: Return, register: Register) -> None:
        self.register = register
        self.rows = filed.rows
        self._told: dict[str, list[Row]] = defaultdict(list)
        self._under: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            code = str(row.values["unit_code"])
            self._told[code].append(row)
            self._under[str(row.values.get("parent") or "")].add(code)

    def row(self, code: str, period: int) -> Row | None:
        """Return the return's last row about an organisation in a quarter."""
        return max((row for row in self._told.get(code, ()) if _first(row) <= period), key=_day, default=None)

    def stands(self, code: str, period: int) -> Placement | None:
        """Return the placement of an organisation in a quarter; None if it is not open."""
        row = self.row(code, period)
        if row is None:
            return self.register.placement(code, period)
        if row.values["status"] != "open":
            return None
        name, level, parent = (str(row.values.get(column) or "") for column in ("unit_name", "level", "parent"))
        return Placement(code=code, name=name, level=level, parent=parent, category="", first=_first(row), last=None)

    def below(self, area: str, period: int) -> list[Placement]:
        """Return the organisations directly below an area in a quarter, by code."""
        codes = self._under[area] | {*self.register.below(area, period)}
        standing = [self.stands(code, period) for code in sorted(codes - {area})]
        return [placement for placement in standing if placement and placement.parent == area]

    def successor(self, row: Row) -> Placement | None:
        """Return the organisation that a row says another one merges into; None when it can't be that one."""
        code = str(row.values.get("successor") or "")
        standing = self.stands(code, _first(row)) if code and code != row.values["unit_code"] else None
        alike = standing and (standing.level == _UNION) == (row.values["level"] == _UNION)
        return standing if alike else None


def _first(row: Row) -> int:
    return quarter_of(_day(row))


def _day(row: Row) -> date:
    day = row.values["effective"]
    assert isinstance(day, date)  # a register row without its day has already been returned
    return day


def _wrong_successor(row: Row, clause: _SuccessorClause, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding where an organisation merges into one that can't take it over."""
    code = str(row.values.get("successor") or "")
    if code and not clause.successor(row):
        values: Values = {"unit": row.values["unit_name"], "code": code, "quarter": say_quarter(_first(row))}
        yield writer.at(row, "successor", "register_successor", **values)


def _left_behind(row: Row, clause: _SuccessorClause, known: Known, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding where organisations would stay below one that ends."""
    area, first = str(row.values["unit_code"]), _first(row)
    left = clause.below(area, first)
    if not left:
        return
    named = "、".join(organisation.name for organisation in left[:_NAMED]) + ("等" if len(left) > _NAMED else "")
    values: Values = {
        "unit": row.values["unit_name"],
        "since": say_quarter(first),
        "count": len(left),
        "names": named,
    }
    reported = [last for organisation in left if (last := known.last_reported().get(organisation.code, 0)) >= first]
    if reported:
        values |= {"reported": len(reported), "last": say_quarter(max(reported))}
    wording, names = _goes_to(row, clause)
    yield writer.at(row, "status", "register_left_behind", wording, **values, **names)


def _goes_to(row: Row, clause: _SuccessorClause) -> tuple[str, Values]:
    """Return the wording for where the organisations below one that ends go, and the name of it."""
    heir = clause.successor(row)
    if heir:
        return "heir", {"heir": heir.name}
    above = clause.register.placement(str(row.values["unit_code"]), _first(row))
    upper = clause.register.name_of(above.parent) if above else ""
    return ("above", {"above": upper}) if upper else ("none", {})


def _under_ended(row: Row, clause: _SuccessorClause, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding where an organisation is set under one that has ended."""
    parent, first = str(row.values.get("parent") or ""), _first(row)
    if not parent or clause.stands(parent, first):
        return
    ending = clause.row(parent, first)
    heir = clause.register.heir(parent, first)
    if ending is None and heir is None:
        return  # unknown or not yet open: another check reports it
    above = clause.register.name_of(parent)
    values: Values = {"unit": row.values["unit_name"], "above": above, "quarter": say_quarter(first)}
    now = (clause.successor(ending) if ending else None) or (clause.register.placement(heir, first) if heir else None)
    heirs: Values = {"heir": now.name} if now else {}
    yield writer.at(row, "parent", "register_under_ended", "heir" if now else "none", **values, **heirs)
