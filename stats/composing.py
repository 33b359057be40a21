"""Composing: an outline said of one organisation and span: a paper with charts and the proof of each figure."""

from collections.abc import Iterable, Iterator, Sequence

from stats.brief import Brief, Cited, Exhibit, Paragraph, Proof, Section
from stats.catalogue_outlines import Outline, OutlinePart, OutlineSection
from stats.figure import Selection, Source
from stats.figures import make_figure
from stats.formats import say_coverage
from stats.organisations import EXAMPLE, Organisation, organisations_by_code, periods
from stats.periods import parse_span, say_span
from stats.placeholders import Writer
from stats.readings import Reading
from stats.references import reference
from stats.sentences import (
    formula_of,
    judge,
    say_end,
    say_movement,
    say_reading,
    say_target,
    say_uncovered,
    say_when,
)
from stats.totals import county_of
from stats.traces import trace

_STOP = "。"


def compose_brief(source: Source, outline: Outline, view: Selection, topics: Sequence[str] = ()) -> Brief:
    """Return the paper of an outline for one selection; `topics` are the fields of work kept, all when none are named.

    Raises UserError for an organisation that is not known.
    """
    writer = Writer(source, view)
    title = "".join(words if isinstance(words, str) else words.text for words in writer.pieces(outline.title))
    unit = organisations_by_code(source.warehouse)[view.unit]
    chosen = [(section, list(_parts(section, unit, topics))) for section in outline.sections]
    sections = tuple(_section(writer, section.title, parts) for section, parts in chosen if parts)
    cited = [found for section in sections for paragraph in section.paragraphs for found in paragraph.cited]
    return Brief(
        title,
        unit.code,
        unit.name,
        str(view.span),
        say_span(view.span),
        tuple(as_known(writer, cited)),
        sections,
        tuple(prove(source, cited)),
        organisations_by_code(source.warehouse)[county_of(source.warehouse)].name.startswith(EXAMPLE),
    )


def prove(source: Source, cited: Iterable[Cited]) -> Iterator[Proof]:
    """Yield where each figure comes from, each reference once, in the order in which they are cited."""
    for found in {one.ref: one for one in cited}.values():
        reading = found.reading
        indicator = source.catalogue.indicators[reading.indicator]
        yield Proof(
            found.ref,
            reading.name,
            say_reading(reading, indicator),
            say_when(reading),
            reading.base,
            say_coverage(reading.reported, reading.expected),
            indicator.question,
            formula_of(reading, indicator, source.catalogue),
            indicator.trap or "",
            reading,
            tuple(trace(source.warehouse, source.catalogue, indicator.code, reading.unit, parse_span(reading.span))),
            say_movement(reading, indicator),
            "，".join(filter(None, (say_target(reading, indicator), judge(reading, indicator).words))),
        )


def _parts(section: OutlineSection, unit: Organisation, topics: Sequence[str]) -> Iterator[OutlinePart]:
    for part in section.parts:
        if (not part.levels or unit.level in part.levels) and (not topics or not part.topic or part.topic in topics):
            yield part


def _section(writer: Writer, title: str, parts: Sequence[OutlinePart]) -> Section:
    paragraphs = [_paragraph(writer, text) for part in parts for text in _texts(part)]
    panels = dict.fromkeys(panel for part in parts for panel in part.panels)
    return Section(title, tuple(paragraphs), tuple(_exhibit(writer, panel) for panel in panels))


def _texts(part: OutlinePart) -> Iterator[str]:
    for number, text in enumerate(part.text):
        yield text if number else part.lead + text


def _paragraph(writer: Writer, text: str) -> Paragraph:
    level = writer.source.catalogue.reporting.say_below
    return Paragraph(tuple(_with_coverage(writer.pieces(text), level)))


def _with_coverage(pieces: Sequence[str | Cited], level: float) -> Iterator[str | Cited]:
    """Yield the pieces, with a word before the full stop of each sentence whose figures rest on too few returns."""
    thin: list[Reading] = []
    for piece in pieces:
        if isinstance(piece, Cited):
            thin += [piece.reading] if is_thin(piece.reading, level) else []
            yield piece
            continue
        before, stop, after = piece.partition(_STOP)
        if stop and thin:
            yield f"{before}（{_say_thin(thin)}）{stop}{after}"
            thin = []
        else:
            yield piece
    if thin:
        yield f"（{_say_thin(thin)}）"


def is_thin(reading: Reading, level: float) -> bool:
    """Return whether a reading rests on a smaller share of the returns than may go unsaid."""
    return reading.value is not None and reading.reported < level * reading.expected


def _say_thin(readings: Sequence[Reading]) -> str:
    covers = {(reading.reported, reading.expected) for reading in readings}
    if len(covers) == 1:
        return f"{say_coverage(*covers.pop())}，未报的不在内"
    return "".join(say_uncovered({reading.indicator: reading for reading in readings}.values())).rstrip(_STOP)


def _exhibit(writer: Writer, name: str) -> Exhibit:
    source, view = writer.source, writer.view
    board, _, code = name.partition(".")
    panel = source.catalogue.board(board).panel(code)
    assert panel is not None, name  # outlines are checked when the catalogue is read
    subject = f"{board}:{code}"
    ref = reference(subject, view.unit, str(view.span), writer.build)
    return Exhibit(make_figure(source, panel, view), ref, subject)


def as_known(writer: Writer, cited: Sequence[Cited]) -> Iterator[str]:
    """Yield up to when there are data, by which build, and how complete what is cited is."""
    warehouse = writer.source.warehouse
    made = f"，{warehouse.built_at[:16].replace('T', ' ')}汇总" if warehouse.built_at else ""
    last = min(writer.view.span.last, periods(warehouse).last)
    yield f"数据截至{say_end(last)}，第{warehouse.build:,}版数据{made}"
    readings = list({found.ref: found.reading for found in cited}.values())
    known = [reading for reading in readings if reading.value is not None]
    whole = sum(reading.reported >= reading.expected for reading in known)
    if known:
        yield f"文中{len(known)}个数字，{f'{whole}个' if whole < len(known) else '都'}按应报单位报齐计算"
    yield from say_uncovered(known)
    if len(known) < len(readings):
        yield f"另有{len(readings) - len(known)}处没有数据"
