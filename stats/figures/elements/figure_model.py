"""Figures: numbers that answer one question, with a title that states the finding and the lines below it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from base.formats import NO_DATA
from base.periods import Span
from stats.catalogue import Catalogue
from stats.judging.verdicts import VerdictState
from stats.readings import Reading, read, read_units
from stats.readings.trace import CellRef
from stats.totals.coverage import same_part, within_data
from stats.warehouse import Warehouse


@dataclass(frozen=True)
class Source:
    """Where figures come from: a build of the warehouse, and what is declared.

    `all_readings` and `compared`, if given, are cached functions for all readings of an organisation and for those that
    boards compare between organisations, so that the figures of a page do not read them again. `side_by_side` are those
    that the panels of a page show of very many organisations, without changes.
    """

    warehouse: Warehouse
    catalogue: Catalogue
    all_readings: Callable[[str, Span, Span | None], Sequence[Reading]] | None = None
    compared: Callable[[tuple[str, ...], Span, Span | None], Sequence[Reading]] | None = None
    side_by_side: Callable[[tuple[str, ...], Span], Sequence[Reading]] | None = None

    def readings(self, view: "Selection", codes: Sequence[str]) -> list[Reading]:
        """Return the readings of named indicators for the selected organisation, in the given order."""
        if self.all_readings is None:
            return read(self.warehouse, self.catalogue, view.unit, view.span, codes, view.against)
        known = {reading.indicator: reading for reading in self.all_readings(view.unit, view.span, view.against)}
        if all(code in known for code in codes):
            return [known[code] for code in codes]
        return read(self.warehouse, self.catalogue, view.unit, view.span, codes, view.against)

    def readings_of(self, units: Sequence[str], view: "Selection", code: str) -> list[Reading]:
        """Return one indicator's reading for each of several organisations, in the given order."""
        if self.compared is None or code not in self.catalogue.compared:
            return read_units(self.warehouse, self.catalogue, units, view.span, [code], view.against)
        known = [
            reading for reading in self.compared(tuple(units), view.span, view.against) if reading.indicator == code
        ]
        return known or read_units(self.warehouse, self.catalogue, units, view.span, [code], view.against)

    def unchanged_of(self, units: Sequence[str], view: "Selection", codes: Sequence[str]) -> list[Reading]:
        """Return readings of named indicators for many organisations, without changes, grouped by organisation."""
        if self.side_by_side and view.against is None:
            known = [reading for reading in self.side_by_side(tuple(units), view.span) if reading.indicator in codes]
            if len(known) == len(units) * len(set(codes)):
                return known
        return read_units(self.warehouse, self.catalogue, units, view.span, codes, view.against, compares=False)

    def kind_codes(self, form: str, kind: str) -> tuple[str, tuple[str, ...]] | None:
        """Return the column of a form that states a row's kind, and the allowed codes; None when it has none."""
        if not kind:
            return None
        codes = self.catalogue.categories(kind)
        wanted = self.catalogue.kinds[kind].codes
        column = next((column for column in self.catalogue.forms[form].columns if column.codes == wanted), None)
        return (column.code, tuple(sorted(codes))) if column else None


@dataclass(frozen=True)
class Selection:
    """A selection: an organisation (code), a span, the span to compare with, and a kind of organisation.

    `kind` is the code of a kind of organisation in the catalogue; "" means all of them.
    """

    unit: str
    span: Span
    against: Span | None = None
    kind: str = ""


def as_far_as_data(source: Source, view: Selection) -> Selection:
    """Return a selection whose span ends where the data end, compared with the same quarters of earlier years."""
    span = within_data(source.warehouse, view.span)
    if span == view.span or (view.against and view.against.length != view.span.length):
        return view
    return replace(view, span=span, against=same_part(view.span, span, view.against))


