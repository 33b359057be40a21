"""Signing in as each role of the sample county, seeing what is there for it, signing out; and being sent away."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from access.accounts import stop_account
from tests.browser.conftest import DESKTOP, PHONE, english_on, widest
from tests.browser.test_every_page import RULES, SERIOUS
from tests.lib.dashboard.drawn import await_drawn

pytestmark = pytest.mark.browser

PATIENCE = 60_000  # milliseconds
MENU = {
    "领导": {"报送进度", "我的账号", "退出登录", "帮助"},
    "工作人员": {"上报", "报送进度", "下发模板", "我的账号", "退出登录", "帮助"},
    "填报员": {"要报的表", "上报", "报送进度", "空表", "我的账号", "退出登录", "帮助"},
    "管理员": {"上报", "报送进度", "下发模板", "我的账号", "退出登录", "账号管理", "操作记录", "目录", "建库", "帮助"},
}
HOME = {"填报员": "要报的表"}  # of the others it is 总览


@pytest.fixture
def page(browser: Browser, begun_address: str) -> Iterator[Page]:
    """A browser that has never been here, before the sign-in page."""
    context = browser.new_context(locale="zh-CN", viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    opened = context.new_page()
    opened.goto(begun_address)
    yield opened
    context.close()


@pytest.mark.parametrize("role", MENU)
def test_each_role_comes_in_sees_its_pages_and_goes_out(page: Page, begun_address: str, role: str) -> None:
    come_in(page, role)
    assert menu_of(page) == MENU[role]
    page.goto(f"{begun_address}/my-account")
    expect(page.locator("h1.finding")).to_have_text(f"示例{role}", timeout=PATIENCE)
    page.get_by_role("link", name="退出登录").click()
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_title("登录 · 明数", timeout=PATIENCE)
    page.goto(f"{begun_address}/upload")
    expect(page).to_have_title("登录 · 明数", timeout=PATIENCE)
    assert page.url == f"{begun_address}/sign-in?next=%2Fupload"


def test_one_is_led_on_to_where_one_wanted_to_go(page: Page, begun_address: str) -> None:
    page.goto(f"{begun_address}/submissions?area=T01")
    page.get_by_role("button", name="工作人员").click()
    expect(page).to_have_title("报送进度 · 明数", timeout=PATIENCE)
    assert "area=" in page.url


def test_an_account_that_is_stopped_is_at_the_sign_in_page_with_the_next_click(page: Page, begun: Path) -> None:
    come_in(page, "领导")
    stop_account(begun, "示例领导")
    page.get_by_test_id("stTopNavLink").nth(1).click()
    expect(page).to_have_title("登录 · 明数", timeout=PATIENCE)


def test_an_administrator_makes_an_account_that_changes_its_password(
    page: Page, browser: Browser, begun_address: str
) -> None:
    come_in(page, "管理员")
    page.goto(f"{begun_address}/accounts")
    await_drawn(page)
    page.get_by_text("新建账号").click()
    page.get_by_label("登录名", exact=True).fill("zhangyun")
    page.get_by_label("姓名", exact=True).fill("张云")
    page.get_by_label("姓名", exact=True).press("Tab")
    page.get_by_role("button", name="新建", exact=True).click()
    first = page.locator("code").inner_text(timeout=PATIENCE)
    own = browser.new_context(locale="zh-CN", java_script_enabled=False).new_page()
    own.goto(begun_address)
    own.get_by_label("登录名").fill("ZhangYun")
    own.get_by_label("密码").fill(first)
    own.get_by_role("button", name="登录", exact=True).click()
    expect(own).to_have_title("换一个自己的密码 · 明数")
    own.get_by_label("现在的密码").fill(first)
    for field in ("新密码", "再写一遍新密码"):
        own.get_by_label(field, exact=True).fill("a-river-of-figures-09")
    own.get_by_role("button", name="换密码").click()
    expect(own).to_have_url(f"{begun_address}/")
    own.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_fits_a_phone_speaks_chinese_and_can_be_read_by_all(
    browser: Browser, begun_address: str, scheme: Literal["light", "dark"]
) -> None:
    size = {"width": PHONE[0], "height": PHONE[1]}
    context = browser.new_context(locale="zh-CN", viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(begun_address)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    faults = Axe().run(page, options=RULES).response["violations"]
    assert [fault["id"] for fault in faults if fault["impact"] in SERIOUS] == []
    assert english_on(page) == []
    context.close()


@pytest.mark.soak  # test_every_page looks at both with every run
@pytest.mark.parametrize("path", ["/my-account", "/accounts"])
def test_the_pages_of_accounts_fit_a_phone(browser: Browser, begun_address: str, path: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    page.goto(begun_address)
    page.get_by_role("button", name="管理员").click()
    page.goto(begun_address + path)
    await_drawn(page)
    assert widest(page) <= PHONE[0]
    context.close()


def come_in(page: Page, role: str) -> None:
    page.get_by_role("button", name=role, exact=True).click()
    expect(page).to_have_title(f"{HOME.get(role, '总览')} · 明数", timeout=PATIENCE)
    await_drawn(page)


def menu_of(page: Page) -> set[str]:
    """Return the pages under 报送, which a clerk has at the top instead, and under 账号和帮助."""
    found = set(page.get_by_test_id("stTopNavLink").all_inner_texts()) & set().union(*MENU.values())
    sections = [name for name in ("报送", "账号和帮助") if _section(page, name).count()]
    for name in sections:
        _section(page, name).click()
        page.get_by_role("menuitem").first.wait_for(timeout=PATIENCE)
        found |= set(page.get_by_role("menuitem").all_inner_texts())
        page.keyboard.press("Escape")
    return found


def _section(page: Page, name: str) -> Locator:
    return page.get_by_test_id("stTopNavSection").get_by_text(name, exact=True)
