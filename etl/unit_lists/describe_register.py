"""Describe a proposed register in words: its tree, which column was taken for what, and what is not taken."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True)
class AreaInTree:
    """An area with the unions below it, its level and their kinds in words; for the direct ones without a name."""

    code: str = ""
    name: str = ""
    level: str = ""
    unions: tuple[RegisteredUnit, ...]
    kinds: str


def areas_in_tree(register: ProposedRegister, catalogue: Catalogue) -> list[AreaInTree]:
    """Return the areas with what is below each, last what is directly under the county, if anything is."""
    form, root = catalogue.form_of(FormRole.UNITS), register.root
    levels = catalogue.codes[form.column("level").codes or ""]
    areas = [
        AreaInTree(
            code=area.code,
            name=area.name,
            level=levels.name_of(area.level),
            unions=(*below,),
            kinds=_say_kinds(below, catalogue),
        )
        for area in register.below(root.code)
        if area.level != "union"
        for below in [register.below(area.code)]
    ]
    direct = [unit for unit in register.below(root.code) if unit.level == "union"]
    return [*areas, AreaInTree(unions=(*direct,), kinds=_say_kinds(direct, catalogue))] if direct else areas


def describe_tree(register: ProposedRegister, catalogue: Catalogue) -> Iterator[str]:
    """Yield the tree in lines: the county, each area with how many unions of which kind, and the sums."""
    levels = catalogue.codes[catalogue.form_of(FormRole.UNITS).column("level").codes or ""]
    yield f"{register.root.name}（{levels.name_of(register.root.level)}）"
    for area in areas_in_tree(register, catalogue):
        title = f"{area.code} {area.name}（{area.level}）" if area.code else "直属"
        names = "、".join(f"{unit.code} {unit.name}" for unit in area.unions[:_FEW])
        split = f"（{area.kinds}）" if area.kinds else ""
        yield f"  {title}：{len(area.unions)} 个{split}，{names}{' 等' if len(area.unions) > _FEW else ''}"
    yield say_size(register)


def say_size(register: ProposedRegister) -> str:
    """Return how many areas and unions a register has, in a sentence."""
    unions = sum(unit.level == "union" for unit in register.units)
    return f"共 {len(register.units) - unions - 1} 个乡镇、园区和系统，{unions} 个基层工会。"


def _say_kinds(unions: list[RegisteredUnit], catalogue: Catalogue) -> str:
    """Return how many unions there are of each kind."""
    form = catalogue.form_of(FormRole.UNITS)
    kinds = Counter(
        catalogue.codes[form.column(code).codes or ""].name_of(kind)
        for unit in unions
        for code, kind in unit.kinds.items()
    )
    return "，".join(f"{kind} {number}" for kind, number in kinds.most_common())


def _column(layout: ListLayout, number: int) -> str:
    return f"{TableColumn(number, (), '', '').letter} 列“{layout.heading(number)}”"
