"""The script st.App runs for every page: who may see which, the frame around them, the filters they share."""

import streamlit as st

from pages.shared.chinese import speak_chinese
from pages.shared.filters import draw_filter_bar
from pages.shared.look import dress
from pages.shared.notices import plain_errors

OVERVIEW = st.Page("overview.py", title="总览", default=True)
TRACE = st.Page("trace.py", title="溯源", url_path="trace")

page = st.navigation([OVERVIEW, TRACE], position="top")
st.set_page_config(page_title=f"{page.title} · 明数", layout="wide")
dress()
speak_chinese()
with plain_errors():
    draw_filter_bar()
    page.run()
