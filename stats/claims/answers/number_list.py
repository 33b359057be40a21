"""The numbers of a draft as a workbook: a list by weight, and the cells behind what they were compared with."""

from collections.abc import Callable, Iterable, Sequence

from stats.claims.answers.cited_numbers import CitedNumber, by_weight, figures_behind
from stats.claims.from_data.data_verdicts import AskedOfData
from stats.exports.style.printable import printable
from stats.exports.workbook.brief import add_cells, cells_behind, head_of
from stats.exports.workbook.sheet import Value, WorkbookDraft
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.compose import as_known, is_example, prove
from stats.papers.fill_placeholders import Writer
from stats.papers.paper_model import Proof

LIST = "核对"
_COLUMNS = {
    "结论": 12, "位置": 16, "文中写的": 16, "应是": 16, "差": 12, "怎么算的": 60, "以前说的": 40, "指标": 22,
    "口径": 40, "时间": 14, "报齐情况": 16, "算法": 40, "引用号": 13,
}  # fmt: skip


def write_list(
    numbers: Iterable[CitedNumber], proofs: Sequence[Proof], title: str, as_known: Sequence[str], example: bool = False
) -> bytes:
    """Return the numbers of a draft as an .xlsx file, what is wrong first, and the cells of each figure.

    `as_known` says which data they were compared with; `example` means that the county is made up.
    """
    title, known = printable(title), printable(tuple(as_known))
    book, head = WorkbookDraft(title), head_of(title, known, example)
    book.add_list(LIST, head, _COLUMNS, (_row(number) for number in by_weight(numbers)), "words")
    add_cells(book, head, [*cells_behind(printable(tuple(proofs)))])
    return book.close()


def number_list(
    numbers: Sequence[CitedNumber],
    asked: AskedOfData | None,
    title: str,
    seen: Callable[[Sequence[Proof]], Sequence[Proof]] = tuple,
) -> bytes:
    """Return the numbers of a draft as an .xlsx file with the state of the data that they were compared with.

    `seen` removes from the proofs the cells that the reader may not see; without it all are listed.
    """
    if asked is None:
        return write_list(numbers, (), title, ("只核对了文稿自身，没有和数据核对",))
    source, cited = Source(asked.warehouse, asked.catalogue), figures_behind(numbers)
    known = as_known(Writer(source, Selection(asked.unit, asked.span)), cited)
    return write_list(numbers, seen(list(prove(source, cited))), title, (*known,), is_example(source))


def _row(number: CitedNumber) -> list[Value]:
    judged, cited, check = number.number, number.cited, number.number.check
    difference = check.difference if check and not check.holds else ""
    known = (cited.reading.name, cited.reading.base) if cited else ("", "")
    texts = [
        judged.verdict.word,
        judged.where,
        judged.phrase.text,
        number.expected,
        difference,
        judged.reason,
        number.earlier,
        *known,
    ]
    texts += [number.when, number.coverage, number.formula, cited.ref if cited else ""]
    return [printable(text) for text in texts]
