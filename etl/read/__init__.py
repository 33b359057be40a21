"""Read: a kept file becomes sheets of cells. Nothing is interpreted here; the content tells the format, not the name.

The guard checks the file first. It is then parsed in a long-lived child process with limits on time and memory,
because a hostile workbook can abort the process that parses it.
"""

import atexit
import contextlib
import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as LateError
from dataclasses import replace
from functools import cache
from multiprocessing import synchronize
from multiprocessing.context import SpawnContext
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from base.errors import UserError
from base.zip_guard import LOCKED
from etl.guard import MAX_AREA, Refused, guard_container
from etl.guard.far_cells import far_away, without_strays
from etl.guard.foreign_files import FLAT, refuse_foreign
from etl.model.marks import BookMarks, Marks
from etl.model.nouns import Cell, Grid, Sheet
from etl.model.number_format import Unseen
from etl.read.delimited_text import decode_text, read_delimited
from etl.read.html import read_html
from etl.read.merges import uncovered
from etl.read.spreadsheetml import read_spreadsheetml

T = TypeVar("T")

_SECONDS = 60
_PAPER_SECONDS = 30  # a paper of a hundred pages takes less than two seconds seconds
_READERS = 2  # child processes; with more, the main process could not keep up
_BYTES = 1536 << 20
_MOST_SHEETS = 2000  # five times as many as a county has unions; sheets are held against each other
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")


class Reader:
    """Parses files in child processes, restarted when they die."""

    def __init__(self) -> None:
        self._pool = _make_pool()
        self._turn = Lock()
        self._started = False

    def warm(self, work: Callable[[], None]) -> None:
        """Start the child processes before there is anything to read, because starting one takes a second or two."""
        if not self._started:
            self._started = True
            for _ in range(_READERS):
                self._begin(work, [], _SECONDS)

    def start(self, path: Path) -> Callable[[], list[Sheet]]:
        """Start reading a file and return a function that waits for its visible sheets.

        That function raises Refused with the reason, in Chinese, when the file can't be read.
        """
        return self.start_with(read_sheets, path)

    def start_with(self, work: Callable[..., T], path: Path, *arguments: Any) -> Callable[[], T]:
        """Start reading a file with a function of its path, in the same way."""
        begun = self._begin(work, [path, *arguments], _SECONDS)

        def wait() -> T:
            try:
                read: T = begun.result()
            except (ProcessExpired, LateError, MemoryError):
                raise Refused("文件过大或结构异常，读取时超过了时间或内存限制") from None
            except OSError:
                raise Refused("收件箱里的原件不见了，或读不了") from None
            return read

        return wait

    def run(self, work: Callable[..., T], *arguments: Any, seconds: float = _SECONDS) -> T:
        """Run a function on a file in the child process, within the same limits, and return its result.

        Raises Refused if it exceeds them. Exceptions of the function itself are passed on.
        """
        try:
            done: T = self._begin(_leave_nothing, [work, *arguments], seconds).result()
        except (ProcessExpired, LateError, MemoryError):
            raise Refused("文件过大或结构异常，处理时超过了时间或内存限制") from None
        return done

    def _begin(self, work: Callable[..., Any], arguments: Sequence[Any], seconds: float) -> Any:
        """Return the future of a task. A broken pool refuses all further tasks and is replaced by a new one."""
        with self._turn:
            try:
                return self._pool.schedule(work, args=arguments, timeout=seconds)
            except RuntimeError:
                self.close()
                self._pool, self._started = _make_pool(), False
                return self._pool.schedule(work, args=arguments, timeout=seconds)

    def close(self) -> None:
        """End the child process."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # the library leaves this one method untyped
        self._pool.join()


def _make_pool() -> ProcessPool:
    return ProcessPool(max_workers=_READERS, max_tasks=500, initializer=_begin_child, context=_LockKeeping())


class _LockKeeping(SpawnContext):
    """A context that starts child processes and keeps their locks alive.

    The pool releases its locks before it stops its children, so a child that is still starting would not find them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._locks: list[synchronize.RLock] = []

    def RLock(self) -> synchronize.RLock:  # noqa: N802 - named so by the library
        """Return a lock that lives as long as this."""
        self._locks.append(super().RLock())
        return self._locks[-1]


@cache
def reader() -> Reader:
    """Return this process's reader; its child lives until the process ends, because starting it takes a second."""
    made = Reader()
    atexit.register(made.close)
    return made


def open_paper(work: Callable[..., T], *arguments: Any) -> T:
    """Return the result of a function on an uploaded paper (Word, slides, workbook), run in the child process.

    Raises UserError if it exceeds the limits on time and memory, or if the function raises it.
    """
    try:
        return reader().run(work, *arguments, seconds=_PAPER_SECONDS)
    except Refused as refused:
        raise UserError(f"{refused}。请删去大图片和大表格，或分成几份再来。") from None


