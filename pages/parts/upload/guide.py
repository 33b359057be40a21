"""The introduction on 上报 before any file was dropped: the possible verdicts, and how to begin."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from pages.shared.heading import draw_part
from pages.view.foreign_text import as_written
from pages.view.notices import show_empty
from pages.view.person import person
from pages.view.states import STATES, FileState
from stats.catalogue import load_catalogue
from stats.catalogue.models import Form
from store.builds import current_build, store_path

_MEANINGS = {
    FileState.ACCEPTED: "没有问题。先看收下后会改动哪些数，再收下。",
    FileState.HELD: "有拿不准的地方，例如比上季度大了十倍。问清楚，写明理由后收下；填错了就请对方更正。",
    FileState.ASKED: "有的栏名还不认得。点开选定它是报表的哪一栏，认定一次，同样的表式不再问。",
    FileState.RETURNED: "有必须改的地方。下载退回单发给对方：原表上标好了要改的格和改法。也可以照电话单逐条念。",
    FileState.UNCHANGED: "这份文件以前收过，内容一个字也没变，不用再报。",
}


def draw_guide() -> None:
    if current_build(store_path()) is None:
        show_empty("还没有数据。请先报单位名册，再报各单位的报表；两样也可以一起拖进来。")
    if person().own_area is not None:
        st.caption(as_written(say_spoken(load_catalogue().forms.values())))
    draw_part("核对之后，每份报表有五种结果", "文件只在核对时用到，不点“收下”或“记下”就什么也不留")
    st.html(f'<ul class="guide">{"".join(map(_item, _MEANINGS))}</ul>')


def say_spoken(forms: Iterable[Form]) -> str:
    """Return which forms a clerk may send, which columns in them and which other forms are the county's."""
    own = [form for form in forms if "clerk" in form.speaks]
    text = f"您可以报{'、'.join(f'《{form.name}》' for form in own)}；其余的表由县总工会填报。"
    for form in own:
        if kept := form.kept_from("clerk"):
            text += f"《{form.name}》的{'、'.join(column.label for column in kept)}由县总工会填，请留空。"
    return text


def _item(verdict: FileState) -> str:
    state = STATES[verdict]
    return f'<li class="{state.colour}"><b>{state.sign} {escape(state.name)}</b>{_MEANINGS[verdict]}</li>'
