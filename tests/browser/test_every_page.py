"""Every page there is: it fits a phone, speaks Chinese, can be used by keyboard, has no serious fault of access.

And it lives with the content security policy: nothing it does is reported as forbidden.
"""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, FORBIDDEN, PHONE, OpenAddress, english_on, widest
from tests.lib.drawn import await_charts, await_drawn

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}
RULES = {"resultTypes": ["violations"]}
MOST_TABS = 1500
# Marks what has the focus; a table that draws itself keeps it from cell to cell.
MARK = """() => { const one = document.activeElement
  if (one === document.body) return false
  const round = one === window.first; window.first ??= one; one.dataset.seen = '1'; return round }"""
# Of a group of choices Tab reaches one, the arrows the others.
MISSED = """() => [...document.querySelectorAll('a[href], button, input, summary, select, textarea')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.tabIndex >= 0
    && one.type !== 'radio' && one.getAttribute('role') !== 'radio'
    && one.getAttribute('aria-hidden') !== 'true' && !one.dataset.seen)
  .map(one => `${one.tagName} ${one.getAttribute('aria-label') || one.innerText}`.trim())"""


def test_no_page_scrolls_sideways_on_a_phone_or_speaks_english(visit: OpenAddress, paths: list[str]) -> None:
    wide, foreign = {}, {}
    for path, page in _walk(visit, paths, PHONE):
        if widest(page) > PHONE[0]:
            wide[path] = widest(page)
        foreign |= {path: words} if (words := english_on(page)) else {}
    assert (wide, foreign) == ({}, {})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault_of_access_or_does_what_the_policy_forbids(
    visit: OpenAddress, paths: list[str], scheme: Literal["light", "dark"]
) -> None:
    faults, forbidden = {}, {}
    for path, page in _walk(visit, paths, DESKTOP, scheme):
        faults |= {path: found} if (found := _faults(page)) else {}
        _open_what_is_folded(page)
        forbidden |= {path: done} if (done := page.evaluate(FORBIDDEN)) else {}
    assert (faults, forbidden) == ({}, {})


def test_the_keyboard_reaches_everything(visit: OpenAddress, paths: list[str]) -> None:
    missed = {}
    for path, page in _walk(visit, paths, DESKTOP):
        _tab_through(page)
        missed |= {path: found} if (found := page.evaluate(MISSED)) else {}
    assert missed == {}


def _walk(
    visit: OpenAddress, paths: list[str], size: tuple[int, int], scheme: Literal["light", "dark"] = "light"
) -> Iterator[tuple[str, Page]]:
    """Yield every page, loaded anew in one browser window."""
    page = visit(paths[0], size, scheme)
    start = page.url.rstrip("/")
    for path in paths:
        page.goto(start + path)
        await_drawn(page)
        await_charts(page)
        yield path, page


def _open_what_is_folded(page: Page) -> None:
    """Open what is folded away on a page, for its script may bring more along."""
    for summary in page.locator("summary:visible").all()[:2]:
        summary.click()
    await_drawn(page)


def _tab_through(page: Page) -> None:
    """Press Tab until the focus has gone round."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(MARK):
            return


def _faults(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {len(fault['nodes'])} × {fault['nodes'][0]['html'][:160]}"
        for fault in found
        if fault["impact"] in SERIOUS
    ]
