"""Regions: tables below one another. A new table begins where, after a break, headings above figures follow."""

from collections.abc import Iterator

from etl.layout.area import CellArea
from etl.layout.header import Heading, may_head, read_heading
from etl.layout.text_kinds import is_note, is_signature


def split_rows(area: CellArea, heading: Heading) -> Iterator[CellArea]:
    """Yield the parts of an area one below another, each with the captions of its table."""
    starts = [area.numbers[0]]
    current, row = heading, heading.below
    while (top := _next_top(area, row)) is not None:
        following = read_heading(area, top)
        if not _is_continued(area, current, following, top):
            starts.append(_first_caption(area, top, row))
            current = following
        row = following.below
    ends = [start - 1 for start in starts[1:]] + [area.numbers[-1]]
    for start, end in zip(starts, ends, strict=True):
        yield area.between(start, end)


def _next_top(area: CellArea, row: int) -> int | None:
    """Return the next row below `row` that begins the header of another table."""
    rows, start = area.numbers, max(1, area.before(row + 1))
    apart = (rows[at] for at in range(start, len(rows)) if _breaks(area, rows[at - 1], rows[at]))
    return next((number for number in apart if may_head(area, number) and _leads_to_figures(area, number)), None)


def _breaks(area: CellArea, before: int, row: int) -> bool:
    """Return whether a row is separated from the rows before: by a blank row, a single-cell line, a note."""
    first = area.first_text(before)
    return row - before > 1 or bool(first and area.has_one_cell(before) and area.text_only(before)) or _foots(first)


def _foots(first: str) -> bool:
    return is_note(first) or is_signature(first, bare=False)


def _leads_to_figures(area: CellArea, top: int) -> bool:
    below = read_heading(area, top).below
    return area.holds(below) and not area.text_only(below) and not area.has_one_cell(below)


def _is_continued(area: CellArea, heading: Heading, next_heading: Heading, top: int) -> bool:
    """Return whether the same header is repeated without a title, as on the next page of a printout."""
    return heading.paths == next_heading.paths and not area.has_one_cell(area.numbers[area.before(top) - 1])


def _first_caption(area: CellArea, top: int, floor: int) -> int:
    """Return the first of the lines above a header that belong to it, after the last data row, note or signature."""
    first = top
    for row in reversed(area.numbers[area.before(floor) : area.before(top)]):
        cells = area.row(row)
        if _foots(cells[0].raw) or not area.text_only(row) or (len(cells) > 2 and not may_be_caption(area, row)):
            break
        if len(cells) > 1 and first == top and not may_be_caption(area, row):
            break
        first = row
    return first


def may_be_caption(area: CellArea, row: int) -> bool:
    """Return whether a row may be a caption: a single text, or known labels such as 填报单位：."""
    cells = area.row(row)
    return area.text_only(row) and (len(cells) == 1 or any(":" in c.raw or "：" in c.raw for c in cells))
