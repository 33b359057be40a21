"""What a press on a mark asks about: a reading, or a part of its figure where no reading is behind it."""

from collections.abc import Mapping
from dataclasses import dataclass

from stats.figures.elements.figure_model import Figure

FIGURE, UNIT, SPAN, TARGET, SERIES, MARK = "figure", "unit", "span", "target", "series", "mark"


@dataclass(frozen=True)
class Asking:
    """Which reading the marks of a series stand for: what all of them name, and which word a mark's key is (`by`).

    The words are those of a button that explains a figure. `by` is "" where all marks ask for the same.
    """

    names: Mapping[str, str]
    by: str = ""

    def of(self, key: str) -> dict[str, str]:
        """Return what the mark of a key names."""
        return {**self.names, self.by: key} if self.by else dict(self.names)


def asking(figure: Figure, at: int) -> Asking | None:
    """Return what the marks of a figure's series ask about, by its place among the series; None where nothing is told.

    What no reading is behind asks about the mark itself: its series, and its key there.
    """
    series = figure.series[at]
    if figure.kind == "areas":
        return Asking({FIGURE: figure.indicator}, UNIT)
    if figure.kind == "rates":
        return Asking({}, FIGURE)
    if figure.kind == "aim":
        return Asking({FIGURE: figure.indicator, TARGET: "yes"})
    if figure.kind == "distances" and series.indicator:
        return Asking({FIGURE: series.indicator}, UNIT)
    if figure.kind in ("course", "multiples"):
        names = {FIGURE: series.indicator} | ({UNIT: series.key} if series.key else {})
        return Asking(names, SPAN if series.by_quarter else "")
    if figure.kind == "change" and at:  # the organisations of a part
        return Asking({FIGURE: figure.indicator}, UNIT) if figure.indicator else None
    if figure.kind == "distances":
        return None
    return Asking({SERIES: str(at)}, MARK)
