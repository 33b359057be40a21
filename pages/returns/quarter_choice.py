"""The selected quarter and area of the reporting status; both are in the address."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from base.errors import UserError
from base.periods import format_quarter, parse_quarter, say_quarter
from etl.collection.status import Status
from pages.view import cached
from pages.view.filters import accept_code
from pages.view.person import person
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
    organisations = {organisation.code: organisation for organisation in cached.organisations(build)}
    county = next((organisation for organisation in organisations.values() if organisation.level == "county"), None)
    if county is None:
        return None
    areas = _areas_seen(organisations.values(), county)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        quarter = choose_quarter(build)
        accept_code("area", areas, "乡镇、园区、系统")
        area = st.selectbox("范围", list(areas), format_func=areas.__getitem__, key="area", bind="query-params")
    status = cached.status(build, last_step(store_path()), quarter)
    if not area:
        return Collecting(build=build, county=county, area=None, name=county.name, status=status)
    return Collecting(build=build, county=county, area=area, name=areas[area], status=status.of_area(area))


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
