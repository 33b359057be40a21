"""Composing: write a paper from an outline for one organisation and span, with charts and the proof of each figure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from base.periods import parse_span, say_span
from stats.catalogue import Catalogue
from stats.catalogue.boards import CoursePanel, Panel
from stats.catalogue.outlines import Outline, OutlinePart, OutlineSection
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.organisations import EXAMPLE, Organisation, organisations_by_code
from stats.papers.clauses import keep_clauses, with_reporters
from stats.papers.fill_placeholders import Writer
from stats.papers.paper_model import Brief, Cited, Exhibit, Paragraph, Proof, Section
from stats.papers.references import reference
from stats.readings import Reading
from stats.readings.coverage_words import say_nobody, say_uncovered
from stats.readings.origins import say_own_totals
from stats.readings.sentences import (
    formula_of,
    judge,
    of_like_seasons,
    say_absence,
    say_cover,
    say_end,
    say_movement,
    say_reading,
    say_target,
    say_when,
)
from stats.readings.trace import trace_each
from stats.totals import county_of, data_like

_BARS = ("areas", "rates", "split")  # kinds of figure that compare bars; a single one compares nothing


def compose_brief(source: Source, outline: Outline, view: Selection, topics: Sequence[str] = ()) -> Brief:
    """Return the paper of an outline for one selection; `topics` restricts it to fields of work, by default all.

    Raises UserError for an organisation that is not known.
    """
    return proven(source, compose_text(source, outline, view, topics))


def compose_text(source: Source, outline: Outline, view: Selection, topics: Sequence[str] = ()) -> Brief:
    """Return the paper to be read on the screen: all but the proofs, for which every cell has to be found."""
    writer = Writer(source, view)
    view = writer.view
    title = "".join(words if isinstance(words, str) else words.text for words in writer.pieces(outline.title))
    unit = organisations_by_code(source.warehouse)[view.unit]
    chosen = [(section, list(_parts(section, unit, topics))) for section in outline.sections]
    composer = _Sections(writer)
    sections = composer.compose([(section, parts) for section, parts in chosen if parts])
    cited = [cited for section in sections for paragraph in section.paragraphs for cited in paragraph.cited]
    return Brief(
        title=title,
        unit=unit.code,
        unit_name=unit.name,
        span=str(view.span),
        span_name=say_span(view.span),
        as_known=tuple(as_known(writer, cited)),
        sections=sections,
        proofs=(),
        example=is_example(source),
        left_out=tuple(_say_left_out(composer.left_out, cited, source.catalogue)),
        short=outline.short,
    )


def is_example(source: Source) -> bool:
    """Return whether the county is made up, which every paper about it says."""
    return organisations_by_code(source.warehouse)[county_of(source.warehouse)].name.startswith(EXAMPLE)


def proven(source: Source, brief: Brief) -> Brief:
    """Return a paper with the proof of each of its figures."""
    return replace(brief, proofs=tuple(prove(source, brief.cited())))


def prove(source: Source, cited: Iterable[Cited]) -> Iterator[Proof]:
    """Yield the proof of each figure, each reference once, in the order in which they are cited."""
    figures = {cited.ref: cited for cited in cited}.values()
    readings = [figure.reading for figure in figures]
    asked = [(reading.indicator, reading.unit, parse_span(reading.span)) for reading in readings]
    cells_of = trace_each(source.warehouse, source.catalogue, asked)
    for figure, reading, cells in zip(figures, readings, cells_of, strict=True):
        indicator = source.catalogue.indicators[reading.indicator]
        yield Proof(
            ref=figure.ref,
            name=reading.name,
            value=say_reading(reading, indicator),
            when=say_when(reading),
            base=reading.base,
            coverage=say_cover(reading),
            question=indicator.question,
            formula=formula_of(reading, indicator, source.catalogue),
            trap=indicator.trap or "",
            reading=reading,
            cells=tuple(cells),
            change=say_movement(reading, indicator) if of_like_seasons(reading) else "",
            target="，".join(filter(None, (say_target(reading, indicator), judge(reading, indicator).words))),
        )


def _say_left_out(readings: Iterable[Reading], cited: Iterable[Cited], catalogue: Catalogue) -> Iterator[str]:
    """Yield the name and value of each reading that no sentence of the paper has, once."""
    printed = {figure.reading.indicator for figure in cited}
    once = {reading.indicator: reading for reading in readings if reading.indicator not in printed}
    for reading in once.values():
        value = say_reading(reading, catalogue.indicators[reading.indicator])
        yield f"{reading.name}（{say_absence(reading) if reading.value is None else value}）"


def _parts(section: OutlineSection, unit: Organisation, topics: Sequence[str]) -> Iterator[OutlinePart]:
    for part in section.parts:
        if (not part.levels or unit.level in part.levels) and (not topics or not part.topic or part.topic in topics):
            yield part


class _Sections:
    """Composes the sections of a paper, and collects the readings without a value and those left out."""

    def __init__(self, writer: Writer) -> None:
        self.left_out: list[Reading] = []
        self._writer = writer
        self._lacking: list[Reading] = []
        self._first: int | None = None
        self._spoken = False

    def compose(self, chosen: Sequence[tuple[OutlineSection, list[OutlinePart]]]) -> tuple[Section, ...]:
        """Return the sections that are not empty, and once what nobody reported."""
        made = [self._section(place, section.title, parts) for place, (section, parts) in enumerate(chosen)]
        text = self._say_lacking()
        if text and self._first is not None:
            first = made[self._first]
            made[self._first] = replace(first, paragraphs=(Paragraph((text,)), *first.paragraphs))
        return tuple(section for section in made if section.paragraphs or section.exhibits)

    def _section(self, place: int, title: str, parts: Sequence[OutlinePart]) -> Section:
        paragraphs = [paragraph for part in parts for paragraph in self._paragraphs(place, part)]
        panels = dict.fromkeys(panel for part in parts for panel in part.panels)
        exhibits = [_exhibit(self._writer, panel) for panel in panels if _shows(self._writer, panel)]
        return Section(title, tuple(paragraphs), tuple(exhibit for exhibit in exhibits if _has_marks(exhibit)))

    def _paragraphs(self, place: int, part: OutlinePart) -> Iterator[Paragraph]:
        """Yield the paragraphs of a part that are not empty, the first of them after its lead."""
        catalogue, lead = self._writer.source.catalogue, part.lead
        level = catalogue.reporting.say_below
        for text in part.text:
            pieces = self._writer.pieces(text)
            if self._writer.vocabulary.lists(text):
                kept = with_reporters(pieces, catalogue, level)
            else:
                clauses = keep_clauses(pieces, catalogue, level)
                kept, lacking = clauses.pieces, clauses.lacking
                self._lacking += lacking
                self.left_out += clauses.left_out
                self._spoken = self._spoken or bool(kept)
                self._first = place if lacking and self._first is None else self._first
            if kept:
                yield Paragraph((*([lead] if lead else []), *kept))
                lead = ""

    def _say_lacking(self) -> str:
        """Return one sentence on what nobody reported; "" if there is nothing."""
        unreported = [reading for reading in self._lacking if reading.absent == "unreported"]
        if unreported:
            return say_nobody(unreported, self._writer.source.catalogue)
        return "" if self._spoken or not self._lacking else f"{say_span(self._writer.view.span)}还没有数据。"


def _panel(writer: Writer, name: str) -> Panel:
    board, _, code = name.partition(".")
    panel = writer.source.catalogue.board(board).panel(code)
    assert panel is not None, name  # outlines are checked when the catalogue is read
    return panel


def _shows(writer: Writer, name: str) -> bool:
    """Return whether a chart has any number other than zero in the span: a paper shows no chart of zeros."""
    panel = _panel(writer, name)
    codes = panel.indicators if isinstance(panel, CoursePanel) else ()
    return not codes or any(writer.reading(code, writer.view).value for code in codes)


def _has_marks(exhibit: Exhibit) -> bool:
    """Return whether there is anything to see: rows of a list, or numbers other than zero, of bars more than one."""
    figure = exhibit.figure
    if figure.is_listed:
        return any(figure.marks())
    return sum(bool(mark.value) for mark in figure.marks()) > (figure.kind in _BARS)


def _exhibit(writer: Writer, name: str) -> Exhibit:
    view, subject = writer.view, name.replace(".", ":", 1)
    ref = reference(subject, view.unit, str(view.span), writer.build)
    return Exhibit(make_figure(writer.source, _panel(writer, name), view), ref, subject)


def as_known(writer: Writer, cited: Sequence[Cited]) -> Iterator[str]:
    """Yield sentences on where the data end, the build, and the coverage of what is cited."""
    warehouse = writer.source.warehouse
    made = f"，{warehouse.built_at[:16].replace('T', ' ')}汇总" if warehouse.built_at else ""
    last = min(writer.view.span.last, data_like(warehouse, writer.view.span).last)
    yield f"数据截至{say_end(last)}，第{warehouse.build:,}版数据{made}"
    readings = list({cited.ref: cited.reading for cited in cited}.values())
    known = [reading for reading in readings if reading.value is not None]
    whole = sum(reading.reported >= reading.expected for reading in known)
    if known:
        yield f"文中{len(known)}个数字，{f'{whole}个' if whole < len(known) else '都'}按应报单位报齐计算"
    yield from say_uncovered(known)
    yield from say_own_totals(known)
    if len(known) < len(readings):
        yield f"另有{len(readings) - len(known)}处没有数据"
