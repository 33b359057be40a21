"""Waiting until a page is drawn: conditions that are polled.

Playwright's own `wait_for_function` evaluates a string in the page, which the content security policy forbids.
"""

import json
import time
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE = 60_000  # milliseconds
PAINT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_CHARTS = """() => [...document.querySelectorAll('.drawing')].every(
  chart => !chart.checkVisibility() || chart.querySelector('.main-svg'))"""
# Tables are drawn on a canvas, after their scripts have loaded.
_TABLES = """() => [...document.querySelectorAll('[data-testid="stDataFrame"]')].every(
  table => !table.checkVisibility() || table.querySelector('canvas'))"""

_BETWEEN = 50  # milliseconds between two looks at a condition
_FRAMES = 15  # for so many nothing of a drawing changes once it is at rest: a quarter of a second, under load longer
_AT_REST = f"""() => new Promise(done => {{
  const places = () => [...document.querySelectorAll('.drawing')].map(one => one.getBoundingClientRect().top).join()
  const before = places()
  let changed = false
  const changes = new MutationObserver(() => {{ changed = true }})
  document.querySelectorAll('.drawing').forEach(one =>
    changes.observe(one, {{subtree: true, childList: true, attributes: true, characterData: true}}))
  const end = rests => {{ changes.disconnect(); done(rests) }}
  const wait = left => changed || places() !== before ? end(false)
    : left ? requestAnimationFrame(() => wait(left - 1)) : end(true)
  wait({_FRAMES})
}})"""
TITLE = "() => document.title"
# As a link in a page's text is followed.
_FOLLOW = """path => {
  const link = Object.assign(document.createElement('a'), {href: path})
  document.querySelector('.stMain').append(link)
  link.click()
  link.remove()
}"""


def follow(page: Page, path: str, changing: str = TITLE) -> None:
    """Go to a path within the session and wait until it has been drawn.

    What a function of the page returns must change by it, or the old page would be looked at: mostly the title.
    """
    await_change(page, changing, lambda: page.evaluate(_FOLLOW, path))
    await_drawn(page)


def await_change(page: Page, changing: str, act: Callable[[], object]) -> None:
    """Do something, and wait until a function of the page returns something else than before."""
    before = page.evaluate(changing)
    act()
    await_true(page, f"() => ({changing})() !== {json.dumps(before)}")


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
    await_true(page, _AT_REST)


def await_true(page: Page, condition: str) -> None:
    """Wait until a function of the page returns something true. Raises TimeoutError if it never does."""
    until = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(condition):
        if time.monotonic() > until:
            raise TimeoutError(condition)
        page.wait_for_timeout(_BETWEEN)
