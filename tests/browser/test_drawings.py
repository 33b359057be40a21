"""Drawings in a real browser: redrawn where they stand, as wide as their place; a sentence where there can be none."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, OpenAddress
from tests.lib.catalogue import first_panel
from tests.lib.dashboard.drawn import PATIENCE, await_charts, await_drawn

pytestmark = pytest.mark.browser

BOARD, COURSE = first_panel("course")
DRAWING = f".st-key-panel-{COURSE.code} .drawing"
# How wide the drawing is, its place, and what of the drawing is shown in that width.
_WIDTHS = """drawing => {
  const layer = drawing.querySelector('.main-svg')
  return [layer.getBoundingClientRect().width, drawing.clientWidth, layer.viewBox.baseVal.width]
}"""
# Plotly counts how often it drew again because labels needed a wider margin.
_TWICE = """() => [...document.querySelectorAll('.js-plotly-plot')]
  .filter(one => one._fullLayout._redrawFromAutoMarginCount !== undefined).length"""


def test_a_drawing_is_redrawn_where_it_stands(visit: OpenAddress) -> None:
    page = visit(f"/{BOARD.code}")
    await_charts(page)
    assert not page.evaluate(_TWICE), "labels fit into the margin that is given, or all is drawn a second time"
    drawing = page.locator(DRAWING)
    drawing.evaluate("drawing => { drawing.querySelector('.main-svg').marked = true }")
    before = _values(page)
    page.get_by_role("combobox").first.click()
    page.get_by_role("option").nth(1).click()
    page.wait_for_url("**unit=**")
    await_drawn(page)
    await_charts(page)
    assert _values(page) != before
    assert drawing.evaluate("drawing => drawing.querySelector('.main-svg').marked === true")
    _press(page, touch=False)


def test_a_drawing_keeps_to_its_place_when_the_window_changes(visit: OpenAddress) -> None:
    page = visit(f"/{BOARD.code}")
    await_charts(page)
    wide = page.locator(DRAWING).evaluate(_WIDTHS)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await_charts(page)
    narrow = page.locator(DRAWING).evaluate(_WIDTHS)
    assert len(set(map(round, wide))) == len(set(map(round, narrow))) == 1
    assert narrow[0] < wide[0]
    phone = visit(f"/{BOARD.code}", PHONE)
    first = phone.locator(".numbers td:first-child").first
    assert first.evaluate("cell => getComputedStyle(cell).whiteSpace") == "nowrap"
    _press(phone, touch=True)


def test_a_change_before_the_library_has_come_is_drawn_when_it_comes(visit: OpenAddress) -> None:
    page = visit("/help")
    held: list[Route] = []
    page.route("**/static/plotly/**", lambda route: held.append(route))
    page.goto(f"{page.url.split('/help')[0]}/{BOARD.code}")
    await_drawn(page)
    expect(page.locator(DRAWING)).to_be_attached(timeout=PATIENCE)
    page.get_by_role("combobox").first.click()
    page.get_by_role("option").nth(1).click()
    page.wait_for_url("**unit=**")
    await_drawn(page)
    page.wait_for_timeout(500)
    held[0].continue_()
    await_charts(page)
    assert page.locator(f"{DRAWING} .main-svg").count()
    drawn = _values(page)
    page.unroute("**/static/plotly/**")
    page.reload()
    await_drawn(page)
    await_charts(page)
    assert _values(page) == drawn


def test_where_the_library_does_not_come_a_sentence_stands(visit: OpenAddress) -> None:
    page = visit("/help")
    page.route("**/static/plotly/**", lambda route: route.abort())
    page.goto(f"{page.url.split('/help')[0]}/{BOARD.code}")
    await_drawn(page)
    expect(page.locator(DRAWING)).to_have_text("图没有取来。请刷新页面；仍不行的，请告诉管理员。", timeout=PATIENCE)
    page.unroute("**/static/plotly/**")
    page.reload()
    await_drawn(page)
    expect(page.locator(f"{DRAWING} .main-svg").first).to_be_attached(timeout=PATIENCE)


def _press(page: Page, *, touch: bool) -> None:
    """Press the first quarter drawn: the panel explains what was read for it."""
    await_charts(page)
    mark = page.locator(f"{DRAWING} :is(.barlayer .point path, .scatterlayer .point)").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    (page.touchscreen.tap if touch else page.mouse.click)(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("数字从哪些格来", timeout=PATIENCE)
    first = page.locator(DRAWING).evaluate("drawing => drawing.data[0].hovertext[0]")
    assert first.partition("：")[0] in panel.inner_text()


def _values(page: Page) -> str:
    """Return the numbers that are drawn."""
    return str(page.locator(DRAWING).evaluate("drawing => JSON.stringify(drawing.data.map(({x, y}) => [x, y]))"))
