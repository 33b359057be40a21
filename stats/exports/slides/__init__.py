"""A paper as slides: one finding per slide with its native charts, one slide per section, and the sources."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from pptx.util import Pt

from stats.exports.charts.chart_model import Chart
from stats.exports.charts.from_figure import charts_of
from stats.exports.charts.openxml import Letters, add_chart
from stats.exports.slides.slide_layout import EDGE, FOOT, INSIDE, TOP, Deck, Words, add_words
from stats.exports.slides.slide_table import add_table, row_height
from stats.exports.slides.slide_text import height_of, largest_size, part
from stats.exports.style.house_style import COLOURS, SCREEN
from stats.exports.style.printable import printable
from stats.exports.style.proof_text import join_short, say_cells
from stats.exports.style.short_table import FIRST_ROWS, ShortTable, heading_of, say_more, short_tables
from stats.papers.paper_model import Brief, Exhibit, Paragraph, Proof, Section

PROOFS = "数字出处"
_MORE = "（续）"
_BODY_SIZES, _BODY_GAP = (22, 20, 18, 16), 12
_LINE_SIZES = (11, 10, 9)
_LINE_BREADTH = 150  # narrow letters in a line below a chart
_LINES_ROOM = 96  # points for the lines below a chart
_SMALL = 10
_PROOF_WIDTHS = (88, 250, 150, 384)
_PROOF_HEAD = ("引用号", "数字", "时间和报齐情况", "口径")
_GRIDS = {1: (1, 1), 2: (2, 1), 3: (3, 1), 4: (2, 2), 5: (3, 2), 6: (3, 2)}  # charts a slide: columns, rows
_MOST_CHARTS = 6
_CHART_SIZES = {1: 12, 2: 11, 3: 10}  # letters in points by the number of columns
_MANY_BARS = 16


def write_slides(brief: Brief) -> bytes:
    """Return a paper as a .pptx file, 16:9: each chart native and editable, each slide's sources in its notes."""
    brief = printable(brief)
    deck = Deck(brief.title, brief.example)
    proofs = {proof.ref: proof for proof in brief.proofs}
    deck.add_cover(brief.title, brief.as_known)
    for section in brief.sections:
        _add_section(deck, section, proofs)
        for exhibit in section.exhibits:
            _add_exhibit(deck, exhibit, brief.proofs)
    _add_proofs(deck, brief.proofs)
    file = BytesIO()
    deck.file.save(file)
    return file.getvalue()


def _add_section(deck: Deck, section: Section, proofs: dict[str, Proof]) -> None:
    texts = [paragraph.text for paragraph in section.paragraphs]
    room = (INSIDE, FOOT - TOP - 12)
    size = largest_size(texts, _BODY_SIZES, room, _BODY_GAP)
    heights = [height_of([text], size, INSIDE, _BODY_GAP) for text in texts]
    for number, group in enumerate(part(section.paragraphs, heights, room[1])):
        notes = [line for paragraph in group for line in _notes_of(paragraph, proofs)]
        slide = deck.add_slide(section.title + (_MORE if number else ""), notes)
        add_words(slide, (EDGE, TOP + 12, *room), [_pieces(row) for row in group], size, spacing=_BODY_GAP)


def _pieces(paragraph: Paragraph) -> Words:
    return [(piece, False) if isinstance(piece, str) else (piece.text, True, piece.ref) for piece in paragraph.pieces]


def _notes_of(paragraph: Paragraph, proofs: dict[str, Proof]) -> Iterator[str]:
    for cited in paragraph.cited:
        yield from _say_proof(proofs[cited.ref])


def _say_proof(proof: Proof) -> Iterator[str]:
    yield f"{proof.ref}　{proof.name}{proof.value}（{proof.when}；口径：{proof.base}；{proof.coverage}）"
    yield from (f"　　{line}" for line in say_cells(proof.cells, proof.unseen))


