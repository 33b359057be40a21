"""Whether the audit is as it was noted: asked for, because all of it is followed from the beginning."""

from pathlib import Path

import streamlit as st

from store.audit import verify


def draw_verifying(store: Path) -> None:
    if not st.button("核对有没有被改过", icon=":material/verified:"):
        return
    found = verify(store)
    if found.broken is None:
        st.success(f"{found.entries:,} 条前后相接，没有改动。校验码 {found.head[:12]}", icon=":material/check:")
    else:
        st.error(
            f"被改动过。第 {found.broken} 条：{found.fault}。以前的 {found.entries:,} 条完好。", icon=":material/close:"
        )