class SeriesRole(StrEnum):
    """What a series is in its figure, apart from its name: drawings and exports go by it."""

    VALUE = "value"
    INFLOW = "inflow"
    OUTFLOW = "outflow"
    PACE = "pace"
    SUPPLIED = "supplied"
    FORECAST = "forecast"
    DAYS = "days"
    WAITING = "waiting"
    SKIPPED = "skipped"
    TAIL = "tail"
    SHARE = "share"
    OVERDUE = "overdue"
    LONGEST = "longest"


@dataclass(kw_only=True, frozen=True)
class Mark:
    """One number of a figure: its label, its value in the stored unit (None: no data) and the text to be written.

    `key` says what it belongs to: an organisation's code, a quarter such as 2010Q4, or a code of a code list. `note` is
    a short text beside it, such as the verdict on its target; `aside` is printed small behind its label. `verdict` is
    the verdict as a state, `partial` whether returns are missing behind the number. `absent` says in words why there is
    no number, "" where that is not known. `behind` is how far it lies on the worse side of its target or of the whole,
    negative on the better one, None where neither can be said.
    """

    label: str
    value: float | None
    text: str
    key: str = ""
    target: float | None = None
    note: str = ""
    aside: str = ""
    verdict: VerdictState = VerdictState.NONE
    partial: bool = False
    absent: str = ""
    behind: float | None = None

    @property
    def shown_text(self) -> str:
        """Return the text to be written, or why there is none."""
        return self.absent if self.value is None and self.absent else self.text


@dataclass(kw_only=True, frozen=True)
class Series:
    """Marks that share a unit of measure (人, 元, %), with their common target.

    `chart` says how a course is drawn: a flow as columns, a stock as a line. `role` is what it is in its figure. `key`
    is the code of the organisation it belongs to, where it belongs to one, `indicator` that of the indicator it is the
    course of, `by_quarter` whether each of its values is what is read for that quarter alone.
    """

    name: str
    measure: str
    marks: tuple[Mark, ...]
    target: float | None = None
    target_text: str = ""
    chart: Literal["line", "column"] = "line"
    role: SeriesRole = SeriesRole.VALUE
    key: str = ""
    indicator: str = ""
    by_quarter: bool = False


@dataclass(kw_only=True, frozen=True)
class Figure:
    """A panel's answer for one selection.

    `title` states the finding. `when`, `who`, `base`, `coverage`, `source` and `note` are whole lines to print below
    it, "" if there is none. `indicator` or `item` is what it can be traced by. In a figure of kind records a series is
    a column and `cells` leads to each row's cell, None if none of its cells is counted. `noun` is what it shows, for a
    caption that states no finding.
    """

    code: str
    kind: str
    title: str
    question: str
    series: tuple[Series, ...]
    measure: str
    when: str
    who: str
    base: str
    coverage: str
    source: str
    note: str = ""
    indicator: str = ""
    item: str = ""
    cells: tuple[CellRef | None, ...] = ()
    noun: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines that accompany the figure everywhere, in the order in which they are printed."""
        measure = f"计量单位：{self.measure}" if self.measure else ""
        lines = (self.who, self.when, measure, self.base, self.coverage, self.source, self.note)
        return tuple(line for line in lines if line)

    @property
    def known(self) -> bool:
        """Return whether there is any number to show."""
        return any(mark.value is not None for mark in self.marks())

    @property
    def is_table(self) -> bool:
        """Return whether its series are the columns of one table, of which a chart draws the first alone."""
        return self.kind in ("matrix", "ladder", "distances")

    @property
    def is_listed(self) -> bool:
        """Return whether it is shown as a table alone, on screen and on paper."""
        return self.kind in ("records", "distances")

    @property
    def absence(self) -> str:
        """Return why there is no number to show, each reason once; 没有数据 where none is known."""
        return "、".join(dict.fromkeys(mark.absent for mark in self.marks() if mark.absent)) or NO_DATA

    def marks(self) -> Iterator[Mark]:
        """Yield every mark, series by series."""
        for series in self.series:
            yield from series.marks
