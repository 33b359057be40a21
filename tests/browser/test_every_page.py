"""Every page there is: it fits a phone, speaks Chinese, can be used by keyboard, has no serious fault of access.

And it lives with the content security policy: nothing it does is reported as forbidden. With the same walk it is seen
that a page shows what was chosen last, or each page would be gone to twice.
"""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from stats.catalogue import load_catalogue
from tests.browser.conftest import DESKTOP, FORBIDDEN, PHONE, OpenAddress, english_on, widest
from tests.browser.test_after_a_change import compare_after_change
from tests.lib.catalogue import first_panel, fullest_board
from tests.lib.dashboard.drawn import await_change, await_charts, await_drawn, follow

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}
RULES: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = RULES | {"runOnly": ["color-contrast", "link-in-text-block"]}
# One row of a table or list is like another; the soak goes through all of them. Within a drawing nothing is reached by
# keyboard or has a contrast that is looked at, and it would be painted anew at each step of the focus.
FIRST_ROWS = """.stMain :is(tbody tr, li):nth-child(n + 4) { display: none !important; }
  .main-svg { visibility: hidden !important; }"""
UNDRAWN: dict[str, Any] = {"exclude": [".main-svg"]}
OPEN_TWO = """() => [...document.querySelectorAll('summary')].filter(one => one.checkVisibility()).slice(0, 2)
  .forEach(one => { one.dataset.turned = 'yes'; one.click() })"""
FOLD_AGAIN = "() => document.querySelectorAll('summary[data-turned]').forEach(one => one.click())"
LENGTH = "() => document.querySelector('.stMain').scrollHeight"
MOST_SCREENS = 6
# Looked at in the dark with every run: 总览, and boards with the colours of a drawing and of a heat table.
DARK = {"/", *(f"/{first_panel(kind)[0].code}" for kind in ("course", "matrix"))}
# Only the table of a sheet as it was sent, and one that draws itself, may be wider than a phone.
SIDEWAYS = """() => [...document.querySelectorAll('.scroll')].filter(one => one.checkVisibility()
  && one.scrollWidth > one.clientWidth + 1).map(one => `sideways: ${one.className} ${one.scrollWidth}`)"""
GROUND = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
COLOURS_SENT = "() => getComputedStyle(document.documentElement).getPropertyValue('--ground')"
TABS, MOST_TABS = 10, 1500  # so many at once; so many at most
# Marks what gets the focus, and notes when it has gone round; a table that draws itself keeps it from cell to cell.
MARK = """() => {
  document.querySelectorAll('[data-seen]').forEach(one => { delete one.dataset.seen })
  window.round = false
  window.first = undefined
  window.marking ??= Boolean(document.addEventListener('focusin', ({target: one}) => {
    window.round ||= one === window.first; window.first ??= one; one.dataset.seen = '1' })) || true
}"""
ROUND = "() => Boolean(window.round)"
NEWLY_FORBIDDEN = "() => window.forbidden.splice(0)"  # since it was last asked about
# Of a group of choices Tab reaches one, the arrows the others.
MISSED = """() => [...document.querySelectorAll('a[href], button, input, summary, select, textarea')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.tabIndex >= 0
    && one.type !== 'radio' && one.getAttribute('role') !== 'radio'
    && one.getAttribute('aria-hidden') !== 'true' && !one.dataset.seen)
  .map(one => `${one.tagName} ${one.getAttribute('aria-label') || one.innerText}`.trim())"""


def test_no_page_has_a_fault_or_shows_what_was_chosen_before(visit: OpenAddress, walked: list[str]) -> None:
    """Each page is gone to once, on a screen in the light; some become dark, all narrow; then the bar is changed.

    As narrow as a phone it is a few screens long, and no table has to be moved sideways to see what it is about.
    The bar is changed on every page that is no board, and on the board with the most kinds of panel: boards are one
    script, and the soak turns to all of them. In the dark only that is looked at which the colours decide; all else is
    the same in the light. Of a table or list the first rows are looked at, and all of it on the phone; `make soak`
    loads each page anew, all of them in the dark too, and looks at all of it.
    """
    wrong: dict[str, list[str]] = {}
    compared: list[str] = []
    known = load_catalogue()
    of_each_script = {path for path in walked if path[1:] not in known.boards or path[1:] == fullest_board(known)}
    for path, page in _follow_all(visit, walked):
        hidden = page.add_style_tag(content=FIRST_ROWS)
        wrong[path] = [*_faults(page), *_missed(page)]
        _open_what_is_folded(page)
        if path in DARK:
            _darken(page)
            wrong[path] += _faults(page, COLOURS)
        wrong[path] += page.evaluate(NEWLY_FORBIDDEN)
        hidden.evaluate("one => one.remove()")
        _fold_again(page)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        await_charts(page)
        wrong[path] += [*_too_wide(page), *_too_long(page), *english_on(page)]
        if path in of_each_script:
            compared += _compare_in_the_light(page)
    assert {path: found for path, found in wrong.items() if found} == {}
    assert len(compared) > 5


