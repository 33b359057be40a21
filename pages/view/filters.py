"""The filter bar: organisation, span, comparison and kind. All of it is in the address.

So a link shows what its sender saw. The selection is kept from page to page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from base.errors import UserError
from base.month_spans import HALF_YEAR, QUARTER
from base.periods import Span, parse_span, say_quarter, say_span
from etl.privacy.numbers import hide
from pages.view import cached
from pages.view.choices import ends_after, name_ends, name_span, names_of_against, offer_against, offer_spans
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import as_written
from stats.figures.elements.figure_model import Selection
from stats.organisations import EXAMPLE, Organisation
from stats.totals import data_like, months_filed

ALL_KINDS = ""
_WHAT_AGAINST = "通常是发生数比上年同期，期末数比上期末；也可以另选一期，长短和所选期间一样"
_FREE = "自选起止"
_VIEW = "view"
_ENDS = ("from", "to")
_LAST = "filters-last"


@dataclass(kw_only=True, frozen=True)
class View:
    """The current selection: the build, the organisation, the span, and the quarters with data.

    `against` is the span the change is measured from, None for the usual one; `kind` is a kind of organisation on
    pages that support it, "" for all.
    """

    build: str
    unit: Organisation
    span: Span
    data: Span
    county: Organisation
    against: Span | None = None
    kind: str = ALL_KINDS

    @property
    def selection(self) -> Selection:
        """Return the selection for figures."""
        return Selection(self.unit.code, self.span, self.against, self.kind)

    @property
    def example(self) -> bool:
        """Return whether the county is the sample county."""
        return self.county.name.startswith(EXAMPLE)

    @property
    def known_until(self) -> int:
        """Return the last quarter with data; of a span of months the last month that anyone sent."""
        return data_like(cached.warehouse(self.build), self.span).last

    @property
    def so_far(self) -> Span:
        """Return all periods with data up to the end of the span, of the length that the span has."""
        return Span(self.data.like(self.span).first, self.span.last)

    def holds(self, unit: str, area: str) -> bool:
        """Return whether an organisation, given with its area, is part of the selection."""
        return self.unit == self.county or self.unit.code in (unit, area)


def draw_filter_bar(kinds: bool = False) -> None:
    """Draw the bar and keep the selection for the page; the kind is offered on pages that support it.

    Raises UserError when there is nothing to choose from.
    """
    recall("unit", "span", *_ENDS, "against", *(["kind"] if kinds else []))
    build = cached.current()
    data, organisations = cached.data_span(build), cached.organisations(build)
    county = next((organisation for organisation in organisations if organisation.level == "county"), None)
    if county is None:
        raise UserError("单位名册里还没有县总工会。请先上报单位名册。")
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        unit = _choose_unit(build)
        span = _choose_span(build, data)
        against = _choose_against(span, data)
        kind = _choose_kind() if kinds else ALL_KINDS
    st.session_state[_VIEW] = View(
        build=build,
        unit=cached.units_by_code(build)[unit],
        span=span,
        data=data,
        county=county,
        against=against,
        kind=kind,
    )
    remember("unit", "span", *_ENDS, "against", *(["kind"] if kinds else []))


def chosen() -> View:
    """Return the bar's selection in this run."""
    view: View = st.session_state[_VIEW]
    return view


def last_selection() -> dict[str, str]:
    """Return the selection as the bar last wrote it into the address; nothing before the first page with a bar."""
    last: dict[str, str] = st.session_state.get(_LAST, {})
    return {key: last[key] for key in ("unit", "span", *_ENDS, "against", "kind") if key in last}


def recall(*keys: str) -> None:
    """Put the last selection into the address, when the user returns from a page without the bar."""
    last: dict[str, str] = st.session_state.get(_LAST, {})
    back = {key: last[key] for key in keys if key in last and key not in st.query_params}
    back = {key: words for key, words in back.items() if key not in st.session_state}
    if back:
        _put_in_address(back)


def remember(*keys: str) -> None:
    """Remember the choices of this page, including a beginning and end that are still being chosen."""
    drawn = [key for key in keys if key in st.session_state]
    others = {key: words for key, words in st.session_state.get(_LAST, {}).items() if key not in keys}
    st.session_state[_LAST] = others | {key: st.query_params[key] for key in drawn if key in st.query_params}


def spans_offered(build: str) -> list[Span]:
    """Return the spans that the bar offers, the default first."""
    known = cached.catalogue(build)
    return offer_spans(
        cached.data_span(build),
        cached.present(build),
        halves=any(form.months == HALF_YEAR for form in known.forms.values()),
        months=months_filed(cached.warehouse(build)),
        statistical=known.reporting.statistical_year,
    )


