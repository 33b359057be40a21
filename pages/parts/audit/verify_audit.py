"""Verifying the audit, on request, because the whole chain is recomputed."""

from pathlib import Path

import streamlit as st

from pages.view.foreign_text import as_written
from store.audit import verify


def draw_verifying(store: Path) -> None:
    if not st.button("核对有没有被改过", icon=":material/verified:"):
        return
    found = verify(store)
    if found.broken is None:
        said = f"{found.entries:,} 条前后相接，没有改动。校验码 {as_written(found.head[:12])}"
        st.success(said, icon=":material/check:")
    else:
        said = f"被改动过。第 {found.broken:d} 条：{as_written(found.fault)}。以前的 {found.entries:,} 条完好。"
        st.error(said, icon=":material/close:")
