"""Errors a person can act on. This module imports nothing of ours."""

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """A mistake the user can mend. Its text is one plain Chinese sentence, shown without a traceback."""


def suggest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return "，是不是“X”？" for the known word at least so like (0–1) `word`, or "" when there is none."""
    near = get_close_matches(word, list(known), n=1, cutoff=likeness)
    return f"，是不是“{near[0]}”？" if near else ""
