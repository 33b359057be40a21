"""The numbers of a figure next to the ones recomputed from the rows, for figures of sums or rates."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from base.periods import Span, parse_quarter
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from tests.lib.oracles.reckoning import Reckoning


@dataclass(frozen=True)
class Place:
    """One mark of a figure, with everything needed to recompute it."""

    figure: Figure
    panel: Any
    view: Selection
    series: Series
    mark: Mark
    reckoning: Reckoning
    known: Catalogue

    @property
    def first(self) -> bool:
        return self.mark is self.series.marks[0]

    @property
    def column(self) -> int:
        return next(at for at, series in enumerate(self.figure.series) if series is self.series)

    def beside(self) -> list[Mark]:
        """Return the marks of all series at the same position."""
        at = next(at for at, mark in enumerate(self.series.marks) if mark is self.mark)
        return [series.marks[at] for series in self.figure.series]

    def indicator(self, code: str, unit: str, span: Span) -> float | None:
        """Return an indicator recomputed."""
        return self.reckoning.indicator(self.known.indicators[code], unit, span) or 0.0


def reckon_figure(
    source: Source, panel: Any, view: Selection, reckoning: Reckoning
) -> Iterator[tuple[float, float, str]]:
    """Yield each known number of a panel's figure, with the recomputed one and a description.

    Funnels, lists of rows and the parts of a change have tests of their own.
    """
    figure, again = make_figure(source, panel, view), _AGAIN.get(panel.kind)
    for series in figure.series if again else ():
        for mark in series.marks:
            place = Place(figure, panel, view, series, mark, reckoning, source.catalogue)
            reckoned = again(place) if again and mark.value is not None else None
            if mark.value is not None and reckoned is not None:
                yield mark.value, reckoned, f"{series.name} {mark.label}"


def _course(place: Place) -> float | None:
    quarter = parse_quarter(place.mark.key)
    return place.indicator(place.panel.indicators[place.column], place.view.unit, Span(quarter, quarter))


def _areas(place: Place) -> float | None:
    return place.indicator(place.panel.indicator, place.mark.key, place.view.span)


def _rates(place: Place) -> float | None:
    return place.indicator(place.mark.key, place.view.unit, place.view.span)


def _split(place: Place) -> float | None:
    """Recompute one part; for a stacked bar all its parts together, at the first one."""
    if place.view.kind:
        return None
    panel, view = place.panel, place.view
    whole = place.reckoning.parts(place.known.items[panel.item], view.unit, view.span, panel.by)[place.mark.key]
    if panel.across is None:
        return whole
    others = [mark.value or 0.0 for mark in place.beside()[1:]]
    return whole - sum(others) if place.column == 0 else None


def _change(place: Place) -> float | None:
    """Recompute the opening value and add up the closing one; later series are about the parts' organisations."""
    marks = place.series.marks
    if place.column:
        return None
    if place.mark is marks[-1]:
        return sum(mark.value or 0.0 for mark in marks[:-1])
    item = place.known.items[place.panel.item]
    quarter = parse_quarter(marks[0].key)
    return place.reckoning.quarter(item, place.view.unit, quarter) or 0.0 if place.first else None


def _stock(place: Place) -> float | None:
    items = [place.panel.opening, *place.panel.plus, *place.panel.minus, place.panel.closing]
    item = place.known.items.get(items[place.column] or "")
    quarter = parse_quarter(place.mark.key)
    return place.reckoning.quarter(item, place.view.unit, quarter) or 0.0 if item else None


_AGAIN: dict[str, Callable[[Place], float | None]] = {
    "course": _course,
    "areas": _areas,
    "rates": _rates,
    "split": _split,
    "change": _change,
    "stock": _stock,
}
