"""What is behind a mark that is no reading: the cells it was made of, and who has most of it."""

from collections.abc import Callable
from typing import Any

from stats.catalogue.boards import Panel
from stats.figures.behind.amounts_behind import behind_end, behind_part, behind_quarter
from stats.figures.behind.behind_model import Asked, Behind
from stats.figures.behind.rows_behind import behind_band, behind_group, behind_item, behind_stage
from stats.figures.elements.figure_model import Figure, Selection, Source, as_far_as_data

_FINDERS: dict[str, Callable[[Source, Any, Asked], Behind | None]] = {
    "ageing": behind_band,
    "change": behind_end,
    "funnel": behind_stage,
    "ladder": behind_item,
    "matrix": behind_item,
    "response": behind_group,
    "split": behind_part,
    "stock": behind_quarter,
}


def find_behind(source: Source, panel: Panel, view: Selection, figure: Figure, at: int, key: str) -> Behind | None:
    """Return the cells behind the mark of a key in the series at that place of a panel's figure.

    None where a mark has no cells of its own, as a part of a change. Nothing of it is read with the figure.
    """
    series = figure.series[at]
    mark = next(mark for mark in series.marks if mark.key == key)
    return _FINDERS[panel.kind](source, panel, Asked(as_far_as_data(source, view), series, at, mark))
