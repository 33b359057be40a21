"""A layout in words: how each heading of the table is taken."""

from etl.layout_proposals.proposal import say_path
from stats.catalogue import Catalogue
from stats.catalogue.layouts import TableHeading, TableLayout
from stats.catalogue.models import Form

_INDICATOR = "indicator"


def describe_layout(layout: TableLayout, form: Form, catalogue: Catalogue) -> list[str]:
    """Return how each heading is taken, in lines."""
    lines = [f"“{layout.name}”当作《{form.name}》（{form.code}）："]
    lines += [f"  {say_path(heading.path)} → {_taken(heading, form, catalogue)}" for heading in layout.headings]
    for each in layout.fixed:
        lines.append(f"  每行都是：{form.column(each.column).label} → {each.value}")
    if layout.year:
        lines.append(f"  只收写明{layout.year}年的表")
    if layout.persons:
        lines.append(f"  不取，收件时抹去：{'、'.join(map(say_path, layout.persons))}")
    return lines


def _taken(heading: TableHeading, form: Form, catalogue: Catalogue) -> str:
    codes = [each.value for each in heading.fixed if each.column == _INDICATOR]
    if codes:
        return "、".join(f"“{catalogue.indicators[code].name}”的目标" for code in codes)
    labels = "、".join(form.column(code).label for code in heading.columns) or "不用"
    return f"{labels}{f'（名称后面补“{heading.suffix}”）' if heading.suffix else ''}"
