"""下发模板 before anything was taken in: the register's blank form, and those that the county reports itself."""

import streamlit as st

from base.china_days import today
from base.periods import format_quarter, parse_quarter, quarter_of, say_quarter
from etl.collection.first_forms import first_forms
from pages.parts.templates.blanks import choose_period, offer_form
from pages.shared.heading import draw_finding, draw_part
from pages.view.declared_now import catalogue_now
from pages.view.filters import accept_code
from pages.view.links import UPLOAD_PAGE
from pages.view.notices import show_empty
from pages.view.person import forms_filled, is_sender
from stats.catalogue.models import FormRole

_BACK, _AHEAD = 8, 1  # quarters offered before and after today's


def draw_first_forms() -> None:
    """Draw what can be handed out without a register, and say that all else comes once there is one."""
    if is_sender():
        draw_finding("还没有数据")
        show_empty("县总工会报了单位名册，这里才有您要填的空表。请先问县总工会。")
        return
    register = catalogue_now().form_of(FormRole.UNITS)
    draw_finding(f"还没有数据，请先填{register.name}", "写明县总工会、乡镇、园区、系统和基层工会，填好到“上报”报来。")
    quarter = _choose_quarter()
    draw_part(register.name, "一行一个单位")
    offer_form("register", register, quarter)
    st.page_link(UPLOAD_PAGE, label="去上报", icon=":material/upload_file:")
    draw_part("县总工会自己填的表", f"收下{register.name}以后才能报来，表里可以先填")
    _draw_county_forms(quarter)
    later = len(forms_filled()) - len(first_forms(catalogue_now()))
    show_empty(f"其余 {later} 张表一行一个单位，单位取自{register.name}。收下{register.name}以后，再到这里下载。")


def _choose_quarter() -> int:
    now = quarter_of(today())
    names = {format_quarter(quarter): say_quarter(quarter) for quarter in range(now + _AHEAD, now - _BACK, -1)}
    accept_code("blank", names, "可选的季度")
    return parse_quarter(
        st.selectbox("季度", list(names), index=_AHEAD, format_func=names.__getitem__, key="blank", bind="query-params")
    )


def _draw_county_forms(quarter: int) -> None:
    forms = {form.code: form for form in first_forms(catalogue_now()) if form.role != FormRole.UNITS}
    offered = {code: form for code, form in forms.items() if form.ending_in(quarter)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="one-form"):
        code = st.selectbox("哪张表", list(offered), format_func=lambda code: offered[code].name, key="form")
        period = choose_period(offered[code], quarter)
    offer_form("county", offered[code], period)
