"""The reminder about missing returns, ready to copy."""

import streamlit as st

from base.settings import settings
from etl.collection.remind import remind
from pages.returns.quarter_choice import Collecting
from pages.view.declared_now import catalogue_now

_ALL = "全部"


def draw_reminder(collection: Collecting) -> None:
    """Draw the text for one area, or for all areas with missing returns."""
    owing = {"": _ALL} | {missing.area: missing.area_name or missing.unit_name for missing in collection.status.missing}
    picked = ""
    if len(owing) > 2:
        picked = st.selectbox(
            "发给谁", list(owing), format_func=owing.__getitem__, key=f"remind-{collection.status.period}"
        )
    text = remind(collection.status, catalogue_now().reporting, picked or None, contact=settings().contact)
    st.code(text, language=None, wrap_lines=True, height="content")
