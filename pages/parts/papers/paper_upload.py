"""The field for a paper to fill or to check, offered only to people who may upload files."""

import streamlit as st

from access.accounts.roles import Action
from base.errors import UserError
from etl.guard.virus_scan import refuse_infected
from pages.view.foreign_text import as_written
from pages.view.person import may
from serving.streamlit_internals import UploadedFile

_SCANNED = "scanned"


def draw_paper_upload(label: str, endings: list[str], key: str) -> UploadedFile | None:
    """Draw the drop zone for one paper and return it, if the virus scanner lets it pass.

    To people who may not upload, say who does.
    """
    if not may(Action.UPLOAD):
        st.caption("您的账号不上传文件。要查或要填的文稿，请交给工作人员。")
        return None
    file = st.file_uploader(as_written(label), type=endings, key=key)
    if file is not None and (refused := _refused(file, key)):
        st.warning(as_written(refused), icon=":material/info:")
        return None
    return file


def _refused(file: UploadedFile, key: str) -> str:
    """Return why the virus scanner does not let a paper pass, "" if it does; each paper is scanned once."""
    kept = st.session_state.get(f"{_SCANNED}-{key}")
    if kept is None or kept[0] != file.file_id:
        try:
            refuse_infected(file.name, file.getvalue())
            text = ""
        except UserError as error:
            text = str(error)
        kept = st.session_state[f"{_SCANNED}-{key}"] = file.file_id, text
    return str(kept[1])
