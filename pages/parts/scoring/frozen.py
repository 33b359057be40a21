"""Frozen scores beside today's: freezing, and every line that was corrected since."""

from datetime import date
from functools import partial
from html import escape

import streamlit as st

from access.accounts.roles import Action
from access.acts import Acts
from base import china_days
from base.formats import MISSING, say_points
from etl.journal.frozen_scores import Frozen
from pages.parts.scoring.choice import Scoring
from pages.returns.receipt_history import say_time
from pages.shared.background import Tell, begin
from pages.view.person import acts, may
from stats.scoring import Score
from stats.scoring.score_record import KeptScore, changes_since, read_record
from stats.scoring.score_words import VOID
from store.builds import kept_build, store_path

_HEAD = "<tr><th>单位</th><th>冻结时名次</th><th>冻结时得分</th><th>现在名次</th><th>现在得分</th><th>更正</th></tr>"
_CHANGES = "<tr><th>单位</th><th class=words>项目</th><th class=words>哪一栏</th><th>冻结时</th><th>现在</th></tr>"


def draw_frozen(scoring: Scoring) -> None:
    """Draw the form to freeze scores; then the frozen scores, beside those of today."""
    if may(Action.SCORE):
        _offer(scoring)
    if not scoring.frozen:
        st.caption("还没有冻结过。冻结以后，这里并排列出冻结时的分和现在的分。")
        return
    names = {frozen.id: _say(frozen) for frozen in scoring.frozen}
    picked = st.selectbox("看哪一次冻结", list(names), format_func=names.__getitem__, key="frozen", width=420)
    frozen = next(frozen for frozen in scoring.frozen if frozen.id == picked)
    if kept_build(store_path(), frozen.build) is None:
        st.caption(
            f"冻结时的数据（第{frozen.build:d}版）已不再保存，下面是冻结时记下的分；要再看那时的数据，请按同一天重新冻结。"
        )
    _draw_beside(scoring, read_record(frozen.scores))
    return None


def _offer(scoring: Scoring) -> None:
    today = china_days.today()
    with st.container(horizontal=True, vertical_alignment="bottom", key="freeze"):
        day = st.date_input("截止日期", value=today, max_value=today, format="YYYY-MM-DD", key="cutoff", width=200)
        pressed = st.button("冻结得分", icon=":material/lock:", key="freeze-now")
    if pressed:
        begin("正在冻结得分", partial(_freeze, acts(), scoring.scheme.code, day))


def _freeze(doing: Acts, scheme: str, cutoff: date, _: Tell) -> None:
    doing.freeze(scheme, cutoff)


def _say(frozen: Frozen) -> str:
    day, at = frozen.cutoff, say_time(frozen.at)
    return f"截至{day.year}年{day.month}月{day.day}日（{frozen.who}于{at}冻结，数据第{frozen.build}版）"


def _draw_beside(scoring: Scoring, scores: dict[str, KeptScore]) -> None:
    now = {score.unit: score for score in scoring.scores}
    by_unit = {unit: changes_since(earlier, now[unit]) for unit, earlier in scores.items() if unit in now}
    changed = {unit: changes for unit, changes in by_unit.items() if changes}
    rows = "".join(_row(earlier, now.get(unit), len(by_unit.get(unit, ()))) for unit, earlier in scores.items())
    count = sum(len({change.item for change in changes}) for changes in changed.values())
    text = f"冻结后更正：{len(changed)}家的{count}项" if changed else "冻结以后没有更正"
    st.html(f'<p class="sum"><b>{text}</b></p>')
    if changed:
        lines = "".join(
            f'<tr><td>{escape(scores[unit].name)}</td><td class="words">{escape(change.name)}</td>'
            f'<td class="words">{escape(change.what)}</td><td>{escape(change.was)}</td>'
            f'<td class="strong">{escape(change.now)}</td></tr>'
            for unit, changes in changed.items()
            for change in changes
        )
        st.html(f'<div class="scroll" tabindex="0"><table class="plain"><thead>{_CHANGES}</thead>{lines}</table></div>')
    with st.expander("各单位冻结时和现在的分"):
        st.html(f'<div class="scroll" tabindex="0"><table class="plain"><thead>{_HEAD}</thead>{rows}</table></div>')


def _row(earlier: KeptScore, now: Score | None, changes: int) -> str:
    today = (now.place or MISSING, VOID if now.void else say_points(now.points)) if now else (MISSING, "不再考核")
    before = (earlier.place or MISSING, VOID if earlier.void else say_points(earlier.points))
    cells = "".join(f"<td>{escape(str(text))}</td>" for text in (*before, *today, "△ 有更正" if changes else "没有"))
    return f"<tr><td>{escape(earlier.name)}</td>{cells}</tr>"
