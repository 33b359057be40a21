"""Recheck: a registered figure read again, and whether the data behind it has been corrected since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import fsum
from pathlib import Path

from base.errors import UserError
from base.formats import say_exact
from base.month_spans import parse_months, say_months
from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.papers.cited_figures import Registered
from stats.papers.paper_model import Brief, Cited, Exhibit
from stats.papers.retyped import CHART
from stats.readings import Reading, read
from stats.readings.sentences import say_reading
from stats.readings.trace import CellRef, trace
from stats.warehouse import Warehouse, open_warehouse
from store.builds import kept_build

_TOLERANCE = 0.005  # sums of amounts to the cent may differ by floating-point error


@dataclass(kw_only=True, frozen=True)
class CellChange:
    """A change behind a figure for one organisation, quarter and item, in words: before, now (— for none).

    `submission` is the sha256 of the file.
    """

    unit_name: str
    quarter: str
    item_name: str
    before: str
    now: str
    file: str
    address: str
    submission: str


@dataclass(kw_only=True, frozen=True)
class Recited:
    """A registered figure, its present text, and whether the data behind it have been corrected since.

    `corrected` is None if it can't be read any more, and `now` says why. `changes` are known while the build it came
    from is kept (`kept`), and for indicators only.
    """

    registered: Registered
    now: str
    corrected: bool | None
    build: int
    kept: bool = False
    changes: tuple[CellChange, ...] = ()


def figures_of(brief: Brief, warehouse: Warehouse, catalogue: Catalogue) -> list[tuple[Registered, str]]:
    """Return every figure and chart of a paper for registration, with the words printed for it."""
    cited = figures_cited(brief.cited(), warehouse, catalogue)
    shown = [(_register_exhibit(exhibit, brief, warehouse), exhibit.figure.title) for exhibit in brief.exhibits()]
    return [*cited, *shown]


def figures_cited(cited: Iterable[Cited], warehouse: Warehouse, catalogue: Catalogue) -> list[tuple[Registered, str]]:
    """Return the figures of a filled template for registration, each with the words printed for it."""
    return [(_register_reading(cited.ref, cited.reading, warehouse, catalogue), cited.text) for cited in cited]


def recite(
    store: Path, warehouse: Warehouse, catalogue: Catalogue, registered: Iterable[Registered], with_cells: bool = True
) -> list[Recited]:
    """Return figures read again from the current build, and whether each has been corrected since.

    With `with_cells`, also the cells that changed. A figure of the current build is not read again.
    """
    return [_recite(store, warehouse, catalogue, registered, with_cells) for registered in registered]


def _register_reading(ref: str, reading: Reading, warehouse: Warehouse, catalogue: Catalogue) -> Registered:
    return Registered(
        ref=ref,
        subject=reading.indicator,
        name=reading.name,
        unit=reading.unit,
        span=reading.span,
        build=warehouse.build,
        built_at=warehouse.built_at,
        value=reading.value,
        text=say_reading(reading, catalogue.indicators[reading.indicator]),
        content=_content_of(reading),
        catalogue=warehouse.catalogue,
    )


def _register_exhibit(exhibit: Exhibit, brief: Brief, warehouse: Warehouse) -> Registered:
    figure = exhibit.figure
    return Registered(
        ref=exhibit.ref,
        subject=exhibit.subject,
        name=figure.question or figure.title,
        unit=brief.unit,
        span=brief.span,
        build=warehouse.build,
        built_at=warehouse.built_at,
        value=None,
        text=figure.title,
        content=_content_of(figure),
        catalogue=warehouse.catalogue,
    )


def _content_of(subject: Reading | Figure) -> str:
    """Return the content that any correction would change: a value's parts, or all numbers of a chart."""
    if isinstance(subject, Reading):
        return f"{subject.value!r}|{subject.numerator!r}|{subject.denominator!r}"
    marks = "\n".join(f"{mark.key}|{mark.label}|{mark.value!r}|{mark.text}" for mark in subject.marks())
    return sha256(marks.encode()).hexdigest()


