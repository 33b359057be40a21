"""Area labels: names of townships, parks and systems, told by their endings in data/unit_lists.yml, and subtotals."""

from functools import cache
from pathlib import Path

import yaml

from etl.labels.total_labels import bare_label

_WORDS = Path(__file__).resolve().parents[2] / "data" / "unit_lists.yml"
_SUBTOTALS = ("小计", "合计", "分计", "共计", "汇总")


def is_area(text: str) -> bool:
    """Return whether a text is the name of an area by its ending, numbered or not: 一、城关镇（3家）."""
    return bare_label(text).endswith(_endings())


def area_of_subtotal(label: str) -> str:
    """Return the area that a subtotal names: 城关镇 of 城关镇小计, "" of 合计."""
    bare = bare_label(label)
    return next((bare.removesuffix(word) for word in _SUBTOTALS if bare.endswith(word)), "")


@cache
def _endings() -> tuple[str, ...]:
    levels = yaml.safe_load(_WORDS.read_text("utf-8"))["levels"]
    return tuple(ending for words in levels.values() for ending in words["endings"])
