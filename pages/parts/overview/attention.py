"""What needs attention, as sentences with links: missing returns, targets not reached, incomplete figures."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from base.periods import format_quarter, say_quarter
from pages.shared.fold import say_rest
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.links import address, indicator_address
from stats.attainment.attainment_words import say_behind_targets, say_others
from stats.readings import Reading
from stats.readings.coverage_words import say_overdue, say_uncovered
from stats.readings.sentences import say_implausible

_AT_FIRST = 2  # of a kind on a phone, as look.css says
Notice = tuple[str, str]  # a sentence and the address it leads to, "" for none


def draw_attention(view: View, readings: Sequence[Reading]) -> None:
    overdue = [
        missing for missing in cached.missing(view.build, view.data.last) if view.holds(missing.unit, missing.area)
    ]
    quarter = view.data.last
    wanting = f"submissions?quarter={format_quarter(quarter)}"
    late = [(sentence, wanting) for sentence in say_overdue(overdue, quarter)]
    behind, doubtful = _behind(view), _doubtful(readings)
    rest = sum(max(len(notices) - _AT_FIRST, 0) for notices in (late, behind, doubtful))
    st.html(
        '<div class="folded"><div class="notes">'
        + _block("报送", late, f"{say_quarter(quarter)}的报表已经报齐。")
        + _block("目标", behind, "没有定目标。")
        + _block("报齐情况", doubtful, "各项指标都按应报单位报齐。")
        + f"</div>{say_rest(rest, '条')}</div>"
    )


def _behind(view: View) -> list[Notice]:
    """Return the targets that are behind, each with a link to its indicator, and a summary of the others."""
    attainments = cached.attainments(view.build, view.unit.code, view.span.last)
    behind = [
        (text, indicator_address(attainment.reading))
        for attainment, text in say_behind_targets(attainments, catalogue_now())
    ]
    others = say_others(attainments, "其余" if behind else "")
    return [*behind, *([(others, address("goals"))] if others else [])]


def _doubtful(readings: Sequence[Reading]) -> list[Notice]:
    indicators = catalogue_now().indicators
    beyond = [
        (text, indicator_address(reading)) for reading in readings for text in say_implausible([reading], indicators)
    ]
    return beyond + [(text, "") for text in say_uncovered(readings)]


def _block(title: str, notices: Sequence[Notice], otherwise: str) -> str:
    items = "".join(f"<li>{_item(*item)}</li>" for item in notices or [(otherwise, "")])
    return f"<section><h3>{escape(title)}</h3><ul>{items}</ul></section>"


def _item(sentence: str, leads_to: str) -> str:
    words = escape(sentence)
    return f'<a href="{escape(leads_to)}" target="_self">{words}</a>' if leads_to else words
