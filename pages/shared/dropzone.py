"""Where files are dropped. What is dropped goes on the desk at once, and the place is free for the next."""

import streamlit as st

from pages.shared.desk import desk, judging
from pages.shared.parcels import Parcel, belongs, pack
from pages.shared.work import begin

_FILES, _FOLDER = "选文件", "选文件夹"
_TURN = "turn"
_FINAL = {"decided-accepted", "unchanged"}


def draw_dropzone() -> None:
    """Draw the place to drop files; judge what was dropped and is not on the desk yet."""
    how = st.segmented_control("怎么选", [_FILES, _FOLDER], default=_FILES, required=True, label_visibility="collapsed")
    turn = st.session_state.setdefault(_TURN, 0)
    dropped = st.file_uploader(
        "把报表拖到这里，可以一次拖多份" if how == _FILES else "把整个文件夹拖到这里，里面的报表一并核对",
        accept_multiple_files="directory" if how == _FOLDER else True,
        key=f"dropped-{how}-{turn}",
        help="每份不超过 30 MB。xlsx、xls、et、ods、csv 等都可以，不用先另存",
    )
    if dropped:
        st.session_state[_TURN] = turn + 1  # a new field: the contents lie on the desk now
        judge([pack(file.name, file.getvalue()) for file in dropped if belongs(file.name)])


def judge(parcels: list[Parcel]) -> None:
    """Put files on the desk and judge those that are new there, or were sent back or withdrawn in the meantime."""
    on_desk = desk()
    fresh = {parcel.sha: parcel for parcel in parcels if not _stands(on_desk.get(parcel.sha))}
    others = [other for other in on_desk.values() if other.sha not in fresh]
    twice = len(parcels) - len(fresh)
    if twice:
        st.toast(f"有 {twice} 份已在本页，不再重复核对。")
    if not fresh:
        st.rerun()
    for sha in fresh:
        on_desk.pop(sha, None)
    on_desk.update(fresh)
    begin("正在核对", judging(list(fresh.values()), others))


def _stands(parcel: Parcel | None) -> bool:
    return parcel is not None and (parcel.decided is None and parcel.verdict is not None or parcel.state in _FINAL)
