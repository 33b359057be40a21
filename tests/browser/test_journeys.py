"""The main journeys in a real browser: read a figure, follow it to its cell, share what one sees."""

import re
from itertools import pairwise
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, OpenAddress, await_drawn, english_on, go_to
from tests.lib.dashboard.drawn import await_true

pytestmark = pytest.mark.browser

PAINTED = {"/": ".sortable", "/trace": ".js-plotly-plot"}  # the slowest on each page
PATHS = tuple(PAINTED)
RULES = {"resultTypes": ["violations"]}


def test_from_a_headline_figure_to_its_cell(visit: OpenAddress) -> None:
    page = visit("/?span=2010Q1..2010Q4")
    card = page.locator("[data-code=union_members]")
    expect(card.locator(".value")).to_have_text("38,124人")
    card.get_by_role("button", name="38,124").click()
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("369格相加得38,124人，与读数一致")
    faults = Axe().run(page, context="[role=dialog]", options=RULES).response["violations"]
    assert [fault["id"] for fault in faults if fault["impact"] in ("serious", "critical")] == []
    panel.get_by_role("link", name="看全部369格").click()
    page.wait_for_url("**/trace?**")
    await_drawn(page)
    expect(page.locator("h1.finding")).to_have_text("2010年末，示例县总工会的工会会员人数为38,124人")
    expect(page.locator(".sum").first).to_contain_text("369格相加得38,124人，与读数一致")
    expect(page.locator(".sheet td.here")).to_have_text(re.compile(r"\d+"))


def test_w36_on_a_phone_the_sheet_is_scrolled_to_the_cell(visit: OpenAddress) -> None:
    page = visit("/trace?figure=union_members&unit=T01&span=2010Q1..2010Q4", PHONE)
    await_true(page, "() => document.querySelector('.sheet').scrollLeft > 0")
    box = page.locator(".sheet td.here").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0]
    assert page.locator(".stMain").evaluate("main => main.scrollTop") == 0, "the page itself stays"


def test_a_figure_in_a_table_leads_to_its_cells(visit: OpenAddress) -> None:
    page = visit("/?unit=T01&span=2009Q2..2010Q1")
    page.evaluate("window.kept = true")
    figure = page.locator(".domains td a").first
    name = figure.inner_text()
    figure.click()
    page.wait_for_url("**/indicator?**")
    await_drawn(page)
    _go_to_cells(page, page.locator(".stMain"))
    expect(page.locator("h1.finding")).to_contain_text(f"蒋家嘴镇的{name}")
    assert "figure=" in page.url
    expect(page.locator(".about")).to_contain_text("2009年二季度至2010年一季度")
    assert page.evaluate("window.kept"), "the way led out of the session"
    page.go_back()
    page.wait_for_url("**/indicator?**")
    await_drawn(page)
    expect(page.locator("h1.finding")).to_contain_text(f"蒋家嘴镇的{name}")


def test_the_original_can_be_downloaded(visit: OpenAddress) -> None:
    page = visit("/trace")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载原件").click()
    assert waiting.value.suggested_filename.endswith((".xlsx", ".xls", ".csv"))


def test_filters_live_in_the_address(visit: OpenAddress) -> None:
    page = visit()
    _choose(page, "单位", "岩嘴乡")
    _choose(page, "期间", "三年（2008—2010年）")
    finding = page.locator("h1.finding").inner_text()
    _go_to_cells(page, page.locator("[data-code=union_members]"))
    assert "unit=岩嘴乡" in unquote(page.url) and "span=三年" in unquote(page.url)
    other = visit(page.url.replace("/trace", "/"))
    assert other.locator("h1.finding").inner_text() == finding
    assert other.locator(".about").inner_text().startswith("岩嘴乡")


def test_filters_are_as_they_were_on_coming_back_from_a_page_without_them(visit: OpenAddress) -> None:
    page = visit()
    _choose(page, "单位", "岩嘴乡")
    for title, path in (("报送进度", "**/submissions**"), ("总览", "**/?**")):
        go_to(page, title)
        page.wait_for_url(path)
    expect(page.locator(".about")).to_contain_text("岩嘴乡", timeout=60_000)
    assert "unit=岩嘴乡" in unquote(page.url)


def test_a_link_may_name_codes(visit: OpenAddress) -> None:
    page = visit("/trace?figure=union_members&unit=T02&span=2009Q2..2009Q3")
    expect(page.locator("h1.finding")).to_contain_text("2009年三季度末，岩嘴乡的工会会员人数为")
    assert "from=2009年二季度" in unquote(page.url)


def test_an_address_of_no_page_says_so_in_chinese(visit: OpenAddress) -> None:
    page = visit("/nothing")
    expect(page.get_by_role("dialog")).to_contain_text("没有这个页面")
    expect(page.get_by_role("dialog")).to_contain_text("现在显示的是首页")
    assert english_on(page) == []
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


@pytest.mark.parametrize("path", PATHS)
def test_no_english_on_the_screen(visit: OpenAddress, path: str) -> None:
    page = visit(path)
    expect(page.locator(PAINTED[path]).first).to_be_attached(timeout=60_000)
    assert english_on(page) == []
    page.get_by_role("combobox").first.fill("没有这样的单位")
    expect(page.get_by_text("没有找到").first).to_be_visible(timeout=60_000)
    assert english_on(page) == []


def test_a_table_is_sorted_by_the_heading_that_is_clicked_what_is_unknown_last(visit: OpenAddress) -> None:
    page = visit()
    heading = page.locator(".sortable th").filter(has_text="企业法人单位建会率")
    for way, better in (("descending", float.__ge__), ("ascending", float.__le__)):
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", way)
        shown = _column(page, heading)
        known = [float(text.rstrip("%")) for text in shown if text != "—"]
        assert all(better(*pair) for pair in pairwise(known)) and known[0] != known[-1]
        assert "—" in shown and set(shown[len(known) :]) == {"—"}
    names = page.locator(".sortable th").first
    names.get_by_role("button").click()
    assert _column(page, names)[:3] == ["白鹤塘镇", "茶园镇", "城南工业园"], "as in a dictionary"


def _go_to_cells(page: Page, place: Locator) -> None:
    """Open the panel of a figure, and follow its way to the cells."""
    place.get_by_role("button", name="怎么来的").first.click()
    page.get_by_role("dialog").get_by_role("link", name=re.compile("格")).click()
    page.wait_for_url("**/trace?**")
    await_drawn(page)


def _column(page: Page, heading: Locator) -> list[str]:
    """Return the texts of a column of the table that can be sorted, as it stands."""
    at = heading.evaluate("heading => heading.cellIndex")
    return page.locator(f".sortable tbody td:nth-child({at + 1})").all_inner_texts()


def _choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).fill(option)
    page.get_by_role("option", name=option).first.click()
    page.wait_for_url(lambda url: option.split("（")[0] in unquote(url))
    await_drawn(page)
