"""A target for an indicator: filed as a return of the county's, like a target's split."""

from datetime import date
from functools import partial

import streamlit as st

from access.acts import Acts
from base.formats import PERCENT
from base.periods import year_of
from etl.forms.breakdown_form import write_breakdown
from etl.intake import ACCEPTED, Outcome
from pages.shared.background import Tell, begin
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import as_written
from pages.view.notices import plain_errors
from pages.view.person import acts, person
from stats.judging.targets import Target
from stats.totals import county_of

_OPEN, _OUTCOMES = "target-open", "target-outcomes"
_WAYS = {">=": "不低于", "<=": "不高于", "=": "等于"}


def open_target(code: str) -> None:
    """Open the dialog for a target of an indicator."""
    st.session_state[_OPEN] = code


def draw_target_dialog() -> None:
    """Draw the dialog, where a target is being set; say what came of the last one."""
    for outcome in st.session_state.pop(_OUTCOMES, []):
        st.info(as_written(_say(outcome)))
    if code := st.session_state.get(_OPEN):
        st.dialog("定目标", on_dismiss=_close)(_draw_plainly)(code)


def _draw_plainly(code: str) -> None:
    with plain_errors():
        _draw(code)


def _draw(code: str) -> None:
    indicator = catalogue_now().indicators.get(code)
    if indicator is None:
        st.html("<p>这个指标还没有发布，发布以后再定目标。</p>")
        return
    measure = catalogue_now().unit_of(indicator)
    st.html("<p>全县的目标在这里定，再分到乡镇、园区、系统的在“目标完成”里分解。</p>")
    year = st.number_input("年度", value=year_of(cached.data_span(cached.current()).last), step=1, key="target-year")
    way = st.selectbox("要求", list(_WAYS), format_func=_WAYS.__getitem__, key="target-way")
    value = st.number_input(
        as_written(f"{indicator.name}（{measure}）"), value=None, key="target-value", placeholder="目标数"
    )
    document = st.text_input("依据的文件", key="target-document", max_chars=60)
    if st.button("定下目标", type="primary", key="set-target"):
        if value is None or not document.strip():
            st.warning("请填目标数和依据的文件。", icon=":material/edit:")
            return
        size = 100 if measure == PERCENT else 1
        goal = _goal(code, int(year), way, value / size, indicator.owner)
        outcomes: list[Outcome] = []
        _close()
        st.session_state[_OUTCOMES] = outcomes
        begin("定目标", partial(_file, acts(), goal, document, person().shown, outcomes))


def _goal(code: str, year: int, way: str, value: float, owner: str) -> Target:
    unit = county_of(cached.warehouse(cached.current()))
    due = date(year, 12, 31).isoformat()
    return Target(
        indicator=code, unit=unit, year=year, comparator=way, value=value, high=None, document="", owner=owner,
        due=due, state="", remark="",
    )  # fmt: skip


def _file(doing: Acts, goal: Target, document: str, name: str, outcomes: list[Outcome], tell: Tell) -> None:
    warehouse, catalogue = cached.warehouse(cached.current()), catalogue_now()
    write = partial(
        write_breakdown,
        warehouse=warehouse,
        catalogue=catalogue,
        goal=goal,
        parts={goal.unit: goal.value or 0.0},
        document=document,
        who=name,
    )
    outcomes.append(doing.file_breakdown(write))
    tell(outcomes[-1].name, 1)


def _say(outcome: Outcome) -> str:
    findings = "".join(f"\n{finding.sentence()}" for finding in outcome.findings)
    return f"“{outcome.name}”（编号 {outcome.seq}）：{'已收下' if outcome.what == ACCEPTED else '没有收下'}{findings}"


def _close() -> None:
    st.session_state.pop(_OPEN, None)
