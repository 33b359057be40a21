"""目标完成 in a browser: from a target to its course and its cell; a breakdown filed, shown and traced to its file."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from access.accounts.roles import Role
from etl.journal import read_entries
from stats.catalogue import Catalogue
from stats.judging.targets import read_targets
from stats.warehouse import open_warehouse
from tests.browser.conftest import PHONE, OpenAddress, english_on, widest
from tests.lib.dashboard.drawn import PATIENCE, await_charts, await_drawn
from tests.lib.people import NAMES

pytestmark = pytest.mark.browser

PAGE, HALF = "/goals", "span=2011Q1..2011Q2"
STUDENTS = "助学资助人数"


def test_a_target_leads_to_its_course_and_to_the_cell_it_was_set_in(visit: OpenAddress) -> None:
    page = visit(f"{PAGE}?{HALF}")
    aim = page.locator(".aims li").filter(has=page.get_by_role("link", name=STUDENTS, exact=True))
    aim.get_by_role("link", name="看进度、差在哪里").click()
    panel = page.locator(".st-key-panel-aim")
    expect(panel.locator("h3")).to_contain_text(f"{STUDENTS}6人，按时间进度应到20人，慢14人", timeout=PATIENCE)
    await_charts(page)
    expect(panel.locator("h3")).to_be_in_viewport()
    panel.get_by_text("《县工会工作会议报告》：原表中的目标").click()
    expect(panel.locator(".sheet td.here")).to_have_text("40", timeout=PATIENCE)
    expect(panel.locator(".sheet")).to_contain_text(STUDENTS)


def test_a_phone_shows_a_target_without_scrolling_sideways(visit: OpenAddress) -> None:
    page = visit(f"{PAGE}?{HALF}&gap={STUDENTS}", PHONE, "dark")
    await_charts(page)
    assert widest(page) <= PHONE[0]
    assert english_on(page) == []


def test_a_breakdown_is_filed_and_each_township_is_led_to_its_cell(
    visit: OpenAddress, begun: Path, begun_address: str, catalogue: Catalogue
) -> None:
    page = visit(f"{begun_address}{PAGE}?{HALF}")
    await_charts(page)
    page.get_by_role("combobox", name="分解哪一项").click()
    page.get_by_role("combobox", name="分解哪一项").fill(STUDENTS)
    page.get_by_role("option", name=STUDENTS).first.click()
    expect(page.get_by_text("✓ 够目标40人")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="收下分解").click()
    expect(page.get_by_text("已收下“目标分解_助学资助人数")).to_be_visible(timeout=PATIENCE)
    warehouse = open_warehouse(begun)
    parts = {one.unit: one.value for one in read_targets(warehouse, catalogue) if one.indicator == "students_aided"}
    warehouse.close()
    parts.pop("COUNTY")
    assert sum(value or 0 for value in parts.values()) == 40
    unit, value = max(parts.items(), key=lambda part: part[1] or 0)
    page.goto(f"{begun_address}{PAGE}?{HALF}&unit={unit}")
    await_drawn(page)
    panel = page.locator(".st-key-panel-aim")
    panel.get_by_text("2011年工作目标分解方案：原表中的目标").click()
    expect(panel.locator(".sheet td.here")).to_have_text(f"{value:.0f}", timeout=PATIENCE)
    expect(panel.locator(".sum")).to_contain_text("目标分解_助学资助人数")
    assert [entry.received_by for entry in read_entries(begun) if entry.name.startswith("目标分解_")] == [
        NAMES[Role.ADMIN]
    ]
