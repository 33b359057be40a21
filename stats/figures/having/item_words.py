"""Item words: what a matrix or a ladder says in its title and in the lines below it."""

from collections.abc import Mapping

from base.formats import MISSING, PERCENT, say_value
from stats.catalogue.models import Form
from stats.figures.elements.conditions import say_conditions
from stats.figures.elements.cover import Cover
from stats.figures.elements.figure_model import Selection, Source
from stats.figures.elements.lines import Lines, say_who, source_line
from stats.figures.having.area_items import AreaItems, ItemShare, ItemsPanel, ItemTable
from stats.readings.sentences import say_end

HAS, LACKS = "有", "没有"
UNREGISTERED = "未登记"
_NAMED = 3  # names in a title
_DECIMALS = 1


def say_share(share: ItemShare) -> str:
    """Return a share in percent; of a single subject whether it has the item."""
    if share.counted == 1:
        return HAS if share.met else LACKS
    return say_value(share.value, PERCENT, _DECIMALS)


def say_count(share: ItemShare, measure: str) -> str:
    """Return of how many subjects how many have it: 171/293家."""
    return f"{share.met:,}/{share.counted:,}{measure}" if share.counted else ""


def items_lines(source: Source, panel: ItemsPanel, view: Selection, table: ItemTable, cover: Cover) -> Lines:
    """Return the lines below a figure, by the names they have in Figure."""
    form = source.catalogue.forms[panel.form]
    by_kind = source.kind_codes(form.code, view.kind) is not None
    forms = [form.code, *([source.catalogue.items[panel.among].form] if panel.among else [])]
    return {
        "when": f"时间：{say_end(view.span.last if table.as_of is None else table.as_of)}",
        "who": say_who(source, view, by_kind),
        "base": _say_base(source, panel, form, table),
        "coverage": cover.line(form.name),
        "source": source_line(source, forms),
    }


def _say_base(source: Source, panel: ItemsPanel, form: Form, table: ItemTable) -> str:
    where = {code: words for code, words in panel.where.items() if code != panel.by}
    texts = [f"《{form.name}》期末有效的记录", *say_conditions(source, form, where)]
    if panel.columns or panel.answer:
        texts.append("没有填的不算有")
    measure = measure_of(source, panel)
    texts.append(f"比例以已登记的{table.whole.complete.counted:,}{measure}{panel.name}为分母")
    among = table.whole.among
    if panel.among and among:
        registered = source.catalogue.items[panel.among].name
        share = say_value(table.whole.complete.counted / among, PERCENT, _DECIMALS)
        texts.append(f"已登记的占{registered}{among:,.0f}{measure}的{share}，未登记的不在内")
    return f"口径：{'，'.join(texts)}"


def measure_of(source: Source, panel: ItemsPanel) -> str:
    """Return the word of measure of what is counted, such as 家."""
    return source.catalogue.measures[panel.measure].name


def say_nothing(panel: ItemsPanel, view: Selection, table: ItemTable, cover: Cover) -> str:
    """Return the title where there is nothing to show, with the reason."""
    when = say_end(view.span.last if table.as_of is None else table.as_of)
    why = cover.absence if table.as_of is None or cover.nobody else "没有登记"
    return f"{when}，{panel.name}的各项情况{why}"


def say_complete(panel: ItemsPanel, table: ItemTable, cover: Cover, measure: str) -> str:
    """Return how many subjects have every item, the first part of a title."""
    whole = table.whole.complete
    when, every = f"{say_end(table.as_of or 0)}，", len(table.names)
    if table.single:
        return f"{when}{table.whole.name}的{every}项有{table.whole.met}项"
    among = cover.among if cover.among.endswith("中，") else f"{cover.among}{whole.counted:,}{measure}{panel.name}中，"
    share = say_value(whole.value, PERCENT, _DECIMALS)
    return f"{when}{among}{every}项都有的{whole.met:,}{measure}（{share}）"


def say_lacking(table: ItemTable, measure: str) -> str:
    """Return what is missing most and where."""
    ordered = by_lack(table.whole.items)
    if not ordered or not table.whole.items[ordered[0]].lacking:
        return "没有缺的项"
    if table.single:
        return f"没有的是{_name(table, [code for code in ordered if table.whole.items[code].lacking])}"
    most = table.whole.items[ordered[0]].lacking
    alike = [code for code in ordered if table.whole.items[code].lacking == most]
    return f"缺得最多的是{_name(table, alike)}（{'各' if len(alike) > 1 else ''}{most:,}{measure}没有）" + (
        _say_where(table, alike[0], measure) if len(alike) == 1 else ""
    )


def _say_where(table: ItemTable, item: str, measure: str) -> str:
    """Return in which area the most lack an item, where one stands out among several."""
    lacks = {area.name: area.items[item].lacking for area in table.areas if item in area.items}
    most = max(lacks.values(), default=0)
    where = [name for name, lack in lacks.items() if lack == most]
    return f"，其中{where[0]}最多（{most:,}{measure}）" if len(lacks) > 1 and len(where) == 1 else ""


def by_lack(items: Mapping[str, ItemShare]) -> list[str]:
    """Return the items with what is missing most first, equal ones in the form's order."""
    places = {code: place for place, code in enumerate(items)}
    return sorted(items, key=lambda code: (-items[code].lacking, places[code]))


def _name(table: ItemTable, codes: list[str]) -> str:
    named = "、".join(table.names[code] for code in codes[:_NAMED])
    return f"{named}等{len(codes)}项" if len(codes) > _NAMED else named


def say_level(area: AreaItems) -> str:
    """Return how many items an area's subjects have: 5项, on average 4.2项 of several."""
    if not area.complete.counted:
        return MISSING
    if area.complete.counted == 1:
        return f"{area.met}项"
    return say_value(area.met / area.complete.counted, "项", _DECIMALS)