@pytest.mark.soak
def test_every_row_of_every_page_is_reached_by_keyboard(visit: OpenAddress, paths: list[str]) -> None:
    assert {path: missed for path, page in _walk(visit, paths, DESKTOP) if (missed := _missed(page))} == {}


@pytest.mark.soak
def test_no_page_loaded_on_a_phone_scrolls_sideways_or_speaks_english(visit: OpenAddress, paths: list[str]) -> None:
    wrong = {path: [*_too_wide(page), *english_on(page)] for path, page in _walk(visit, paths, PHONE)}
    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.soak
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_row_of_any_page_has_a_serious_fault_of_any_kind(
    visit: OpenAddress, paths: list[str], scheme: Literal["light", "dark"]
) -> None:
    wrong: dict[str, list[str]] = {}
    for path, page in _walk(visit, paths, DESKTOP, scheme):
        wrong[path] = _faults(page, where={"exclude": []})
        _open_what_is_folded(page)
        wrong[path] += page.evaluate(FORBIDDEN)
    assert {path: found for path, found in wrong.items() if found} == {}


def _follow_all(visit: OpenAddress, paths: list[str]) -> Iterator[tuple[str, Page]]:
    """Yield every page, on a screen in the light, each gone to from the one before."""
    page = visit(paths[0], DESKTOP)
    start = page.url.rstrip("/")
    for path in paths:
        if path != paths[0]:
            _lighten(page)
            follow(page, start + path)
        await_charts(page)
        yield path, page


def _walk(
    visit: OpenAddress, paths: list[str], size: tuple[int, int], scheme: Literal["light", "dark"] = "light"
) -> Iterator[tuple[str, Page]]:
    """Yield every page, loaded anew in one browser window."""
    page = visit(paths[0], size, scheme)
    start = page.url.rstrip("/")
    for path in paths:
        page.emulate_media(color_scheme=scheme)
        page.goto(start + path, wait_until="commit")
        page.set_viewport_size({"width": size[0], "height": size[1]})
        await_drawn(page)
        await_charts(page)
        yield path, page


def _open_what_is_folded(page: Page) -> None:
    """Open what is folded away on a page, for its script may bring more along."""
    page.evaluate(OPEN_TWO)
    await_drawn(page)


def _fold_again(page: Page) -> None:
    page.evaluate(FOLD_AGAIN)
    await_drawn(page)


def _darken(page: Page) -> None:
    """Make a page dark, and run its script again, which brings the colours of its drawings along."""
    await_change(page, GROUND, lambda: page.emulate_media(color_scheme="dark"))
    follow(page, page.url, COLOURS_SENT)
    await_charts(page)


def _lighten(page: Page) -> None:
    """Make a page light, and as wide as a screen."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def _compare_in_the_light(page: Page) -> list[str]:
    """Hold a page against a new visit after a change of the bar, on a screen."""
    _lighten(page)
    await_charts(page)
    other = next((one for one in page.context.pages if one != page), None) or page.context.new_page()
    return compare_after_change(page, other)


def _missed(page: Page) -> list[str]:
    """Hold Tab down until the focus has gone round; return what it never came to."""
    page.evaluate(MARK)
    for _ in range(0, MOST_TABS, TABS):
        for _ in range(TABS):
            page.keyboard.down("Tab")
        if page.evaluate(ROUND):
            break
    page.keyboard.up("Tab")
    return [f"not by keyboard: {one}" for one in page.evaluate(MISSED)]


def _too_wide(page: Page) -> list[str]:
    wide = widest(page)
    return [*([f"{wide} wide"] if wide > PHONE[0] else []), *page.evaluate(SIDEWAYS)]


def _too_long(page: Page) -> list[str]:
    """Return how many screens of a phone a page has, if that is more than anybody scrolls through."""
    screens = page.evaluate(LENGTH) / PHONE[1]
    return [f"{screens:.1f} screens"] if screens > MOST_SCREENS else []


def _faults(page: Page, rules: dict[str, Any] = RULES, where: dict[str, Any] = UNDRAWN) -> list[str]:
    if not page.evaluate("() => Boolean(window.axe)"):  # a window keeps it from page to page
        page.evaluate(Axe().axe_script)
    found = page.evaluate("([where, rules]) => axe.run(where, rules)", [where, rules])["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {len(fault['nodes'])} × {fault['nodes'][0]['html'][:160]}"
        for fault in found
        if fault["impact"] in SERIOUS
    ]
