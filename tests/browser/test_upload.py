"""An afternoon of attachments: drop them, answer what is wrong, take in what is right, undo what was a mistake."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from etl.intake import load_paths
from tests.browser.conftest import PHONE, OpenAddress, await_drawn, english_on, go_to, widest
from tests.lib.books import Form, write_book
from tests.lib.county import town_one, town_two, union_row, write_register, write_roster
from tests.lib.server import serve

pytestmark = pytest.mark.browser

QUARTER = "2008年一季度"
PATIENCE = 60_000  # milliseconds; a file is judged in well under a second, but not on every machine
PAGES = ("/upload", "/submissions", "/templates")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard on a small county in which one of two townships has reported. One test takes files in."""
    folder = tmp_path_factory.mktemp("county")
    load_paths([write_register(folder), write_roster(folder, "甲镇", QUARTER, town_one())], folder / "store")
    with serve(folder / "store") as address:
        yield address


def test_a_file_that_is_no_spreadsheet_is_answered_in_a_sentence(
    visit: OpenAddress, county: str, tmp_path: Path
) -> None:
    (tmp_path / "通知.xlsx").write_bytes(b"PK\x03\x04 cut short")
    page = visit(county + "/upload")
    drop(page, tmp_path / "通知.xlsx")
    expect_finding(page, "共 1 份：退回 1 份")
    expect(page.get_by_text("要改的 1 处")).to_be_visible(timeout=PATIENCE)
    assert english_on(page) == []


def test_a_file_too_large_is_refused_in_chinese(visit: OpenAddress, county: str, tmp_path: Path) -> None:
    (tmp_path / "太大.xlsx").write_bytes(bytes(31 * 1024 * 1024))
    page = visit(county + "/upload")
    page.locator("input[type=file]").set_input_files(tmp_path / "太大.xlsx")
    expect(page.get_by_text("超过 30 MB，没有上传")).to_be_attached(timeout=PATIENCE)


def test_a_program_is_refused_at_the_door_in_chinese(visit: OpenAddress, county: str, tmp_path: Path) -> None:
    (tmp_path / "报表.exe").write_bytes(b"MZ")
    page = visit(county + "/upload")
    page.locator("input[type=file]").set_input_files(tmp_path / "报表.exe")
    expect(page.get_by_text("这一种文件不收，请报 xlsx")).to_be_attached(timeout=PATIENCE)
    assert page.get_by_text("AxiosError").count() == 0


@pytest.mark.soak  # test_every_page looks at these pages of the sample county with every run
@pytest.mark.parametrize("path", PAGES)
def test_new_pages_speak_chinese_and_fit_a_phone(visit: OpenAddress, county: str, path: str) -> None:
    page = visit(county + path, PHONE)
    assert english_on(page) == []
    assert widest(page) <= PHONE[0]


def test_what_is_judged_fits_a_phone_and_speaks_chinese(visit: OpenAddress, county: str, tmp_path: Path) -> None:
    page = visit(county + "/upload", PHONE)
    drop(page, *_three_files(tmp_path))
    expect_finding(page, "共 3 份：退回 2 份，可以收下 1 份")
    for name in ("乙乡.xlsx", "甲镇更正.xlsx"):
        open_row(page, name)
    assert widest(page) <= PHONE[0]
    assert english_on(page) == []


def test_good_bad_and_mixed_files_at_once(visit: OpenAddress, county: str, tmp_path: Path) -> None:
    page = visit(county)
    expect_members(page, "100人")
    go_to(page, "上报")
    drop(page, *_three_files(tmp_path))
    expect_finding(page, "共 3 份：退回 2 份，可以收下 1 份")
    answer = download_answer(page, "乙乡.xlsx", tmp_path)
    press(page, "登记退回 2 份")
    expect_finding(page, "共 3 份：可以收下 1 份，已记为退回 2 份")

    drop(page, _mend(answer, tmp_path / "乙乡更正.xlsx"))
    row = open_row(page, "乙乡更正.xlsx")
    expect(row.get_by_text("上次 2 处，已改 2 处")).to_be_visible(timeout=PATIENCE)
    press(page, "收下 2 份")
    expect_finding(page, "共 4 份：已记为退回 2 份，已收下 2 份")
    go_to(page, "总览")
    expect_members(page, "125人")  # 57 + 30 + 20 of the one township, 10 + 8 of the other

    go_to(page, "上报")
    undo(page, "乙乡更正.xlsx", "发错了季度")
    expect_finding(page, "共 4 份：已记为退回 2 份，已收下 1 份，已撤回 1 份")
    go_to(page, "总览")
    expect_members(page, "107人")
    go_to(page, "报送进度")
    expect(page.get_by_text("↩ 已撤回").first).to_be_visible(timeout=PATIENCE)


def drop(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(files)


def expect_finding(page: Page, words: str) -> None:
    expect(page.locator("h1.finding")).to_have_text(words, timeout=PATIENCE)
    await_drawn(page)


def expect_members(page: Page, words: str) -> None:
    expect(page.locator("[data-code=union_members] .value")).to_contain_text(words, timeout=PATIENCE)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def open_row(page: Page, name: str) -> Locator:
    row = page.get_by_test_id("stExpander").filter(has=page.locator("summary", has_text=name))
    row.locator("summary").click(timeout=PATIENCE)
    expect(row.locator("details[open]")).to_be_visible(timeout=PATIENCE)
    await_drawn(page)
    return row


def download_answer(page: Page, name: str, folder: Path) -> Path:
    row = open_row(page, name)
    with page.expect_download(timeout=PATIENCE) as waiting:
        row.get_by_role("button", name="退回单").click()
    waiting.value.save_as(folder / waiting.value.suggested_filename)
    return folder / waiting.value.suggested_filename


def undo(page: Page, name: str, reason: str) -> None:
    row = open_row(page, name)
    row.get_by_role("button", name="撤回").click()
    page.get_by_label("为什么撤回", exact=True).fill(reason)
    press(page, "撤回这份")


def _three_files(folder: Path) -> list[Path]:
    """Write a corrected return, one with two mistakes, and a workbook of which one sheet is wrong."""
    poor = [
        union_row("乙一厂工会", 10, 25) | {"members": "约三百"},
        union_row("乙政府工会", 8, 8, category="机关") | {"workers": "二十多"},
    ]
    mixed = [Form("R01", "甲镇", "2008年二季度", town_one()), Form("R01", "乙乡", "2008年二季度", poor)]
    return [
        write_roster(folder, "甲镇", QUARTER, town_one(57), "甲镇更正.xlsx"),
        write_roster(folder, "乙乡", QUARTER, poor, "乙乡.xlsx"),
        write_book(folder / "两张表.xlsx", *mixed),
    ]


def _mend(answer: Path, path: Path) -> Path:
    """Correct the cells in the answer itself, as its receiver would, and save it under another name."""
    book = load_workbook(answer)
    assert "要改的" in book.sheetnames[0] and len(book.sheetnames) == 2
    right = {"约三百": town_two()[0]["members"], "二十多": town_two()[1]["workers"]}
    for row in book.worksheets[1].iter_rows():
        for cell in row:
            if cell.value in right:
                cell.value = right[cell.value]
    book.save(path)
    return path
