"""Proofs: the appendix of a Word paper, with the definition, files and cells of every figure."""

from collections.abc import Sequence
from typing import Any

from docx.shared import Mm

from stats.exports.style.house_style import HEI, SONG
from stats.exports.style.proof_text import say_cells
from stats.exports.word.document_style import SMALL_FIFTH, SMALLEST, add_table, add_text, fill_cell, heading, plain
from stats.papers.paper_model import Proof

APPENDIX = "附：数字出处"
_HOW = "每个数字都有引用号。在系统里查引用号，可以看到它现在是多少、登记以后有没有更正；全部单元格见同时生成的数据表。"
_COLUMNS = {"引用号": Mm(20), "数字": Mm(30), "定义": Mm(56), "文件和单元格": Mm(50)}


def add_proofs(document: Any, proofs: Sequence[Proof], references: Sequence[str]) -> None:
    """Add the appendix on a new page, below it the lines of its charts; nothing if the paper has no figures."""
    if not proofs and not references:
        return
    heading(document, APPENDIX, new_page=True)
    add_text(plain(document.add_paragraph(), after=6), _HOW, SONG, SMALL_FIFTH)
    grid = add_table(document, len(proofs) + 1, list(_COLUMNS.values()))
    lines = [[[name] for name in _COLUMNS], *map(_cells_of, proofs)]
    for at, (row, texts) in enumerate(zip(grid.rows, lines, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            fill_cell(cell, text, SONG if at else HEI, centred=not at)

    _add_lines(document, references)


def add_sources(document: Any, proofs: Sequence[Proof], references: Sequence[str], size: Any) -> None:
    """Add a line a figure, for a short paper: its reference, time, base and coverage; and a line a chart."""
    if not proofs and not references:
        return
    heading(document, APPENDIX, size=size)
    _add_lines(document, [_HOW, *map(_line_of, proofs), *references])


def _add_lines(document: Any, lines: Sequence[str]) -> None:
    for text in lines:
        add_text(plain(document.add_paragraph()), text, SONG, SMALLEST)


def _line_of(proof: Proof) -> str:
    return f"{proof.ref}　{proof.name}{proof.value}（{proof.when}；口径：{proof.base}；{proof.coverage}）"


def _cells_of(proof: Proof) -> list[list[str]]:
    figure = [proof.name, proof.value, proof.when, proof.coverage]
    trap = [f"注意：{proof.trap}"] if proof.trap else []
    meaning = [proof.question, f"算法：{proof.formula}", f"口径：{proof.base}", *trap]
    return [[proof.ref], figure, meaning, say_cells(proof.cells, proof.unseen)]
