"""Figures, one file per kind: a panel of a board and a selection become numbers, a title and lines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from stats.catalogue.boards import Panel
from stats.figures.ageing import make_ageing
from stats.figures.areas import make_areas
from stats.figures.change import make_change
from stats.figures.course import make_course
from stats.figures.distances import make_distances
from stats.figures.elements.captions import noun_of
from stats.figures.elements.figure_model import Figure, Selection, Source, as_far_as_data
from stats.figures.funnel import make_funnel
from stats.figures.having.groups import make_groups
from stats.figures.having.items_figure import make_ladder, make_matrix
from stats.figures.multiples import make_multiples
from stats.figures.rates import make_rates
from stats.figures.records import make_records
from stats.figures.response import make_response
from stats.figures.split import make_split
from stats.figures.stock import make_stock

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
    made = _MAKERS[panel.kind](source, panel, as_far_as_data(source, view))
    return replace(made, noun=noun_of(source.catalogue, panel))
