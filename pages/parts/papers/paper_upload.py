"""The field for a paper to fill or to check, offered only to people who may upload files."""

import streamlit as st

from access.accounts.roles import Action
from pages.view.foreign_text import as_written
from pages.view.person import may
from serving.streamlit_internals import UploadedFile


def draw_paper_upload(label: str, endings: list[str], key: str) -> UploadedFile | None:
    """Draw the drop zone for one paper and return it; to people who may not upload, say who does."""
    if may(Action.UPLOAD):
        return st.file_uploader(as_written(label), type=endings, key=key)
    st.caption("您的账号不上传文件。要查或要填的文稿，请交给经办人。")
    return None
