"""Errors a person can act on. This module imports nothing of ours."""

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """A mistake the user can mend. Its text is one plain Chinese sentence, shown without a traceback.

    `command` is what mends it on the command line; only the command line shows it.
    """

    def __init__(self, sentence: str, command: str = "") -> None:
        super().__init__(sentence)
        self.command = command

    def on_command_line(self) -> str:
        """Return the sentence and, when there is one, the command that mends it."""
        return f"{self}运行：{self.command}" if self.command else str(self)


def suggest(word: str, known: Iterable[str], likeness: float = 0.6, most: int = 1) -> str:
    """Return "，是不是“X”？" for the known words at least so like (0–1) `word`, or "" when there are none."""
    near = get_close_matches(word, list(known), n=most, cutoff=likeness)
    return f"，是不是{'、'.join(f'“{found}”' for found in near)}？" if near else ""
