"""The filter bar: whose figures, of which span. Both live in the address, so a link shows what its sender saw."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import streamlit as st

from pages.shared import cached
from pages.shared.choices import name_span, name_units, offer_spans
from stats.errors import UserError
from stats.organisations import Organisation
from stats.periods import Span, format_quarter, parse_span, say_quarter

_FREE = "自选起止"
_VIEW = "view"
_BAR = ("unit", "span", "from", "to")  # in the address
_LAST = "filters-last"


@dataclass(frozen=True)
class View:
    """What is looked at: the build, the organisation, the span, and the quarters there are data for."""

    build: str
    unit: Organisation
    span: Span
    data: Span
    county: Organisation

    def holds(self, unit: str, area: str) -> bool:
        """Return whether an organisation, known with its area, is part of what is looked at."""
        return self.unit == self.county or self.unit.code in (unit, area)


def draw_filter_bar() -> None:
    """Draw the bar and keep what is chosen for the page. Raises UserError when there is nothing to choose from."""
    _recall()
    build = cached.current()
    data, organisations = cached.data_span(build), cached.organisations(build)
    county = next((found for found in organisations if found.level == "county"), None)
    if county is None:
        raise UserError("单位名册里还没有县总工会。请先上报单位名册。")
    by_code = {found.code: found for found in organisations}
    units, offered = name_units(organisations), offer_spans(data)
    spans = {str(span): name_span(span) for span in offered} | {_FREE: _FREE}
    _accept_span(offered, spans)
    accept_code("unit", units, "单位名册")
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        unit = _choose_unit(units)
        span = _choose_span(spans, data)
    st.session_state[_VIEW] = View(build, by_code[unit], span, data, county)
    st.session_state[_LAST] = {key: st.query_params[key] for key in _BAR if key in st.query_params}


def _recall() -> None:
    """Put what was chosen last into the address, when the reader comes back from a page without the bar."""
    last: dict[str, str] = st.session_state.get(_LAST, {})
    if last and not any(key in st.query_params or key in st.session_state for key in _BAR):
        _put_in_address(last)


def chosen() -> View:
    """Return what the bar was set to in this run."""
    view: View = st.session_state[_VIEW]
    return view


def accept_code(key: str, names: Mapping[str, str], what: str) -> None:
    """Let a link name its choice by code as well as by the words on screen; say so when it is neither."""
    given = st.query_params.get(key)
    if given is None or key in st.session_state or given in names.values():
        return
    if given in names:
        _put_in_address({key: names[given]})
    else:
        st.warning(f"链接里的“{given}”不在{what}里，没有采用。")


def _put_in_address(words: Mapping[str, str]) -> None:
    """Write choices into the address in the words on screen and start over, so that the bar takes them from there."""
    st.query_params.update(words)
    st.rerun()


def _choose_unit(names: Mapping[str, str]) -> str:
    return st.selectbox(
        "单位",
        list(names),
        format_func=lambda code: names[code],
        key="unit",
        bind="query-params",
        help="可输入名称查找：全县、乡镇、园区、系统或任何一家基层工会",
    )


def _choose_span(names: Mapping[str, str], data: Span) -> Span:
    picked = st.selectbox("期间", list(names), format_func=lambda code: names[code], key="span", bind="query-params")
    return _choose_ends(data) if picked == _FREE else parse_span(picked)


def _choose_ends(data: Span) -> Span:
    quarters = [format_quarter(quarter) for quarter in range(data.first, data.last + 1)]
    first = _choose_quarter("起", quarters, "from", 0)
    later = quarters[quarters.index(first) :]
    return parse_span(f"{first}..{_choose_quarter('止', later, 'to', len(later) - 1)}")


def _choose_quarter(label: str, quarters: list[str], key: str, index: int) -> str:
    return st.selectbox(
        label,
        quarters,
        format_func=lambda code: say_quarter(parse_span(code).first),
        key=key,
        index=index,
        bind="query-params",
    )


def _accept_span(offered: Collection[Span], names: Mapping[str, str]) -> None:
    """Let a link name the span by code, such as 2008Q1..2010Q4, even one that is not on offer."""
    given = st.query_params.get("span", "")
    if "span" in st.session_state or "Q" not in given:
        return accept_code("span", names, "可选的期间")
    span = parse_span(given)
    if span in offered:
        _put_in_address({"span": name_span(span)})
    _put_in_address({"span": _FREE, "from": say_quarter(span.first), "to": say_quarter(span.last)})
