"""Verifying the audit, on request, because the whole chain is recomputed."""

from pathlib import Path

import streamlit as st

from pages.view.foreign_text import as_written
from store.audit import verify


def draw_verifying(store: Path) -> None:
    if not st.button("核对有没有被改过", icon=":material/verified:"):
        return
    verified = verify(store)
    if verified.broken is None:
        text = f"{verified.entries:,} 条前后相接，没有改动。校验码 {as_written(verified.head[:12])}"
        st.success(text, icon=":material/check:")
    else:
        text = (
            f"被改动过。第 {verified.broken:d} 条：{as_written(verified.fault)}。以前的 {verified.entries:,} 条完好。"
        )
        st.error(text, icon=":material/close:")
