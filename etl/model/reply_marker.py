"""The wording of a return slip: its summary, the name of its list, and how that list is recognised again."""

import re
from collections.abc import Iterable, Sequence

WORDS = ("退回", "核实", "提示")  # must be fixed, must be fixed or confirmed, for information
_NAME = re.compile(r"要改的 \d+ 处\d*")  # a spreadsheet appends a number to a name that is taken
_TITLE = re.compile(r"有 \d+ 处要改：")


def sum_up(file: str, words: Sequence[str]) -> str:
    """Return the sentence above a list: how many places of a file are to be changed, given each one's word."""
    counts = "，".join(f"{word} {words.count(word)} 处" for word in WORDS[:2] if word in words)
    return f"“{file}”有 {_count(words)} 处要改：{counts}。"


def name_list(words: Sequence[str]) -> str:
    """Return the name of the list's sheet, given the word of each place."""
    return f"要改的 {_count(words)} 处"


def is_change_list(name: str, texts: Iterable[str]) -> bool:
    """Return whether a sheet of this name, with these texts in its first rows, is the list of an earlier answer."""
    return bool(_NAME.fullmatch(name)) and any(_TITLE.search(text) for text in texts)


def _count(words: Sequence[str]) -> int:
    """Return the number of places without notes, which require nothing."""
    return sum(word != WORDS[2] for word in words)
