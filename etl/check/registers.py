"""Check a register of organisations: the tree must be consistent before anything can be placed in it.

A closing or a move dated before rosters that were already accepted is asked about, because what those rosters say of
the union will then count elsewhere, or not at all.
"""

from collections.abc import Iterator
from datetime import date

from base.periods import quarter_of, say_quarter
from base.text import normalise
from etl.check.finding_writer import FindingWriter
from etl.known import Known
from etl.model.finding import Finding, tell
from etl.model.nouns import Return, Row
from etl.model.unit_register import Register

_RANKS = {"county": 0, "town": 1, "park": 1, "system": 1, "union": 2}


def check_register(found: Return, file: str, register: Register) -> list[Finding]:
    """Return findings on rows whose parent is unknown or of too low a level, and on names that two codes would share.

    `register` must already include the organisations of this return.
    """
    named = zip(found.column("unit_name"), found.column("unit_code"), strict=True)
    names = {normalise(str(name)): str(code) for name, code in named}
    problems = (
        (row, problem)
        for row in found.rows
        for problem in [*_root_problems(row, register), *_open_problems(row, names, register)]
    )
    return [
        tell(
            rule=rule,
            file=file,
            sheet=found.sheet,
            address=row.cells[column].address,
            problem=said,
            requirement=expected,
            todo=todo,
        )
        for row, (rule, column, said, expected, todo) in problems
    ]


def _root_problems(row: Row, register: Register) -> Iterator[tuple[str, ...]]:
    """Yield a problem where a row ends the county itself, or sets another beside it."""
    if _RANKS[str(row.values["level"])]:
        return
    name, root = row.values["unit_name"], register.root()
    if row.values["status"] != "open":
        said = f"“{name}”是县总工会，状态填的是撤销或合并"
        yield "register_root", "status", said, "县总工会是最上一级，名册里不能撤销", "请核对级别和状态"
    elif root not in ("", row.values["unit_code"]):
        said = f"“{name}”的级别填的是县总工会，名册里已有“{register.name_of(root)}”"
        yield "register_root", "level", said, "一个县只有一个县总工会", "请核对级别和单位代码"


def _open_problems(row: Row, names: dict[str, str], register: Register) -> Iterator[tuple[str, ...]]:
    if row.values["status"] == "open":
        yield from _parent_problems(row, register)
        yield from _name_problems(row, names, register)


def check_reaching_back(found: Return, known: Known, register: Register, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row that closes or moves a union from a quarter for which accepted rosters name it.

    `register` must not include this return's own rows yet.
    """
    for row in found.rows:
        code, since = str(row.values["unit_code"]), row.values["effective"]
        first = quarter_of(since) if isinstance(since, date) else found.period
        before = register.placement(code, first)
        if before is None or before.level != "union" or (now := _what_changes(row, before.parent, register)) is None:
            continue
        last = known.last_reported().get(code, 0)
        if last >= first:
            said = f"“{row.values['unit_name']}”从{say_quarter(first)}起{now}，已收的报表里它填到了{say_quarter(last)}"
            fits = f"{now}以后不应再有它的报表"
            after = "这些季度不再计入它" if row.values["status"] != "open" else "这些季度的数跟着它走"
            todo = f"请核对生效日期；日期无误的请说明原因，{after}"
            yield writer.at(row, "effective", "register_reaches_back", said, fits, todo)


def _what_changes(row: Row, parent: str, register: Register) -> str | None:
    """Return what a row changes about a union that is open under a parent, None if nothing."""
    if row.values["status"] != "open":
        return "撤销或合并"
    now = str(row.values.get("parent") or "")
    return f"由{register.name_of(parent)}划归{register.name_of(now)}" if now != parent else None


def _parent_problems(row: Row, register: Register) -> Iterator[tuple[str, ...]]:
    parent, rank = str(row.values.get("parent") or ""), _RANKS[str(row.values["level"])]
    if rank == 0:
        if parent:
            yield "register_parent", "parent", "县总工会填了上级单位", "县总工会是最上一级", "请把这一格留空"
        return
    above = register.level_of(parent)
    if above is None or _RANKS[above] >= rank:
        column = "parent" if "parent" in row.cells else "unit_code"
        said = f"上级单位代码填的是“{parent}”" if parent else "没有填上级单位代码"
        yield "register_parent", column, said, "应是名册里的上一级单位", "请填上级单位的代码"


def _name_problems(row: Row, names: dict[str, str], register: Register) -> Iterator[tuple[str, ...]]:
    code, name = str(row.values["unit_code"]), str(row.values["unit_name"])
    holders = {names[normalise(name)], register.find(name) or code} - {code}
    if holders:
        found = f"“{name}”与代码 {min(holders)} 的单位同名"
        yield "register_name", "unit_name", found, "两个单位不能用同一个名称", "请用全称加以区分"
