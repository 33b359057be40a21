"""The frame around every page: who may see which, the words of the frame, the filters that pages with figures share."""

import streamlit as st

from pages.shared.chinese import speak_chinese
from pages.shared.filters import draw_filter_bar
from pages.shared.look import dress
from pages.shared.notices import plain_errors


def show_page() -> None:
    """Draw the page that was asked for, within the frame."""
    overview = st.Page("overview.py", title="总览", default=True)
    trace = st.Page("trace.py", title="溯源", url_path="trace")
    upload = st.Page("upload.py", title="上报", url_path="upload")
    submissions = st.Page("submissions.py", title="报送进度", url_path="submissions")
    templates = st.Page("templates.py", title="下发模板", url_path="templates")
    page = st.navigation([overview, trace, upload, submissions, templates], position="top")
    st.set_page_config(page_title=f"{page.title} · 明数", layout="wide")
    dress()
    speak_chinese()
    with plain_errors():
        if page in (overview, trace):
            draw_filter_bar()
        page.run()