def _add_exhibit(deck: Deck, exhibit: Exhibit, proofs: Sequence[Proof]) -> None:
    figure, charts = exhibit.figure, charts_of(exhibit.figure)
    behind = [line for proof in proofs if proof.reading.indicator == figure.indicator for line in _say_proof(proof)]
    notes = [f"引用号：{exhibit.ref}", figure.question, *figure.lines, *behind]
    # definitions are in the notes and on the last slides: below a chart they are too small to be read
    texts = [*filter(None, (figure.who, figure.when, figure.coverage)), f"引用号：{exhibit.ref}"]
    if figure.is_listed and figure.series:
        for number, table in enumerate(short_tables(figure, FIRST_ROWS)):
            _add_list(deck, figure.title + (_MORE if number else ""), table, notes, texts)
        return
    groups = [charts[at : at + _MOST_CHARTS] for at in range(0, len(charts), _MOST_CHARTS)] or [()]
    for number, group in enumerate(groups):
        slide = deck.add_slide(figure.title + (_MORE if number else ""), notes)
        cut = dict.fromkeys(chart.note for chart in group if chart.note)
        floor = _add_lines(deck, slide, figure.title, [*cut, *texts])
        if group:
            _add_charts(slide, group, floor, figure.title, exhibit.ref)
        else:
            add_words(slide, (EDGE, TOP + 40, INSIDE, 60), [[(figure.absence, False)]], 20)


def _add_lines(deck: Deck, slide: Any, title: str, lines: Sequence[str]) -> float:
    """Write the lines below a chart and return where they begin; if they don't fit, they get a slide of their own."""
    joined = join_short(lines, _LINE_BREADTH)
    size = largest_size(joined, _LINE_SIZES, (INSIDE, _LINES_ROOM))
    heights = [height_of([line], size, INSIDE) for line in joined]
    first, *rest = part(joined, heights, _LINES_ROOM)
    floor = FOOT - height_of(first, size, INSIDE)
    add_words(
        slide, (EDGE, floor, INSIDE, FOOT - floor), [[(line, False)] for line in first], size, colour=COLOURS.grey
    )
    for group in part([line for lines in rest for line in lines], heights[len(first) :], FOOT - TOP):
        more = deck.add_slide(f"{title}{_MORE}")
        add_words(
            more, (EDGE, TOP + 12, INSIDE, FOOT - TOP), [[(line, False)] for line in group], _LINE_SIZES[0], spacing=4
        )
    return floor


def _add_charts(slide: Any, charts: Sequence[Chart], floor: float, title: str, ref: str) -> None:
    columns, rows = _GRIDS[len(charts)]
    wide, tall = INSIDE / columns, (floor - TOP - 8) / rows
    many = any(chart.rows > _MANY_BARS for chart in charts if chart.shape == "bar")
    letters = Letters(SCREEN, 9 if many else _CHART_SIZES[columns])
    for at, chart in enumerate(charts):
        box = (EDGE + at % columns * wide, TOP + 4 + at // columns * tall, wide - 6, tall - 4)
        frame = add_chart(slide.shapes, chart, tuple(Pt(length) for length in box), letters)  # type: ignore[arg-type]
        frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{title}。{chart.described()}")
        frame._element.nvGraphicFramePr.cNvPr.set("title", ref)  # by which it is found again in the file


def _add_list(deck: Deck, title: str, table: ShortTable, notes: Sequence[str], lines: Sequence[str]) -> None:
    """Add the first rows of a list, as many as fit, and how many more there are."""
    slide = deck.add_slide(title, notes)
    widths = [INSIDE / len(table.columns)] * len(table.columns)
    texts = [[heading_of(column) for column in table.columns], *([mark.text for mark in row] for row in table.rows)]
    heights = [row_height(row, widths, 9) for row in texts]
    fitting = len(part(texts, heights, FOOT - TOP - _LINES_ROOM - 20)[0])
    more = say_more(table.count, fitting - 1)
    _add_lines(deck, slide, title, [*([more] if more else []), *lines])
    add_table(slide, (EDGE, TOP + 6), texts[:fitting], widths, 9)


def _add_proofs(deck: Deck, proofs: Sequence[Proof]) -> None:
    rows = [
        (proof.ref, f"{proof.name}　{proof.value}", f"{proof.when}　{proof.coverage}", proof.base) for proof in proofs
    ]
    heights = [row_height(row, _PROOF_WIDTHS, _SMALL) for row in rows]
    room = FOOT - TOP - 10 - row_height(_PROOF_HEAD, _PROOF_WIDTHS, _SMALL)
    for number, group in enumerate(part(rows, heights, room)):
        slide = deck.add_slide(PROOFS + (_MORE if number else ""))
        add_table(slide, (EDGE, TOP + 6), [_PROOF_HEAD, *group], _PROOF_WIDTHS, _SMALL)
