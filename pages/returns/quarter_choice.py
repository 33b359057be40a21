"""The selected quarter and area of the reporting status; both are in the address."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from base.errors import UserError
from base.periods import format_quarter, parse_quarter, say_quarter
from etl.collection.status import Status
from pages.view import cached
from pages.view.filters import accept_code
from pages.view.person import forms_filled, is_sender, person
from pages.view.receipts import last_step
from stats.organisations import Organisation
from store.builds import current_build, store_path

_ALL = "全县"
_ABOVE = ("county", "town", "park", "system")


@dataclass(frozen=True)
class Collecting:
    """The reporting status of a quarter: of the whole county, or of one area (its code, None for all)."""

    build: str
    county: Organisation
    area: str | None
    name: str
    status: Status


def choose_collecting() -> Collecting | None:
    """Draw the choice of quarter and area; return the status, or None when nothing was ever accepted."""
    if current_build(store_path()) is None:
        return None
    build = cached.current()
    county = _county(build)
    if county is None:
        return None
    areas = _areas_seen(cached.organisations(build), county)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        quarter = choose_quarter(build)
        accept_code("area", areas, "乡镇、园区、系统")
        area = st.selectbox("范围", list(areas), format_func=areas.__getitem__, key="area", bind="query-params")
    if area:
        return _of_area(build, county, area, quarter)
    status = cached.status(build, last_step(store_path()), quarter)
    return Collecting(build=build, county=county, area=None, name=county.name, status=status)


def own_collecting() -> Collecting | None:
    """Return what a clerk's own area owes now: for the last quarter with data or, once that is in, the next.

    None for who reports for no area, and before anything was accepted.
    """
    if not is_sender() or current_build(store_path()) is None:
        return None
    build = cached.current()
    county = _county(build)
    if county is None:
        return None
    (area,) = _areas_seen(cached.organisations(build), county)
    last = cached.data_span(build).last
    collecting = _of_area(build, county, area, last)
    return collecting if collecting.status.missing else _of_area(build, county, area, last + 1)


def _of_area(build: str, county: Organisation, area: str, quarter: int) -> Collecting:
    """Return the status of one area, for a clerk of those forms alone that are a clerk's to report."""
    name = cached.units_by_code(build)[area].name
    status = cached.status(build, last_step(store_path()), quarter).of_area(area)
    if is_sender():
        status = status.of_forms({form.code for form in forms_filled()})
    return Collecting(build=build, county=county, area=area, name=name, status=status)


def _county(build: str) -> Organisation | None:
    return next((unit for unit in cached.organisations(build) if unit.level == "county"), None)


def _areas_seen(organisations: Iterable[Organisation], county: Organisation) -> dict[str, str]:
    """Return the areas to choose from: all, or the only one that the signed-in person may see."""
    areas = {
        organisation.code: organisation.name
        for organisation in organisations
        if organisation.level in _ABOVE and organisation != county
    }
    own_area = person().own_area
    if own_area is None:
        return {"": _ALL} | areas
    if own_area not in areas:
        raise UserError("您的账号所属的乡镇、园区或系统不在单位名册里。请管理员核对账号。")
    return {own_area: areas[own_area]}


def choose_quarter(build: str, ahead: int = 0, key: str = "quarter") -> int:
    """Draw the choice of a quarter: those with data and the next; initially the last with data, or one `ahead`."""
    data = cached.data_span(build)
    quarters = [format_quarter(quarter) for quarter in range(data.last + 1, data.first - 1, -1)]
    names = {code: say_quarter(parse_quarter(code)) for code in quarters}
    accept_code(key, names, "可选的季度")
    picked = st.selectbox(
        "季度", quarters, index=1 - ahead, format_func=names.__getitem__, key=key, bind="query-params"
    )
    return parse_quarter(picked)
