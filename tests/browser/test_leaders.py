"""What leaders do: go on from 总览, compare, keep a page under a name, show it on the wall, print it."""

import re
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from playwright.sync_api import Page, expect

from access.accounts.saved_views import delete_view, saved_views
from tests.browser.conftest import PHONE, OpenAddress, await_drawn, english_on, widest
from tests.lib.dashboard.drawn import await_charts, await_true, follow

pytestmark = pytest.mark.browser

# On a phone; in the soak every page is loaded on one, by test_every_page.py.
PATHS = (
    "/",
    "/trace",
    "/indicator?figure=worker_membership_rate",
    "/unit?unit=T01011",
    "/show",
    "/help",
    "/show?step=14",
)


def test_no_english_and_nothing_sideways(visit: OpenAddress) -> None:
    page, wrong = visit(PATHS[-1], PHONE), dict[str, tuple[int, list[str]]]()
    for path in PATHS:
        follow(page, urljoin(page.url, path))
        await_charts(page)
        wrong[path] = (max(widest(page) - PHONE[0], 0), english_on(page))
    assert wrong == dict.fromkeys(PATHS, (0, []))
    follow(page, urljoin(page.url, PATHS[0]))
    page.get_by_test_id("stExpandSidebarButton").tap()
    menu, more = page.get_by_test_id("stSidebarNav"), page.get_by_test_id("stNavSectionHeader").first
    expect(menu.get_by_role("link")).to_have_count(6, timeout=60_000)  # the rest of the menu is folded away
    more.press("Enter")
    expect(menu.get_by_role("link", name="年度日程")).to_be_visible()


def test_a_sentence_of_the_overview_leads_to_its_indicator(visit: OpenAddress) -> None:
    page = visit()
    first = page.locator(".moves a").first
    name = re.match(r"\D+", first.inner_text())
    first.click()
    page.wait_for_url("**/indicator?**")
    await_drawn(page)
    expect(page.locator("h1.finding")).to_contain_text(name[0] if name else "?")


def test_a_card_leads_to_the_board_of_its_field(visit: OpenAddress) -> None:
    page = visit("/?unit=T01")
    page.locator("[data-code=union_members]").get_by_role("link", name="建会与覆盖").click()
    page.wait_for_url("**/organisation**")
    await_drawn(page)
    expect(page.locator(".about")).to_contain_text("蒋家嘴镇")


def test_a_name_among_the_areas_leads_to_that_area(visit: OpenAddress) -> None:
    page = visit()
    page.locator(".sortable").get_by_role("link", name="岩嘴乡").click()
    page.wait_for_url("**unit=**")
    assert unquote(page.url).split("unit=")[1].split("&")[0] == "岩嘴乡"
    expect(page.locator(".about")).to_contain_text("岩嘴乡", timeout=60_000)


def test_the_kind_and_the_comparison_are_kept_from_page_to_page(visit: OpenAddress) -> None:
    page = visit("/indicator?figure=union_members&kind=nonpublic&span=2010Q4&against=2009Q4")
    for path, title, way in (("trace", "数字来源", "看全部"), ("indicator", "指标", "工会会员人数")):
        if path == "indicator":
            page.get_by_role("textbox", name="全站查找").fill("ghhyrs")
            page.get_by_role("textbox", name="全站查找").press("Enter")
        else:
            page.locator(".stMain").get_by_role("button", name="怎么来的").click()
        page.get_by_role("link", name=way).first.click()
        page.wait_for_url(f"**/{path}**")
        expect(page).to_have_title(f"{title} · 明数", timeout=60_000)
        await_drawn(page)
    expect(page.locator(".about")).to_contain_text("只看非公有制单位", timeout=60_000)
    expect(page.locator(".about")).to_contain_text("与2009年四季度相比")
    other = visit(page.url)
    expect(other.locator(".about")).to_contain_text("只看非公有制单位", timeout=60_000)
    assert other.locator(".ranking").inner_text() == page.locator(".ranking").inner_text()


def test_the_keys_walk_through_the_screens_and_a_number_is_explained(visit: OpenAddress) -> None:
    page = visit("/show?unit=T01")
    expect(page.locator(".stAppHeader")).to_be_hidden()
    expect(page.locator(".at")).to_contain_text("1 / ", timeout=60_000)
    await_true(page, "() => Boolean(window.mingshuKeys)")
    await_drawn(page)
    for key, at in (("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("ArrowLeft", 3), ("Home", 1)):
        page.keyboard.press(key)
        expect(page.locator(".at")).to_contain_text(f"{at} / ", timeout=60_000)
        await_drawn(page)
    page.locator(".large button").first.click()  # asked in a full hall where the number comes from
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("报齐情况", timeout=60_000)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".at")).to_contain_text("1 / ")
    expect(page.locator(".stAppHeader")).to_be_hidden()
    page.keyboard.press("Escape")
    page.wait_for_url(lambda address: "/show" not in address)
    expect(page.locator(".about")).to_contain_text("蒋家嘴镇", timeout=60_000)


def test_a_page_kept_under_a_name_is_there_for_others(visit: OpenAddress, store: Path) -> None:
    page = visit("/indicator?figure=worker_membership_rate&unit=T02")
    page.get_by_role("button", name="收藏").click()
    page.get_by_role("textbox", name="名称").fill("岩嘴乡入会率")
    page.get_by_role("textbox", name="名称").press("Enter")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已收藏").first).to_be_visible(timeout=60_000)
    try:
        assert [view.name for view in saved_views(store)] == ["岩嘴乡入会率"]
        other = visit()
        other.locator(".pinned").get_by_role("link", name="岩嘴乡入会率").click()
        other.wait_for_url("**/indicator?**")
        await_drawn(other)
        expect(other.locator("h1.finding")).to_contain_text("岩嘴乡的职工入会率")
    finally:
        delete_view(store, "岩嘴乡入会率")


def test_paper_has_no_controls_and_cuts_nothing_off(visit: OpenAddress) -> None:
    page = visit("/indicator?figure=worker_membership_rate")
    page.emulate_media(media="print")
    for hidden in (".stAppHeader", ".st-key-bar"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("h1.finding")).to_be_visible()
    assert _hidden_below(page) == 0


def test_paper_shows_every_drawing_whole(visit: OpenAddress) -> None:
    page = visit("/organisation")
    await_charts(page)
    page.emulate_media(media="print")
    page.evaluate("() => { document.querySelector('.stMain').style.width = '690px' }")  # A4 without its margins
    panels = page.locator('[class*="st-key-panel-"]:has(.main-svg)').all()
    assert panels
    for panel in panels:
        edges = [one.bounding_box() for one in (panel, *panel.locator(".main-svg").all())]
        left, right = zip(*((one["x"], one["x"] + one["width"]) for one in edges if one), strict=True)
        assert min(left) == left[0] and max(right) == right[0]


def _hidden_below(page: Page) -> int:
    """Return how much of the page lies in a part that has to be scrolled."""
    script = "() => { const main = document.querySelector('.stMain'); return main.scrollHeight - main.clientHeight; }"
    return int(page.evaluate(script))
