"""A figure as a table: the same numbers for reading, for a phone, and for a file."""

from dataclasses import dataclass

from base.formats import NO_DATA
from stats.figures.elements.figure_model import Figure, Mark, Series

_TARGET, _NOTE, _DISTANCE = "目标", "说明", "比目标或全县"
_PART, _ROW, _VALUE = "部分", "项目", "数值"
_FIRST = {
    "aim": "季度",
    "course": "季度",
    "areas": "单位",
    "ladder": "单位",
    "distances": "单位",
    "multiples": "季度",
    "rates": "指标",
}  # the heading of the first column, by kind


@dataclass(frozen=True)
class FigureColumn:
    """A column of a figure's table; `measure` is the unit its numbers are in, "" for words."""

    heading: str
    measure: str


@dataclass(frozen=True)
class FigureTable:
    """Rows of marks under columns. A mark without a value holds words, or says that there are no data."""

    columns: tuple[FigureColumn, ...]
    rows: tuple[tuple[Mark, ...], ...]


def table_of(figure: Figure) -> FigureTable:
    """Return a figure's numbers as a table. A list of records has its own columns, other kinds one row per label."""
    if figure.kind == "records":
        columns = tuple(FigureColumn(series.name, series.measure) for series in figure.series)
        return FigureTable(columns, tuple(zip(*(series.marks for series in figure.series), strict=True)))
    if not _in_step(figure):
        return _one_under_another(figure)
    if figure.kind == "distances":
        return _with_notes(figure)
    own = _own_columns(figure)
    columns = (
        FigureColumn(_FIRST.get(figure.kind, _ROW), ""),
        *(FigureColumn(s.name, s.measure) for s in figure.series),
        *own,
    )
    marks = figure.series[0].marks if figure.series else ()
    return FigureTable(columns, tuple(_row(figure, place, own) for place in range(len(marks))))


def _with_notes(figure: Figure) -> FigureTable:
    """Return a row an organisation, and behind each number its distance to the target in words."""
    columns = [FigureColumn(_FIRST[figure.kind], "")]
    for series in figure.series:
        aimed = f"（{series.target_text}）" if series.target_text else ""
        columns += [FigureColumn(series.name, series.measure), FigureColumn(f"{series.name}：{_DISTANCE}{aimed}", "")]
    firsts = figure.series[0].marks if figure.series else ()
    rows = (
        (_words(first.label), *(cell for series in figure.series for cell in _with_note(series, place)))
        for place, first in enumerate(firsts)
    )
    return FigureTable(tuple(columns), tuple(rows))


def _with_note(series: Series, place: int) -> tuple[Mark, Mark]:
    return _value(series, place), _words(series.marks[place].note)


def _in_step(figure: Figure) -> bool:
    """Return whether all series have the same labels, so that they fit side by side."""
    return len({tuple(mark.label for mark in series.marks) for series in figure.series}) <= 1


def _one_under_another(figure: Figure) -> FigureTable:
    measure = figure.series[0].measure
    columns = (FigureColumn(_PART, ""), FigureColumn(_ROW, ""), FigureColumn(_VALUE, measure), FigureColumn(_NOTE, ""))
    rows = (
        (_words(series.name), _words(mark.label), _value(series, place), _words(mark.note))
        for series in figure.series
        for place, mark in enumerate(series.marks)
    )
    return FigureTable(columns, tuple(rows))


def _own_columns(figure: Figure) -> tuple[FigureColumn, ...]:
    """Return the columns of target and note, if a single series has any."""
    if len(figure.series) != 1:
        return ()
    series = figure.series[0]
    target = [FigureColumn(_TARGET, series.measure)] if any(mark.target is not None for mark in series.marks) else []
    return (*target, *([FigureColumn(_NOTE, "")] if any(mark.note for mark in series.marks) else []))


def _row(figure: Figure, place: int, own: tuple[FigureColumn, ...]) -> tuple[Mark, ...]:
    first = figure.series[0].marks[place]
    values = tuple(_value(series, place) for series in figure.series)
    more = tuple(_words(first.note) if column.heading == _NOTE else _target(first) for column in own)
    return (Mark(label=first.label, value=None, text=first.label, key=first.key), *values, *more)


def _value(series: Series, place: int) -> Mark:
    mark = series.marks[place]
    if mark.value is not None:
        return mark
    return Mark(label=mark.label, value=None, text=mark.absent or NO_DATA, key=mark.key)


def _target(mark: Mark) -> Mark:
    return Mark(label="", value=mark.target, text="") if mark.target is not None else _words("")


def _words(words: str) -> Mark:
    return Mark(label=words, value=None, text=words)
