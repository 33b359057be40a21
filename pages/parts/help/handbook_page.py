"""A chapter of the handbook on the screen; its pictures are those of the reader's theme and width."""

from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from pages.parts.help.handbook import Chapter, HandbookPart
from pages.view.stylesheet import theme_name

_NARROW = "(max-width: 640px)"


def draw_chapter(chapter: Chapter) -> None:
    """Draw a chapter. A missing picture is left out, because the text says the same."""
    with st.container(key="handbook"):
        st.markdown(f"## {chapter.title}")
        for part in chapter.parts:
            if part.picture is None:
                st.markdown(part.words)
            elif in_theme(part.picture).is_file():
                st.html(picture_of(part, theme_name()))


@cache
def picture_of(part: HandbookPart, theme: str) -> str:
    """Return a picture as HTML with the words for those who can't see it: one for a wide screen, one for a phone."""
    assert part.picture is not None
    wide = in_theme(part.picture, theme)
    narrow = wide.with_name(wide.name.replace("-desktop-", "-phone-"))
    source = f'<source media="{_NARROW}" srcset="{_inline(narrow)}">' if narrow.is_file() else ""
    return f'<picture>{source}<img src="{_inline(wide)}" alt="{escape(part.words)}页面"></picture>'


def in_theme(picture: Path, theme: str = "") -> Path:
    """Return the picture of the same page in a theme, the one in use unless another is named."""
    return picture.with_name(picture.name.replace("-light.", f"-{theme or theme_name()}."))


def _inline(picture: Path) -> str:
    return f"data:image/webp;base64,{b64encode(picture.read_bytes()).decode()}"
