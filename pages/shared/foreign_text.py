"""Text from files, addresses and people, where Streamlit would read it as Markdown: as it was written, and no more."""

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")  # all that means something to Markdown or to Streamlit's own signs


def as_written(text: str) -> str:
    """Return a text for a label or a choice in which nothing is a link, a picture, a colour or an icon."""
    return _MARKS.sub(r"\\\1", text)
