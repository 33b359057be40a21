"""上报: drop the files that unions sent, see the verdict at once, accept or return them."""

from collections import Counter
from typing import Literal

import streamlit as st

from access.accounts.roles import Action
from pages.parts.upload.dropped_files import clear, taking_in, upload_list
from pages.parts.upload.dropzone import draw_dropzone, judge
from pages.parts.upload.file_list import draw_files
from pages.parts.upload.guide import draw_guide
from pages.parts.upload.voice import voice
from pages.returns.answer_files import offer_all_answers
from pages.returns.changes import say_changed
from pages.returns.dropped_file import DroppedFile
from pages.shared.background import begin, under_way, watch
from pages.shared.heading import draw_finding
from pages.view.foreign_text import as_written
from pages.view.links import HOME_PAGE
from pages.view.person import may
from pages.view.states import FileState


def show() -> None:
    files = list(upload_list().values())
    draw_finding(under_way() or count_by_state(files), voice().promise)
    watch()
    draw_taken(files)
    draw_dropzone()
    if files:
        draw_decisions(files)
        draw_files(files)
    else:
        draw_guide()


def count_by_state(files: list[DroppedFile]) -> str:
    """Return the number of files by state, in the words of the rows."""
    states = voice().states
    counts = Counter(states[file.state].name for file in files)
    names = dict.fromkeys(state.name for state in states.values())
    text = "，".join(f"{name} {counts[name]} 份" for name in names if counts[name])
    return f"共 {len(files)} 份：{text}" if files else voice().empty


def draw_taken(files: list[DroppedFile]) -> None:
    """Say what the files that were accepted here have changed, and where to see it or take it back."""
    taken = [file for file in files if file.state == FileState.DECIDED_ACCEPTED]
    if not taken:
        return
    changed = say_changed(file.preview for file in taken if file.preview) or "数字没有变化"
    back = "要撤回的，点开那一份，点“撤回”。" if may(Action.WITHDRAW) else ""
    with st.container(horizontal=True, vertical_alignment="center", key="taken"):
        st.success(f"已收下 {len(taken):d} 份，{as_written(changed)}。{as_written(back)}", icon=":material/check:")
        st.page_link(HOME_PAGE, label="看总览 ›")


def draw_decisions(files: list[DroppedFile]) -> None:
    """Draw the decisions that are possible for all files at once."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="decisions"):
        offer(files, FileState.ACCEPTED, voice().take_in, "primary")
        offer(files, FileState.RETURNED, voice().send_back)
        offer(files, FileState.HELD, voice().hold)
        offer_all_answers(files)
        unjudged = [file for file in files if file.verdict is None]
        if unjudged and st.button(f"重新核对 {len(unjudged)} 份"):
            judge(unjudged)
        if st.button("全部移除", help="没有收下的从本页拿掉，什么也不留；已收下的不受影响"):
            clear(files)
            st.rerun()


def offer(
    files: list[DroppedFile], verdict: FileState, label: str, kind: Literal["primary", "secondary"] = "secondary"
) -> None:
    wanted = [file for file in files if file.state == verdict]
    if wanted and st.button(f"{as_written(label)} {len(wanted)} 份", type=kind, key=f"all-{verdict}"):
        begin(voice().under_way, taking_in(wanted))


show()
