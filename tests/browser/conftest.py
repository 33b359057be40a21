"""A real Chromium before the running dashboard."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from stats.catalogue import load_catalogue
from stats.papers.references import REFERENCE
from tests.lib.dashboard.drawn import await_drawn
from tests.lib.dashboard.visitor import pages_of
from tests.lib.people import come_in
from tests.lib.server import serve

DESKTOP, PHONE = (1440, 900), (390, 844)
OpenAddress = Callable[..., Page]
# What is not said by the dashboard: icons (letters of an icon font), sheets as sent, commands to be typed.
NOT_SAID = """[data-testid="stIconMaterial"], [data-testid="stAlertDynamicIcon"], .sheet, .sum, code
  { display: none !important; }"""
VISIBLE = """() => document.body.innerText + ' ' + 
  ['placeholder', 'title', 'alt', 'aria-label'].flatMap(name => [...document.querySelectorAll(`[${name}]`)]
    .map(found => found.getAttribute(name))).join(' ')"""
# Files, formats and programs are called so in Chinese too; the letters of a figure's reference are no word.
NAMES = re.compile(
    rf"\S*\.(xlsx?|docx?|pptx?|csv|txt|zip)|xlsx?|ods|csv|20xx|\b(PPT|Word|Excel|CSV|XLSX|PNG|PDF)\b"
    rf"|\b(Python|nginx|Caddy|WebSocket)\b|{REFERENCE.pattern}"
)
# What the content security policy forbids a page is noted there.
NOTE = """window.forbidden = []
document.addEventListener('securitypolicyviolation', event =>
  window.forbidden.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`))"""
FORBIDDEN = "() => window.forbidden"
WIDTHS = "() => [document.documentElement, document.querySelector('.stMain')].map(found => found.scrollWidth)"


@pytest.fixture(scope="session")
def address(store: Path) -> Iterator[str]:
    """The address of the dashboard on the sample county."""
    with serve(store) as found:
        yield found


@pytest.fixture(scope="session")
def paths(address: str) -> list[str]:
    """The paths of all pages, as the dashboard itself lists them."""
    return [f"/{page.url_pathname}" for page in pages_of(address)]


@pytest.fixture(params=["each kind of page", pytest.param("every page", marks=pytest.mark.soak)])
def walked(paths: list[str], request: pytest.FixtureRequest) -> list[str]:
    """The paths to walk: every page that is no board, and boards enough to meet every kind of panel; then all of them.

    Boards are one script, and the same panels with other figures.
    """
    boards = {f"/{code}" for code in load_catalogue().boards} - boards_of_each_kind()
    return [path for path in paths if request.param == "every page" or path not in boards]


def boards_of_each_kind() -> set[str]:
    """Return the paths of a few boards that between them hold every kind of panel."""
    kinds = {board.code: {panel.kind for panel in board.panels} for board in load_catalogue().boards.values()}
    left, chosen = set[str]().union(*kinds.values()), set[str]()
    while left:
        best = max(kinds, key=lambda code: len(kinds[code] & left))
        chosen.add(f"/{best}")
        left -= kinds[best]
    return chosen


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Without a graphics card the card's own work is imitated, which takes longer than drawing without it.
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[OpenAddress]:
    """Return a function that opens a path in a browser that has never been here, and waits until it has been drawn."""
    contexts = []

    def go(path: str = "/", size: tuple[int, int] = DESKTOP, scheme: Literal["light", "dark"] = "light") -> Page:
        context = browser.new_context(
            locale="zh-CN", viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
        )
        contexts.append(context)
        context.add_init_script(NOTE)
        place = path if path.startswith("http") else address + path
        come_in(context, place)
        page = context.new_page()
        page.goto(place)
        await_drawn(page)
        return page

    yield go
    for context in contexts:
        context.close()


def go_to(page: Page, title: str) -> None:
    """Go to a page through the menu: its first entry is 总览; the section 报送 has to be opened first."""
    if title == "总览":
        page.get_by_role("link", name=title, exact=True).first.click()
    else:
        page.get_by_test_id("stTopNavSection").get_by_text("报送", exact=True).click()
        page.get_by_role("menuitem", name=title, exact=True).click()
    expect(page).to_have_title(f"{title} · 明数", timeout=60_000)
    await_drawn(page)


def english_on(page: Page) -> list[str]:
    """Return the English words on the screen, and those read aloud."""
    page.add_style_tag(content=NOT_SAID)
    return sorted(set(re.findall(r"[A-Za-z]{3,}", NAMES.sub("", page.evaluate(VISIBLE)))))


def widest(page: Page) -> int:
    """Return how wide the page is, with what has to be scrolled to."""
    return int(max(page.evaluate(WIDTHS)))
