"""When a page stands on the screen: conditions to wait for, no sleeping."""

from playwright.sync_api import Page

PATIENCE = 60_000  # milliseconds
PAINT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_CHARTS = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(
  chart => !chart.checkVisibility() || chart.querySelector('.js-plotly-plot .main-svg'))"""
# Tables draw themselves on a canvas, after their scripts have come.
_TABLES = """() => [...document.querySelectorAll('[data-testid="stDataFrame"]')].every(
  table => !table.checkVisibility() || table.querySelector('canvas'))"""

_LOOKS, _BETWEEN = 4, 150  # drawings that look the same so often, so many milliseconds apart, are at rest
_AT_REST = f"""() => {{
  const look = chart => chart.getBoundingClientRect().top + '|' + chart.innerHTML.length
  const seen = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].map(look).join()
  window.looks = seen === window.seen ? (window.looks ?? 0) + 1 : 0
  window.seen = seen
  return window.looks >= {_LOOKS}
}}"""


def await_drawn(page: Page) -> None:
    """Wait until the finding stands on the page, nothing is being computed, and the words of the frame are Chinese."""
    page.evaluate(PAINT)  # what was clicked last has been sent
    page.wait_for_selector("h1.finding", timeout=PATIENCE)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)
    page.wait_for_function("document.documentElement.lang === 'zh-CN'", timeout=PATIENCE)
    page.evaluate(PAINT)


def await_charts(page: Page) -> None:
    """Wait until every drawing and every table of the page that is not folded away has been drawn and moves no more."""
    page.wait_for_function(_CHARTS, timeout=PATIENCE)
    page.wait_for_function(_TABLES, timeout=PATIENCE)
    page.evaluate("document.fonts.ready")
    page.evaluate("window.looks = 0")
    page.wait_for_function(_AT_REST, polling=_BETWEEN, timeout=PATIENCE)
