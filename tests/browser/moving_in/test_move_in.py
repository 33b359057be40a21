"""建库 in a browser: an empty store gets its register and a form of the county's own, from files full of signs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

from stats.catalogue_in_force import catalogue_in_force
from tests.browser.conftest import PHONE, OpenAddress, widest
from tests.browser.test_typed_text import Typist
from tests.lib.dashboard.drawn import PATIENCE, await_drawn
from tests.lib.dashboard.fields import fields_of_pages
from tests.lib.dashboard.watched import Watched
from tests.lib.marked import SHEET, SIGNS
from tests.lib.server import serve

pytestmark = pytest.mark.browser

TRIES, PAUSE = 20, 300  # milliseconds
MOST = 20  # presses and fields until figures of the county's own can be sent in
LIST = [
    ["工会名称", "所属乡镇", "单位性质", "工会主席"],
    [f"甲厂工会{SIGNS}", "东镇", "私营企业", "王小明"],
    ["乙厂工会", "城关", "民企", "李大山"],
]
TABLE = [["截至2026年6月30日"], ["工会名称", "会员数"], [f"甲厂工会{SIGNS}", 50], ["乙厂工会", 60]]


class Mover:
    """Moves a county in, and counts what is pressed and chosen."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def fill(self, label: str, words: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        field.fill(words)
        field.press("Enter")
        self._done()

    def drop(self, path: Path, number: int = 0) -> None:
        """Drop a file into one of the page's fields for files."""
        self.page.locator("input[type=file]").nth(number).set_input_files(path)
        self._done()

    def choose(self, field: Locator, option: str) -> None:
        field.wait_for()
        await_drawn(self.page)
        offered = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(TRIES):  # a list that opens while the page is still drawn closes again
            field.get_by_role("combobox").click()
            self.page.wait_for_timeout(PAUSE)
            if offered.count():
                break
        offered.first.click()
        self._done()

    def press(self, button: str) -> None:
        expect(self.page.get_by_role("button", name=button)).to_be_enabled(timeout=PATIENCE)
        self.page.get_by_role("button", name=button).click()
        self._done()

    def _done(self) -> None:
        self.steps += 1
        await_drawn(self.page)

    def select(self, words: str) -> Locator:
        return self.page.get_by_test_id("stSelectbox").filter(has_text=words)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def started(empty: Path) -> Iterator[str]:
    with serve(empty) as address:
        yield address


def written(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    (sheet := book.worksheets[0]).title = SHEET[:31].replace("/", "")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_county_moves_in_by_its_own_tables(
    started: str, visit: OpenAddress, empty: Path, paths: list[str], tmp_path: Path
) -> None:
    page = visit(f"{started}/move-in")
    watched = Watched(page, started)
    typist, mover = Typist(page, watched, paths), Mover(page)
    mover.fill("县总工会的全称", f"某县总工会{SIGNS}"[:40])
    mover.drop(written(tmp_path / "2026年花名册.xlsx", LIST))
    mover.choose(mover.select("“城关”"), "乡镇")
    mover.choose(mover.select("“民企”"), "私营")
    watched.look(page, "the list", typist.own)
    assert "王小明" not in watched.said
    mover.press("收下，建名册")
    expect(page.get_by_role("heading", name="本县的报表")).to_be_visible(timeout=PATIENCE)
    mover.drop(written(tmp_path / "会员数.xlsx", TABLE), number=1)
    mover.fill("报表名称", f"会员表{SIGNS}"[:40])
    mover.choose(mover.select("多久报一次"), "每季")
    mover.choose(mover.select("各栏的数是"), "期末的数")
    mover.choose(mover.select("整数栏的计量单位"), "人")
    watched.look(page, "the form", typist.own)
    forms = len(catalogue_in_force(empty).forms)
    mover.press("立下这张报表")
    expect(page.get_by_text(f"现有 {forms + 1} 张")).to_be_visible(timeout=PATIENCE)
    later = [LIST[0], [f"丁厂工会{SIGNS}", "东镇", "私营企业", "王小明"]]
    mover.drop(written(tmp_path / "后来的花名册.xlsx", later))
    expect(page.get_by_text("和名册一样的 0 个")).to_be_visible(timeout=PATIENCE)
    watched.look(page, "the later list", typist.own)
    assert "王小明" not in watched.said
    assert (watched.wrong, watched.elsewhere, watched.signed_out) == ({}, [], [])
    assert mover.steps < MOST and "L01" in catalogue_in_force(empty).forms
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert widest(page) <= PHONE[0]


def test_every_field_of_moving_in_is_known() -> None:
    """The fields that the walk above fills; a new one has to be filled there too."""
    fields = [one for one in fields_of_pages() if one.where.startswith("pages/parts/move_in/")]
    assert len(fields) == 5
