"""Waiting until a page is drawn: conditions that are polled.

Playwright's own `wait_for_function` evaluates a string in the page, which the content security policy forbids.
"""

import time

from playwright.sync_api import Page

PATIENCE = 60_000  # milliseconds
PAINT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_CHARTS = """() => [...document.querySelectorAll('.drawing')].every(
  chart => !chart.checkVisibility() || chart.querySelector('.main-svg'))"""
# Tables are drawn on a canvas, after their scripts have loaded.
_TABLES = """() => [...document.querySelectorAll('[data-testid="stDataFrame"]')].every(
  table => !table.checkVisibility() || table.querySelector('canvas'))"""

_LOOKS, _BETWEEN = 4, 150  # a drawing is finished when this many looks, this many milliseconds apart, are equal
_AT_REST = f"""() => {{
  const look = chart => chart.getBoundingClientRect().top + '|' + chart.innerHTML.length
  const seen = [...document.querySelectorAll('.drawing')].map(look).join()
  window.looks = seen === window.seen ? (window.looks ?? 0) + 1 : 0
  window.seen = seen
  return window.looks >= {_LOOKS}
}}"""


def await_drawn(page: Page) -> None:
    """Wait until the heading is shown, no script is running, and the words of the frame are Chinese."""
    page.evaluate(PAINT)  # the last click has been sent
    page.wait_for_selector("h1.finding", timeout=PATIENCE)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)
    await_true(page, "() => document.documentElement.lang === 'zh-CN'")
    page.evaluate(PAINT)


def await_charts(page: Page) -> None:
    """Wait until every visible drawing and table of the page has been drawn and no longer moves."""
    await_true(page, _CHARTS)
    await_true(page, _TABLES)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.evaluate("() => { window.looks = 0 }")
    await_true(page, _AT_REST)


def await_true(page: Page, condition: str) -> None:
    """Wait until a function of the page returns something true. Raises TimeoutError if it never does."""
    until = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(condition):
        if time.monotonic() > until:
            raise TimeoutError(condition)
        page.wait_for_timeout(_BETWEEN)
