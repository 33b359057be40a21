"""A chapter of the handbook on the screen, its pictures in the theme the reader has chosen."""

from pathlib import Path

import streamlit as st

from pages.shared.handbook import Chapter
from pages.shared.look import theme_name


def draw_chapter(chapter: Chapter) -> None:
    """Draw a chapter. A picture that does not lie there is left out: the words say it too."""
    with st.container(key="handbook"):
        st.markdown(f"## {chapter.title}")
        for part in chapter.parts:
            if part.picture is None:
                st.markdown(part.words)
            elif (picture := in_theme(part.picture)).is_file():
                st.image(picture, caption=part.words)


def in_theme(picture: Path) -> Path:
    """Return the picture of the same page in the theme in use."""
    return picture.with_name(picture.name.replace("-light.", f"-{theme_name()}."))
