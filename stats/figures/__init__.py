"""Figures, one file per kind: a panel of a board and a selection become numbers, a title and lines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from base.month_spans import MONTH, QUARTER
from base.periods import say_span, whole_of
from stats.catalogue.boards import Panel
from stats.figures.ageing import make_ageing
from stats.figures.areas import make_areas
from stats.figures.change import make_change
from stats.figures.course import make_course
from stats.figures.distances import make_distances
from stats.figures.elements.captions import noun_of
from stats.figures.elements.figure_model import Figure, Selection, Series, Source, as_far_as_data
from stats.figures.elements.lines import say_who, time_line
from stats.figures.funnel import make_funnel
from stats.figures.having.groups import make_groups
from stats.figures.having.items_figure import make_ladder, make_matrix
from stats.figures.multiples import make_multiples
from stats.figures.rates import make_rates
from stats.figures.records import make_records
from stats.figures.response import make_response
from stats.figures.split import make_split
from stats.figures.stock import make_stock
from stats.readings.sentences import say_absent
from stats.totals.coverage import same_part

_OF_READINGS = ("areas", "course", "distances", "multiples", "rates")  # these say of which time each reading is
_MAKERS: dict[str, Callable[[Source, Any, Selection], Figure]] = {
    "ageing": make_ageing,
    "areas": make_areas,
    "change": make_change,
    "course": make_course,
    "distances": make_distances,
    "funnel": make_funnel,
    "groups": make_groups,
    "ladder": make_ladder,
    "matrix": make_matrix,
    "multiples": make_multiples,
    "rates": make_rates,
    "records": make_records,
    "response": make_response,
    "split": make_split,
    "stock": make_stock,
}


def make_figure(source: Source, panel: Panel, view: Selection) -> Figure:
    """Return the figure of a panel for one selection, as far as there are data.

    Raises UserError for an organisation that is not known.
    """
    seen, noun = as_far_as_data(source, view), noun_of(source.catalogue, panel)
    if seen.span.each == MONTH and panel.kind not in _OF_READINGS:
        whole = whole_of(seen.span, QUARTER)
        if whole is None:
            return _of_no_quarter(source, panel, seen, noun)
        seen = replace(seen, span=whole, against=seen.against and same_part(seen.span, whole, seen.against))
    return replace(_MAKERS[panel.kind](source, panel, seen), noun=noun)


def _of_no_quarter(source: Source, panel: Panel, view: Selection, noun: str) -> Figure:
    """Return the figure of a panel that looks at quarters, for months that make up none: it says why it has nothing."""
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=f"{say_span(view.span)}，{noun}{say_absent('of_quarters')}",
        question=panel.question,
        series=(Series(name=noun, measure="", marks=()),),
        measure="",
        when=time_line(None, view),
        who=say_who(source, view),
        base="",
        coverage="",
        source="",
        note=panel.note,
        noun=noun,
    )
