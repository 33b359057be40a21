"""上报: drop the files that unions sent, see the verdict at once, accept or return them."""

from collections import Counter
from typing import Literal

import streamlit as st

from pages.parts.upload.dropped_files import clear, taking_in, upload_list
from pages.parts.upload.dropzone import draw_dropzone, judge
from pages.parts.upload.file_list import draw_files
from pages.parts.upload.guide import draw_guide
from pages.parts.upload.voice import voice
from pages.returns.answer_files import offer_all_answers
from pages.returns.dropped_file import DroppedFile
from pages.shared.background import begin, under_way, watch
from pages.shared.heading import draw_finding
from pages.view.foreign_text import as_written
from pages.view.states import FileState


def show() -> None:
    files = list(upload_list().values())
    draw_finding(under_way() or count_by_state(files), voice().promise)
    watch()
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
