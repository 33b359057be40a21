"""A newcomer's path from the README alone: run, sign in, upload a bad file, mend it, see the figure, export Word.

The project is cloned into an empty folder and set up there by its own commands; nothing of this copy is used.
"""

import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect, sync_playwright

from etl.intake import ACCEPTED
from etl.journal import Journal
from tests.contracts.source import ROOT
from tests.lib.dashboard.drawn import await_drawn
from tests.lib.server import free_port

pytestmark = [pytest.mark.soak, pytest.mark.browser]
SETUP = 900  # seconds to install everything and load the sample county
PATIENCE = 90_000  # milliseconds
MORE = 3  # members more in the mended return
_RUN = re.compile(r"^(make run)\b.*localhost:(\d+)", re.MULTILINE)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address at which the README's first command serves a fresh clone, and the clone."""
    clone = tmp_path_factory.mktemp("newcomer") / "mingshu"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    told = _RUN.search((clone / "README.md").read_text("utf-8"))
    assert told, "the README does not say how to run it"
    port = free_port()  # another one than it says: that may be taken here
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MINGSHU_", "VIRTUAL_ENV"))
    }
    server = subprocess.Popen(
        told[1].split(), cwd=clone, env=environment | {"MINGSHU_PORT": str(port)}, start_new_session=True
    )
    try:
        _await(f"http://localhost:{port}/healthz", server)
        yield f"http://localhost:{port}", clone
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # what was started here, and what that started
        server.wait(timeout=60)


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900}).new_page()
        browser.close()


def test_from_nothing_to_a_figure_that_moves(address: tuple[str, Path], page: Page, tmp_path: Path) -> None:
    site, clone = address
    bad, good, unit = _returns(clone / "data" / "store", tmp_path)
    page.goto(site)
    page.get_by_role("button", name="工作人员", exact=True).click()
    await_drawn(page)
    before = _members(page, site, unit)
    _drop(page, site, bad)
    expect(page.locator("h1.finding")).to_contain_text("退回 1 份", timeout=PATIENCE)
    expect(page.get_by_text("要改的 1 处")).to_be_visible(timeout=PATIENCE)
    _drop(page, site, good)
    expect(page.locator("h1.finding")).to_contain_text("可以收下 1 份", timeout=PATIENCE)
    page.get_by_role("button", name=re.compile("^收下 1 份")).click()
    expect(page.locator("h1.finding")).to_contain_text("已收下 1 份", timeout=PATIENCE)
    after = _members(page, site, unit)
    assert after == before + MORE
    assert f"{after:,}人" in _paper(page, site, unit, tmp_path)


def _returns(store: Path, folder: Path) -> tuple[Path, Path, str]:
    """Write a return that came before with words for its members, and with more members; return also whose it is."""
    entry = [one for one in Journal(store).entries() if one.what == ACCEPTED and fnmatch(one.name, "*公司工会*.xlsx")][
        -1
    ]
    book = load_workbook(store / entry.file)
    cell = next(row[2] for row in book.worksheets[0].iter_rows(min_row=3) if row[0].value == "会员人数")
    members = int(str(cell.value))
    written = []
    for name, value in (("填错的.xlsx", f"约{members}人"), ("改好的.xlsx", members + MORE)):
        cell.value = value
        book.save(folder / name)
        written.append(folder / name)
    return written[0], written[1], entry.returns[0].split("|")[1]


def _members(page: Page, site: str, unit: str) -> int:
    """Return the number of members that 总览 shows for an organisation in the quarter of the return."""
    page.goto(f"{site}/?unit={unit}&span=2011Q2")
    await_drawn(page)
    card = page.locator(".card").filter(has_text="工会会员人数").first
    found = re.search(r"([\d,]+)\s*人", card.inner_text())
    assert found, card.inner_text()
    return int(found[1].replace(",", ""))


def _paper(page: Page, site: str, unit: str, folder: Path) -> str:
    """Take out the first paper about an organisation as a Word file and return what it says."""
    page.goto(f"{site}/papers?unit={unit}&span=2011Q2")
    await_drawn(page)
    with page.expect_download(timeout=PATIENCE) as taken:
        page.get_by_role("button", name="文稿（Word）", exact=True).click()
    taken.value.save_as(folder / "paper.docx")
    document = Document(str(folder / "paper.docx"))
    rows = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *rows])


def _drop(page: Page, site: str, file: Path) -> None:
    page.goto(f"{site}/upload")
    await_drawn(page)
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_selector('.st-key-files [data-testid="stExpander"]', timeout=PATIENCE)
    await_drawn(page)


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SETUP
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(1)
    raise RuntimeError(f"no answer at {address}")
