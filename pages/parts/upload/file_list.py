"""The files in the upload list, one row each, expandable for findings, changes and the decision."""

from collections.abc import Sequence
from html import escape
from typing import Literal

import streamlit as st

from access.accounts.roles import Action
from etl.model.finding import Finding, count_cells
from etl.model.rules import UNKNOWN_FORM
from etl.recognise.form_columns import UNKNOWN_COLUMN
from etl.replies.answer_progress import compare
from pages.parts.upload.dropped_files import Reason, Reasons, clear, matching, taking_in, undoing
from pages.parts.upload.voice import voice
from pages.returns.answer_files import offer_answer
from pages.returns.changes import draw_changes
from pages.returns.choices_asked import all_chosen, draw_choices
from pages.returns.column_questions import Answers, by_path, draw_questions
from pages.returns.dropped_file import DroppedFile
from pages.shared.background import begin
from pages.shared.finding_list import draw_findings, say_finding
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import Markdown, as_written
from pages.view.links import MOVE_IN_PAGE
from pages.view.person import has_reason, is_sender, may
from pages.view.states import SENDER_STATES, STATES, FileState
from pages.view.unit_names import say_reporters, unit_names
from store.builds import current_build, store_path

_ORDER = list(STATES)
_TO_CONFIRM = (FileState.HELD, FileState.DECIDED_HELD)
_KEEPS_OUT = ("return", "confirm")  # severities of findings, the graver first
_LONGEST = 48  # characters of a reason on a row
_OPEN = (*_TO_CONFIRM, FileState.ASKED, FileState.RETURNED, FileState.DECIDED_RETURNED)


def draw_files(files: Sequence[DroppedFile]) -> None:
    """Draw one row per file, first those that need a decision."""
    with st.container(gap="xsmall", key="files"):
        for file in sorted(files, key=lambda file: (_ORDER.index(file.state), file.name)):
            key = f"row-{file.sha}-{file.state}"
            row = st.expander(_label(file), key=key, expanded=len(files) == 1, on_change="rerun")
            if row.open:
                with row:
                    _draw_detail(file)


def _label(file: DroppedFile) -> Markdown:
    state = (SENDER_STATES if is_sender() else STATES)[file.state]
    build = f"，数据更新为第{file.build}版" if file.state == FileState.DECIDED_ACCEPTED and file.build else ""
    waits = file.waits_for_columns and _asks(file)
    words = f"{state.name}：请认定 {len(by_path(file.asked))} 栏" if waits else _say_reason(file) or state.words
    return Markdown(f":{state.colour}[**{state.sign} {as_written(words + build)}**]　{as_written(file.name)}")


def _say_reason(file: DroppedFile) -> str:
    """Return the state with the first thing that keeps a file out and how many there are; "" where nothing does."""
    reasons = [finding for finding in file.merged_findings if finding.severity in _KEEPS_OUT]
    if file.state not in (FileState.RETURNED, FileState.HELD) or not reasons:
        return ""
    first = say_finding(min(reasons, key=lambda finding: _KEEPS_OUT.index(finding.severity)))
    short = first if len(first) <= _LONGEST else f"{first:.{_LONGEST}}…"
    places = count_cells(finding for finding in file.findings if finding.severity in _KEEPS_OUT)
    more = f"，共{places:,}处" if len(reasons) > 1 else ""
    return f"{voice().states[file.state].name}：{short}{more}；{_say_who_acts(file)}"


def _say_who_acts(file: DroppedFile) -> str:
    """Return what is to be done, and by whom: the sender's organisation, unless the sender is looking at it."""
    word = "改好再报" if file.state == FileState.RETURNED else "核实"
    abouts = [filed.about for filed in file.returns] or [finding.about for finding in file.findings if finding.about]
    who = "" if is_sender() else say_reporters(about.split("|")[1] for about in abouts) or "填报单位"
    return f"请{who}{word}"


def _asks(file: DroppedFile) -> bool:
    """Return whether there are unknown headers and an answer could change the verdict."""
    return bool(file.asked) and file.state in _OPEN and may(Action.MATCH)