def words_of_span(span: Span, build: str) -> dict[str, str]:
    """Return the text by which the bar writes a span into the address."""
    if span in spans_offered(build):
        return {"span": name_span(span)}
    return {"span": _FREE, "from": say_quarter(span.first), "to": say_quarter(span.last)}


def accept_code(key: str, names: Mapping[str, str], what: str) -> None:
    """Accept a choice in a link by code as well as by its words on screen; show a notice when it is neither."""
    given = st.query_params.get(key)
    if given is None or key in st.session_state or given in names.values():
        return
    if given in names:
        _put_in_address({key: names[given]})
    else:
        st.warning(f"链接里的“{as_written(hide(given))}”不在{as_written(what)}里，没有采用。")


def _put_in_address(words: Mapping[str, str]) -> None:
    """Write choices into the address in the words on screen and rerun, so that the bar reads them from there."""
    st.query_params.update(words)
    st.rerun()


def _choose(label: str, key: str, names: Mapping[str, str], help: str | None = None, index: int = 0) -> str:
    return st.selectbox(
        as_written(label),
        list(names),
        index=index,
        format_func=lambda code: names[code],
        key=key,
        bind="query-params",
        help=as_written(help) if help else None,
    )


def _choose_unit(build: str) -> str:
    names = cached.unit_names(build)
    accept_code("unit", names, "单位名册")
    offered = cached.units_offered(build, _area_looked_at(build, names))
    fewer = "" if len(offered) == len(names) else "；要看一家基层工会，先选它所在的乡镇、园区或系统"
    return _choose("单位", "unit", offered, f"可输入名称查找：全县、乡镇、园区、系统或任何一家基层工会{fewer}")


def _area_looked_at(build: str, names: Mapping[str, str]) -> str:
    """Return the area of the organisation in the address or the last choice; "" for neither."""
    code = st.session_state.get("unit")
    if code is None:
        words = st.query_params.get("unit")
        code = next((code for code, name in names.items() if name == words), "") if words else ""
    organisation = cached.units_by_code(build).get(code)
    return organisation.parent if organisation and organisation.level == "union" else code


def _choose_span(build: str, data: Span) -> Span:
    spans = {str(span): name_span(span) for span in spans_offered(build)} | {_FREE: _FREE}
    _accept_span(spans, build)
    picked = _choose("期间", "span", spans)
    if picked != _FREE:
        return parse_span(picked)
    return _choose_ends(name_ends(data, months_filed(cached.warehouse(build))))


def _choose_ends(names: Mapping[str, str]) -> Span:
    first = _choose("起", "from", names)
    later = ends_after(first, names)
    last = _choose("止", "to", later, index=len(later) - 1)
    return parse_span(f"{first}..{last}")


def _choose_against(span: Span, data: Span) -> Span | None:
    """Return the span to compare with: None for the usual comparison."""
    offered = offer_against(span, data)
    names = {code: name for code, (name, _) in offered.items()}
    _accept_against(span, names, {str(other): name for other, name in names_of_against(span, data).items()})
    return offered[_choose("与哪一期比", "against", names, _WHAT_AGAINST)][1]


def _accept_against(span: Span, names: Mapping[str, str], by_span: Mapping[str, str]) -> None:
    """Accept the span to compare with in a link by its quarters too, also where it has a name of its own."""
    given = st.query_params.get("against", "")
    span_given = _span_of(given) if "against" not in st.session_state else None
    code = str(span_given) if span_given else given
    if code in by_span:
        _put_in_address({"against": by_span[code]})
    accept_code("against", names, f"可以和{say_span(span)}相比的期间")


def _choose_kind() -> str:
    names = {ALL_KINDS: "全部"} | {kind.code: kind.name for kind in catalogue_now().kinds.values()}
    accept_code("kind", names, "单位类别")
    return _choose("类别", "kind", names, "只看这一类单位：按类别分的数和单位名单会变，全部单位合计的数不变")


def _accept_span(names: Mapping[str, str], build: str) -> None:
    """Accept a span in a link by code, such as 2008Q1..2010Q4, even one that is not offered."""
    given = _span_of(st.query_params.get("span", ""))
    whole = given is None or given.each == QUARTER or months_filed(cached.warehouse(build)) is not None
    if "span" in st.session_state or given is None or not whole:
        return accept_code("span", names, "可选的期间")
    _put_in_address(words_of_span(given, build))


def _span_of(given: str) -> Span | None:
    """Return the span that a link names by its quarters; None where it names none."""
    try:
        return parse_span(given)
    except UserError:
        return None
