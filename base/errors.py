"""Errors a person can act on. This module imports no other module of the project."""

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """A mistake the user can correct. Its text is one plain Chinese sentence, shown without a traceback.

    `command` is the command that corrects it; only the command line shows it.
    """

    def __init__(self, sentence: str, command: str = "") -> None:
        super().__init__(sentence)
        self.command = command

    def on_command_line(self) -> str:
        """Return the sentence and, when there is one, the command that corrects the mistake."""
        return f"{self}运行：{self.command}" if self.command else str(self)


def suggest(word: str, known: Iterable[str], likeness: float = 0.6, most: int = 1) -> str:
    """Return "，是不是“X”？" for the known words similar to `word` (0–1 at least), or "" when there are none."""
    near = get_close_matches(word, list(known), n=most, cutoff=likeness)
    return f"，是不是{'、'.join(f'“{name}”' for name in near)}？" if near else ""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known word most similar to `word` (0–1 at least), None when there is none."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=likeness)), None)
