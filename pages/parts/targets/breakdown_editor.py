"""目标分解: splitting a target among the organisations below, by a rule or by hand, and filing it as a return."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Final, Literal

import pandas as pd
import streamlit as st

from access.accounts.roles import Action
from access.acts import Acts
from base.formats import PERCENT, round_half_up, say_value
from etl.forms.breakdown_form import write_breakdown
from etl.intake import ACCEPTED, Outcome
from pages.shared.background import Tell, begin, watch
from pages.view import cached
from pages.view.choices import units_below
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.notices import show_empty
from pages.view.person import acts, may, person
from stats.attainment.breakdown import COUNT_METHODS, RATE_METHODS, Method, Share, break_down, together
from stats.catalogue.models import Indicator
from stats.judging.targets import Target

_BY_HAND: Final = "hand"
_OUTCOME = "breakdown-told"
_NAME, _NOW, _LAST, _GOAL = "单位", "现在", "上年完成", "目标"


def draw_breakdown(view: View) -> None:
    """Draw the targets that can be split, the parts, and their combined value; file them on request."""
    watch()
    _tell(st.session_state.pop(_OUTCOME, []))
    goals = {
        attainment.goal.indicator: attainment
        for attainment in cached.attainments(view.build, view.unit.code, view.span.last)
    }
    numeric = {
        code: attainment
        for code, attainment in goals.items()
        if attainment.goal.value and attainment.goal.comparator != "range"
    }
    if not numeric or not units_below(cached.organisations(view.build), view.unit.code, view.data.last):
        return show_empty("没有可以分解的目标：先选全县或有下属单位的乡镇，并且它的目标要有数量。")
    code = st.selectbox("分解哪一项", list(numeric), format_func=lambda name: numeric[name].reading.name, key="part")
    goal, indicator = numeric[code].goal, catalogue_now().indicators[code]
    shares = cached.shares(view.build, code, view.unit.code, view.data.last)
    offered = RATE_METHODS if indicator.is_rate else COUNT_METHODS
    ways: list[Method | Literal["hand"]] = [*offered, _BY_HAND]
    method = st.segmented_control(
        "怎么分",
        ways,
        default=ways[0],
        format_func=lambda way: "自己定" if way == _BY_HAND else offered[way],
        key=f"how-{code}",
        required=True,
    )
    values = [None] * len(shares) if method == _BY_HAND else break_down(goal.value or 0.0, shares, method)
    edited = _edit(indicator, shares, [_printed(value, indicator) for value in values], method)
    _say_together(numeric[code].reading.measure, indicator, goal, edited, shares)
    if may(Action.UPLOAD, [None]):
        _offer_filing(view, goal, {s.code: v for s, v in zip(shares, edited, strict=True) if v is not None})


def _edit(
    indicator: Indicator, shares: Sequence[Share], values: Sequence[float | None], method: str
) -> list[float | None]:
    """Draw the parts as a table in which the last column may be changed; return that column in stored units."""
    size = 100 if indicator.is_rate and catalogue_now().unit_of(indicator) == PERCENT else 1
    measure = catalogue_now().unit_of(indicator)
    heading = f"{_GOAL}（{as_written(measure)}）"
    columns = {
        _NAME: [share.name for share in shares],
        _NOW: [say_value(share.now, measure, indicator.decimals) for share in shares],
        _LAST: [say_value(share.last_year, measure, indicator.decimals) for share in shares],
        _GOAL: [None if value is None else value * size for value in values],
    }
    shown = st.data_editor(
        pd.DataFrame(columns),
        hide_index=True,
        disabled=[_NAME, _NOW, _LAST],
        key=f"parts-{indicator.code}-{method}",
        placeholder="—",
        column_config={_GOAL: st.column_config.NumberColumn(heading, min_value=0, step=10.0**-indicator.decimals)},
    )
    return [None if pd.isna(value) else float(value) / size for value in shown[_GOAL]]


def _printed(value: float | None, indicator: Indicator) -> float | None:
    """Return a part rounded as printed, so that the filed number is the one that was shown."""
    size = 100 if indicator.is_rate else 1
    return None if value is None else float(round_half_up(value * size, indicator.decimals)) / size


def _say_together(
    measure: str, indicator: Indicator, goal: Target, values: Sequence[float | None], shares: Sequence[Share]
) -> None:
    reached = together(values, shares, indicator.is_rate)
    if reached is None:
        st.html('<p class="sum">还没有定数。</p>')
        return
    text = f"按这样分解，合起来是{say_value(reached, measure, indicator.decimals)}"
    aim = say_value(goal.value, measure, indicator.decimals)
    enough = reached >= (goal.value or 0.0) - 1e-9 if goal.comparator != "<=" else reached <= (goal.value or 0.0) + 1e-9
    state, sign = ("met", "✓ 够") if enough else ("behind", "△ 不够")
    st.html(f'<p class="sum">{escape(text)}，<b class="{state}">{sign}{escape(f"目标{aim}")}</b></p>')


def _offer_filing(view: View, goal: Target, parts: dict[str, float]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="decide-parts"):
        document = st.text_input("文件依据", value=f"{goal.year}年工作目标分解方案", max_chars=60, key="part-document")
        if st.button("收下分解", type="primary", key="file-parts", disabled=not parts):
            outcomes: list[Outcome] = []
            st.session_state[_OUTCOME] = outcomes
            begin("收下分解", partial(_file, view, goal, parts, document, person().shown, acts(), outcomes))


def _file(
    view: View,
    goal: Target,
    parts: dict[str, float],
    document: str,
    name: str,
    doing: Acts,
    outcomes: list[Outcome],
    report: Tell,
) -> None:
    """File the parts; `outcomes` receives the outcome, for the next run of the page."""
    warehouse, catalogue = cached.warehouse(view.build), catalogue_now()
    write = partial(
        write_breakdown,
        warehouse=warehouse,
        catalogue=catalogue,
        goal=goal,
        parts=parts,
        document=document,
        who=name,
    )
    outcomes.append(doing.file_breakdown(write))
    report(outcomes[-1].name, 1)


def _tell(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        name, number = as_written(outcome.name), f"（编号 {outcome.seq:d}）"
        if outcome.what == ACCEPTED:
            st.success(f"已收下“{name}”{number}，目标已更新。", icon=":material/check:")
        else:
            st.warning(f"“{name}”{number}还没有收下，原因如下；要核实的请到“报送进度”里写明理由。")
        for finding in outcome.findings:
            st.warning(as_written(finding.sentence()))