def _draw_detail(file: DroppedFile) -> None:
    if _say_reason(file):
        st.caption(as_written(f"{voice().states[file.state].todo}。"))
    if contents := _say_contents(file):
        st.caption(as_written(contents))
    if file.before and file.verdict != FileState.UNCHANGED:
        st.html(f'<p class="sum">{escape(compare(file.before, file.findings).sentence())}</p>')
    if _asks(file):
        draw_questions(file.sha, file.asked, lambda answers: _begin_matching(file, answers))
    draw_findings([finding for finding in file.findings if finding.rule != UNKNOWN_COLUMN or not _asks(file)])
    _lead_to_own_forms(file)
    if file.preview and file.state in (FileState.ACCEPTED, FileState.HELD):
        draw_changes(file.preview)
    _draw_decision(file)


def _lead_to_own_forms(file: DroppedFile) -> None:
    """Lead whoever may declare forms to where one is made from this very table, where none is known."""
    unknown = any(finding.rule == UNKNOWN_FORM for finding in file.findings)
    if unknown and may(Action.MANAGE) and current_build(store_path()):
        st.page_link(MOVE_IN_PAGE, label="县里自己的表：照它立一张报表 ›")


def _begin_matching(file: DroppedFile, answers: Answers) -> None:
    begin("正在按认定的栏重新核对", matching(file, answers))


def _say_contents(file: DroppedFile) -> str:
    """Return what was recognised in the file: forms, reporters, quarters."""
    names = unit_names()
    forms: dict[tuple[str, str], list[str]] = {}
    for filed in file.returns:
        who_reports = names.get(filed.reporter, filed.reporter)
        when = catalogue_now().forms[filed.form].say(filed.period) if filed.period else "报告期不清楚"
        forms.setdefault((who_reports, when), []).append(f"《{filed.form_name}》")
    texts = [f"{reporter}　{when}　{''.join(dict.fromkeys(named))}" for (reporter, when), named in forms.items()]
    return "；".join(texts) if texts else "没有认出里面是哪张报表。" if file.verdict == FileState.RETURNED else ""


def _draw_decision(file: DroppedFile) -> None:
    confirms = file.state in _TO_CONFIRM and not _asks(file) and may(Action.CONFIRM)
    reasons = _ask_reasons(file) if confirms else ()
    with st.container(horizontal=True, key=f"decide-{file.sha}"):
        offer_answer(file)
        if file.state == FileState.ACCEPTED:
            _offer_taking_in(file, voice().take_in, ())
        elif reasons:
            _offer_taking_in(file, "收下（附理由）", reasons)
        elif file.state in (FileState.ASKED, FileState.RETURNED, FileState.HELD):
            _offer_taking_in(file, voice().hold if file.verdict == FileState.HELD else voice().send_back, ())
        elif file.state == FileState.DECIDED_ACCEPTED and may(Action.WITHDRAW):
            _offer_undoing(file)
        if file.decided is None and st.button(
            as_written(voice().leave), key=f"drop-{file.sha}", help="从本页拿掉，什么也不留"
        ):
            clear([file])
            st.rerun()


def _ask_reasons(file: DroppedFile) -> Reasons:
    """Draw the fields for the reasons, one for all questions or one each; return the texts."""
    questions = file.questions
    key = f"{file.sha}-{file.state}"
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


def _offer_taking_in(file: DroppedFile, label: str, reasons: Reasons) -> None:
    given_reasons = " ".join(reason for reason, *_ in reasons if reason.strip()) if _all_given(reasons) else ""
    primary = file.verdict != FileState.RETURNED and file.state != FileState.ASKED
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    if st.button(as_written(label), type=kind, key=f"take-{file.sha}") and (
        not reasons or (has_reason(given_reasons) and _all_chosen(reasons))
    ):
        begin(voice().under_way, taking_in([file], reasons))


def _all_given(reasons: Reasons) -> bool:
    return all(reason.strip() for reason, *_ in reasons)


def _all_chosen(reasons: Reasons) -> bool:
    return all_chosen([choice for *_, choices in reasons for choice in choices])


def _offer_undoing(file: DroppedFile) -> None:
    with st.popover("撤回", icon=":material/undo:"):
        reason = st.text_input("为什么撤回", placeholder="例如：报错了季度", key=f"why-{file.sha}")
        if st.button("撤回这份", type="primary", key=f"undo-{file.sha}") and has_reason(reason):
            begin("正在撤回", undoing(file, reason.strip()))
