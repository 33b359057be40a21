"""A stock's opening, inflow, outflow and closing by quarter, with a mark where they don't add up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from base.formats import NO_DATA, say_exact, say_value
from base.periods import format_quarter, say_quarter, say_span
from stats.catalogue.boards import StockPanel
from stats.figures.elements.cover import Cover, cover_of_rows
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, SeriesRole, Source
from stats.figures.elements.lines import counted_by, say_who, source_line
from stats.organisations import periods as data_of
from stats.readings.sentences import say_end
from stats.totals import declared, totals_of

_OPENING, _PLUS, _MINUS = "期初", "加：", "减："
_TOLERANCE = 0.005  # sums of amounts to the cent may differ by floating-point error

Values = dict[tuple[str, int], float | None]  # by item and quarter


@dataclass(kw_only=True, frozen=True)
class StockQuarter:
    """One quarter of a stock: opening, inflow and outflow by item, closing, and the faults."""

    period: int
    opening: float | None
    plus: tuple[float | None, ...]
    minus: tuple[float | None, ...]
    closing: float | None
    faults: tuple[str, ...] = ()


def make_stock(source: Source, panel: StockPanel, view: Selection) -> Figure:
    """Return a stock quarter by quarter: series for the opening, each inflow, each outflow, the closing.

    A quarter whose parts don't add up to its closing, or whose opening differs from the previous closing, has a note at
    its closing; an unknown part is named and not checked.
    """
    items = [panel.closing, *([panel.opening] if panel.opening else []), *panel.plus, *panel.minus]
    values = _read(source, items, view)
    measure = source.catalogue.measures[source.catalogue.items[panel.closing].measure].name
    quarters = stock_quarters(panel, values, range(view.span.first, view.span.last + 1), measure)
    closing = source.catalogue.items[panel.closing]
    cover = cover_of_rows(source, closing.form, view, None)
    indicator = counted_by(source, closing)
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(source, panel, view, quarters, cover),
        question=panel.question,
        series=_series(source, panel, quarters, measure),
        measure=measure,
        when=f"时间：{say_span(view.span)}，逐季",
        who=say_who(source, view),
        base=f"口径：{_say_formula(source, panel)}，以{_say_forms(source, items)}为准",
        coverage=cover.line(closing.name),
        source=source_line(source, [source.catalogue.items[code].form for code in items]),
        note=panel.note,
        indicator=indicator.code if indicator else "",
        item=closing.code,
    )


def item_behind(panel: StockPanel, at: int, quarter: int) -> tuple[str, int]:
    """Return the item behind a quarter's mark in the series at that place, and the quarter of which it is read."""
    items = [panel.opening or panel.closing, *panel.plus, *panel.minus, panel.closing]
    return items[at], quarter - 1 if at == 0 and not panel.opening else quarter


def stock_quarters(panel: StockPanel, values: Values, periods: Sequence[int], measure: str) -> list[StockQuarter]:
    """Return the quarters of a stock from the items' values, each checked against its parts and the quarter before."""
    quarters: list[StockQuarter] = []
    for period in periods:
        before = values.get((panel.closing, period - 1))
        opening = values.get((panel.opening, period)) if panel.opening else before
        plus = tuple(values.get((code, period)) for code in panel.plus)
        minus = tuple(values.get((code, period)) for code in panel.minus)
        closing = values.get((panel.closing, period))
        faults = (_unexplained(opening, plus, minus, closing, measure), _break(opening, before, measure))
        texts = tuple(fault for fault in faults if fault)
        quarters.append(
            StockQuarter(period=period, opening=opening, plus=plus, minus=minus, closing=closing, faults=texts)
        )
    return quarters


def _unexplained(
    opening: float | None,
    plus: Sequence[float | None],
    minus: Sequence[float | None],
    closing: float | None,
    measure: str,
) -> str:
    """Return the difference between the parts and the closing; "" if there is none or a part is unknown."""
    inflows, outflows = [value for value in plus if value is not None], [value for value in minus if value is not None]
    if opening is None or closing is None or len(inflows) < len(plus) or len(outflows) < len(minus):
        return ""
    added = opening + fsum(inflows) - fsum(outflows)
    return "" if abs(added - closing) <= _TOLERANCE else f"△ 按增减应为{say_exact(added, measure)}"


