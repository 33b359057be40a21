"""The sheets of a list that was dropped, read once a session; nothing of the file is kept elsewhere."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from etl.model.nouns import Sheet
from etl.unit_lists.read_list import sheets_of
from serving.streamlit_internals import UploadedFile

_SHEETS = "move-in-sheets"


def sheets_dropped(upload: UploadedFile) -> Sequence[Sheet]:
    """Return the sheets of a dropped file. Raises UserError when it can't be read."""
    key = (upload.name, upload.file_id)
    kept: tuple[object, Sequence[Sheet]] | None = st.session_state.get(_SHEETS)
    if kept is None or kept[0] != key:
        with TemporaryDirectory(prefix="mingshu-") as folder:
            path = Path(folder) / Path(upload.name).name
            path.write_bytes(upload.getvalue())
            kept = (key, sheets_of(path))
        st.session_state[_SHEETS] = kept
    return kept[1]