def _leave_nothing(work: Callable[..., T], *arguments: Any) -> T:
    """Return the result of a task, and free the reference cycles that libraries leave, as garbage collection is off.

    A MemoryError loses its traceback, because its frames keep everything that was read alive. What is left is passed
    over from then on: the modules and the catalogue are for good, and going through them takes longer than most tasks.
    """
    try:
        return work(*arguments)
    except MemoryError:
        raise MemoryError from None
    finally:
        gc.collect()
        gc.freeze()


def _begin_child() -> None:
    gc.disable()  # cells form no cycles, and for millions of them garbage collection takes longer than reading
    _limit_memory()


def _limit_memory() -> None:
    with contextlib.suppress(ImportError):  # Windows has no resource limits; the guard and the time limit still apply
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))


def read_sheets(path: Path) -> list[Sheet]:
    """Return the visible sheets of a file. Raises Refused when it can't be read."""
    return [sheet for sheet in read_all_sheets(path) if sheet.visible]


def read_all_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a spreadsheet, hidden ones included, or a web page's tables, or a csv. Raises Refused.

    csv and web pages are text whatever their name says; a file that begins like neither workbook nor text is refused.
    """
    marks = guard_container(path)
    with path.open("rb") as file:
        start = file.read(16)
    if not start:
        raise Refused("文件是空的")
    if start.startswith(_WORKBOOKS):
        sheets = list(_read_workbook(path, marks))
    else:
        refuse_foreign(start)
        sheets = _read_text(path)
    if len(sheets) > _MOST_SHEETS:
        raise Refused(f"工作表超过 {_MOST_SHEETS} 张")
    for sheet in sheets:
        sheet.grid.clean()
        _check_size(sheet)
    return [uncovered(sheet) for sheet in sheets]


def _read_text(path: Path) -> list[Sheet]:
    text = decode_text(path.read_bytes())
    head = text[:4000].lstrip().lower()
    if head.startswith("<") and "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return read_spreadsheetml(text)
    if head.startswith("<") and "<office:document" in head:
        raise Refused(FLAT)
    if head.startswith("<") and any(tag in head for tag in ("<html", "<table", "<!doctype html", "<style", "<meta")):
        return [read_html(text)]
    if head.startswith("<?xml"):
        raise Refused("文件里没有表格")
    return [read_delimited(text)]


def _check_size(sheet: Sheet) -> None:
    """Refuse sheets that would keep later stages busy for hours: a far-away cell, or very many merged ranges."""
    area = sheet.height * sheet.width
    if area > MAX_AREA:
        raise far_away(sheet.name, set(sheet.grid))
    merged = sum(
        (min(bottom, sheet.height) - top + 1) * (min(right, sheet.width) - left + 1)
        for top, left, bottom, right in sheet.merges
        if top <= sheet.height and left <= sheet.width
    )
    if merged > 2 * area + 1000:
        raise Refused("表的范围过大")


def _read_workbook(path: Path, marks: BookMarks) -> Iterator[Sheet]:
    try:
        # Given a path the library trusts its extension; for an open file it checks the content.
        with without_strays(path, marks.strays) if marks.strays else path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
        for position, meta in enumerate(workbook.sheets_metadata):
            if meta.typ == SheetTypeEnum.WorkSheet:
                visible = meta.visible == SheetVisibleEnum.Visible
                made = _convert(workbook.get_sheet_by_name(meta.name), meta.name, marks.of(meta.name, position))
                yield replace(made, visible=visible, since_1904=marks.since_1904)
    except (CalamineError, ValueError, OverflowError) as error:
        reason = LOCKED if "assword" in str(error) else "文件已损坏，或不是表格文件"
        raise Refused(reason) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # raised by the library for unforeseen input
            raise
        raise Refused("文件已损坏，打不开") from None


def _convert(sheet: Any, name: str, marks: Marks) -> Sheet:
    grid = Grid(sheet.to_python(skip_empty_area=False))
    grid.show(marks.formats)
    for (row, column), fault in marks.faults.items():
        grid.put(Cell(row, column, fault, "error"))
    merges = tuple(
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    )
    unseen = frozenset(place for place, shown in marks.formats.items() if type(shown) is Unseen and place in grid)
    rows, columns = frozenset(marks.hidden_rows), frozenset(marks.hidden_columns)
    return Sheet(name=name, cells=grid, merges=merges, hidden_rows=rows, hidden_columns=columns, unseen=unseen)
