"""Text from files, addresses and people, where Streamlit would read it as Markdown: as it was written, and no more."""

import re
from typing import NewType

Markdown = NewType("Markdown", str)  # words with the signs of Markdown, in which all that is not ours is as_written

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")  # all that means something to Markdown or to Streamlit's own signs
# What is looked for after the signs were read, escaped or not: addresses, a picture, arrows and the like.
_TIES = re.compile(r"(?<=:)(?=//|streamlit:)|(?<=www)(?=\.)|(?<=[\w.+-])(?=@)|(?<=[-<>~])(?=[-=>])", re.I)
_APART = "\u2060"  # nobody sees it, and nothing is broken into two lines at it


def as_written(text: object) -> Markdown:
    """Return a text for a label, a choice or a notice in which nothing is a link, a picture, a colour or an icon."""
    lines = (line.strip(" \t") for line in str(text).splitlines())  # Markdown renders indented text as code
    return Markdown(_MARKS.sub(r"\\\1", _TIES.sub(_APART, "\n".join(line for line in lines if line))))
