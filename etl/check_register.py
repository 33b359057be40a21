"""Check a register of organisations: the tree must hold together before anything can be placed in it."""

from collections.abc import Iterator

from etl.findings import Finding
from etl.nouns import Return, Row
from etl.register import Register
from stats.words import normalise

_RANKS = {"county": 0, "town": 1, "park": 1, "system": 1, "union": 2}


def check_register(found: Return, file: str, register: Register) -> list[Finding]:
    """Return findings on rows whose parent is unknown or stands too low, and on names that two codes would share.

    `register` must already know the organisations of this very return.
    """
    names = {normalise(str(row.values["unit_name"])): str(row.values["unit_code"]) for row in found.rows}
    return [
        Finding(rule, "return", file, found.sheet, row.cells[column].address, *words)
        for row in found.rows
        if row.values["status"] == "open"
        for rule, column, *words in [*_parent_problems(row, register), *_name_problems(row, names, register)]
    ]


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
