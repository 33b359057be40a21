"""Sheet parts: the sheets of a file, processed as far as possible from the file alone: form, values, personal data.

This runs in the reader's child process, since recognising and extracting need no other data. Only what is needed later
is sent to the main process: a form by its code, and of a long table the columns that are used.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from etl.check.blank import blank_form
from etl.check.hidden_rows import hidden_sheets
from etl.extract import extract
from etl.forms.input_limits import LISTS
from etl.guard import Refused
from etl.model.finding import Finding, list_hundreds, refuse_unreadable
from etl.model.nouns import Layout, Return, Sheet
from etl.model.shape import Shape
from etl.own_layouts.layout_findings import note_left_out, note_not_read
from etl.own_layouts.sheet_tables import outside
from etl.own_layouts.shown_tables import ShownReturns, shown_in_tables
from etl.privacy import check_asides, check_privacy, may_hold
from etl.read import read_all_sheets
from etl.read.other_texts import asides
from etl.recognise import Answers, no_answers, recognise
from etl.recognise.extra_sheets import is_answer_list
from etl.recognise.sheet_shape import shape_of
from stats.catalogue import BUILT_IN, Catalogue, load_catalogue
from stats.catalogue.layers import Layer
from stats.catalogue.models import Form, FormRole
from store.immutable_files import hash_of


@dataclass(kw_only=True, frozen=True)
class SheetPart:
    """One sheet of a file, with its size in rows and columns.

    `filed` is the return in it and `shape` its layout, None when the sheet is not a form. `findings` are those of
    recognition, `values` those on its cells, `persons` those on personal data; `blank` is the finding on a form that
    came back unfilled.
    """

    name: str
    height: int
    width: int
    filed: Return | None
    shape: Shape | None
    findings: tuple[Finding, ...]
    values: tuple[Finding, ...]
    persons: tuple[Finding, ...]
    blank: Finding | None = None


def get_ready() -> None:
    """Load what a child process needs for every file."""
    load_catalogue()


def read_kept(
    path: Path, name: str, sha: str, layers: tuple[Layer, ...] = BUILT_IN, version: int = 0
) -> list[SheetPart]:
    """Return the sheets of a kept file as `read_parts` does. Raises Refused when it was altered since receipt."""
    if hash_of(path) != sha:
        raise Refused("收件箱里的原件与收到时不一样了")
    return read_parts(path, name, layers, version)


def pickle_parts(path: Path, name: str, sha: str, layers: tuple[Layer, ...], version: int) -> tuple[list[int], bytes]:
    """Return the quarters of the registers of organisations in a kept file, and its parts in pickled form.

    Raises Refused as `read_kept` does.
    """
    parts = read_kept(path, name, sha, layers, version)
    return registered_in(parts), bytes(ForkingPickler.dumps(parts))


def read_parts(path: Path, name: str, layers: tuple[Layer, ...] = BUILT_IN, version: int = 0) -> list[SheetPart]:
    """Return the filled sheets of a kept file as parts. Raises Refused when it can't be read.

    `name` is the sender's name for the file, used in findings; the catalogue is found by its layers and its version.
    """
    catalogue = load_catalogue(layers, version)
    try:
        sheets = read_all_sheets(path)
    except Refused as refused:
        return _of_unreadable(path, name, refused)
    filled = [sheet for sheet in sheets if sheet.cells and not is_answer_list(sheet)]
    hidden = [sheet for sheet in filled if not sheet.visible]
    visible = [sheet for sheet in filled if sheet.visible]
    if hidden and not visible and any(sheet.name != LISTS for sheet in hidden):
        return _of_unreadable(path, name, Refused("工作表都是隐藏的，请取消隐藏后再报"), hidden)
    parted = [(sheet, _parts_of(sheet, name, catalogue)) for sheet in visible]
    parts = [_lightened(part) for part in _without_left_out(parted, name, catalogue)]
    findings = tuple(check_asides(asides(path, may_hold), name, filled))
    outside = [_apart((), findings)] if findings else []
    return parts + [_set_aside(sheet, name) for sheet in hidden] + outside


def _of_unreadable(path: Path, name: str, refused: Refused, sheets: Sequence[Sheet] = ()) -> list[SheetPart]:
    """Return the part with personal data in a file that is not a spreadsheet, or that hides its sheets.

    Raises the reason for which the file was refused when it has none.
    """
    persons = list_hundreds(finding for sheet in sheets for finding in check_privacy(sheet, (), name))
    persons += check_asides(asides(path, may_hold), name, sheets)
    if not persons:
        raise refused
    return [_apart((refuse_unreadable(name, refused),), tuple(persons))]


def _apart(findings: tuple[Finding, ...], persons: tuple[Finding, ...]) -> SheetPart:
    """Return the findings on a file besides its sheets."""
    return SheetPart(name="", height=0, width=0, filed=None, shape=None, findings=findings, values=(), persons=persons)


def _set_aside(sheet: Sheet, file: str) -> SheetPart:
    """Return a hidden sheet as a part that is reported and searched for personal data, but not taken in."""
    findings = tuple(hidden_sheets([sheet], file)) if sheet.name != LISTS else ()  # our templates hide their code lists
    return _part(sheet, None, None, findings=findings, values=(), persons=check_privacy(sheet, (), file))


def registered_in(parts: list[SheetPart]) -> list[int]:
    """Return the quarters of the registers of organisations among sheets."""
    return [part.filed.period for part in parts if part.filed and part.filed.form.role == FormRole.UNITS]


def take_apart(sheet: Sheet, file: str, catalogue: Catalogue, answers: Answers = no_answers) -> SheetPart:
    """Return a sheet as a part, from the file alone; `answers` as in `recognise`."""
    layout, findings = recognise(sheet, file, catalogue, answers)
    if layout is None:
        return _part(sheet, None, None, findings=findings, values=(), persons=check_privacy(sheet, (), file))
    filed, values = extract(layout, file, catalogue)
    rows = frozenset(filed.places) | {row for row, _ in layout.places.values()}
    counted = {column for code, column in layout.columns.items() if layout.form.column(code).numeric}
    persons, shape = check_privacy(sheet, rows, file, counted), shape_of(layout, "", filed.period, catalogue)
    part = _part(sheet, filed, shape, findings=findings, values=values, persons=persons)
    return replace(part, blank=blank_form(filed, values, file))


def _parts_of(sheet: Sheet, file: str, catalogue: Catalogue) -> list[SheetPart]:
    """Return the parts of a sheet: one, or as many returns as declared layouts read in its tables."""
    read = shown_in_tables(sheet, file, catalogue)
    if all(shown is None for _, shown in read):
        return [take_apart(sheet, file, catalogue)]
    parts = [part for table, shown in read if shown for part in _of_table(shown, file, catalogue)]
    rest = [*(table for table, shown in read if not shown), outside(sheet, [table for table, _ in read])]
    persons = [finding for table in rest for finding in check_privacy(table, (), file)]
    unread = [note_not_read(file, table) for table, shown in read if not shown]
    first = parts[0]
    return [replace(first, findings=(*first.findings, *unread), persons=(*first.persons, *persons)), *parts[1:]]


def _of_table(shown: ShownReturns, file: str, catalogue: Catalogue) -> list[SheetPart]:
    """Return the returns in a table as parts; persons in it are looked for once, beside the rows of all of them."""
    read = [(layout, *extract(layout, file, catalogue)) for layout in shown.layouts]
    rows = {row for layout, filed, _ in read for row in (*filed.places, *(row for row, _ in layout.places.values()))}
    first = read[0][0]
    counted = {column for code, column in first.columns.items() if first.form.column(code).numeric}
    persons = check_privacy(first.sheet, frozenset(rows), file, counted)
    parts = [_of_layout(layout, filed, values, file, catalogue) for layout, filed, values in read]
    return [replace(parts[0], findings=shown.findings, persons=tuple(list_hundreds(persons))), *parts[1:]]


def _without_left_out(
    parted: Sequence[tuple[Sheet, list[SheetPart]]], file: str, catalogue: Catalogue
) -> Iterator[SheetPart]:
    """Yield the parts of sheets; of those that a layout used in the file leaves out a note, and persons in them."""
    shown = (part.filed.layout.shown for _, parts in parted for part in parts if part.filed)
    left_out = {name for each in shown if each for name in catalogue.layouts[each.code].left_out}
    for sheet, parts in parted:
        if sheet.name in left_out:
            findings = [note_left_out(file, sheet)]
            yield _part(sheet, None, None, findings=findings, values=(), persons=check_privacy(sheet, (), file))
        else:
            yield from parts


def _of_layout(layout: Layout, filed: Return, values: Sequence[Finding], file: str, catalogue: Catalogue) -> SheetPart:
    shape = shape_of(layout, "", filed.period, catalogue)
    part = _part(layout.sheet, filed, shape, findings=(), values=values, persons=())
    return replace(part, blank=blank_form(filed, list(values), file))


def _part(
    sheet: Sheet,
    filed: Return | None,
    shape: Shape | None,
    *,
    findings: Iterable[Finding],
    values: Iterable[Finding],
    persons: Iterable[Finding],
) -> SheetPart:
    return SheetPart(
        name=sheet.name,
        height=sheet.height,
        width=sheet.width,
        filed=filed,
        shape=shape,
        findings=tuple(findings),
        values=tuple(values),
        persons=tuple(list_hundreds(persons)),
    )


def _lightened(part: SheetPart) -> SheetPart:
    """Return a part without the cells that are not needed later.

    If a header is asked about, an answer may come later, and then the whole sheet is needed again.
    """
    filed = part.filed
    if filed is None or filed.layout.kind == "return" or filed.layout.fills or (part.shape and part.shape.asked):
        return part
    layout = filed.layout
    grid = layout.sheet.grid.only(layout.columns.values(), layout.first_row)
    light = replace(layout, sheet=replace(layout.sheet, cells=grid))
    totals = [replace(row, layout=light) for row in filed.totals]
    return replace(part, filed=replace(filed, layout=light, totals=totals))


def _by_code(form: Form) -> tuple[Callable[..., Form], tuple[str, tuple[Layer, ...], int]]:
    return _form_of, (form.code, *form.catalogue)


def _form_of(code: str, layers: tuple[Layer, ...], version: int) -> Form:
    return load_catalogue(layers, version).forms[code]


ForkingPickler.register(Form, _by_code)
