"""Expected input: what belongs in a cell by the type of its column, and what to do about anything else."""

from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.models import Column

_LISTED = 8  # words of a code list that are named
_BY_TYPE = {
    "integer": ("这里要一个整数", "请改为具体的数，例如 300"),
    "amount": ("这里要一个不小于零的数", "请改为具体的数，例如 1200.50"),
    "number": ("这里要一个数或百分数", "请改为具体的数，例如 80%"),
    "score": ("这里要一个分数，或者是、否", "请改为具体的分数，例如 4.5"),
    "date": ("这里要一个日期", "请改为年月日，例如 2010-12-31"),
}
_ANYTHING = ("这里不能空着", "请补填")


def say_belongs(column: Column, catalogue: Catalogue) -> tuple[str, str]:
    """Return what belongs in a column and what to do, in words."""
    if column.type not in ("code", "indicator"):
        return _BY_TYPE.get(column.type, _ANYTHING)
    names = catalogue.codes[column.codes or INDICATORS].names()
    listed = "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")
    return f"这里要填：{listed}", "请从中选一个填上"
