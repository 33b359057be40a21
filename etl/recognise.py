"""Recognise: which form is this sheet, and which of its columns is which. Judges by header text, never by position."""

import re
from collections.abc import Collection, Iterator

from etl.findings import Finding
from etl.headers import Labels, find_headers, labels_of, spellings_of, split_unit
from etl.nouns import Cell, Head, Header, Layout, Place, Sheet, address_of
from etl.values import find_quarter
from stats.catalogue import Catalogue
from stats.catalogue_models import Form
from stats.words import normalise

_LEAST_SHARE = 0.5  # a sheet that holds fewer of a form's required columns is not taken for that form
_IGNORED = frozenset({"序号", "备注", "说明"})
_LABELS = {
    "reporter": r"填报(?:单位|部门|工会)(?:名称)?(?:\([^()]*\))?",
    "period": r"(?:报告期|填报期|所属期|统计期)",
    "money": r"(?:金额|计量)?单位",
}
_ANY_LABEL = re.compile("(" + "|".join([*_LABELS.values(), "填报日期", "填表人", "审核人", "负责人"]) + "):")


def recognise(sheet: Sheet, file: str, catalogue: Catalogue) -> tuple[Layout | None, list[Finding]]:
    """Return how a form lies in the sheet, or None with findings that say why no form was recognised."""
    spellings = spellings_of(catalogue)
    likely = _likely_forms(sheet, catalogue, spellings)
    headers = find_headers(sheet, spellings, frozenset().union(*(labels.words for labels in likely)))
    found = [layout for labels in likely for layout in _layouts(sheet, labels, headers, spellings)]
    if not found:
        return None, [_unknown_form(sheet, file)]
    layout = max(found, key=_rank)
    return layout, list(_missing_columns(layout, file)) + list(_further_columns(layout, file, catalogue))


def _rank(layout: Layout) -> tuple[bool, int, float]:
    names = (layout.form.name, *layout.form.aliases)
    titled = any(normalise(name) in normalise(layout.head.title + layout.sheet.name) for name in names)
    matched = len(layout.columns) + len(layout.places)
    return titled, matched, matched / len(layout.form.columns)


def _layouts(sheet: Sheet, labels: Labels, headers: list[Header], spellings: frozenset[str]) -> list[Layout]:
    tables = list(_tables(sheet, labels, headers))
    return tables or list(_returns(sheet, labels, spellings))


def _likely_forms(sheet: Sheet, catalogue: Catalogue, spellings: frozenset[str]) -> list[Labels]:
    """Return the forms of whose labels enough stand in the sheet at all, so that few need a closer look."""
    words = {split_unit(cell.raw.rstrip(":："), spellings)[0] for cell in sheet.cells.values() if cell.kind == "text"}
    likely = []
    for labels in labels_of(catalogue).values():
        seen = {code for path, code in labels.codes.items() if path.rpartition("/")[2] in words}
        if _enough(labels.form, seen):
            likely.append(labels)
    return likely


def _tables(sheet: Sheet, labels: Labels, headers: list[Header]) -> Iterator[Layout]:
    """Yield the table under the header that names the most columns, the shallowest of equals."""
    matched = [(_match_columns(labels, header), header) for header in headers]
    columns, header = max(matched, key=lambda pair: (len(pair[0]), -pair[1].depth), default=({}, None))
    if header and _enough(labels.form, columns):
        scales = {code: header.units.get(column, "") for code, column in columns.items()}
        yield Layout(
            sheet,
            labels.form,
            "table",
            _head(sheet, header.top),
            header,
            header.top + header.depth,
            columns,
            {},
            scales,
        )


def _match_columns(labels: Labels, header: Header) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, path in header.paths.items():
        code = labels.match(path)
        if code:
            columns.setdefault(code, column)
    return columns


def _enough(form: Form, matched: Collection[str]) -> bool:
    required = [column.code for column in form.columns if column.required]
    return sum(code in matched for code in required) >= max(2, _LEAST_SHARE * len(required))


