"""The systems that the work report names, each with the forms, items, indicators, panels and tests behind it.

docs/systems.yml names the panels and tests of each; the rest follows from the catalogue. docs/systems.md is generated
from here by docs/make_reference.py.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter
from yaml import safe_load

from stats.catalogue import Catalogue, load_catalogue
from stats.catalogue.boards import Panel
from stats.catalogue.models import FormRole

SYSTEMS = Path(__file__).with_name("systems.yml")
_MOST = 6  # codes named in a cell of the table; of more their number is told


class System(BaseModel):
    """One system: the panels (board.panel) that show it and its own tests, or why it is a slogan and not counted.

    `indicators` are named where the panels show none or others too; `scheme` is a scoring scheme.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    panels: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    scheme: str = ""
    slogan: str = ""
    tests: tuple[str, ...] = ()

    @property
    def built(self) -> bool:
        """Return whether there is anything to see of it."""
        return bool(self.panels or self.scheme)


@cache
def systems() -> dict[int, System]:
    """Return all systems by their number in the report's list. Raises pydantic.ValidationError for an unknown key."""
    return TypeAdapter(dict[int, System]).validate_python(safe_load(SYSTEMS.read_text("utf-8")))


def indicators_of(system: System, catalogue: Catalogue) -> list[str]:
    """Return the indicators that are named for a system, else those that its panels show."""
    shown = [code for name in system.panels for code in _indicators(panel_of(name, catalogue))]
    return list(system.indicators or dict.fromkeys(shown))


def items_of(system: System, catalogue: Catalogue) -> list[str]:
    """Return the items that a system's indicators are made of and its panels split, or its points are."""
    made_of = [
        item.code for code in indicators_of(system, catalogue) for item in catalogue.parts(catalogue.indicators[code])
    ]
    split = [code for name in system.panels for code in _items(panel_of(name, catalogue))]
    points = [item.code for form in _score_forms(system, catalogue) for item in catalogue.items_of(form)]
    return list(dict.fromkeys([*made_of, *split, *points]))


def forms_of(system: System, catalogue: Catalogue) -> list[str]:
    """Return the forms that a system's items and lists are taken from."""
    listed = [form for name in system.panels if (form := getattr(panel_of(name, catalogue), "form", ""))]
    counted = [catalogue.items[code].form for code in items_of(system, catalogue)]
    return sorted({*listed, *counted, *_score_forms(system, catalogue)})


def panel_of(name: str, catalogue: Catalogue) -> Panel:
    """Return the panel of a name such as aid.money. Raises UserError for an unknown board, KeyError for a panel."""
    board, _, code = name.partition(".")
    panel = catalogue.board(board).panel(code)
    if panel is None:
        raise KeyError(name)
    return panel


def describe_systems() -> str:
    """Return the table of all systems as Markdown."""
    catalogue = load_catalogue()
    rows = [_row(number, system, catalogue) for number, system in systems().items()]
    return "\n".join(["| 序号 | 系统 | 报表 | 数据项 | 指标 | 看板 | 测试 |", "|---|---|---|---|---|---|---|", *rows])


def _row(number: int, system: System, catalogue: Catalogue) -> str:
    if system.slogan:
        return f"| {number} | {system.name} | 不单独统计：{system.slogan} | | | | |"
    if not system.built:
        return f"| {number} | {system.name} | 还没有做 | | | | |"
    forms = "、".join(f"{code} {catalogue.forms[code].name}" for code in forms_of(system, catalogue))
    items = _list(items_of(system, catalogue))
    indicators = _list(catalogue.indicators[code].name for code in indicators_of(system, catalogue))
    shown = "、".join(dict.fromkeys(catalogue.board(name.split(".")[0]).name for name in system.panels))
    scheme = f"考核评分：{catalogue.scheme(system.scheme).name}" if system.scheme else ""
    tests = "、".join(f"`{path}`" for path in system.tests)
    cells = [str(number), system.name, forms, items, indicators, shown or scheme, tests]
    return f"| {' | '.join(cells)} |"


def _list(names: Iterable[str]) -> str:
    named = list(names)
    return f"{'、'.join(named[:_MOST])}等{len(named)}个" if len(named) > _MOST else "、".join(named)


def _indicators(panel: Panel) -> Iterator[str]:
    yield from getattr(panel, "indicators", ())
    yield from filter(None, [getattr(panel, "indicator", "")])


def _items(panel: Panel) -> Iterator[str]:
    yield from filter(None, (getattr(panel, field, "") for field in ("item", "opening", "closing", "among")))
    yield from (*getattr(panel, "plus", ()), *getattr(panel, "minus", ()))


def _score_forms(system: System, catalogue: Catalogue) -> list[str]:
    return [catalogue.form_of(FormRole.SCORES).code] if system.scheme else []
