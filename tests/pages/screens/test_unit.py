"""单位: one organisation's figures beside its peers', its returns, its rows in the ledgers."""

import re
import shutil
from pathlib import Path
from statistics import median

from base.formats import say_value
from base.periods import parse_span
from etl.intake import withdraw
from etl.journal import read_entries
from stats.catalogue import Catalogue
from stats.organisations import organisations, peers_of
from stats.readings import read, read_units
from stats.warehouse import Warehouse
from tests.pages.conftest import OpenPage, words

PAGE = "unit.py"
YEAR = parse_span("2010Q1..2010Q4")
UNION, AREA = "T01011", "T01"


def test_the_finding_names_value_peers_and_place(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    found = {one.code: one for one in organisations(county)}
    private = [one.code for one in found.values() if one.parent == AREA and one.category == found[UNION].category]
    members = {one.unit: one.value for one in read_units(county, catalogue, private, YEAR, ["union_members"])}
    place = 1 + sum((value or 0) > (members[UNION] or 0) for value in members.values())
    page = words(open_page(store, PAGE, unit=UNION, span="2010Q1..2010Q4"))
    assert f"在蒋家嘴镇的私营工会（{len(members)}家）里排第{place}" in page
    assert f"{members[UNION]:,.0f}人" in page


def test_medians_and_places_are_those_of_the_peers_readings(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    found = organisations(county)
    peers = peers_of(next(one for one in found if one.code == AREA), found, YEAR.last, "")
    assert peers is not None and peers.name == "各乡镇" and len(peers.codes) == 16
    page = words(open_page(store, PAGE, unit=AREA, span="2010Q1..2010Q4"))
    for code in ("union_members", "worker_membership_rate", "collective_contracts"):
        indicator = catalogue.indicators[code]
        readings = read_units(county, catalogue, peers.codes, YEAR, [code])
        usual = median(one.value for one in readings if one.value is not None)
        own = next(one.value for one in readings if one.unit == AREA)
        place = 1 + sum((one.value or 0) > (own or 0) for one in readings)
        row = re.search(rf">{indicator.name}</a>.*?</tr>", page)
        halves = indicator.decimals if indicator.is_rate or usual == int(usual) else 1
        assert row and f"<td>{say_value(usual, catalogue.unit_of(indicator), halves)}</td>" in row[0]
        assert f"第{place}/{len(readings)}</td>" in row[0]


def test_what_was_reported_stands_under_the_forms_headings(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store, PAGE, unit=UNION, span="2010Q1..2010Q4"))
    block = page.split("基层工会组织情况表<small>2010年四季度</small>")[1].split("</section>")[0]
    assert re.search(r"<dt>工会干部</dt><dd><span>专职</span><b>\d+人</b></dd><dd><span>兼职</span>", block)


def test_a_return_not_in_the_figures_is_marked(open_page: OpenPage, store: Path, tmp_path: Path) -> None:
    mine = tmp_path / "store"
    shutil.copytree(store, mine)
    entry = next(one for one in read_entries(mine) if "蒋家嘴镇2011年二季度报表" in one.name)
    withdraw(mine, entry.seq, "报错了", "办公室")
    rows = _filed(words(open_page(mine, PAGE, unit="T01001")))
    assert "✕ 未报" in rows[0] and "2011年二季度" in rows[0]
    assert "✓ 已收下" in rows[1] and "未报" not in rows[1]


def test_the_contracts_in_force_are_those_the_figure_counts(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    counted = read(county, catalogue, AREA, YEAR, ["contracts_in_force"])[0].value
    form = catalogue.items["contracts_in_force"].form
    app = open_page(store, PAGE, unit=AREA, span="2010Q1..2010Q4")
    labels = [found.label for found in app.expander]
    assert f"{catalogue.forms[form].name}　期末有效 {counted:,.0f} 条" in labels


def test_no_name_of_a_person_is_a_column(catalogue: Catalogue) -> None:
    shown = [column.name for form in catalogue.forms.values() for column in form.columns]
    assert [name for name in shown if re.search(r"姓名|身份证|手机|住址|银行", name)] == []


def test_the_county_has_its_page_without_peers(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE)
    assert not app.error and not app.exception
    assert "同类中位数" not in words(app)
    assert "人（已报347/375份）</h1>" in words(open_page(store, PAGE, span="2011Q1..2011Q2"))


def _filed(page: str) -> list[str]:
    table = page.split('class="scroll filed"')[1].split("</table>")[0]
    return table.split("<tr>")[2:]


def test_the_page_begins_with_rank_peers_and_what_brings_level(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, unit=AREA, span="2010Q1..2010Q4")
    table = words(app).split('class="plain level"')[1].split("</table>")[0]
    assert "全县2012年目标" in table and "不变）" in table and "比中位数" in table and "多少不分好坏，不排名" in table
    (peers,) = [found for found in app.expander if "同类" in found.label]
    assert "共16个" in peers.label
