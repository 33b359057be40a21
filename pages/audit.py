"""操作记录: who did what when, to read and to download; and the age of the last backup."""

from collections.abc import Sequence

import streamlit as st

from pages.parts.audit.entries import choose_entries, draw_entries, offer_files
from pages.parts.audit.last_backup import draw_backup, say_backup
from pages.parts.audit.verify_audit import draw_verifying
from pages.shared.background import watch
from pages.shared.heading import draw_finding, draw_part
from store.audit import AuditEntry
from store.builds import store_path


def show() -> None:
    watch()
    store = store_path()
    chosen, total = choose_entries(store)
    draw_finding(say_audit(chosen, total), say_backup(store))
    draw_backup(store)
    draw_part("谁在什么时候做了什么", "新的在前；收到的文件和每份的结果，在“报送进度”的收退记录里")
    draw_entries(chosen)
    with st.container(horizontal=True, key="audit-files"):
        offer_files(chosen)
        draw_verifying(store)


def say_audit(entries: Sequence[AuditEntry], total: int) -> str:
    """Return how many entries there are, and how many were chosen."""
    if not total:
        return "还没有操作记录"
    return f"共 {total:,} 条操作记录" + (f"，选出 {len(entries):,} 条" if len(entries) < total else "")


show()
