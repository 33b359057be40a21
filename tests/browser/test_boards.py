"""Boards in a real browser: down to the cell in two clicks, and the same for whoever opens the link."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import OpenAddress
from tests.lib.catalogue import first_panel
from tests.lib.dashboard.drawn import await_charts, await_drawn, await_true
from tests.lib.dashboard.worker import Worker
from tests.lib.office import text_of_pdf
from tests.lib.people import come_in

pytestmark = pytest.mark.browser

PATIENCE = 60_000  # milliseconds
# A field to paste into, as a document is; what comes is kept.
PASTE = """() => {
  const field = document.createElement('textarea')
  field.id = 'pasted'
  document.body.append(field)
  field.addEventListener('paste', ({clipboardData: one}) => {
    window.pasted = [one.getData('text/html'), one.getData('text/plain')]
  })
}"""
ROWS = """() => [...new DOMParser().parseFromString(window.pasted[0], 'text/html').querySelectorAll('tr')]
  .map(row => [...row.cells].map(cell => cell.textContent))"""
MOST_REQUESTS = 30
BOARD, PANEL = first_panel("areas")


def test_from_the_overview_to_a_cell_in_two_clicks(visit: OpenAddress) -> None:
    page = visit()
    page.get_by_role("link", name=BOARD.name, exact=True).first.click()  # one
    page.wait_for_url(f"**/{BOARD.code}**")
    county = page.locator(".about b").first.inner_text()
    opened = press_mark(page)  # two
    expect(opened.locator(".cells li").first).to_contain_text("原文", timeout=PATIENCE)
    opened.get_by_role("link", name="这一页只看").click()
    expect(page.locator(".about b").first).not_to_have_text(county, timeout=PATIENCE)
    area = page.locator(".about b").first.inner_text()
    opened = press_mark(page)
    expect(opened.locator(".cells li").first).to_contain_text("原文", timeout=PATIENCE)
    assert area not in opened.locator(".cells li").first.inner_text().splitlines()[0]


def test_a_link_shows_the_same_in_another_browser(visit: OpenAddress) -> None:
    page = visit(f"/{BOARD.code}?unit=T02&span=2010Q3&against=2009Q3")
    other = visit(unquote(page.url))
    for one in (page, other):
        expect(one.locator(".about")).to_contain_text("2010年三季度", timeout=PATIENCE)
        await_charts(one)
    for what in (".about", "h3.says", "ul.lines", ".domains"):
        shown = page.locator(what).all_inner_texts()
        assert shown and shown == other.locator(what).all_inner_texts()


def test_a_page_is_taken_along_as_a_workbook_a_pdf_and_its_tables_as_tables(visit: OpenAddress, tmp_path: Path) -> None:
    page = visit(f"/{BOARD.code}")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="整页数据").click()
    assert waiting.value.suggested_filename == f"示例县总工会{BOARD.name}（2011年上半年）.xlsx"
    book = load_workbook(BytesIO(waiting.value.path().read_bytes()))
    titles = [str(sheet.cell(1, 1).value) for sheet in book]
    shown = page.locator("h3.says").first.inner_text()
    assert len(titles) == len(BOARD.panels) and titles[0] == shown
    with page.expect_download() as waiting:
        page.get_by_role("button", name="整页（PDF）").click()
    assert waiting.value.suggested_filename == f"示例县总工会{BOARD.name}（2011年上半年）.pdf"
    waiting.value.save_as(tmp_path / "page.pdf")
    said = re.sub(r"\s", "", text_of_pdf(tmp_path / "page.pdf", "raw")[1])
    assert shown in said and page.locator(".domain td a").last.inner_text() in said
    head, first = _copied(page, page.locator(".taken:has(.domains)"))
    row = page.locator(".domain").first.locator("tbody tr").first
    assert head == page.locator(".domain").first.locator("th").all_inner_texts()
    assert first[1] == row.locator("td").nth(1).inner_text() and len(first) == len(head)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/goals", ("责任部门", "进度、预计和差额", "目标完成")),
        ("/unit?unit=T01", ("同类中位数", "要达到目标", "情况（2011年上半年）")),
        ("/indicator", ("排名", "逐季的数", "这个数的定义")),
    ],
)
def test_pages_that_are_no_boards_are_taken_along_as_a_pdf(
    path: str, says: tuple[str, ...], address: str, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(1) as aside:  # the browser's own loop runs in this thread
        (tmp_path / "page.pdf").write_bytes(aside.submit(asyncio.run, _taken(address, path)).result())
    _, printed = text_of_pdf(tmp_path / "page.pdf", "raw")
    assert [words for words in says if words not in printed] == []


async def _taken(address: str, path: str) -> bytes:
    async with Worker(address, path) as worker:
        await worker.run()
        return await worker.download("整页（PDF）")


def _copied(page: Page, place: Locator) -> tuple[list[str], list[str]]:
    """Copy a table as in an office without TLS, where there is no other clipboard; return what is pasted of it."""
    page.evaluate("() => { delete Navigator.prototype.clipboard }")
    place.get_by_role("button", name="复制表格").click()
    expect(place.locator("button.copy")).to_contain_text("已复制")
    page.evaluate(PASTE)
    page.locator("#pasted").focus()
    page.keyboard.press("Control+V")
    await_true(page, "() => Boolean(window.pasted)")
    plain = [line.split("\t") for line in page.evaluate("() => window.pasted[1]").split("\n")]
    rows = page.evaluate(ROWS)
    assert rows == plain and len(rows) > 3
    return rows[2], rows[3]


def test_a_first_visit_makes_few_requests(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="zh-CN")
    come_in(context, address)
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{BOARD.code}")
    await_drawn(page)
    await_charts(page)
    context.close()
    loaded = [url for url in asked if url.startswith("http")]  # the pages' own small scripts come with the page
    assert len(loaded) <= MOST_REQUESTS and len(loaded) == len(set(loaded)), "\n".join(loaded)


def press_mark(page: Page) -> Locator:
    """Press the first of those below in the drawing; return the panel that explains its number."""
    await_drawn(page)
    await_charts(page)
    mark = page.locator(f".st-key-panel-{PANEL.code} .scatterlayer .point").first
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")  # not below the bar
    box = mark.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return page.get_by_role("dialog")
