"""A real Chromium before the running dashboard."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from access.accounts.first_start import begin
from access.accounts.roles import Role
from stats.catalogue import load_catalogue
from stats.papers.references import REFERENCE
from tests.lib.catalogue import boards_of_each_kind
from tests.lib.dashboard.drawn import await_drawn
from tests.lib.dashboard.visitor import pages_of
from tests.lib.marked import marked_county
from tests.lib.people import come_in
from tests.lib.server import serve

DESKTOP, PHONE = (1440, 900), (390, 844)
# Without a graphics card the card's own work is imitated, which takes longer than drawing without it. And there is
# memory enough to collect less garbage.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--js-flags=--initial-heap-size=1024 --min-semi-space-size=64"]
OpenAddress = Callable[..., Page]
Window = tuple[tuple[int, int], str]  # width and height, and the theme
# What is expected is waited for: five seconds are too few on a machine that does much beside.
expect.set_options(timeout=60_000)
# What is not said by the dashboard: icons (letters of an icon font), sheets as sent, commands to be typed.
NOT_SAID = """[data-testid="stIconMaterial"], [data-testid="stAlertDynamicIcon"], .sheet, .sum, code
  { display: none !important; }"""
VISIBLE = """() => document.body.innerText + ' ' + 
  ['placeholder', 'title', 'alt', 'aria-label'].flatMap(name => [...document.querySelectorAll(`[${name}]`)]
    .map(found => found.getAttribute(name))).join(' ')"""
# Files, formats and programs are called so in Chinese too; the letters of a figure's reference are no word.
NAMES = re.compile(
    rf"\S*\.(xlsx?|docx?|pptx?|csv|txt|zip|pdf|png)|xlsx?|ods|csv|20xx|\b(PPT|Word|Excel|CSV|XLSX|DOCX|TXT|PNG|PDF)\b"
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
def begun(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample county after its first start, for the tests that write into it."""
    copy = shutil.copytree(store, tmp_path_factory.mktemp("begun") / "store")
    begin(copy)
    return copy


@pytest.fixture(scope="session")
def begun_address(begun: Path) -> Iterator[str]:
    with serve(begun) as found:
        yield found


@pytest.fixture(scope="session")
def paths(address: str) -> list[str]:
    """The paths of all pages, as the dashboard itself lists them."""
    return [f"/{page.url_pathname}" for page in pages_of(address)]


@pytest.fixture(scope="session")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard on a county in which every text is full of signs."""
    with serve(marked_county(tmp_path_factory.mktemp("marked"))) as found:
        yield found


@pytest.fixture(params=["each kind of page", pytest.param("every page", marks=pytest.mark.soak)])
def walked(paths: list[str], request: pytest.FixtureRequest) -> list[str]:
    """The paths to walk: every page that is no board, and boards enough to meet every kind of panel; then all of them.

    Boards are one script, and the same panels with other figures.
    """
    like_others = set(load_catalogue().boards) - boards_of_each_kind(load_catalogue())
    return [path for path in paths if request.param == "every page" or path.lstrip("/") not in like_others]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[dict[Window, Page]]:
    """The windows that no test is using, by size and theme.

    In a window that has drawn the dashboard before, it is drawn with a third of the work: its scripts are compiled.
    """
    kept: dict[Window, Page] = {}
    yield kept
    for page in kept.values():
        page.context.close()


@pytest.fixture
def visit(browser: Browser, address: str, windows: dict[Window, Page]) -> Iterator[OpenAddress]:
    """Return a function that opens a path in a window that remembers nothing, and waits until it has been drawn."""
    used: list[tuple[Window, Page]] = []

    def go(
        path: str = "/",
        size: tuple[int, int] = DESKTOP,
        scheme: Literal["light", "dark"] = "light",
        role: Role = Role.ADMIN,
    ) -> Page:
        page = windows.pop((size, scheme), None) or _new_window(browser, size, scheme)
        used.append(((size, scheme), page))
        place = path if path.startswith("http") else address + path
        come_in(page.context, place, role)
        page.goto(place)
        await_drawn(page)
        return page

    yield go
    for window, page in used:
        if window in windows:
            page.context.close()
        else:
            windows[window] = _forget(page, window)


def _new_window(browser: Browser, size: tuple[int, int], scheme: Literal["light", "dark"]) -> Page:
    """Open a window; one as small as a phone is touched. Nothing moves in it, for each frame would be drawn in vain."""
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    context = browser.new_context(
        locale="zh-CN", viewport=viewport, color_scheme=scheme, has_touch=size == PHONE, reduced_motion="reduce"
    )
    context.add_init_script(NOTE)
    return context.new_page()


def _forget(page: Page, window: Window) -> Page:
    """Leave the dashboard for a page without scripts, and put away what a test did to the window."""
    for other in page.context.pages:
        if other != page:
            other.close()
    page.unroute_all()
    page.emulate_media(media="null")
    page.set_viewport_size({"width": window[0][0], "height": window[0][1]})
    page.goto(urljoin(page.url, "/_stcore/health"))
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
    page.context.clear_cookies()
    return page


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
    hidden = page.add_style_tag(content=NOT_SAID)
    said = NAMES.sub("", page.evaluate(VISIBLE))
    hidden.evaluate("one => one.remove()")
    return sorted(set(re.findall(r"[A-Za-z]{3,}", said)))


def widest(page: Page) -> int:
    """Return how wide the page is, with what has to be scrolled to."""
    return int(max(page.evaluate(WIDTHS)))