def _recite(
    store: Path, warehouse: Warehouse, catalogue: Catalogue, registered: Registered, with_cells: bool
) -> Recited:
    if (registered.build, registered.built_at) == (warehouse.build, warehouse.built_at):
        return Recited(registered=registered, now=registered.text, corrected=False, build=warehouse.build, kept=True)
    try:
        text, content = _read_again(warehouse, catalogue, registered)
    except UserError as error:
        return Recited(registered=registered, now=str(error), corrected=None, build=warehouse.build)
    corrected = content != registered.content
    kept = kept_build(store, registered.build) is not None
    traced = with_cells and corrected and kept and CHART not in registered.subject
    changes = _changes(store, warehouse, catalogue, registered) if traced else ()
    return Recited(
        registered=registered, now=text, corrected=corrected, build=warehouse.build, kept=kept, changes=tuple(changes)
    )


def _read_again(warehouse: Warehouse, catalogue: Catalogue, registered: Registered) -> tuple[str, str]:
    """Return a registered figure's present text and content. Raises UserError when it can't be read any more."""
    span = parse_span(registered.span)
    if CHART not in registered.subject:
        reading = read(warehouse, catalogue, registered.unit, span, [registered.subject])[0]
        return say_reading(reading, catalogue.indicators[registered.subject]), _content_of(reading)
    board, code = registered.subject.split(CHART, 1)
    panel = catalogue.board(board).panel(code)
    if panel is None:
        raise UserError(f"这张图（{registered.name}）现在的看板上已经没有了。")
    figure = make_figure(Source(warehouse, catalogue), panel, Selection(registered.unit, span))
    return figure.title, _content_of(figure)


def figure_of(warehouse: Warehouse, catalogue: Catalogue, registered: Registered) -> Figure | None:
    """Return a registered chart's figure; None if it was corrected since or is not a chart."""
    board, is_chart, code = registered.subject.partition(CHART)
    panel = catalogue.board(board).panel(code) if is_chart and board in catalogue.boards else None
    if panel is None:
        return None
    figure = make_figure(Source(warehouse, catalogue), panel, Selection(registered.unit, parse_span(registered.span)))
    return figure if _content_of(figure) == registered.content else None


def _changes(store: Path, warehouse: Warehouse, catalogue: Catalogue, registered: Registered) -> list[CellChange]:
    """Return both sums for each organisation, quarter and item whose cells now add up to another number."""
    old = open_warehouse(store, registered.build)
    try:
        arguments = (catalogue, registered.subject, registered.unit, parse_span(registered.span))
        before, now = _by_place(trace(old, *arguments)), _by_place(trace(warehouse, *arguments))
    except UserError:
        return []  # a build of another version: we know that something changed, but not what
    finally:
        old.close()
    places = [place for place in {**before, **now} if abs(_sum(before, place) - _sum(now, place)) > _TOLERANCE]
    return [_change(before.get(place, []), now.get(place, []), catalogue) for place in places]


def _by_place(cells: Sequence[CellRef]) -> dict[tuple[str, str, str], list[CellRef]]:
    by_place: dict[tuple[str, str, str], list[CellRef]] = {}
    for cell in cells:
        by_place.setdefault((cell.unit, cell.period, cell.item), []).append(cell)
    return by_place


def _sum(cells: Mapping[tuple[str, str, str], Sequence[CellRef]], place: tuple[str, str, str]) -> float:
    return fsum(cell.value for cell in cells.get(place, ()))


def _change(before: Sequence[CellRef], now: Sequence[CellRef], catalogue: Catalogue) -> CellChange:
    cell = (now or before)[0]
    measure = catalogue.measures[catalogue.items[cell.item].measure].name
    then, current = (
        say_exact(fsum(cell.value for cell in cells) if cells else None, measure) for cells in (before, now)
    )
    quarter = say_months(parse_months(cell.period))
    return CellChange(
        unit_name=cell.unit_name,
        quarter=quarter,
        item_name=cell.item_name,
        before=then,
        now=current,
        file=cell.name,
        address=f"{cell.sheet}!{cell.address}",
        submission=cell.submission,
    )
