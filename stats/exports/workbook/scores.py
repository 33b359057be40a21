"""Scores as a workbook: the ranking, and every line of every organisation with its rule and its cell."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from base.formats import MISSING
from stats.exports.style.proof_text import NOT_LISTED
from stats.exports.style.sheet_page import fit_page
from stats.exports.style.sheet_text import put_text
from stats.exports.style.text_width import breadth
from stats.scoring import Score
from stats.scoring.overview_tables import ScoreTable
from stats.scoring.score_lines import ScoreLine, say_line_points
from stats.scoring.score_words import (
    VOID,
    say_document,
    say_example,
    say_known,
    say_leaders,
    say_reading_of,
    say_source,
)

Value = Decimal | int | str | None
_FONT, _BOLD, _TITLE = (
    Font(name="宋体", size=11),
    Font(name="宋体", size=11, bold=True),
    Font(name="宋体", size=14, bold=True),
)
_HEAD = PatternFill("solid", fgColor="E3EEF8")
_WIDEST = 44
_RANKING = ("名次", "单位", "得分", "有分项目的满分", "加减分", "缺项", "自评高出", "说明")
_LINES = (
    "单位", "方面", "类别", "项目", "规则", "满分", "依据的数", "口径和报齐情况", "自评分", "复核分", "计算分",
    "核定分", "计入", "按", "自评高出", "原表的格", "依据", "备注",
)  # fmt: skip


def scores_xlsx(
    scores: Sequence[Score], as_of: str, files: Collection[str] | None = None, tables: Sequence[ScoreTable] = ()
) -> bytes:
    """Return scores of one scheme as a workbook; `as_of` is the line that says up to when there are data.

    Each of the `tables` of scores taken together has a sheet between the ranking and the lines.
    """
    scheme = scores[0].scheme
    book = Workbook()
    head = [scheme.name, say_leaders(scores), say_known(scores), say_document(scheme), as_of]
    head += [words for words in (say_example(scheme),) if words]
    _write(book.worksheets[0], "名次", head, _RANKING, [_ranked(score) for score in scores])
    for table in tables:
        rows = table.rows or [(table.none,) + (None,) * (len(table.columns) - 1)]
        _write(book.create_sheet(), table.title, [f"{scheme.name}：{table.title}", table.note], table.columns, rows)
    lines = [_line(score, line, files) for score in scores for line in score.lines]
    _write(book.create_sheet(), "逐项得分", head[:1], _LINES, lines)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _ranked(score: Score) -> list[Value]:
    text = VOID if score.void else "缺分，不排名" if score.place is None else ""
    full = score.total.full
    return [
        score.place,
        score.unit_name,
        score.points,
        full,
        score.total.extra_points,
        len(score.lacking),
        score.difference,
        text,
    ]


def _line(score: Score, line: ScoreLine, files: Collection[str] | None) -> list[Value]:
    placed = line.placed
    latest = next(reversed(line.seen(files)), None)
    points = [line.points.get(source) for source in ("self", "checked", "computed", "final")] + [line.counts]
    shown: list[Value] = [say_line_points(line, points) if line.is_veto else points for points in points]
    value = line.value_text or MISSING
    return [
        score.unit_name, placed.group, placed.part, placed.item.name, line.rule, placed.item.points or None, value,
        say_reading_of(line), *shown, say_source(line), line.difference, "；".join(_say_cells(line, files)),
        latest.basis if latest else "", latest.remark if latest else "",
    ]  # fmt: skip


def _say_cells(line: ScoreLine, files: Collection[str] | None) -> Iterator[str]:
    """Yield the cells of a line, those of one sheet together."""
    cells = [score.cell for score in line.seen(files)]
    if len(cells) < len(line.entered):
        yield NOT_LISTED
    for name, sheet in dict.fromkeys((cell.name, cell.sheet) for cell in cells):
        addresses = "、".join(cell.address for cell in cells if (cell.name, cell.sheet) == (name, sheet))
        yield f"{name} {sheet}!{addresses}"


def _write(
    sheet: Worksheet, name: str, head: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[Value]]
) -> None:
    sheet.title = name
    for place, words in enumerate(head, start=1):
        _put(sheet.cell(place, 1), words)
        sheet.cell(place, 1).font = _TITLE if place == 1 else _FONT
    top = len(head) + 2
    for at, heading in enumerate(headings, start=1):
        cell = sheet.cell(top, at)
        _put(cell, heading)
        cell.font, cell.fill, cell.alignment = _BOLD, _HEAD, Alignment("center", "center", wrap_text=True)
        widest = max(breadth(heading), *(breadth(_words(row[at - 1])) for row in rows))
        sheet.column_dimensions[get_column_letter(at)].width = min(widest + 4, _WIDEST)
    for number, row in enumerate(rows, start=top + 1):
        for at, value in enumerate(row, start=1):
            _put(sheet.cell(number, at), value)
    sheet.freeze_panes = sheet.cell(top + 1, 1).coordinate
    fit_page(sheet)


def _words(value: Value) -> str:
    return value if isinstance(value, str) else "" if value is None else f"{value:.2f}"


def _put(cell: object, value: Value) -> None:
    """Write words as words and points as numbers with all their figures, shown to two places."""
    if not isinstance(cell, Cell):
        return
    cell.font = _FONT
    if value is None or isinstance(value, str):
        put_text(cell, value if value is not None else MISSING)
        return
    cell.value = value if isinstance(value, int) else float(value)
    cell.number_format = "0" if isinstance(value, int) else "0.00"
