"""Own totals beside what is below them: what counts, who decided, and the way to decide or to take it back."""

from collections.abc import Sequence
from html import escape
from itertools import islice

import streamlit as st

from access.accounts.roles import Action
from base.formats import say_exact
from base.periods import say_span
from etl.journal.kept_totals import KEEP_WORDS, Keep, KeptTotal, kept_totals
from etl.privacy.typed_words import LONGEST
from pages.returns.receipt_history import say_time
from pages.shared.background import begin
from pages.shared.paging import page_of
from pages.view import cached
from pages.view.foreign_text import Markdown, as_written
from pages.view.person import acts, has_reason, may
from stats.totals.own_choices import OwnChoice
from store.builds import store_path

_PAGE = 10
_FIRST = 20  # rows of those that are decided, behind those that are open


def say_open_totals(choices: Sequence[OwnChoice]) -> str:
    """Return how many are waiting for a decision, and what counts until then."""
    waiting = sum(choice.open for choice in choices)
    aside = f"{waiting:,}处还没有选定，暂用总数" if waiting else "都已选定，或者两数相同"
    return f"同一期的数要么用单位报的总数，要么用下级汇总，不能两头都算；{aside}"


def draw_own_totals(build: str, choices: Sequence[OwnChoice]) -> None:
    """Draw a row for each, those waiting for a decision first, expandable."""
    kept = kept_totals(store_path())
    ordered = sorted(choices, key=lambda choice: not choice.open)
    shown = page_of(list(islice(ordered, sum(choice.open for choice in choices) + _FIRST)), "处", "totals", _PAGE)
    with st.container(gap="xsmall", key="own-totals"):
        for choice in shown:
            key = f"{choice.unit}-{choice.item}-{choice.last}"
            row = st.expander(_label(choice), key=f"total-{key}-{choice.keep}", on_change="rerun")
            if row.open:
                with row:
                    _draw(build, choice, kept.get((choice.unit, choice.item, choice.last)), key)


def _label(choice: OwnChoice) -> Markdown:
    state = ":orange[**△ 待选定**]" if choice.open else ":gray[✓ 已定]"
    return Markdown(f"{state}　{as_written(choice.about)}")


def _draw(build: str, choice: OwnChoice, kept: KeptTotal | None, key: str) -> None:
    measure = cached.catalogue(build).measures[choice.measure].name
    lines = [
        f"单位报的总数：<b>{escape(say_exact(choice.value, measure))}</b>",
        f"下级汇总：<b>{escape(say_exact(choice.below, measure))}</b>（{_say_below(choice)}）",
        f"{say_span(choice.span)}现在用的是{'单位报的总数' if choice.counted else '下级汇总'}",
    ]
    if kept:
        lines.append(escape(f"{say_time(kept.at)}　{KEEP_WORDS[kept.keep]}　{kept.who}　理由：{kept.reason}"))
    st.html(f'<p class="done">{"<br>".join(lines)}</p>')
    if may(Action.CONFIRM):
        with st.container(horizontal=True, key=f"about-total-{key}"):
            for keep in ("own", "below", ""):
                if keep != choice.keep:
                    _offer(choice, keep, key)


def _say_below(choice: OwnChoice) -> str:
    return f"应报{choice.expected:,}份，已报{choice.reported:,}份" if choice.expected else "下级单位报的总数"


def _offer(choice: OwnChoice, keep: Keep, key: str) -> None:
    name = KEEP_WORDS[keep]
    with st.popover(as_written(name)):
        reason = st.text_area("为什么", key=f"total-why-{keep}-{key}", height=68, max_chars=LONGEST)
        if st.button(as_written(name), type="primary", key=f"total-{keep}-{key}") and has_reason(reason):
            doing = acts()
            begin(
                f"正在{name}",
                lambda _: doing.keep_total(choice.unit, choice.item, choice.span, keep, reason.strip()),
            )
