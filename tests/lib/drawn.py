"""When a page stands on the screen: conditions to wait for, asked again and again.

Playwright's own `wait_for_function` would have the page evaluate a text, which its content security policy forbids.
"""

import time

from playwright.sync_api import Page

PATIENCE = 60_000  # milliseconds
PAINT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_CHARTS = """() => [...document.querySelectorAll('.drawing')].every(
  chart => !chart.checkVisibility() || chart.querySelector('.main-svg'))"""
# Tables draw themselves on a canvas, after their scripts have come.
_TABLES = """() => [...document.querySelectorAll('[data-testid="stDataFrame"]')].every(
  table => !table.checkVisibility() || table.querySelector('canvas'))"""

_LOOKS, _BETWEEN = 4, 150  # drawings that look the same so often, so many milliseconds apart, are at rest
_AT_REST = f"""() => {{
  const look = chart => chart.getBoundingClientRect().top + '|' + chart.innerHTML.length
  const seen = [...document.querySelectorAll('.drawing')].map(look).join()
  window.looks = seen === window.seen ? (window.looks ?? 0) + 1 : 0
  window.seen = seen
  return window.looks >= {_LOOKS}
}}"""


def await_drawn(page: Page) -> None:
    """Wait until the finding stands on the page, nothing is being computed, and the words of the frame are Chinese."""
    page.evaluate(PAINT)  # what was clicked last has been sent
    page.wait_for_selector("h1.finding", timeout=PATIENCE)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)
    await_true(page, "() => document.documentElement.lang === 'zh-CN'")
    page.evaluate(PAINT)


def await_charts(page: Page) -> None:
    """Wait until every drawing and every table of the page that is not folded away has been drawn and moves no more."""
    await_true(page, _CHARTS)
    await_true(page, _TABLES)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.evaluate("() => { window.looks = 0 }")
    await_true(page, _AT_REST)


def await_true(page: Page, condition: str) -> None:
    """Wait until a function of the page returns something true. Raises TimeoutError when it never does."""
    until = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(condition):
        if time.monotonic() > until:
            raise TimeoutError(condition)
        page.wait_for_timeout(_BETWEEN)