def _break(opening: float | None, before: float | None, measure: str) -> str:
    if opening is None or before is None or abs(opening - before) <= _TOLERANCE:
        return ""
    return f"△ 期初{say_exact(opening, measure)}，上季度末是{say_exact(before, measure)}"


def _read(source: Source, items: Sequence[str], view: Selection) -> Values:
    """Return the items' values from the quarter before the span on."""
    totals, counted = totals_of(source.warehouse, view.unit), declared(source.warehouse).items
    quarters = range(view.span.first - 1, view.span.last + 1)
    return {(code, quarter): totals.in_quarter(counted[code], quarter) for code in items for quarter in quarters}


def _series(source: Source, panel: StockPanel, quarters: Sequence[StockQuarter], measure: str) -> tuple[Series, ...]:
    items = source.catalogue.items
    columns = [(SeriesRole.VALUE, _OPENING, [quarter.opening for quarter in quarters])]
    columns += [
        (SeriesRole.INFLOW, f"{_PLUS}{items[code].name}", [quarter.plus[at] for quarter in quarters])
        for at, code in enumerate(panel.plus)
    ]
    columns += [
        (SeriesRole.OUTFLOW, f"{_MINUS}{items[code].name}", [quarter.minus[at] for quarter in quarters])
        for at, code in enumerate(panel.minus)
    ]
    parts = [
        Series(name=name, measure=measure, marks=_marks(quarters, values, measure), role=role)
        for role, name, values in columns
    ]
    closing = _marks(quarters, [quarter.closing for quarter in quarters], measure)
    marks = tuple(
        replace(mark, note="；".join(quarter.faults)) for mark, quarter in zip(closing, quarters, strict=True)
    )
    return (*parts, Series(name=items[panel.closing].name, measure=measure, marks=marks))


def _marks(quarters: Sequence[StockQuarter], values: Sequence[float | None], measure: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            label=say_quarter(quarter.period),
            value=value,
            text=say_value(value, measure),
            key=format_quarter(quarter.period),
        )
        for quarter, value in zip(quarters, values, strict=True)
    )


def _title(source: Source, panel: StockPanel, view: Selection, quarters: Sequence[StockQuarter], cover: Cover) -> str:
    name = source.catalogue.items[panel.closing].name
    measure = source.catalogue.measures[source.catalogue.items[panel.closing].measure].name
    known = [quarter for quarter in quarters if quarter.closing is not None]
    if not known:
        return f"{say_span(view.span)}，{name}{cover.absence}"
    first, last = known[0], known[-1]
    text = f"{say_end(last.period)}，{cover.words}{name}{say_value(last.closing, measure)}"
    begun = max(quarters[0].period, data_of(source.warehouse).first)
    lacking = last.period + 1 - begun - len(known)
    if lacking:  # inflow and outflow of missing quarters are unknown, so the total would be wrong
        text += f"，有{lacking}个季度{NO_DATA}"
    elif first.opening is not None:
        moves = [*_say_moves(source, panel.plus, [q.plus for q in known], measure)]
        moves += _say_moves(source, panel.minus, [q.minus for q in known], measure)
        text += f"：期初{say_value(first.opening, measure)}，{'，'.join(moves)}"
    wrong = sum(bool(quarter.faults) for quarter in quarters)
    return f"{text}，{wrong}个季度对不上" if wrong else text


def _say_moves(
    source: Source, codes: Sequence[str], moves: Sequence[Sequence[float | None]], measure: str
) -> list[str]:
    """Return inflow or outflow over all quarters, item by item; unknown if any quarter is."""
    phrases = []
    for at, code in enumerate(codes):
        values = [quarter[at] for quarter in moves]
        known = [value for value in values if value is not None]
        total = say_value(fsum(known), measure) if len(known) == len(values) else NO_DATA
        phrases.append(f"{source.catalogue.items[code].name}{total}")
    return phrases


def _say_formula(source: Source, panel: StockPanel) -> str:
    items = source.catalogue.items
    plus = "".join(f"＋{items[code].name}" for code in panel.plus)
    minus = "".join(f"－{items[code].name}" for code in panel.minus)
    return f"{_OPENING}{plus}{minus}＝期末"


def _say_forms(source: Source, items: Sequence[str]) -> str:
    forms = dict.fromkeys(source.catalogue.items[code].form for code in items)
    return "".join(f"《{source.catalogue.forms[form].name}》" for form in forms)
