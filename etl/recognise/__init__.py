"""Recognise: which form a sheet is and which column is which, by header text and never by position."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache

from base.month_spans import QUARTER
from base.text import normalise
from etl.layout.caption import labelled, measure_in, right_of
from etl.model.finding import Finding
from etl.model.nouns import Head, Header, Layout, Place, Sheet
from etl.model.values import find_period
from etl.recognise.fit import fits, halved, is_titled, speaks_of_another, unlike_any, weigh
from etl.recognise.form_columns import below_header, column_findings, runs_of, with_answers
from etl.recognise.headers import Labels, find_headers, labels_of, spellings_of, split_unit, words_of
from stats.catalogue import Catalogue
from stats.catalogue.models import Form

_LEAST_SHARE = 0.5  # a sheet with a smaller share of a form's required columns is not that form
_LABELLED_ROWS = 60  # rows in which all labels are: a return has fewer, and a table has its header on top

Answers = Callable[[Layout], Mapping[str, str]]


def no_answers(_: Layout) -> Mapping[str, str]:
    """Return no answers, for sheets nobody was asked about yet."""
    return {}


def recognise(
    sheet: Sheet, file: str, catalogue: Catalogue, answers: Answers = no_answers
) -> tuple[Layout | None, list[Finding]]:
    """Return the layout of a form in the sheet, or None with findings that say why no form was recognised.

    `answers` returns earlier answers about the headers of a layout.
    """
    spellings = spellings_of(catalogue)
    likely = _likely_forms(sheet, catalogue, spellings)
    headers = find_headers(sheet, spellings, frozenset().union(*(labels.words for labels in likely)))
    layouts = [layout for labels in likely for layout in _layouts(sheet, labels, headers, spellings, file)]
    fitting = [layout for layout in layouts if fits(_fit(layout, catalogue))]
    if not fitting:
        return None, [_unlike_any(sheet, file, spellings, catalogue)]
    best = max(fitting, key=lambda layout: _rank(layout, catalogue))
    layout = with_answers(best, answers(best), labels_of(catalogue)[best.form.code])
    return layout, list(column_findings(layout, file, catalogue))


def _rank(layout: Layout, catalogue: Catalogue) -> tuple[bool, int, float, float]:
    matched = len(layout.columns) + len(layout.places)
    return _is_titled(layout), matched, _fit(layout, catalogue), matched / len(layout.form.columns)


def _is_titled(layout: Layout) -> bool:
    return is_titled(layout.form, layout.head.title + layout.sheet.name)


def _fit(layout: Layout, catalogue: Catalogue) -> float:
    """Return how well the sheet's headings fit the form, from 0 to 1; 1 where it bears the form's name."""
    if _is_titled(layout):
        return 1.0
    labels = labels_of(catalogue)[layout.form.code]
    paths = layout.header.paths.values() if layout.header else _labels_beside(layout, labels)
    weight = weigh(labels, paths, catalogue)
    return (
        halved(weight) if speaks_of_another(layout.form, layout.head.title + layout.sheet.name, catalogue) else weight
    )


def _layouts(sheet: Sheet, labels: Labels, headers: list[Header], spellings: frozenset[str], file: str) -> list[Layout]:
    tables = list(_tables(sheet, labels, headers, file))
    return tables or list(_returns(sheet, labels, spellings, file))


def _likely_forms(sheet: Sheet, catalogue: Catalogue, spellings: frozenset[str]) -> list[Labels]:
    """Return the forms with enough of their labels in the sheet, so that few need a closer look."""
    words = {split_unit(text.rstrip(":："), spellings)[0] for text in sheet.grid.texts(_LABELLED_ROWS)}
    return _forms_with(frozenset(words & words_of(catalogue)), catalogue)


@lru_cache(maxsize=1000)  # sheets of one layout have the same words
def _forms_with(words: frozenset[str], catalogue: Catalogue) -> list[Labels]:
    likely = []
    for labels in labels_of(catalogue).values():
        seen = {code for path, code in labels.codes.items() if path.rpartition("/")[2] in words}
        if _enough(labels.form, seen):
            likely.append(labels)
    return likely


def _tables(sheet: Sheet, labels: Labels, headers: list[Header], file: str) -> Iterator[Layout]:
    """Yield the table under the header that names the most columns, the shallowest of equals."""
    matched = [(_match_columns(labels, header), header) for header in headers]
    columns, header = max(matched, key=lambda pair: (len(pair[0]), -pair[1].depth), default=({}, None))
    if header and _enough(labels.form, columns):
        first, scales = below_header(sheet, header, columns)
        yield Layout(
            sheet=sheet,
            form=labels.form,
            kind="table",
            head=head_above(sheet, header.top, file, labels.form.months),
            header=header,
            first_row=first,
            columns=columns,
            places={},
            scales=scales,
        )


def _match_columns(labels: Labels, header: Header) -> dict[str, int]:
    """Return the columns named by the header; of two with the same name, the one in the longer run of known columns."""
    named = {column: code for column, path in header.paths.items() if (code := labels.match(path))}
    runs = sorted(runs_of(header), key=lambda run: -len({named[column] for column in run if column in named}))
    columns: dict[str, int] = {}
    for column in (column for run in runs for column in run if column in named):
        columns.setdefault(named[column], column)
    return columns


def _enough(form: Form, matched: Collection[str]) -> bool:
    required = [column.code for column in form.columns if column.required]
    if len(required) == 1:  # any columns speak for a form that demands no others
        return len({*matched} & form.by_code.keys()) > 1
    return sum(code in matched for code in required) >= max(2, _LEAST_SHARE * len(required))


def _returns(sheet: Sheet, labels: Labels, spellings: frozenset[str], file: str) -> Iterator[Layout]:
    """Yield the single-unit return in the sheet: labels with their value in the cell to the right."""
    if "return" not in labels.form.layouts:
        return
    places: dict[str, Place] = {}
    scales: dict[str, str] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        label, unit = split_unit(cell.raw.rstrip(":："), spellings)
        code = labels.match([*_section(sheet, row, column), label])
        if code:  # of "职工人数 | 合计 | 300" the inner label comes later and has the value beside it
            places[code], scales[code] = (row, right_of(sheet, row, column)), unit
    if _enough(labels.form, places) and len({row for row, _ in places.values()}) > len(places) / 2:
        top = min(row for row, _ in places.values())
        yield Layout(
            sheet=sheet,
            form=labels.form,
            kind="return",
            head=head_above(sheet, top, file, labels.form.months),
            header=None,
            first_row=top,
            columns={},
            places=places,
            scales=scales,
        )


def _section(sheet: Sheet, row: int, column: int) -> list[str]:
    place = sheet.merged_origins.get((row, column - 1), (row, column - 1))
    return [normalise(sheet.cells[place].raw)] if place in sheet.cells else []


def head_above(sheet: Sheet, top: int, file: str, months: int = QUARTER) -> Head:
    """Return the texts above a table; `months` is the length of the periods of its form."""
    rows = range(1, top)
    cells = [cell for row in rows for cell in sheet.row_cells(row)]
    reporter, reporter_text = labelled(sheet, cells, "reporter")
    period_cell, period_text = labelled(sheet, cells, "period")
    _, money = labelled(sheet, cells, "money")
    title = "".join(cell.raw for cell in cells if ":" not in normalise(cell.raw))
    return Head(
        title=title,
        reporter=reporter,
        reporter_text=reporter_text,
        period=find_period(period_text, months, whole_years=True),
        period_text=period_text,
        period_cell=period_cell,
        money=money or next((unit for text in (title, sheet.name, file) if (unit := measure_in(text))), None),
    )


def _labels_beside(layout: Layout, labels: Labels) -> Iterator[list[str]]:
    """Yield the labels to the left of a single-unit return's values, as paths."""
    by_code = {code: path.split("/") for path, code in labels.codes.items()}
    return (by_code[code] for code in layout.places)


def _unlike_any(sheet: Sheet, file: str, spellings: frozenset[str], catalogue: Catalogue) -> Finding:
    """Return the finding on a sheet that fits no form, which names the nearest form and its differences."""
    headers = find_headers(sheet, spellings, words_of(catalogue))
    titles = {header.top: head_above(sheet, header.top, file).title + sheet.name for header in headers}
    return unlike_any(sheet, file, headers, titles, catalogue)
