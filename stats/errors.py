"""Errors a person can act on. This module imports nothing of ours."""

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """A mistake the user can mend. Its text is one plain Chinese sentence, shown without a traceback."""


def suggest(word: str, known: Iterable[str]) -> str:
    """Return "，是不是“X”？" for the known word nearest to `word`, or "" when none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"，是不是“{near[0]}”？" if near else ""
