"""The appendix of a Word paper: each figure with its reference, definition, date, coverage and source files."""

from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from stats.exports.style.house_style import HEI, SONG
from stats.exports.style.proof_text import say_unseen
from stats.exports.word.document_style import SMALL_FOURTH, THIRD, add_table, add_text, fill_cell
from stats.papers.paper_model import Proof

_HEADINGS = ("引用号", "数字", "指标和口径", "时间和报齐情况", "来源")
_WIDTHS = [Mm(width) for width in (27, 20, 44, 27, 38)]  # together the width between the margins
_MOST_FILES = 2


@dataclass(frozen=True)
class Appendix:
    """The content of the appendix: one row per figure, and the state of the data."""

    rows: tuple[tuple[str, ...], ...]
    as_known: tuple[str, ...]


def add_appendix(document: Any, appendix: Appendix) -> None:
    """Add a page that lists the source of each figure and, below, the state of the data."""
    first = document.add_paragraph()
    first.add_run().add_break(WD_BREAK.PAGE)
    add_text(first, "附：数字来源", HEI, THIRD)
    for line in appendix.as_known:
        add_text(_close(document.add_paragraph()), line, SONG, SMALL_FOURTH)
    table = add_table(document, len(appendix.rows) + 1, _WIDTHS)
    for row, words in zip(table.rows, [_HEADINGS, *appendix.rows], strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            _close(cell.paragraphs[0])
            fill_cell(cell, [text], HEI if words is _HEADINGS else SONG)


def _close(paragraph: Any) -> Any:
    """Remove the spacing around a paragraph, whatever the document's normal style has; return it."""
    look = paragraph.paragraph_format
    look.space_before, look.space_after, look.line_spacing = Pt(0), Pt(0), 1.0
    return paragraph


def say_files(proof: Proof) -> str:
    """Return the files behind a figure with the number of cells in each: the first few, and the total number."""
    counts: dict[str, int] = {}
    for cell in proof.cells:
        counts[cell.name] = counts.get(cell.name, 0) + 1
    unseen = say_unseen(proof.unseen) if proof.unseen else ""
    if not counts and unseen:
        return unseen
    if not counts:
        return "没有收到数据" if proof.reading.value is None else "已报的表里没有这样的记录"
    text = "、".join(f"{name}（{number}格）" for name, number in list(counts.items())[:_MOST_FILES])
    more = f"等{len(counts)}份文件，共{len(proof.cells):,}格" if len(counts) > _MOST_FILES else ""
    return text + more + (f"；另{unseen}" if unseen else "")


def row_of(proof: Proof) -> tuple[str, ...]:
    """Return the row of the appendix with the source of a figure."""
    formula = f"。{proof.formula}" if proof.reading.denominator is not None else ""
    whose = f"{proof.reading.unit_name}，{proof.when}，{proof.coverage}"
    return proof.ref, proof.value, f"{proof.name}：{proof.base}{formula}", whose, say_files(proof)
