"""The introduction on 上报 before any file was dropped: the possible verdicts, and how to begin."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from access.accounts.roles import Action
from pages.parts.upload.voice import voice
from pages.returns.own_duties import say_duty, say_owed
from pages.returns.quarter_choice import own_collecting
from pages.shared.heading import draw_part
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import as_written
from pages.view.links import TEMPLATES_PAGE
from pages.view.notices import show_empty
from pages.view.person import is_sender, may
from pages.view.states import FileState
from stats.catalogue.models import Form
from store.builds import current_build, store_path


def draw_guide() -> None:
    if current_build(store_path()) is None:
        show_empty(
            "还没有数据。请先报单位名册，再报各单位的报表；两样也可以一起拖进来。有现成花名册的，管理员可以在“建库”里用它建名册。"
        )
        if may(Action.PREPARE):
            st.page_link(TEMPLATES_PAGE, label="下载单位名册的空表", icon=":material/description:")
    if owed := own_collecting():
        st.html(f'<p class="sum">{escape(say_duty(owed))}。{escape(say_owed(owed))}</p>')
    if is_sender():
        st.caption(as_written(say_spoken(catalogue_now().forms.values())))
    draw_part("核对之后，每份报表有五种结果", voice().nothing_kept)
    st.html(f'<ul class="guide">{"".join(map(_item, voice().meanings))}</ul>')


def say_spoken(forms: Iterable[Form]) -> str:
    """Return which forms a clerk may send, which columns in them and which other forms are the county's."""
    own = [form for form in forms if "clerk" in form.speaks]
    text = f"您可以报{'、'.join(f'《{form.name}》' for form in own)}；其余的表由县总工会填报。"
    for form in own:
        if kept := form.kept_from("clerk"):
            text += f"《{form.name}》的{'、'.join(column.label for column in kept)}由县总工会填，请留空。"
    return text


def _item(verdict: FileState) -> str:
    state, meaning = voice().states[verdict], voice().meanings[verdict]
    return f'<li class="{state.colour}"><b>{state.sign} {escape(state.name)}</b>{escape(meaning)}</li>'
