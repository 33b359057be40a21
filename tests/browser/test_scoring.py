"""考核 in a real browser: from the ranking to an organisation's lines and on to the cells, on a screen and a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, OpenAddress, widest
from tests.lib.dashboard.drawn import await_charts, await_drawn

pytestmark = pytest.mark.browser

PATIENCE = 60_000  # milliseconds


def test_from_the_ranking_to_the_cells_of_a_line(visit: OpenAddress) -> None:
    page = visit("/scoring")
    expect(page.locator("h1.finding")).to_contain_text("居首", timeout=PATIENCE)
    page.locator(".scores").get_by_role("link", name="岩嘴乡", exact=True).click()
    expect(page.locator("h3.says").first).to_contain_text("岩嘴乡得", timeout=PATIENCE)
    await_drawn(page)  # the lines below the heading come a little later
    row = page.locator(".score-lines tr", has_text="会员净增")
    value = row.locator("td").nth(2).inner_text()
    row.get_by_role("link", name="查来源").click()
    page.wait_for_url("**/trace?**")
    await_drawn(page)
    expect(page.locator("h1.finding")).to_contain_text("岩嘴乡", timeout=PATIENCE)
    expect(page.locator(".about")).to_contain_text("2010年", timeout=PATIENCE)
    moved = value.split("人")[0].lstrip("+−")
    expect(page.locator(".stMain")).to_contain_text(moved, timeout=PATIENCE)


def test_a_phone_shows_how_many_points_a_score_speaks_of(visit: OpenAddress) -> None:
    page = visit("/scoring?scored=T08", PHONE)
    await_charts(page)
    row = page.locator(".scores tr", has_text="竹溪乡")
    expect(row).to_contain_text("满分93分", timeout=PATIENCE)
    expect(page.locator(".score-lines tr", has_text="困难职工档案")).to_contain_text("没有数据")
    assert widest(page) <= PHONE[0]
