"""Tables of a draft: whether a row or a column called 合计 is the sum of the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from stats.claims.checks.check_model import TextCheck
from stats.claims.checks.check_words import check_words, has_any
from stats.claims.draft_files.draft_model import DraftParagraph
from stats.claims.phrases.folded_text import fold
from stats.claims.phrases.phrase_model import NumberPhrase, Place

_MOST_OFF = Decimal("0.5")  # a total that misses the sum by more is of something else
Cells = list[list[DraftParagraph]]


@dataclass(frozen=True)
class _NumberCell:
    """A cell with a number, and the unit of its last place."""

    paragraph: DraftParagraph
    value: Decimal
    step: Decimal


def check_table(rows: Cells) -> Iterator[TextCheck]:
    """Yield the checks of a table's totals: those of columns, and those of rows where most of them hold."""
    if len(rows) < 3 or any(has_any(cell.text, check_words().table_parts) for row in rows for cell in row):
        return
    yield from _columns(rows)
    yield from _last_columns(rows)


def _is_total(text: str) -> bool:
    return fold(text).text.strip("：") in check_words().table_totals


def _columns(rows: Cells) -> Iterator[TextCheck]:
    """Yield the check of each column by its last or first row, if that is the total."""
    bodies = [(rows[-1], rows[1:-1]), (rows[1], rows[2:])]
    total, body = next(
        ((row, body) for row, body in bodies if row and any(_is_total(cell.text) for cell in row)), ([], [])
    )
    for cell in total:
        head = _at(rows[0], cell)
        column = [_number(each) for each in (_at(row, cell) for row in body)]
        numbers = [each for each in column if each]
        stated = _number(cell)
        if (
            stated
            and len(numbers) > 1
            and len(numbers) == len(column)
            and not (head and has_any(head.text, check_words().not_added))
        ):
            yield from _summed(stated, numbers, "这一列")


def _last_columns(rows: Cells) -> Iterator[TextCheck]:
    """Yield the check of a column of totals, where it is the sum of the columns beside it in most rows."""
    heads = [cell for cell in rows[0] if _is_total(cell.text)]
    if len(heads) != 1 or has_any("".join(cell.text for cell in rows[0]), check_words().not_added):
        return
    checks = [check for row in rows[1:] for check in _row(row, heads[0])]
    if sum(check.holds for check in checks) * 2 > len(checks) > 2:
        yield from checks


def _row(row: Sequence[DraftParagraph], head: DraftParagraph) -> Iterator[TextCheck]:
    stated = _number(_at(row, head))
    others = [_number(cell) for cell in row[1:] if not _is_same_column(cell, head)]
    numbers = [each for each in others if each]
    if stated and len(numbers) > 1 and len(numbers) == len(others):
        yield from _summed(stated, numbers, "这一行")


def _is_same_column(cell: DraftParagraph, head: DraftParagraph) -> bool:
    return bool(cell.cell and head.cell and cell.cell.column == head.cell.column)


def _at(row: Sequence[DraftParagraph], head: DraftParagraph) -> DraftParagraph | None:
    return next((cell for cell in row if _is_same_column(cell, head)), None)


def _number(cell: DraftParagraph | None) -> _NumberCell | None:
    """Return the number of a cell; an empty one counts as none and zero alike, and makes the sum unsure."""
    text = fold(cell.text).text.replace(",", "").strip("　") if cell else ""
    if cell is None or not text or text.endswith("%"):
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    exponent = value.as_tuple().exponent
    return _NumberCell(cell, value, Decimal(1).scaleb(min(0, exponent))) if isinstance(exponent, int) else None


def _summed(stated: _NumberCell, parts: Sequence[_NumberCell], what: str) -> Iterator[TextCheck]:
    total = sum((part.value for part in parts), Decimal(0))
    rounding = sum((part.step for part in parts if part.step < 1), Decimal(0)) / 2
    if abs(total - stated.value) > max(abs(stated.value), Decimal(1)) * _MOST_OFF:
        return
    holds = abs(total - stated.value) <= rounding
    added_up = f"{total.normalize():f}"
    yield TextCheck(
        rule="table_total",
        phrase=phrase_of_cell(stated.paragraph),
        holds=holds,
        expected=added_up,
        difference=f"{(stated.value - total).normalize():f}",
        reason=f"{what}其余各格加起来是{added_up}，{'相符' if holds else f'合计写的是{stated.value.normalize():f}'}。",
    )


def phrase_of_cell(cell: DraftParagraph) -> NumberPhrase:
    """Return the whole text of a cell as a phrase."""
    return NumberPhrase(place=Place(cell.number, 0, len(cell.text)), text=cell.text, name="count")
