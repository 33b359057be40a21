"""Times what a reader waits for in a real Chromium, beside a bare Streamlit page."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from stats.catalogue import load_catalogue
from tests.lib.dashboard.chromium import path_of_chromium
from tests.lib.people import come_in
from tests.lib.server import start

LOADS, BOARD_LOADS, CHANGES = 5, 3, 8
_PATIENCE = 60_000  # milliseconds
_DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_CHART = ".js-plotly-plot"
_HELLO = "import streamlit as st\n\nst.title('hello')\n"
# Notes when something was last clicked, and when anything was last drawn in each chart.
_WATCH = """() => {
  const charts = '.js-plotly-plot'
  addEventListener('click', () => { window.clicked = performance.now(); window.drawn = new Map() }, true)
  new MutationObserver(found => found.forEach(one => {
    const inside = one.target.closest?.(charts)
    const added = [...one.addedNodes].filter(node => node.querySelectorAll).flatMap(
      node => [...(node.matches(charts) ? [node] : []), ...node.querySelectorAll(charts)])
    const seen = inside ? [inside] : added
    seen.forEach(chart => window.drawn?.set(chart, performance.now()))
  })).observe(document.body, {subtree: true, childList: true, attributes: true})
}"""
# The milliseconds from the click to the last drawing: in the charts one sees without scrolling, and in all.
_TIMES = """() => [chart => chart.getBoundingClientRect().top < innerHeight, () => true].map(wanted =>
  Math.max(...[...window.drawn].filter(([chart]) => chart.isConnected && wanted(chart)).map(([, at]) => at))
  - window.clicked)"""
_QUIET = 400  # milliseconds without drawing after which the charts are taken as drawn
_SETTLED = f"""name => document.querySelector('{_DONE}') && document.querySelector('.about').innerText.startsWith(name)
  && window.drawn.size && performance.now() - Math.max(...window.drawn.values()) > {_QUIET}"""


def time_in_browser(folder: Path, address: str) -> dict[str, Any]:
    """Return the first load of 总览, a board and a bare page, and the time from a changed filter to its charts."""
    (folder / "hello.py").write_text(_HELLO, encoding="utf-8")
    with start(folder, folder / "hello.py") as (hello, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path_of_chromium(), args=["--no-sandbox"])
        bare, bare_requests = _first_load(browser, hello, "h1", signed_in=False)
        ours, our_requests = _first_load(browser, address, "h1.finding")
        boards = {
            code: _first_load(browser, f"{address}/{code}", f"{_CHART} .main-svg", loads=BOARD_LOADS)
            for code in load_catalogue().boards
        }
        changes = _changes(browser, f"{address}{_first_board(browser, address)}")
        browser.close()
    slowest = max(boards.values())
    return {
        "hello_first_load_ms": round(bare),
        "overview_first_load_ms": round(ours),
        "boards_first_load_ms": {code: round(milliseconds) for code, (milliseconds, _) in boards.items()},
        "hello_first_load_requests": bare_requests,
        "overview_first_load_requests": our_requests,
        "board_first_load_requests": max(requests for _, requests in boards.values()),
        "overview_to_hello_first_load_ratio": round(ours / bare, 2),
        "slowest_board_to_hello_first_load_ratio": round(slowest[0] / bare, 2),
        "filter_change_to_charts_in_view_ms": _say([seen for seen, _ in changes]),
        "filter_change_to_all_charts_ms": _say([every for _, every in changes]),
    }


def _first_load(
    browser: Browser, address: str, sign: str, signed_in: bool = True, loads: int = LOADS
) -> tuple[float, int]:
    """Return what a first visit takes until the sign is shown and the server rests.

    That is the median milliseconds for a browser that has never been there, and how many requests it makes.
    """
    times, requests = [], list[str]()
    for _ in range(1 + loads):
        page = _open(browser, address, signed_in)
        requests.clear()
        page.on("request", lambda request: requests.append(request.url))
        start = perf_counter()
        page.goto(address)
        page.wait_for_selector(sign, timeout=_PATIENCE)
        page.wait_for_selector(_DONE, timeout=_PATIENCE)
        times.append((perf_counter() - start) * 1000)
        page.context.close()
    # The first visit makes the server import the page and fill its caches. Scripts of a page's own need no request.
    return median(times[1:]), sum(url.startswith("http") for url in requests)


def _open(browser: Browser, address: str, signed_in: bool = True, bypass_csp: bool = False) -> Page:
    """Return an empty page of a browser that has never been there but for signing in."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900}, bypass_csp=bypass_csp)
    if signed_in:
        come_in(context, address)
    return context.new_page()


def _first_board(browser: Browser, address: str) -> str:
    """Return the path of the page that stands second in the bar: the first board."""
    page = _open(browser, address)
    page.goto(address)
    link = page.locator('[data-testid="stTopNavLink"]').nth(1)
    link.wait_for(timeout=_PATIENCE)
    path = (link.get_attribute("href") or "").removeprefix(address)
    page.close()
    return path


def _say(times: Sequence[float]) -> dict[str, int]:
    return {"median": round(median(times)), "worst": round(max(times))}


def _changes(browser: Browser, address: str) -> list[tuple[float, float]]:
    """Return the milliseconds from the click on another organisation until the charts in view, and all, are drawn."""
    # What is waited for is a text the page evaluates, frame by frame: its content security policy would forbid that.
    page = _open(browser, address, bypass_csp=True)
    page.goto(address)
    page.wait_for_selector(f"{_CHART} .main-svg", timeout=_PATIENCE)
    page.wait_for_selector(_DONE, timeout=_PATIENCE)
    page.evaluate(_WATCH)
    return [_change(page, number) for number in range(1, 1 + CHANGES)]


def _change(page: Page, number: int) -> tuple[float, float]:
    page.get_by_role("combobox").first.click()
    option = page.get_by_role("option").nth(number)
    name = option.inner_text()
    option.click()
    page.wait_for_function(_SETTLED, arg=name, timeout=_PATIENCE)
    seen, every = page.evaluate(_TIMES)
    return seen, every
