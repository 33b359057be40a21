"""The drop zone. Dropped files go to the upload list at once, and the field is empty for the next."""

import streamlit as st

from base.errors import UserError
from base.settings import settings
from etl.guard.virus_scan import refuse_infected
from pages.parts.upload.dropped_files import judging, upload_list
from pages.returns.dropped_file import DroppedFile, unpack_dropped
from pages.shared.background import begin
from pages.view.foreign_text import Markdown, as_written
from pages.view.person import acts
from pages.view.states import FileState
from serving.streamlit_internals import UploadedFile

_FILES, _FOLDER = "选文件", "选文件夹"
_GENERATION = "generation"
_NAMED = 5
_MOST = 200  # MB of undecided files that one session may hold in memory
_REFUSED, _INFECTED = "refused", "infected"
_FINAL = {FileState.DECIDED_ACCEPTED, FileState.UNCHANGED}


def draw_dropzone() -> None:
    """Draw the drop zone; judge dropped files that are not in the list yet."""
    how = st.segmented_control("怎么选", [_FILES, _FOLDER], default=_FILES, required=True, label_visibility="collapsed")
    generation = st.session_state.setdefault(_GENERATION, 0)
    dropped = st.file_uploader(
        "把报表拖到这里，可以一次拖多份" if how == _FILES else "把整个文件夹拖到这里，里面的报表一并核对",
        accept_multiple_files="directory" if how == _FOLDER else True,
        key=f"dropped-{how}-{generation}",
        help=f"每份不超过 {settings().upload_mb:d} MB，没有收下的合计不超过 {_MOST} MB。"
        "xlsx、xls、et、ods、csv 等都可以，不用先另存；zip 压缩包里的报表逐份核对",
    )
    if upload_list() and (refused := st.session_state.get(_REFUSED)):
        st.warning(_say_refused(refused), icon=":material/info:")
    for message in st.session_state.get(_INFECTED, ()):
        st.warning(as_written(message), icon=":material/info:")
    if dropped:
        st.session_state[_GENERATION] = generation + 1  # a new field: the contents are in the list now
        st.session_state[_INFECTED] = []
        judge([file for upload in dropped for file in _passed(upload)])


def _passed(upload: UploadedFile) -> list[DroppedFile]:
    """Return what was dropped, once the virus scanner let it pass; else none, and the page says why."""
    content = upload.getvalue()
    try:
        refuse_infected(upload.name, content)
    except UserError as refused:
        texts: list[str] = st.session_state[_INFECTED]
        texts += [str(refused)] if str(refused) not in texts else []
        return []
    return unpack_dropped(upload.name, content)


def judge(files: list[DroppedFile]) -> None:
    """Add files to the list and judge those that are new, or were returned or withdrawn in the meantime."""
    listed = upload_list()
    fitting = _fitting(files, listed)
    fresh = {file.sha: file for file in fitting if not _stands(listed.get(file.sha))}
    others = [other for other in listed.values() if other.sha not in fresh]
    twice = len(fitting) - len(fresh)
    if twice:
        st.toast(f"有 {twice:,} 份已在本页，不再重复核对。")
    if not fresh:
        st.rerun()
    for sha in fresh:
        listed.pop(sha, None)
    listed.update(fresh)
    begin("正在核对", judging(list(fresh.values()), others, acts()))


def _fitting(files: list[DroppedFile], listed: dict[str, DroppedFile]) -> list[DroppedFile]:
    """Return the files there is still room for, in order; the page names the others."""
    held = {sha: len(file.content) for sha, file in listed.items()}
    fitting = []
    for file in files:
        if sum(held.values()) - held.get(file.sha, 0) + len(file.content) <= _MOST * 1024 * 1024:
            held[file.sha] = len(file.content)
            fitting.append(file)
    st.session_state[_REFUSED] = [file.name for file in files if file not in fitting]
    return fitting


def _say_refused(names: list[str]) -> Markdown:
    text = "、".join(as_written(name) for name in names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
    return Markdown(
        f"{text} {len(names)} 份没有放进来：本页没有收下的文件合计不能超过 {_MOST} MB。"
        "请先收下、登记退回或全部移除，再拖这几份。"
    )


def _stands(file: DroppedFile | None) -> bool:
    return file is not None and (file.decided is None and file.verdict is not None or file.state in _FINAL)
