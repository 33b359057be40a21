"""A real Chromium before the running dashboard."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.lib.server import serve

DESKTOP, PHONE = (1440, 900), (390, 844)
OpenAddress = Callable[..., Page]
# What is not said by the dashboard: icons (letters of an icon font), sheets as sent, names of files.
NOT_SAID = '[data-testid="stIconMaterial"], .sheet, .sum { display: none !important; }'
VISIBLE = """() => document.body.innerText + ' ' + 
  ['placeholder', 'title', 'alt', 'aria-label'].flatMap(name => [...document.querySelectorAll(`[${name}]`)]
    .map(found => found.getAttribute(name))).join(' ')"""
NAMES = re.compile(r"\S*\.(xlsx?|csv|txt|zip)|xlsx?|ods|csv|20xx")  # files and formats are called so in Chinese too
PAINT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WIDTHS = "() => [document.documentElement, document.querySelector('.stMain')].map(found => found.scrollWidth)"


@pytest.fixture(scope="session")
def address(store: Path) -> Iterator[str]:
    """The address of the dashboard on the sample county."""
    with serve(store) as found:
        yield found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[OpenAddress]:
    """Return a function that opens a path in a browser that has never been here, and waits until it has been drawn."""
    contexts = []

    def go(path: str = "/", size: tuple[int, int] = DESKTOP) -> Page:
        context = browser.new_context(locale="zh-CN", viewport={"width": size[0], "height": size[1]})
        contexts.append(context)
        page = context.new_page()
        page.goto(path if path.startswith("http") else address + path)
        await_drawn(page)
        return page

    yield go
    for context in contexts:
        context.close()


def await_drawn(page: Page) -> None:
    """Wait until the finding stands on the page, nothing is being computed, and the words of the frame are Chinese."""
    page.evaluate(PAINT)  # what was clicked last has been sent
    page.wait_for_selector("h1.finding", timeout=60_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_function("document.documentElement.lang === 'zh-CN'", timeout=60_000)
    page.evaluate(PAINT)


def english_on(page: Page) -> list[str]:
    """Return the English words on the screen, and those read aloud."""
    page.add_style_tag(content=NOT_SAID)
    return sorted(set(re.findall(r"[A-Za-z]{3,}", NAMES.sub("", page.evaluate(VISIBLE)))))


def widest(page: Page) -> int:
    """Return how wide the page is, with what has to be scrolled to."""
    return int(max(page.evaluate(WIDTHS)))
