"""Corrected text: a draft that came as text with what was accepted put in, all else as it was."""

from collections.abc import Iterable, Mapping

from stats.claims.draft_files.draft_model import DraftText
from stats.claims.phrases.phrase_model import Place


def corrected_text(text: str, draft: DraftText, accepted: Mapping[Place, str]) -> str:
    """Return a text with other words at some places of the draft that was read from it."""
    text, end = "\n".join(text.splitlines()), 0
    pieces: list[str] = []
    for paragraph in draft.paragraphs:
        start = text.index(paragraph.text, end)  # between two paragraphs stand only blanks, rules and frames of tables
        changes = [(place, words) for place, words in accepted.items() if place.paragraph == paragraph.number]
        pieces += [text[end:start], _changed(paragraph.text, changes)]
        end = start + len(paragraph.text)
    return "".join([*pieces, text[end:]])


def _changed(text: str, changes: Iterable[tuple[Place, str]]) -> str:
    for place, words in sorted(changes, key=lambda change: -change[0].start):
        text = f"{text[: place.start]}{words}{text[place.end :]}"
    return text
