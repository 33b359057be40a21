"""Describe a proposed register in words: its tree, which column was taken for what, and what is not taken."""

from collections import Counter
from collections.abc import Iterator

from etl.layout.table import TableColumn
from etl.unit_lists.list_columns import ListLayout
from etl.unit_lists.list_words import COLUMN_NAMES
from etl.unit_lists.proposed_register import ProposedRegister, RegisteredUnit
from etl.unit_lists.read_list import UnitList
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole

_FEW = 3


def describe_columns(units: UnitList) -> Iterator[str]:
    """Yield a line for each sheet: which column was taken for what, and which are not taken or not used."""
    for layout in units.layouts:
        taken = "，".join(
            f"{COLUMN_NAMES[column]}是 {_column(layout, number)}" for column, number in layout.columns.items()
        )
        yield f"工作表“{layout.sheet.name}”：{taken}"
        persons = layout.persons
        if persons:
            yield f"  不取：{'、'.join(_column(layout, number) for number in persons)}（姓名、电话等个人信息不入库）"
        rest = [number for number in layout.header.paths if number not in {*layout.columns.values(), *persons}]
        if rest:
            yield f"  名册不用：{'、'.join(_column(layout, number) for number in rest)}"
    if units.passed_over:
        yield f"没有单位名称一栏，没有读的工作表：{'、'.join(units.passed_over)}"


def describe_tree(register: ProposedRegister, catalogue: Catalogue) -> Iterator[str]:
    """Yield the tree in lines: the county, each area with how many unions of which kind, and the sums."""
    form = catalogue.form_of(FormRole.UNITS)
    levels = catalogue.codes[form.column("level").codes or ""]
    root, areas = register.root, [unit for unit in register.below(register.root.code) if unit.level != "union"]
    yield f"{root.name}（{levels.name_of(root.level)}）"
    for area in areas:
        unions = register.below(area.code)
        yield f"  {area.code} {area.name}（{levels.name_of(area.level)}）：{_say(unions, catalogue)}"
    direct = [unit for unit in register.below(root.code) if unit.level == "union"]
    if direct:
        yield f"  直属：{_say(direct, catalogue)}"
    number = sum(unit.level == "union" for unit in register.units)
    yield f"共 {len(areas)} 个乡镇、园区和系统，{number} 个基层工会。"


def _say(unions: list[RegisteredUnit], catalogue: Catalogue) -> str:
    """Return how many unions there are, by kind, and the first of them."""
    form = catalogue.form_of(FormRole.UNITS)
    kinds = Counter(
        catalogue.codes[form.column(code).codes or ""].name_of(kind)
        for unit in unions
        for code, kind in unit.kinds.items()
    )
    split = "，".join(f"{kind} {number}" for kind, number in kinds.most_common())
    names = "、".join(f"{unit.code} {unit.name}" for unit in unions[:_FEW])
    return f"{len(unions)} 个{f'（{split}）' if split else ''}，{names}{' 等' if len(unions) > _FEW else ''}"


def _column(layout: ListLayout, number: int) -> str:
    return f"{TableColumn(number, (), '', '').letter} 列“{layout.heading(number)}”"
