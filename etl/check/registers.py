"""Check a register of organisations: the tree must be consistent before anything can be placed in it.

A closing or a move dated before rosters that were already accepted is asked about, because the union's rows in those
rosters will then count in another area, or not at all.
"""

from collections.abc import Iterator
from datetime import date

from base.periods import quarter_of, say_quarter
from base.text import normalise
from etl.check.finding_writer import FindingWriter
from etl.known import Known
from etl.model.finding import Finding, tell
from etl.model.nouns import Return, Row
from etl.model.rules.wording import Values
from etl.model.unit_register import Register

_Problem = tuple[str, str, str, Values]  # rule, wording, column, values
_RANKS = {"county": 0, "town": 1, "park": 1, "system": 1, "union": 2}


def check_register(filed: Return, file: str, register: Register) -> list[Finding]:
    """Return findings on rows whose parent is unknown or of too low a level, and on names that two codes would share.

    `register` must already include the organisations of this return.
    """
    named = zip(filed.column("unit_name"), filed.column("unit_code"), strict=True)
    names = {normalise(str(name)): str(code) for name, code in named}
    problems = (
        (row, problem)
        for row in filed.rows
        for problem in [*_root_problems(row, register), *_open_problems(row, names, register)]
    )
    return [
        tell(rule, wording, file=file, sheet=filed.sheet, address=row.cells[column].address, **values)
        for row, (rule, wording, column, values) in problems
    ]


def _root_problems(row: Row, register: Register) -> Iterator[_Problem]:
    """Yield a problem for a row that ends the county itself, or adds a second one."""
    if _RANKS[str(row.values["level"])]:
        return
    name, root = row.values["unit_name"], register.root()
    if row.values["status"] != "open":
        yield "register_root", "ended", "status", {"unit": name}
    elif root not in ("", row.values["unit_code"]):
        yield "register_root", "second", "level", {"unit": name, "root": register.name_of(root)}


def _open_problems(row: Row, names: dict[str, str], register: Register) -> Iterator[_Problem]:
    if row.values["status"] == "open":
        yield from _parent_problems(row, register)
        yield from _name_problems(row, names, register)


def check_reaching_back(filed: Return, known: Known, register: Register, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row that closes or moves a union from a quarter for which accepted rosters name it.

    `register` must not include this return's own rows yet.
    """
    for row in filed.rows:
        code, since = str(row.values["unit_code"]), row.values["effective"]
        first = quarter_of(since) if isinstance(since, date) else filed.period
        before = register.placement(code, first)
        if before is None or before.level != "union" or (change := _change(row, before.parent, register)) is None:
            continue
        last = known.last_reported().get(code, 0)
        if last >= first:
            wording, names = change
            values: Values = {
                "unit": row.values["unit_name"],
                "since": say_quarter(first),
                "last": say_quarter(last),
                **names,
            }
            yield writer.at(row, "effective", "register_reaches_back", wording, **values)


def _change(row: Row, parent: str, register: Register) -> tuple[str, Values] | None:
    """Return how a row changes a union that is open under a parent, with the names of both; None if it doesn't."""
    if row.values["status"] != "open":
        return "ended", {}
    now = str(row.values.get("parent") or "")
    names: Values = {"before": register.name_of(parent), "after": register.name_of(now)}
    return ("moved", names) if now != parent else None


def _parent_problems(row: Row, register: Register) -> Iterator[_Problem]:
    parent, rank = str(row.values.get("parent") or ""), _RANKS[str(row.values["level"])]
    if rank == 0:
        if parent:
            yield "register_parent", "root", "parent", {}
        return
    above = register.level_of(parent)
    if above is None or _RANKS[above] >= rank:
        column = "parent" if "parent" in row.cells else "unit_code"
        if parent:
            yield "register_parent", "wrong", column, {"code": parent}
        else:
            yield "register_parent", "none", column, {}


def _name_problems(row: Row, names: dict[str, str], register: Register) -> Iterator[_Problem]:
    code, name = str(row.values["unit_code"]), str(row.values["unit_name"])
    holders = {names[normalise(name)], register.find(name) or code} - {code}
    if holders:
        yield "register_name", "", "unit_name", {"unit": name, "code": min(holders)}
