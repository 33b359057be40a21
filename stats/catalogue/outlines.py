"""Outlines: the structure of a paper, one file each: its sections, their sentences and their charts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from pydantic import Field

from base.errors import suggest
from base.periods import Span, say_span
from stats.catalogue.boards import Board
from stats.catalogue.code_lists import Domain
from stats.catalogue.deadlines import Level
from stats.catalogue.form_rules import Closed
from stats.catalogue.placeholder_syntax import LISTS, VALUES, Vocabulary

_LAST = 1000  # the position of an outline that states no order


class OutlinePart(Closed):
    """Paragraphs about one field of work, and the charts shown with them as board.panel.

    `topic` is the field's code, "" for what belongs in every paper. `levels` restricts a part to organisations of these
    levels, so that what only the county reports is not in a township's paper. `lead` begins the first paragraph.
    """

    text: tuple[str, ...] = Field(min_length=1)
    topic: str = ""
    lead: str = ""
    levels: tuple[Level, ...] = ()
    panels: tuple[str, ...] = ()


class OutlineSection(Closed):
    """A section of the paper, with its heading."""

    title: str
    parts: tuple[OutlinePart, ...] = Field(min_length=1)


class Outline(Closed):
    """A kind of paper. Its title and paragraphs may hold placeholders.

    `one_page`: it fits on one sheet of A4; `short`: in Word on four, with one figure. `yearly`: it speaks of whole
    years. `levels` are the organisations that it is meant for, () for all.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    title: str
    sections: tuple[OutlineSection, ...] = Field(min_length=1)
    order: int = _LAST
    one_page: bool = False
    short: bool = False
    yearly: bool = False
    levels: tuple[Level, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """Return the fields of work it covers, in their order."""
        return tuple(dict.fromkeys(part.topic for section in self.sections for part in section.parts if part.topic))


def outlines_for(outlines: Iterable[Outline], level: str) -> list[Outline]:
    """Return the kinds of paper for an organisation of a level, in the given order."""
    return [outline for outline in outlines if not outline.levels or level in outline.levels]


def usual_outline(outlines: Iterable[Outline], level: str, span: Span) -> Outline:
    """Return the kind of paper usually written: on whole years one that speaks of them, on part of a year another."""
    offered = outlines_for(outlines, level)
    return min(offered, key=lambda outline: (outline.yearly != span.whole_years, outline.order))


def say_unusual(outline: Outline, usual: Outline, span: Span) -> str:
    """Return a remark on a paper of whole years that is written on part of one; "" where there is nothing to say."""
    if not outline.yearly or span.whole_years:
        return ""
    return f"《{outline.name}》是年度材料，说的是整年的事；{say_span(span)}的情况，请用《{usual.name}》。"


class OutlineNames(Protocol):
    """What an outline may refer to."""

    @property
    def domains(self) -> Mapping[str, Domain]:
        """Return the domains by code."""

    @property
    def boards(self) -> Mapping[str, Board]:
        """Return the boards by code."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the names that placeholders may have."""


def outline_keys(place: Sequence[str | int]) -> Iterable[str]:
    """Return the keys that are allowed where a fault in an outline was found."""
    if "parts" in place:
        return OutlinePart.model_fields
    return OutlineSection.model_fields if "sections" in place else Outline.model_fields


def check_outlines(outlines: Iterable[Outline], names: OutlineNames) -> Iterator[str]:
    """Yield one sentence per fault, with the file, the position in it and the nearest known word."""
    for outline in outlines:
        yield from (f"outlines/{outline.code}.yml 标题：{fault}" for fault in names.vocabulary.faults(outline.title))
        for section in outline.sections:
            for number, part in enumerate(section.parts, start=1):
                where = f"outlines/{outline.code}.yml “{section.title}”第{number}部分"
                yield from (f"{where}：{fault}" for fault in _check_part(part, names))


def check_names(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield one sentence for each name that is ambiguous in papers."""
    counts = Counter([*(listed.name for listed in vocabulary.listed), *VALUES, *LISTS])
    yield from (f"指标名称“{name}”在文稿里与别的名称重复" for name, count in counts.items() if count > 1)


def _check_part(part: OutlinePart, names: OutlineNames) -> Iterator[str]:
    if part.topic and part.topic not in names.domains:
        yield f"没有领域“{part.topic}”{suggest(part.topic, names.domains)}"
    for number, text in enumerate(part.text, start=1):
        yield from (f"第{number}段：{fault}" for fault in names.vocabulary.faults(text))
    known = [f"{board.code}.{panel.code}" for board in names.boards.values() for panel in board.panels]
    yield from (f"没有图“{panel}”{suggest(panel, known)}" for panel in part.panels if panel not in known)
