"""What stands on a page after the bar was changed is what a new visit to the same address shows, to the last number.

With every run test_every_page looks at it, on all pages but the boards and on one of these; here on every board too.
"""

import time
from urllib.parse import unquote, urljoin

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import OpenAddress
from tests.lib.dashboard.drawn import PATIENCE, await_charts, await_drawn, follow

pytestmark = pytest.mark.browser

# The words, what each drawing draws, and what tables that are drawn on a canvas say to those who can't see them.
SHOWN = """() => [
  document.querySelector('.stMain').innerText,
  ...[...document.querySelectorAll('.js-plotly-plot')].map(one =>
    JSON.stringify([one.textContent, one.data.map(({x, y, text}) => [x, y, text])])),
  ...[...document.querySelectorAll('canvas table')].map(one => one.textContent)]"""


@pytest.mark.soak
def test_every_page_shows_what_was_chosen_last(visit: OpenAddress, paths: list[str]) -> None:
    page = visit(paths[-1])
    other = page.context.new_page()
    compared = []
    for path in paths:
        page.bring_to_front()  # a tab in the background is drawn once a second
        follow(page, urljoin(page.url, path))
        await_charts(page)
        compared += compare_after_change(page, other)
    assert len(compared) > 5


def compare_after_change(page: Page, other: Page) -> list[str]:
    """Change the bar, and hold a page against a new visit in another tab; return its address, none without a bar."""
    if not page.locator(".st-key-bar").is_visible():
        return []
    _change(page)
    _visit(other, unquote(page.url))
    _await_same(page, other)
    page.bring_to_front()
    return [page.url]


def _change(page: Page) -> None:
    """Choose another organisation and another span; what is shown must change."""
    before = page.evaluate(SHOWN)
    for name, number in (("单位", 5), ("期间", 3)):
        _choose(page, page.get_by_role("combobox", name=name, exact=True), number)
    await_charts(page)
    assert page.evaluate(SHOWN) != before, page.url


def _await_same(page: Page, other: Page) -> None:
    """Wait until both show the same: a table on a canvas writes its words a little later."""
    until = time.monotonic() + PATIENCE / 1000
    while (shown := page.evaluate(SHOWN)) != other.evaluate(SHOWN) and time.monotonic() < until:
        page.wait_for_timeout(200)
    assert shown == other.evaluate(SHOWN), page.url


def _visit(page: Page, address: str) -> None:
    page.bring_to_front()
    page.goto(address)
    await_drawn(page)
    await_charts(page)


def _choose(page: Page, box: Locator, number: int) -> None:
    option = page.get_by_role("option").nth(number)
    until = time.monotonic() + PATIENCE / 1000
    while not option.is_visible() and time.monotonic() < until:
        box.click()  # the first closes the list of a field that has been gone to by keyboard
        page.wait_for_timeout(100)
    name = option.inner_text()
    option.click()
    page.wait_for_url(lambda url: name in unquote(url), timeout=PATIENCE)
    await_drawn(page)