def _returns(sheet: Sheet, labels: Labels, spellings: frozenset[str]) -> Iterator[Layout]:
    """Yield the single-unit return in the sheet: labels with their value in the cell to the right."""
    if "return" not in labels.form.layouts:
        return
    places: dict[str, Place] = {}
    scales: dict[str, str] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        label, unit = split_unit(cell.raw.rstrip(":："), spellings)
        code = labels.match([*_section(sheet, row, column), label])
        if code:  # of "职工人数 | 合计 | 300" the inner label comes later and has the value beside it
            places[code], scales[code] = (row, _right_of(sheet, row, column)), unit
    if _enough(labels.form, places) and len({row for row, _ in places.values()}) > len(places) / 2:
        top = min(row for row, _ in places.values())
        yield Layout(sheet, labels.form, "return", _head(sheet, top), None, top, {}, places, scales)


def _section(sheet: Sheet, row: int, column: int) -> list[str]:
    place = sheet.merged_origins.get((row, column - 1), (row, column - 1))
    return [normalise(sheet.cells[place].raw)] if place in sheet.cells else []


def _right_of(sheet: Sheet, row: int, column: int) -> int:
    right = (r for top, left, bottom, r in sheet.merges if top <= row <= bottom and left <= column <= r)
    return next(right, column) + 1


def _head(sheet: Sheet, top: int) -> Head:
    rows = range(1, top)
    cells = [cell for row in rows for cell in sheet.row_cells(row)]
    reporter, reporter_text = _labelled(sheet, cells, "reporter")
    period_cell, period_text = _labelled(sheet, cells, "period")
    _, money = _labelled(sheet, cells, "money")
    title = "".join(cell.raw for cell in cells if ":" not in normalise(cell.raw))
    return Head(
        title,
        reporter,
        reporter_text,
        find_quarter(period_text, whole_years=True),
        period_text,
        period_cell,
        money or None,
    )


def _labelled(sheet: Sheet, cells: list[Cell], label: str) -> tuple[Cell | None, str]:
    """Return the cell and text behind a label, in the same cell up to the next label or in the next cell."""
    for cell in cells:
        parts = _ANY_LABEL.split(normalise(cell.raw))
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            if re.fullmatch(_LABELS[label], name):
                beside = sheet.cells.get((cell.row, _right_of(sheet, cell.row, cell.column)))
                return (beside, normalise(beside.raw)) if beside and not text else (cell, text)
    return None, ""


def _unknown_form(sheet: Sheet, file: str) -> Finding:
    return Finding(
        "unknown_form",
        "return",
        file,
        sheet.name,
        "",
        "看不出是哪一张报表",
        "应是县总工会发的报表，表头栏名不要改动",
        "请用本期的报表模板重新填报",
    )


def _missing_columns(layout: Layout, file: str) -> Iterator[Finding]:
    for column in layout.form.columns:
        if column.required and column.code not in {**layout.columns, **layout.places}:
            yield Finding(
                "missing_column",
                "return",
                file,
                layout.sheet.name,
                "",
                f"缺“{column.label}”一栏",
                f"{layout.form.name}要有这一栏",
                "请按报表模板补上这一栏再报",
            )


def _further_columns(layout: Layout, file: str, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield a finding for each further column under an accepted label, and a note for each column left unused."""
    labels, used = labels_of(catalogue)[layout.form.code], set(layout.columns.values())
    for column, path in (layout.header.paths if layout.header else {}).items():
        if column in used or path[-1] in _IGNORED:
            continue
        where = (file, layout.sheet.name, address_of((layout.first_row - 1, column)))
        if labels.match(path):
            yield Finding(
                "double_column",
                "return",
                *where,
                f"“{path[-1]}”这一栏出现了两次",
                "同一栏只能有一次",
                "请删去多余的一栏",
            )
        else:
            yield Finding(
                "unused_column",
                "note",
                *where,
                f"“{'·'.join(path)}”这一栏没有用到",
                "报表里没有这一栏",
                "如确需上报，请写在备注里",
            )
