"""Form columns: which of a form's columns a table has, which are missing, and which of its headers are unknown.

A header is known by a column's name or alias, or by an earlier answer for this unit and layout. Nothing is matched by
similarity: an unknown header is asked about as long as a column of the form is missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from etl.layout.area import CellArea
from etl.layout.header import HEADER_ROWS, skip_added_rows
from etl.layout.text_kinds import split_measure
from etl.model.finding import Finding, tell
from etl.model.nouns import Header, Layout, Sheet, address_of
from etl.model.rules import MISSING_COLUMN
from etl.model.rules.wording import Values
from etl.privacy import hide
from etl.recognise.headers import IGNORED, Labels, labels_of
from stats.catalogue import Catalogue
from stats.catalogue.models import Column

UNKNOWN_COLUMN = "unknown_column"

_NAMED = 3


def runs_of(header: Header) -> list[list[int]]:
    """Return the labelled columns as runs without a blank column between; a code list is a separate run."""
    runs: list[list[int]] = []
    for column in sorted(header.paths):
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def below_header(sheet: Sheet, header: Header, columns: Mapping[str, int]) -> tuple[int, dict[str, str]]:
    """Return the first row of data below a header, and the stated unit of measure of each column, "" for none."""
    below = header.top + header.depth
    first, units = skip_added_rows(CellArea.of(sheet, below, below + HEADER_ROWS), below)
    return first, {code: units.get(column) or header.units.get(column, "") for code, column in columns.items()}


def own_paths(layout: Layout) -> dict[str, int]:
    """Return the header paths of the table's own columns in order, levels separated by "/", with their column numbers.

    A repeated path is numbered: 合计, 合计(第2个). Empty for a single-unit return.
    """
    used, met = set(layout.columns.values()), dict[str, int]()
    paths: dict[str, int] = {}
    for column in (column for run in _runs(layout) if used & {*run} for column in run):
        path = hide("/".join(_path(layout, column)))
        met[path] = met.get(path, 0) + 1
        paths[path if met[path] == 1 else f"{path}(第{met[path]}个)"] = column
    return paths


def free_columns(layout: Layout) -> list[Column]:
    """Return the form's columns that the sheet lacks, in the form's order."""
    return [column for column in layout.form.columns if column.code not in {*layout.codes}]


def asked_paths(layout: Layout, labels: Labels) -> dict[str, int]:
    """Return the header paths to be asked about: the unknown ones, as long as a column of the form is missing."""
    return _unknown_paths(layout, labels) if free_columns(layout) else {}


def _unknown_paths(layout: Layout, labels: Labels) -> dict[str, int]:
    used = set(layout.columns.values())
    return {
        path: column
        for path, column in own_paths(layout).items()
        if column not in used
        and path not in layout.answers
        and _path(layout, column)[-1] not in IGNORED
        and not labels.match(_path(layout, column))
    }


def with_answers(layout: Layout, answers: Mapping[str, str], labels: Labels) -> Layout:
    """Return the layout with the answers about unknown headers applied: a column's code by path, "" for not used.

    A column that the sheet names itself is not reassigned.
    """
    if not answers or layout.header is None:
        return layout
    unknown, free = _unknown_paths(layout, labels), {column.code for column in free_columns(layout)}
    fitting = {path: code for path, code in answers.items() if path in unknown and (not code or code in free)}
    columns = {**layout.columns, **{code: unknown[path] for path, code in fitting.items() if code}}
    stated = {code: split_measure(path.rpartition("/")[2])[1] for path, code in fitting.items() if code}
    stated |= {code: unit for code, unit in below_header(layout.sheet, layout.header, columns)[1].items() if unit}
    return replace(layout, columns=columns, scales=stated, answers=fitting)


def column_findings(layout: Layout, file: str, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield the findings on a sheet's columns: missing, duplicate, unknown, unused, or assigned by an answer."""
    yield from _missing_columns(layout, file)
    labels = labels_of(catalogue)[layout.form.code]
    unclear = set(asked_paths(layout, labels).values())
    named = {column: path for path, column in own_paths(layout).items()}
    double = {column for column in named if _is_double(layout, column, labels)}
    for column, path in (layout.header.paths if layout.header else {}).items():
        if column in unclear:
            yield _unknown_column(layout, column, named[column], file)
        elif column in double:
            yield _double_column(layout, column, path, file)
        elif layout.answers.get(named.get(column, "")):
            yield _answered_column(layout, column, named[column], file)
        elif column not in layout.columns.values() and path[-1] not in IGNORED:
            yield _unused_column(layout, column, path, file)


def say_path(path: str) -> str:
    """Return a header path as shown: its levels separated by a dot."""
    return path.replace("/", "·")


def header_address(layout: Layout, column: int) -> str:
    """Return the address of the lowest label above a column."""
    assert layout.header is not None  # only a table has columns
    sheet, top = layout.sheet, layout.header.top
    places = [(row, column) for row in reversed(range(top, top + layout.header.depth))]
    origins = (sheet.merged_origins.get(place, place) for place in places)
    return address_of(next((place for place in origins if place in sheet.cells), (top, column)))


def _runs(layout: Layout) -> list[list[int]]:
    return runs_of(layout.header) if layout.header else []


def _path(layout: Layout, column: int) -> list[str]:
    return layout.header.paths[column] if layout.header else []


def _is_double(layout: Layout, column: int, labels: Labels) -> bool:
    path = _path(layout, column)
    spare = column not in layout.columns.values() and path[-1] not in IGNORED
    return spare and labels.match(path) is not None


def _missing_columns(layout: Layout, file: str) -> Iterator[Finding]:
    for column in free_columns(layout):
        if column.required:
            sheet = layout.sheet.name
            yield tell(MISSING_COLUMN, file=file, sheet=sheet, label=column.label, form=layout.form.name)


def _unknown_column(layout: Layout, column: int, path: str, file: str) -> Finding:
    labels = [f"“{column.label}”" for column in free_columns(layout)]
    wording = "many" if len(labels) > _NAMED else "few" if len(labels) > 1 else "one"
    count: Values = {"count": len(labels)} if wording == "many" else {}
    return tell(
        UNKNOWN_COLUMN,
        wording,
        **_place(layout, column, file),
        label=say_path(path),
        labels=labels[:_NAMED],
        **count,
    )


def _double_column(layout: Layout, column: int, path: list[str], file: str) -> Finding:
    return tell("double_column", **_place(layout, column, file), label=path[-1])


def _answered_column(layout: Layout, column: int, path: str, file: str) -> Finding:
    taken_as = layout.form.column(layout.answers[path]).label
    return tell("matched_column", **_place(layout, column, file), label=say_path(path), taken_as=taken_as)


def _unused_column(layout: Layout, column: int, path: list[str], file: str) -> Finding:
    return tell("unused_column", **_place(layout, column, file), label="·".join(path))


def _place(layout: Layout, column: int, file: str) -> Values:
    return {"file": file, "sheet": layout.sheet.name, "address": header_address(layout, column)}
