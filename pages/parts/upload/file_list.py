"""The files in the upload list, one row each, expandable for findings, changes and the decision."""

from collections.abc import Sequence
from html import escape
from typing import Literal

import streamlit as st

from access.accounts.roles import Action
from base.periods import say_quarter
from etl.model.finding import Finding
from etl.recognise.form_columns import UNKNOWN_COLUMN
from etl.replies.compare import compare
from pages.parts.upload.dropped_files import Reason, Reasons, clear, matching, taking_in, undoing
from pages.returns.answer_files import offer_parcel_slips
from pages.returns.changes import draw_changes
from pages.returns.choices_asked import all_chosen, draw_choices
from pages.returns.column_questions import Answers, by_path, draw_questions
from pages.returns.dropped_file import DroppedFile
from pages.shared.background import begin
from pages.shared.finding_list import draw_findings, say_finding
from pages.view.foreign_text import Markdown, as_written
from pages.view.person import has_reason, may
from pages.view.states import STATES, FileState
from pages.view.unit_names import unit_names

_ORDER = list(STATES)
_TO_CONFIRM = (FileState.HELD, FileState.DECIDED_HELD)
_OPEN = (*_TO_CONFIRM, FileState.ASKED, FileState.RETURNED, FileState.DECIDED_RETURNED)


def draw_parcels(parcels: Sequence[DroppedFile]) -> None:
    """Draw one row per file, first those that need a decision."""
    with st.container(gap="xsmall", key="parcels"):
        for parcel in sorted(parcels, key=lambda parcel: (_ORDER.index(parcel.state), parcel.name)):
            key = f"row-{parcel.sha}-{parcel.state}"
            row = st.expander(_label(parcel), key=key, expanded=len(parcels) == 1, on_change="rerun")
            if row.open:
                with row:
                    _draw_detail(parcel)


def _label(parcel: DroppedFile) -> Markdown:
    state = STATES[parcel.state]
    build = f"，数据更新为第{parcel.build}版" if parcel.state == FileState.DECIDED_ACCEPTED and parcel.build else ""
    waits = parcel.waits_for_columns and _asks(parcel)
    words = f"{state.name}：请认定 {len(by_path(parcel.asked))} 栏" if waits else state.words
    return Markdown(f":{state.colour}[**{state.sign} {as_written(words + build)}**]　{as_written(parcel.name)}")


def _asks(parcel: DroppedFile) -> bool:
    """Return whether there are unknown headers and an answer could change the verdict."""
    return bool(parcel.asked) and parcel.state in _OPEN and may(Action.MATCH)


def _draw_detail(parcel: DroppedFile) -> None:
    if contents := _say_contents(parcel):
        st.caption(as_written(contents))
    if parcel.before and parcel.verdict != FileState.UNCHANGED:
        st.html(f'<p class="sum">{escape(compare(parcel.before, parcel.findings).sentence())}</p>')
    if _asks(parcel):
        draw_questions(parcel.sha, parcel.asked, lambda answers: _begin_matching(parcel, answers))
    draw_findings([finding for finding in parcel.told if finding.rule != UNKNOWN_COLUMN or not _asks(parcel)])
    if parcel.preview and parcel.state in (FileState.ACCEPTED, FileState.HELD):
        draw_changes(parcel.preview)
    _draw_decision(parcel)


def _begin_matching(parcel: DroppedFile, answers: Answers) -> None:
    begin("正在按认定的栏重新核对", matching(parcel, answers))


def _say_contents(parcel: DroppedFile) -> str:
    """Return what was recognised in the file: forms, reporters, quarters."""
    names = unit_names()
    forms: dict[tuple[str, int], list[str]] = {}
    for found in parcel.returns:
        who_reports = names.get(found.reporter, found.reporter)
        forms.setdefault((who_reports, found.period), []).append(f"《{found.form_name}》")
    said = [
        f"{reporter}　{say_quarter(period) if period else '报告期不清楚'}　{''.join(dict.fromkeys(named))}"
        for (reporter, period), named in forms.items()
    ]
    return "；".join(said) if said else "没有认出里面是哪张报表。" if parcel.verdict == FileState.RETURNED else ""


def _draw_decision(parcel: DroppedFile) -> None:
    confirms = parcel.state in _TO_CONFIRM and not _asks(parcel) and may(Action.CONFIRM)
    reasons = _ask_reasons(parcel) if confirms else ()
    with st.container(horizontal=True, key=f"decide-{parcel.sha}"):
        offer_parcel_slips(parcel)
        if parcel.state == FileState.ACCEPTED:
            _offer_taking_in(parcel, "收下", ())
        elif reasons:
            _offer_taking_in(parcel, "收下（附理由）", reasons)
        elif parcel.state in (FileState.ASKED, FileState.RETURNED, FileState.HELD):
            _offer_taking_in(parcel, "记为待核实" if parcel.verdict == FileState.HELD else "记下退回", ())
        elif parcel.state == FileState.DECIDED_ACCEPTED and may(Action.WITHDRAW):
            _offer_undoing(parcel)
        if parcel.decided is None and st.button("不收", key=f"drop-{parcel.sha}", help="从本页拿掉，什么也不留"):
            clear([parcel])
            st.rerun()


def _ask_reasons(parcel: DroppedFile) -> Reasons:
    """Draw the fields for the reasons, one for all questions or one each; return the texts."""
    questions = parcel.questions
    key = f"{parcel.sha}-{parcel.state}"
    each = len(questions) > 1 and st.toggle("逐条说明", key=f"each-{key}")
    if not each:
        reason = st.text_area(
            "理由", placeholder="对方怎么答复的，例如：新建的二期工厂并入，已电话核实", key=f"reason-{key}", height=68
        )
        return ((reason, (), draw_choices(questions, key)),)
    return tuple(_ask_reason(number, question, key) for number, question in enumerate(questions, start=1))


def _ask_reason(number: int, question: Finding, key: str) -> Reason:
    reason = st.text_input(f"{number:d}. {as_written(say_finding(question))}", key=f"reason-{key}-{number}")
    return reason, (number,), draw_choices([question], f"{key}-{number}")


def _offer_taking_in(parcel: DroppedFile, label: str, reasons: Reasons) -> None:
    asked = " ".join(reason for reason, *_ in reasons if reason.strip()) if _all_given(reasons) else ""
    primary = parcel.verdict != FileState.RETURNED and parcel.state != FileState.ASKED
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    if st.button(as_written(label), type=kind, key=f"take-{parcel.sha}") and (
        not reasons or (has_reason(asked) and _all_chosen(reasons))
    ):
        begin("正在记入", taking_in([parcel], reasons))


def _all_given(reasons: Reasons) -> bool:
    return all(reason.strip() for reason, *_ in reasons)


def _all_chosen(reasons: Reasons) -> bool:
    return all_chosen([choice for *_, choices in reasons for choice in choices])


def _offer_undoing(parcel: DroppedFile) -> None:
    with st.popover("撤回", icon=":material/undo:"):
        reason = st.text_input("为什么撤回", placeholder="例如：报错了季度", key=f"why-{parcel.sha}")
        if st.button("撤回这份", type="primary", key=f"undo-{parcel.sha}") and has_reason(reason):
            begin("正在撤回", undoing(parcel, reason.strip()))
