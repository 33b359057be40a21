"""A template made of a checked speech: its numbers become placeholders, so that it can be filled again next year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from base.errors import UserError
from stats.catalogue.placeholder_syntax import FORMS
from stats.claims.answers.cited_numbers import CitedNumber
from stats.claims.answers.text_as_word import word_of
from stats.claims.answers.word_anchors import SPACE
from stats.claims.answers.word_comments import written_part
from stats.claims.claim_verdicts import ClaimVerdict
from stats.claims.draft_files import is_word, read_draft
from stats.claims.draft_files.draft_model import DraftText, PartOfDraft
from stats.claims.draft_files.word_draft import TEXT_TAGS
from stats.claims.from_data.data_verdicts import AskedOfData
from stats.claims.phrases.phrase_model import Place
from stats.exports.word.file import parse_part, parts_of, with_parts
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.fill_placeholders import Writer
from stats.papers.paper_model import Cited

# A text box is in the file twice, and an endnote is not filled.
_FILLED: frozenset[PartOfDraft] = frozenset({"body", "table", "header", "footnote"})
Placeholders = Mapping[Place, str]


def placeholders_for(
    numbers: Iterable[CitedNumber], accepted: Mapping[Place, str], asked: AskedOfData
) -> dict[Place, str]:
    """Return what may stand for each right number: a placeholder that is filled with the very same words today."""
    writer = Writer(Source(asked.warehouse, asked.catalogue), Selection(asked.unit, asked.span))
    placed = ((number.number.phrase.place, _placeholder(number, accepted, writer)) for number in numbers)
    return {place: words for place, words in placed if words}


def template_copy(content: bytes, draft: DraftText, placeholders: Placeholders, title: str) -> bytes:
    """Return a draft as a Word template with placeholders in their places, its format as it was.

    Raises UserError for a Word file that must not or can't be opened.
    """
    if is_word(content):
        return _with_texts(content, draft, placeholders)
    written = word_of(draft, title)
    read = read_draft(written)
    kept = (paragraph.number for paragraph in draft.paragraphs if paragraph.text.strip())
    numbers = dict(zip(kept, range(len(read.paragraphs)), strict=False))
    moved = {Place(numbers[place.paragraph], place.start, place.end): words for place, words in placeholders.items()}
    return _with_texts(written, read, moved)


def _placeholder(number: CitedNumber, accepted: Mapping[Place, str], writer: Writer) -> str:
    """Return the placeholder for a number, "" for one that is wrong, or that none is filled with."""
    judged, cited = number.number, number.cited
    right = judged.verdict is ClaimVerdict.AGREES or judged.phrase.place in accepted
    if cited is None or not right:
        return ""
    words = accepted.get(judged.phrase.place, judged.phrase.text)
    name = next((named.name for named in writer.vocabulary.listed if named.code == cited.reading.indicator), "")
    offered = (f"{{{{ {name}{form} }}}}" for form in ("", *(f".{form}" for form in FORMS)))
    return next((text for text in offered if name and _filled(text, writer) == words), "")


def _filled(text: str, writer: Writer) -> str:
    try:
        pieces = writer.pieces(text)
    except UserError:  # a form that does not suit the measure
        return ""
    return "".join(piece.text if isinstance(piece, Cited) else piece for piece in pieces)


def _with_texts(content: bytes, draft: DraftText, placeholders: Placeholders) -> bytes:
    """Return a Word file with other words at some places; each takes the format of where the old one began."""
    parts = dict(parts_of(content))
    members = {piece.member for paragraph in draft.paragraphs for piece in paragraph.pieces}
    roots = {name: parse_part(parts[name]) for name in members}
    texts = {name: [*root.iter(*TEXT_TAGS)] for name, root in roots.items()}
    for place, words in _from_the_end(draft, placeholders):
        pieces = [*draft.paragraphs[place.paragraph].pieces_of(place.start, place.end)]
        for piece in pieces:
            element = texts[piece.member][piece.element]
            start, end = max(place.start - piece.start, 0), place.end - piece.start
            put = words if piece is pieces[0] else ""
            element.text = f"{(element.text or '')[:start]}{put}{(element.text or '')[end:]}"
            element.set(SPACE, "preserve")
    return with_parts(content, {name: written_part(root) for name, root in roots.items()})


def _from_the_end(draft: DraftText, placeholders: Placeholders) -> Iterator[tuple[Place, str]]:
    """Yield what is put in, the last first, so that the places before stay right."""
    ordered: Sequence[tuple[Place, str]] = sorted(
        placeholders.items(), key=lambda each: (each[0].paragraph, each[0].start), reverse=True
    )
    yield from ((place, words) for place, words in ordered if draft.paragraphs[place.paragraph].part in _FILLED)
