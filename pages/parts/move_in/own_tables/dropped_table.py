"""A table of the county's own, dropped: it becomes a new form, or is read as one that is there."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from etl.layout_proposals.own_table import OwnTable, own_tables
from etl.own_layouts.shown_tables import layout_of
from pages.parts.move_in.own_tables.known_form import draw_known_form
from pages.parts.move_in.own_tables.new_form import draw_new_form
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import as_written
from pages.view.links import UPLOAD_PAGE
from pages.view.notices import show_empty
from serving.streamlit_internals import UploadedFile
from stats.catalogue import Catalogue

_TABLES = "move-in-tables"
_NEW, _KNOWN = "照它立一张新报表", "当作已有的一张报表收"


def draw_dropped_table() -> None:
    """Ask for a table of the county's own, and whether it becomes a new form or is read as one that is there."""
    upload = st.file_uploader("本县的表", key="move-in-example")
    if upload is None:
        show_empty(
            "把县里一直在用的表拖进来一份，照它的样子立一张报表，或认作已有的报表，以后同样的表直接收。"
            "姓名、电话、身份证号不会存进来。"
        )
        return
    catalogue, tables = catalogue_now(), _tables(upload)
    if known := _read_already(tables[0], upload.name, catalogue):
        st.success(
            as_written(f"这份表已经按《{known}》认好了，以后同样的表在“上报”里直接收。"), icon=":material/check:"
        )
        st.page_link(UPLOAD_PAGE, label="去上报 ›")
        return
    way = st.radio("这份表", [_NEW, _KNOWN], horizontal=True, key=f"own-table-{upload.file_id}")
    (draw_known_form if way == _KNOWN else draw_new_form)(upload, tables, catalogue)


def _read_already(table: OwnTable, file: str, catalogue: Catalogue) -> str:
    """Return the name of the form as which the very table is read already, "" where there is none."""
    layout = layout_of(table.sheet, file, catalogue)
    return catalogue.forms[layout.form].name if layout else ""


def _tables(upload: UploadedFile) -> Sequence[OwnTable]:
    """Return the tables of the file, read once; nothing of it is kept but in this session."""
    kept: tuple[str, Sequence[OwnTable]] | None = st.session_state.get(_TABLES)
    if kept is None or kept[0] != upload.file_id:
        with TemporaryDirectory(prefix="mingshu-") as folder:
            path = Path(folder) / Path(upload.name).name
            path.write_bytes(upload.getvalue())
            kept = (upload.file_id, own_tables(path, catalogue_now()))
        st.session_state[_TABLES] = kept
    return kept[1]
