"""The style of the pages: one stylesheet, with the colours of the current theme."""

from functools import cache
from pathlib import Path

import streamlit as st

from stats.catalogue.boards import MOST_SERIES
from stats.drawing.elements.palette import Palette

_FOLDER = Path(__file__).parents[1] / "browser"
_STYLE = _FOLDER / "look.css"
_LOGO = str(_FOLDER / "logo.svg")
# The stylesheet's names for what .streamlit/config.toml sets for each theme.
_COLOURS = {
    "met": "greenTextColor",
    "behind": "redTextColor",
    "asked": "orangeTextColor",
    "link": "linkColor",
    "edge": "borderColor",
    "soft": "secondaryBackgroundColor",
    "ink": "textColor",
    "ground": "backgroundColor",
}

_PALETTE = {
    "ink": "textColor",
    "grey": "grayTextColor",
    "edge": "borderColor",
    "soft": "secondaryBackgroundColor",
    "ground": "backgroundColor",
    "met": "greenTextColor",
    "behind": "redTextColor",
}


def theme_name() -> str:
    """Return light or dark, the current theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def palette() -> Palette:
    """Return the colours of the theme in use for drawings."""
    colours = {name: str(st.get_option(f"theme.{theme_name()}.{option}")) for name, option in _PALETTE.items()}
    return Palette(series=tuple(st.get_option(f"theme.{theme_name()}.chartCategoricalColors"))[:MOST_SERIES], **colours)


def dress() -> None:
    """Add the program's name and the stylesheet to the page, with the colours of the current theme."""
    theme = theme_name()
    st.logo(_LOGO, size="medium")
    colours = "".join(f"--{name}:{st.get_option(f'theme.{theme}.{option}')};" for name, option in _COLOURS.items())
    shade = st.get_option(f"theme.{theme}.chartCategoricalColors")
    st.html(f"<style>:root{{{colours}--series:{shade[0] if shade else 'currentColor'};}}{_style()}</style>")


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")
