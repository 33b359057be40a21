"""The small print beside the figures of a paper: their lines, and the files and cells behind them."""

from collections.abc import Sequence

from stats.exports.style.text_width import breadth
from stats.readings.trace import CellRef

NOT_LISTED = "在其他乡镇、园区、系统或县总工会报来的表里，只给县总工会看"
_FILES, _ADDRESSES = 2, 3  # named one by one


def say_unseen(cells: int) -> str:
    """Return the sentence with the number of cells that the reader of the paper may not see."""
    return f"有{cells:,}格{NOT_LISTED}"


def say_cells(cells: Sequence[CellRef], unseen: int = 0) -> list[str]:
    """Return a line a file for the first files behind a figure, then how many files and cells there are in all.

    Only the number of `unseen` cells is given.
    """
    files: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        files.setdefault((cell.name, cell.sheet), []).append(cell.address)
    lines = [_say_file(*place, addresses) for place, addresses in list(files.items())[:_FILES]]
    if len(files) > _FILES:
        names = {name for name, _ in files}
        lines.append(f"以上只列前{_FILES}张，共{len(names):,}个文件、{len(files):,}张表、{len(cells):,}格")
    return [*lines, say_unseen(unseen)] if unseen else lines


def join_short(lines: Sequence[str], most: int) -> list[str]:
    """Return lines with short neighbours on one line of at most so many narrow letters."""
    joined: list[str] = []
    for line in lines:
        together = f"{joined[-1]}　{line}" if joined else line
        joined[-1:] = [together] if breadth(together) <= most else [*joined[-1:], line]
    return joined


def _say_file(name: str, sheet: str, addresses: Sequence[str]) -> str:
    each = list(dict.fromkeys(addresses))
    first, more = each[:_ADDRESSES], "等" if len(each) > _ADDRESSES else ""
    return f"{name}，表“{sheet}”{'、'.join(first)}{more}，{len(addresses):,}格"
