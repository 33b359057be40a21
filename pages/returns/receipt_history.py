"""All receipts: when, the state, who decided; each expandable for its findings, downloads and decisions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from access.accounts.owning_area import senders
from access.accounts.roles import Action
from access.acts import Acts
from etl.intake import ACCEPTED, HELD, RETURNED, WITHDRAWN, questions, to_confirm
from etl.journal import BLANKED, FORGOTTEN, INTENTS, Entry
from etl.privacy.typed_words import LONGEST
from etl.replies.answer import previous_findings
from pages.returns.answer_files import offer_receipt_slips
from pages.returns.choices_asked import all_chosen, draw_choices, given
from pages.returns.column_questions import Answers, draw_questions
from pages.shared.background import begin
from pages.shared.finding_list import draw_findings
from pages.shared.paging import page_of
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import Markdown, as_written
from pages.view.notices import show_empty
from pages.view.person import acts, has_reason, may
from pages.view.states import RECEIVED
from store.builds import store_path

_PAGE = 20
_STEPS = {FORGOTTEN: "删除原件", BLANKED: "原件里的个人信息已隐去"}


@dataclass(kw_only=True, frozen=True)
class Decision:
    """A decision that is possible on receipts in certain states."""

    name: str
    question: str
    states: tuple[str, ...]
    action: Action
    run: Callable[[Acts, int, str], object]
    icon: str
    warning: str = ""


_DECISIONS = (
    Decision(
        name="确认",
        question="为什么是对的",
        states=(HELD,),
        action=Action.CONFIRM,
        run=Acts.confirm,
        icon=":material/check:",
    ),
    Decision(
        name="撤回",
        question="为什么撤回",
        states=(ACCEPTED, HELD),
        action=Action.WITHDRAW,
        run=Acts.withdraw,
        icon=":material/undo:",
    ),
    Decision(
        name="删除原件",
        question="为什么删除",
        states=(RETURNED, WITHDRAWN),
        action=Action.FORGET,
        run=Acts.forget,
        icon=":material/delete:",
        warning="用于含有个人信息的文件。原件删除后不能恢复，记录里只留文件名和理由。",
    ),
)


def draw_history(entries: Sequence[Entry]) -> None:
    """Draw the receipts that match the search, newest first."""
    words = st.text_input("查找文件", placeholder="输入文件名、经办人或理由中的字词，用空格隔开", key="sought")
    matching = [entry for entry in reversed(entries) if _holds(entry, words.split())]
    if not matching:
        return show_empty(f"{len(entries):,}份里没有含“{words}”的。")
    draw_receipts(page_of(matching, "份", "history", _PAGE), entries)


def draw_receipts(shown: Sequence[Entry], entries: Sequence[Entry]) -> None:
    """Draw a row for each of some of the receipts, expandable."""
    with st.container(gap="xsmall", key="history"):
        for entry in shown:
            row = st.expander(_label(entry), key=f"receipt-{entry.seq}-{entry.what}", on_change="rerun")
            if row.open:
                with row:
                    _draw_receipt(entry, entries)


def _holds(entry: Entry, words: Sequence[str]) -> bool:
    text = f"{entry.name} {entry.who} {entry.received_by} {entry.reason} {RECEIVED[entry.what].words} {entry.seq}"
    return all(word in text for word in words)


def _label(entry: Entry) -> Markdown:
    state = RECEIVED[entry.what]
    text = "　".join(filter(None, (say_time(entry.at), f"第{entry.seq}号", entry.who or entry.received_by)))
    name, aside = as_written(entry.name), as_written(text)
    return Markdown(f":{state.colour}[**{state.sign} {state.name}**]　{name}　:gray[{aside}]")


def say_time(at: str) -> str:
    """Return a time of the journal in the user's time zone."""
    try:
        zone = ZoneInfo(st.context.timezone) if st.context.timezone else None
    except (ZoneInfoNotFoundError, ValueError):
        zone = None
    local = datetime.fromisoformat(at).astimezone(zone)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def _draw_receipt(entry: Entry, entries: Sequence[Entry]) -> None:
    st.html(f'<p class="done">{"<br>".join(map(escape, _say_steps(entry)))}</p>')
    draw_findings(entry.findings)
    open_questions = (
        questions(entry, catalogue_now())
        if entry.what in (HELD, RETURNED) and not (entry.forgotten or entry.blanked)
        else []
    )
    if open_questions and may(Action.MATCH):
        draw_questions(str(entry.seq), open_questions, lambda answers: _begin_matching(entry, answers))
    with st.container(horizontal=True, key=f"about-{entry.seq}"):
        offer_receipt_slips(entry, previous_findings(entries, entry, senders(store_path())))
        for decision in _DECISIONS:
            if entry.what in decision.states and may(decision.action) and not _done(decision, entry):
                _offer(decision, entry)


def _done(decision: Decision, entry: Entry) -> bool:
    return decision.action is Action.FORGET and entry.forgotten is not None


def _say_steps(entry: Entry) -> Iterator[str]:
    """Yield a line for the receipt and for each decision on it: when, what, which build, who, why."""
    yield "　".join(filter(None, (say_time(entry.at), "收到", entry.received_by)))
    for step in entry.steps:
        if step.what not in INTENTS:
            text = _STEPS.get(step.what) or RECEIVED[step.what].name
            build = f"数据第{step.build}版" if step.build and step.what in (ACCEPTED, WITHDRAWN) else ""
            reason = f"理由：{step.reason}" if step.reason and step.what != BLANKED else ""
            yield "　".join(filter(None, (say_time(step.at), text, build, step.who, reason)))


def _begin_matching(entry: Entry, answers: Answers) -> None:
    doing = acts()
    begin("正在按认定的栏重新核对", lambda _: doing.match(entry.seq, answers))


def _offer(decision: Decision, entry: Entry) -> None:
    with st.popover(as_written(decision.name), icon=decision.icon):
        if decision.warning:
            st.caption(as_written(decision.warning))
        reason = st.text_area(
            as_written(decision.question), key=f"{decision.name}-why-{entry.seq}", height=68, max_chars=LONGEST
        )
        choices = draw_choices(to_confirm(entry.findings), str(entry.seq)) if decision.action is Action.CONFIRM else []
        pressed = st.button(as_written(decision.name), type="primary", key=f"{decision.name}-{entry.seq}")
        if pressed and has_reason(reason) and all_chosen(choices):
            doing = acts()
            begin(f"正在{decision.name}", lambda _: _decide(decision, doing, entry, reason.strip(), given(choices)))


def _decide(decision: Decision, doing: Acts, entry: Entry, reason: str, choices: Sequence[str]) -> None:
    if choices:
        doing.confirm(entry.seq, reason, choices=choices)
    else:
        decision.run(doing, entry.seq, reason)
