"""Read: a kept file becomes sheets of cells. Nothing is interpreted here.

The guard looks first; then the file is parsed in a long-lived child process under limits of time and memory, because
a hostile workbook can abort the process that parses it.
"""

import atexit
import contextlib
import csv
import io
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as LateError
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
from xlsxwriter.utility import xl_cell_to_rowcol

from etl.guard import Refused, guard_container
from etl.nouns import Cell, CellKind, Place, Sheet

_SECONDS = 30
_BYTES = 1536 << 20
_TEXT_LIMIT = 20 << 20


class Reader:
    """Parses files in one child process, restarted when it dies."""

    def __init__(self) -> None:
        self._pool = ProcessPool(
            max_workers=1, max_tasks=500, initializer=_limit_memory, context=multiprocessing.get_context("spawn")
        )

    def start(self, path: Path) -> Callable[[], list[Sheet]]:
        """Begin to read a file and return the function that waits for its visible sheets.

        That function raises Refused with the reason, in Chinese, when the file can't be read.
        """
        begun = self._pool.schedule(read_sheets, args=[path], timeout=_SECONDS)

        def wait() -> list[Sheet]:
            try:
                sheets: list[Sheet] = begun.result()
            except (ProcessExpired, LateError, MemoryError):
                raise Refused("文件过大或结构异常，读取时超过了时间或内存限制") from None
            return sheets

        return wait

    def close(self) -> None:
        """End the child process."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # the library leaves this one method untyped
        self._pool.join()


@cache
def reader() -> Reader:
    """Return this process's reader; its child lives until the process ends, because starting it takes a second."""
    made = Reader()
    atexit.register(made.close)
    return made


def _limit_memory() -> None:
    with contextlib.suppress(ImportError):  # Windows has no resource limits; the guard and the time limit remain
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))


def read_sheets(path: Path) -> list[Sheet]:
    """Return the visible, non-empty sheets of a spreadsheet or csv file. Raises Refused when it can't be read."""
    errors = guard_container(path)
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise Refused("文件是空的")
    if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return list(_read_workbook(path, errors))
    return [_read_text(path)]


def _read_workbook(path: Path, errors: dict[str, list[str]]) -> Iterator[Sheet]:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        for meta in workbook.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible:
                yield _convert(workbook.get_sheet_by_name(meta.name), meta.name, errors.get(meta.name, []))
    except CalamineError as error:
        reason = "文件加了密码，打不开" if "assword" in str(error) else "文件已损坏，或不是表格文件"
        raise Refused(reason) from None


def _convert(sheet: Any, name: str, errors: list[str]) -> Sheet:
    cells = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        for column, value in enumerate(values, start=1):
            if value != "" and not (isinstance(value, str) and not value.strip()):
                cells[row, column] = _cell(row, column, value)
    for address in errors:
        place = _place(address)
        cells[place] = Cell(*place, "错误值", "error")
    merges = tuple(
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    )
    return Sheet(name, cells, merges)


def _cell(row: int, column: int, value: Any) -> Cell:
    raw, kind = _as_text(value)
    return Cell(row, column, raw, kind)


def _as_text(value: Any) -> tuple[str, CellKind]:
    if isinstance(value, bool):
        return ("是" if value else "否"), "text"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value)), "number"
    if isinstance(value, int | float):
        return repr(value), "number"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10], "date"
    return str(value), "text"


def _place(address: str) -> Place:
    row, column = xl_cell_to_rowcol(address)
    return row + 1, column + 1


def _read_text(path: Path) -> Sheet:
    content = path.read_bytes()
    if len(content) > _TEXT_LIMIT or b"\x00" in content[:4000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("文件已损坏，或不是表格文件")
    text = _decode(content)
    dialect = "excel-tab" if "\t" in text.partition("\n")[0] else "excel"
    rows = csv.reader(io.StringIO(text, newline=""), dialect)
    cells = {
        (row, column): Cell(row, column, value, "text")
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value.strip()
    }
    if not cells:
        raise Refused("文件是空的")
    return Sheet(path.stem[:8], cells)


def _decode(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise Refused("文件已损坏，或不是表格文件")
