"""Notes: what is to be written beside a number of a draft, and what may take its place."""

from dataclasses import dataclass

from stats.claims.phrases.phrase_model import Place


@dataclass(frozen=True)
class DraftNote:
    """The lines of a comment on one number; with an `instead`, the text of a tracked change in the number's place."""

    place: Place
    lines: tuple[str, ...]
    instead: str = ""
