"""Rows in force by how long ago a date of theirs lies, or by the month in which it comes: what is open, what ends."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from base.formats import say_value
from base.periods import last_day, say_day
from stats.catalogue.boards import AgeingPanel
from stats.catalogue.models import Form
from stats.figures.elements.conditions import (
    codes_allowed,
    codes_of_done,
    name_code,
    say_conditions,
    say_renewed,
    say_undated,
)
from stats.figures.elements.cover import Cover, cover_of_rows
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import say_who, source_line
from stats.readings.sentences import say_end
from stats.totals import last_filed
from stats.warehouse import run_query

_UNDATED = "没有填日期"
_ROWS = "条"


@dataclass(frozen=True)
class DayBand:
    """A stretch of days, both ends included, and its name."""

    name: str
    first: date
    last: date


@dataclass(kw_only=True, frozen=True)
class _Part:
    """The rows of one band and code, their number, sum and earliest day, and their ids where they are listed.

    The band is counted from 1; 0 are rows without a date, -1 those done on a day that is not known.
    """

    band: int
    code: str
    count: int
    total: float | None
    oldest: date | None
    records: Sequence[int] | None = None


def make_ageing(source: Source, panel: AgeingPanel, view: Selection) -> Figure:
    """Return the rows of each band as marks, the oldest or next band first; with `by` one series per code.

    The marks add up to all rows that are open, or that come within the months.
    """
    form = source.catalogue.forms[panel.form]
    as_of = last_filed(source.warehouse, form.code, view.span)
    cover = cover_of_rows(source, form.code, view, as_of)
    known = as_of is not None and not cover.nobody
    bands = bands_of(panel, last_day(view.span.last if as_of is None else as_of))
    every = _read(source, panel, view, as_of, bands) if known and as_of is not None else []
    parts = [part for part in every if part.band >= 0]
    undated = sum(part.count for part in every if part.band < 0)
    measure = source.catalogue.measures[panel.measure].name
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(panel, view, bands, parts, as_of if known else None, cover, measure),
        question=panel.question,
        series=_series(source, panel, form, bands, parts, measure) if known else (),
        measure=measure,
        when=f"时间：{say_end(view.span.last if as_of is None else as_of)}",
        who=say_who(source, view, source.kind_codes(form.code, view.kind) is not None),
        base=_say_base(source, panel, form, last_day(view.span.last if as_of is None else as_of)),
        coverage=cover.line(form.name),
        source=source_line(source, [form.code]),
        note="；".join(filter(None, (panel.note, say_undated(form, panel.done, undated, _ROWS) if undated else ""))),
    )


def rows_of_band(source: Source, panel: AgeingPanel, view: Selection, at: int, key: str) -> list[int]:
    """Return the ids of the rows behind a mark, which the series at that place has for the band of that name."""
    as_of = last_filed(source.warehouse, panel.form, view.span)
    if as_of is None:
        return []
    bands = bands_of(panel, last_day(as_of))
    parts = [part for part in _read(source, panel, view, as_of, bands, listed=True) if part.band >= 0]
    codes = sorted({part.code for part in parts}) if panel.by else []
    places = {_UNDATED: 0} | {band.name: place for place, band in enumerate(bands, start=1)}
    own = [part for part in parts if part.band == places[key] and (not codes or part.code == codes[at])]
    return [record for part in own for record in part.records or ()]


def bands_of(panel: AgeingPanel, end: date) -> list[DayBand]:
    """Return the bands as of a day: the oldest first for rows since a date, the next month first for coming ones."""
    if panel.until:
        return [_month(end, ahead) for ahead in range(1, panel.months + 1)]
    edges = [0 if panel.overdue else -1, *panel.days]  # a limit is kept on its own day
    between = [
        DayBand(f"{edges[at] + 1}至{days}天" if at else f"{days}天以内", end - timedelta(days), _before(end, edges[at]))
        for at, days in enumerate(panel.days)
    ]
    return [DayBand(f"超过{panel.days[-1]}天", date.min, _before(end, panel.days[-1])), *reversed(between)]


def _before(end: date, days: int) -> date:
    """Return the last day that lies more than so many days before the end."""
    return end - timedelta(days + 1)


def _month(end: date, ahead: int) -> DayBand:
    """Return the month that comes so many months after the one that ends on a day."""
    year, month = divmod(end.year * 12 + end.month - 1 + ahead, 12)
    return DayBand(f"{month + 1}月", date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1]))


def _read(
    source: Source,
    panel: AgeingPanel,
    view: Selection,
    as_of: int | None,
    bands: Sequence[DayBand],
    listed: bool = False,
) -> list[_Part]:
    form = source.catalogue.forms[panel.form]
    rows = run_query(
        source.warehouse,
        "ageing.sql",
        form=form.code,
        period=as_of,
        unit=view.unit,
        date=panel.until or panel.since,
        done=panel.done or None,
        done_if=codes_of_done(source, form, panel.done),
        until=last_day(as_of or 0),
        bands=[{"from": band.first, "to": band.last} for band in bands],
        conditions=codes_allowed(source, form, panel.where, source.kind_codes(form.code, view.kind)),
        renewed=list(panel.renewed),
        by=panel.by,
        total=panel.total,
        listed=listed,
    )
    return [_Part(**row) for row in rows]


def _series(
    source: Source, panel: AgeingPanel, form: Form, bands: Sequence[DayBand], parts: Sequence[_Part], measure: str
) -> tuple[Series, ...]:
    """Return one series of all rows, or one for each code that occurs; what has no date comes last."""
    places = [*enumerate((band.name for band in bands), start=1), *([(0, _UNDATED)] if _undated(parts) else [])]
    codes = sorted({part.code for part in parts}) if panel.by else []
    named = [(name_code(source, form.column(panel.by), code), [code]) for code in codes] if panel.by else []
    every = [(panel.name, [part.code for part in parts])]
    chosen = [(name, [part for part in parts if part.code in own]) for name, own in named or every]
    return tuple(
        Series(name=name, measure=measure, marks=tuple(_mark(place, own, panel, measure) for place in places))
        for name, own in chosen
    )


def _mark(place: tuple[int, str], parts: Sequence[_Part], panel: AgeingPanel, measure: str) -> Mark:
    number, label = place
    value = _amount([part for part in parts if part.band == number], panel)
    return Mark(label=label, value=value, text=say_value(value, measure), key=label)


def _amount(parts: Sequence[_Part], panel: AgeingPanel) -> float:
    return fsum((part.total or 0.0) if panel.total else part.count for part in parts)


def _undated(parts: Sequence[_Part]) -> list[_Part]:
    return [part for part in parts if part.band == 0]


def _title(
    panel: AgeingPanel,
    view: Selection,
    bands: Sequence[DayBand],
    parts: Sequence[_Part],
    as_of: int | None,
    cover: Cover,
    measure: str,
) -> str:
    if as_of is None:
        return f"{say_end(view.span.last)}，{panel.name}：{cover.absence}"
    whole = _amount(parts, panel)
    text = f"{say_end(as_of)}，{cover.among}{panel.name}{say_value(whole, measure)}"
    first = _amount([part for part in parts if part.band == 1], panel)
    if not whole or not first:
        return text
    text += f"，其中{bands[0].name}{say_value(first, measure)}"
    oldest = min((part.oldest for part in parts if part.oldest), default=None)
    return text if panel.until or oldest is None else f"{text}，最久的已有{(last_day(as_of) - oldest).days:,}天"


def _say_base(source: Source, panel: AgeingPanel, form: Form, end: date) -> str:
    """Return the base: which rows count, from which date the days are counted, and what is left out."""
    texts = [f"《{form.name}》期末有效的记录", *say_conditions(source, form, panel.where)]
    if panel.done:
        texts.append(f"到{say_day(end)}还没有{form.column(panel.done).label}")
    date_column = form.column(panel.until or panel.since).label
    texts.append(
        f"{date_column}在以后{panel.months}个月内" if panel.until else f"天数从{date_column}算到{say_day(end)}"
    )
    if panel.renewed:
        texts.append(say_renewed(form, panel.renewed))
    return f"口径：{'，'.join(texts)}"
