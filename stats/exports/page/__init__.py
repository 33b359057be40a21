"""A paper as one sheet of A4, a PDF: its main figures as a table, small charts, changes and targets off track."""

import json
from pathlib import Path
from typing import Any

from typst import Compiler

from base.errors import UserError
from stats.exports.charts.chart_model import Chart
from stats.exports.charts.from_figure import charts_of
from stats.exports.page.chart import place_chart
from stats.exports.page.fonts import chosen_font, installed_fonts
from stats.exports.style.house_style import ACCENT, COLOURS, EXAMPLE
from stats.exports.style.printable import printable
from stats.exports.style.proof_text import join_short
from stats.papers.paper_model import Brief, Exhibit, Proof, Section

_SHEET = Path(__file__).with_name("page.typ")
_HEADS = ("指标", "数值", "增减", "目标", "报齐情况", "引用号")
_STOP = "。"
_CHARTS = 2  # beside each other
# Font sizes in points with the number of sentences of a list: the first with which everything fits is used.
_FITS = ((9, 7), (8.5, 7), (8, 7), (8, 5), (7.5, 5), (7.5, 4), (7.5, 3), (7, 3), (7, 2), (7, 1))
_BREADTH = 72  # narrow letters in a line below a chart
_PAGES = "<pages>"


def write_page(brief: Brief) -> bytes:
    """Return a paper as a PDF of one page of A4.

    The figures of its first section become a table, the first charts are drawn, the other sections' sentences are
    lists; long lists are cut to what fits, with the number of the rest. Raises UserError when no Chinese font is
    installed, and when it does not fit on one page.
    """
    brief = printable(brief)
    fonts = installed_fonts()
    font = chosen_font(fonts.families())
    compiler = Compiler(str(_SHEET), root=str(_SHEET.parent), font_paths=fonts, ignore_system_fonts=True)
    for size, most in _FITS:
        data = json.dumps(_data(brief, font, size, most), ensure_ascii=False)
        made = compiler.compile(format="pdf", sys_inputs={"data": data})
        if isinstance(made, bytes) and json.loads(compiler.query(_PAGES, field="value", one=True)) == 1:
            return made
    raise UserError(f"“{brief.title}”一页写不下。请少选几个主题再写。")


def _data(brief: Brief, font: str, size: float, most: int) -> dict[str, Any]:
    first, *others = brief.sections
    proofs = {proof.ref: proof for proof in brief.proofs}
    named = [proofs[ref] for ref in dict.fromkeys(cited.ref for para in first.paragraphs for cited in para.cited)]
    return {
        "title": brief.title,
        "as_known": brief.as_known,
        "example": EXAMPLE if brief.example else "",
        "fonts": [font],
        "size": size,
        "colours": {
            "ink": COLOURS.ink,
            "grey": COLOURS.grey,
            "edge": COLOURS.edge,
            "first": COLOURS.first,
            "accent": ACCENT,
        },
        "table": {"title": first.title, "heads": _HEADS, "rows": [_row(proof) for proof in named]},
        "charts": [_chart(exhibit, named) for exhibit in brief.exhibits() if charts_of(exhibit.figure)][:_CHARTS],
        "sections": [{"title": section.title, "lines": _lines(section, most)} for section in others],
        "foot": _foot(named, brief),
    }


def _row(proof: Proof) -> dict[str, Any]:
    return {"name": proof.name, "value": proof.value, "rest": [proof.change, proof.target, proof.coverage, proof.ref]}


def _chart(exhibit: Exhibit, proofs: list[Proof]) -> dict[str, Any]:
    figure, chart = exhibit.figure, charts_of(exhibit.figure)[0]
    whole = len(figure.series) == 1
    title = figure.title if whole else chart.heading
    lines = figure.lines if whole else _lines_of_first(exhibit, chart, proofs)
    left = len(chart.categories) - len(chart.drawn().categories)
    cut = [f"只列前{len(chart.drawn().categories)}个，另有{left:,}个没有列出"] if left else []
    below = join_short([*cut, *lines, f"引用号：{exhibit.ref}"], _BREADTH)
    return place_chart(chart) | {"title": title, "alt": f"{title}。{chart.described()}", "lines_below": below}


def _lines_of_first(exhibit: Exhibit, chart: Chart, proofs: list[Proof]) -> list[str]:
    """Return the lines of a figure's first series alone, where only that is drawn."""
    figure = exhibit.figure
    known = next((proof for proof in proofs if proof.name == chart.title), None)
    of_it = [f"口径：{known.base}", f"报齐情况：{known.coverage}"] if known else [figure.base, figure.coverage]
    return [figure.who, f"时间：{chart.categories[0]}至{chart.categories[-1]}", *of_it, figure.source]


def _lines(section: Section, most: int) -> list[str]:
    lines = [line for paragraph in section.paragraphs for line in paragraph.text.split(_STOP) if line]
    rest = len(lines) - most
    return [f"{line}{_STOP}" for line in lines[:most]] + ([f"另有{rest}项。"] if rest > 0 else [])


def _foot(proofs: list[Proof], brief: Brief) -> list[str]:
    """Return the bases, equal ones together, and from how many cells the figures come."""
    bases: dict[str, list[str]] = {}
    for proof in proofs:
        bases.setdefault(proof.base, []).append(proof.name)
    files = {cell.name for proof in brief.proofs for cell in proof.cells}
    cells = sum(len(proof.cells) for proof in brief.proofs)
    text = "；".join(f"{'、'.join(names)}——{base}" for base, names in bases.items())
    source = f"来源：各数字出自{len(files):,}个报表文件的{cells:,}格，按引用号可以查到每一格，也可以查到后来有没有更正"
    return [f"口径：{text}", source]
