"""The published versions: who, when, why, what changed; back to one of them, or out as a file, or in from one."""

from functools import partial
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from base.errors import UserError
from pages.returns.receipt_history import say_time
from pages.shared.downloads import offer_file
from pages.shared.heading import draw_part
from pages.shared.paging import page_of
from pages.view.foreign_text import Markdown, as_written
from pages.view.notices import show_error
from pages.view.person import acts
from serving.streamlit_internals import UploadedFile
from stats.catalogue_declared import declared_in, to_zip
from stats.exports.style.file_names import file_name
from store.builds import store_path
from store.catalogue_versions import CatalogueVersion, newest, versions

_ZIP = "application/zip"
_GENERATION, _WRONG = "catalogue-imports", "catalogue-wrong"
_SIZE = 10


def draw_history() -> None:
    """Draw every published version, the newest first, and the way back to the program's own catalogue."""
    published = versions(store_path())[::-1]
    draw_part("各版", "退回到以前的一版也是一版；退回先放进修改，试算过再发布")
    if not published:
        st.html("<p>还没有发布过，用的是程序自带的目录。</p>")
        return
    for version in page_of(published, "版", "catalogue-versions", _SIZE):
        _draw_version(version)
    st.button("退回到程序自带的目录", key="back-0", on_click=partial(_take_back, 0))


def draw_exchange() -> None:
    """Draw the export of what is declared here, and the import of what was exported elsewhere."""
    draw_part("导出和导入", "一个压缩包，别的县、别的机器可以导入；导入先放进修改，试算过再发布")
    store = store_path()
    number = newest(store)
    name = file_name(f"指标目录第{number}版", "zip")
    offer_file("导出本地目录", name, _ZIP, lambda: to_zip(declared_in(store, number)), key="catalogue")
    generation = int(st.session_state.get(_GENERATION, 0))
    dropped = st.file_uploader("导入目录", type="zip", key=f"catalogue-import-{generation}")
    if wrong := st.session_state.pop(_WRONG, ""):
        st.warning(as_written(wrong), icon=":material/info:")
    if dropped:
        st.session_state[_GENERATION] = generation + 1  # the field is empty again: what was in it is in the draft
        _import(dropped)
        st.rerun()


def _draw_version(version: CatalogueVersion) -> None:
    with st.expander(_label(version), key=f"version-{version.number}", on_change="rerun") as row:
        if row.open:
            st.html(f"<p>{'<br>'.join(map(escape, version.changes))}</p>")
            with st.container(horizontal=True, key=f"version-ways-{version.number}"):
                back = partial(_take_back, version.number)
                st.button("退回到这一版", key=f"back-{version.number}", on_click=back)
                name = file_name(f"指标目录第{version.number}版", "zip")
                make = partial(_zip_of, version.number)
                offer_file("导出这一版", name, _ZIP, make, "tertiary", key=f"version-{version.number}")


def _label(version: CatalogueVersion) -> Markdown:
    aside = f":gray[{as_written(version.who)}　{as_written(say_time(version.at))}]"
    return Markdown(f"**第{version.number:d}版**　{as_written(version.why)}　{aside}")


def _zip_of(number: int) -> bytes:
    return to_zip(declared_in(store_path(), number))


def _take_back(number: int) -> None:
    try:
        acts().take_back(number)
    except UserError as error:
        show_error(error)


def _import(dropped: UploadedFile) -> None:
    with TemporaryDirectory(prefix="mingshu-") as folder:
        path = Path(folder) / "目录.zip"
        path.write_bytes(dropped.getvalue())
        try:
            acts().import_catalogue(path)
        except UserError as error:
            st.session_state[_WRONG] = str(error)
