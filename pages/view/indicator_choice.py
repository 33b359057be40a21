"""The selected indicator: in the address as `figure`, kept from page to page.

The frame draws the choice, like the filter bar: Streamlit treats a field drawn by two pages as two fields, and the
choice would be lost between the pages.
"""

import streamlit as st

from pages.view import cached
from pages.view.choices import name_indicators
from pages.view.declared_now import catalogue_now
from pages.view.filters import View, accept_code, recall, remember
from pages.view.foreign_text import as_written
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.readings import Reading

_KEY = "figure"
_SHOWN = "indicator-shown"


def indicator_shown() -> Indicator:
    """Return the indicator to be drawn in this run."""
    return catalogue_now().indicator(st.session_state[_SHOWN])


def reading_shown(view: View) -> Reading:
    """Return its reading for the current selection."""
    readings, code = cached.readings(view.build, view.unit.code, view.span, view.against), indicator_shown().code
    return next(reading for reading in readings if reading.indicator == code)


def draw_indicator_choice() -> None:
    """Draw the choice of an indicator and keep it for the page."""
    catalogue = catalogue_now()
    recall(_KEY)
    names = name_indicators(catalogue)
    accept_code(_KEY, names, "指标目录")
    code = st.selectbox("指标", list(names), format_func=names.__getitem__, key=_KEY, bind="query-params")
    remember(_KEY)
    st.session_state[_SHOWN] = code


def offer_settings(indicator: Indicator, catalogue: Catalogue) -> None:
    """Draw the choice between indicators that answer the same question on another base, if there are any."""
    alike = [indicator.code, *indicator.settings]
    if len(alike) == 1:
        return
    names = {code: catalogue.indicators[code].name for code in alike}
    st.segmented_control(
        "同一个问题的口径", alike, default=indicator.code, required=True,
        format_func=lambda code: as_written(names[code]),
        key=f"setting-{indicator.code}", on_change=_take_setting, args=(f"setting-{indicator.code}",),
        help="分母不同，数就不同；口径写在数的旁边",
    )  # fmt: skip


def _take_setting(key: str) -> None:
    st.session_state[_KEY] = st.session_state[key]
