"""Every field there is, of the pages and of the gate, is filled with signs and sent: nothing comes of them."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page

from access.accounts.roles import Role
from access.gate.gate_routes import HOME, LOGO, MY_ACCOUNT, OTHERS_OUT, PASSWORD, SECOND_FACTOR, SIGN_IN, SIGN_OUT
from stats.catalogue import load_catalogue
from tests.browser.conftest import OpenAddress
from tests.browser.test_upload import drop
from tests.lib.county import town_one, write_roster
from tests.lib.dashboard.drawn import PAINT, await_drawn
from tests.lib.dashboard.fields import fields_of_gate, fields_of_pages
from tests.lib.dashboard.watched import Watched, open_all
from tests.lib.files.word import W, write_word
from tests.lib.marked import FILE, PERSON, SHEET, SIGNS
from tests.lib.people import WORD, name_of
from tests.pages.frame.test_addresses import OF_GATE

pytestmark = pytest.mark.browser

PAGES = ("goals?unit=T02", "scoring", "accounts", "audit", "trace?span=2008Q1..2008Q4", "submissions")  # with fields
TRIED = (SIGNS, FILE[:40], PERSON, "![](/x)")  # the longest that a field takes
MEMBERS = load_catalogue().indicators["union_members"].name
FILES = "stFileUploader"
FIELDS = """root => [...(root ?? document).querySelectorAll('.stTextInput, .stTextArea, .stFileUploader')]
  .filter(one => one.checkVisibility()).map(one => [
    [...one.classList].find(name => /^st(TextInput|TextArea|FileUploader)$/.test(name)),
    [...one.closest('[class*="st-key-"]').classList].find(name => name.startsWith('st-key-')).slice(7),
    one.querySelector('label')?.innerText ?? ''])"""
SET = "(one, words) => { one.value = words }"


class Typist:
    """Writes signs into each field of the pages once, and sends them."""

    def __init__(self, page: Page, watched: Watched, own: list[str]) -> None:
        self.page, self.watched, self.own = page, watched, {"/", *own}
        self.filled: set[tuple[str, str]] = set()
        self._seen: set[tuple[str, str]] = set()

    def work(self, path: str) -> None:
        """Go to a page, fill what is open, send it, then what opens in windows of its own."""
        self.page.goto(f"{self.watched.address}/{path}")
        self.work_here()

    def work_here(self) -> None:
        """Fill and send what the page now shows."""
        await_drawn(self.page)
        open_all(self.page)
        self.fill(self.page.locator("body"))
        self._press(self.page.locator(".stMain"))
        open_all(self.page)
        for label in self._texts(self.page.get_by_test_id("stPopover").get_by_role("button")):
            self._fill_window(label)
        self._look()

    def drop(self, file: Path, shown: str) -> None:
        """Give a file to the page's one field for files and wait until something is shown of it."""
        ((kind, key),) = {(kind, key) for kind, key, _ in self.page.evaluate(FIELDS, None) if kind == FILES}
        drop(self.page, file)
        self.page.locator(shown).first.wait_for()
        await_drawn(self.page)
        self.filled.add((kind, key))
        self._look()

    def _fill_window(self, label: str) -> None:
        if not (buttons := self.page.get_by_test_id("stPopover").get_by_role("button", name=label)).count():
            return  # what was sent in another window took it away
        buttons.first.click()
        (window := self.page.get_by_test_id("stPopoverBody")).wait_for()
        if self.fill(window):
            self._press(window)
        while window.count():
            self.page.keyboard.press("Escape")
            self.page.evaluate(PAINT)

    def fill(self, root: Locator) -> bool:
        """Fill the fields of a kind and name that were not met yet; return whether there was one."""
        found = False
        for kind, key, label in root.evaluate(FIELDS):
            if kind != FILES and (kind, label) not in self._seen:
                field = self.page.locator(f".st-key-{key}").locator("input, textarea").first
                self._write(field)
                self._seen.add((kind, label))
                self.filled.add((kind, key))
                found = True
        return found

    def _write(self, field: Locator) -> None:
        for words in TRIED:
            field.fill(words)
            if field.input_value() == words:
                break
        assert field.input_value() == words
        field.press("Tab")
        await_drawn(self.page)
        self._look()

    def _press(self, root: Locator) -> None:
        """Press each button that sends what was written."""
        for label in self._texts(root.get_by_test_id("stBaseButton-primary")):
            button = root.get_by_test_id("stBaseButton-primary").filter(has_text=label).first
            if button.is_visible() and button.is_enabled():
                button.click()
                await_drawn(self.page)
                self._look()

    def _look(self) -> None:
        self.watched.look(self.page, self.page.url, self.own)

    @staticmethod
    def _texts(found: Locator) -> list[str]:
        """Return the words of some buttons, without the names of their icons."""
        lines = (line for text in found.all_inner_texts() for line in text.split("\n"))
        return list(dict.fromkeys(line for line in lines if not line.isascii()))


@pytest.mark.soak  # it guards no number, and takes as long as a tenth of the test run
def test_s06_no_field_of_a_page_makes_a_link_or_a_request_of_what_is_written_there(
    visit: OpenAddress, marked: str, paths: list[str], tmp_path: Path
) -> None:
    page = visit(marked + "/help")
    typist = Typist(page, watched := Watched(page, marked), paths)
    _send_in(typist, tmp_path)
    for path in PAGES:
        typist.work(path)
    _have_papers_read(typist, tmp_path)
    _declare(typist, tmp_path)
    fields = [one for one in fields_of_pages() if not one.where.startswith("pages/parts/move_in/")]  # see moving_in
    missed = [one.where for one in fields if not any(one.fits(*filled) for filled in typist.filled)]
    assert missed == []
    assert (watched.wrong, watched.elsewhere, watched.signed_out) == ({}, [], [])
    for text in (f"没有含“{SIGNS}”的", f"“{SIGNS}”不是引用号", f"文中写的是 {SIGNS[:40]}"):
        assert text in watched.said, text


def _send_in(typist: Typist, folder: Path) -> None:
    """Drop what is right and what is asked about, give reasons, take it in and take it out again."""
    (page := typist.page).goto(f"{typist.watched.address}/upload")
    await_drawn(page)
    typist.drop(_packed(folder), "[data-testid=stExpander]")
    open_all(page)
    typist.fill(page.locator("body"))
    page.get_by_text("逐条说明").first.click()
    typist.work_here()
    typist.work_here()


def _packed(folder: Path) -> Path:
    """Return a packed roster, and one with two sheets nobody knows beside it."""
    right = write_roster(folder, "甲镇", "2008年三季度", town_one(), "1.xlsx")
    asked = write_roster(folder, "甲镇", "2008年四季度", town_one(), "2.xlsx")
    book = load_workbook(asked)
    for number in range(2):
        sheet = book.create_sheet(f"{number}{SHEET}"[:31])
        for row in ([SIGNS, "次数"], ["甲厂", 3 + number], ["乙厂", 4]):
            sheet.append(row)
    book.save(asked)
    with ZipFile(folder / "件.zip", "w") as packed:
        for path in (right, asked):
            packed.write(path, f"{path.stem}{FILE}.xlsx")
    return folder / "件.zip"


def _have_papers_read(typist: Typist, folder: Path) -> None:
    """Have a speech checked, filled and read again, with other words where its figure stood."""
    page, wrong, right = typist.page, folder / f"{FILE}1.docx", folder / f"{FILE}2.docx"
    wrong.write_bytes(write_word(f"{{{{ {SIGNS} }}}}", f'{{{{ {MEMBERS}(单位="{SIGNS}") }}}}', SIGNS))
    right.write_bytes(write_word(f"{{{{ {MEMBERS} }}}}", SIGNS))
    for file in (wrong, right):
        typist.work(f"papers?part={quote('填讲稿')}")
        typist.drop(file, "p.sum")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载填好的讲稿").click()
    typist.work(f"papers?part={quote('查引用号')}")
    typist.drop(_retyped(Path(waiting.value.path()), folder / f"{FILE}3.docx"), "p.sum")
    for part in ("已出的材料", "用数台账", "讲稿核数"):
        typist.work(f"papers?part={quote(part)}")
    typist.drop(folder / f"{FILE}3.docx", "p.sum")
    typist.work_here()


def _declare(typist: Typist, folder: Path) -> None:
    """Write into the dialogs of the catalogue, try what changes a meaning, and drop what is no catalogue."""
    (page := typist.page).goto(f"{typist.watched.address}/catalogue")
    await_drawn(page)
    _fill_dialogs(typist)
    _look_at(page, "代码表")
    typist.fill(page.locator(".stMain"))
    _try_a_meaning(typist)
    _look_at(page, "指标")
    page.locator(".stExpander summary").first.click()
    await_drawn(page)
    page.get_by_role("button", name="定目标").click()
    page.get_by_role("dialog").get_by_role("button", name="定下目标").wait_for()
    typist.fill(page.get_by_role("dialog"))
    page.reload()
    page.get_by_text("各版、导出和导入", exact=True).click()
    await_drawn(page)
    (folder / f"{FILE}.zip").write_bytes(b"PK")
    typist.drop(folder / f"{FILE}.zip", "[data-testid=stAlert]")


def _fill_dialogs(typist: Typist) -> None:
    page, window = typist.page, typist.page.get_by_role("dialog")
    for kind, begin in (("报表", "新增报表"), ("考核办法", "新增考核办法")):
        _look_at(page, kind)
        typist.fill(page.locator(".stMain"))
        page.locator(".st-key-catalogue-find input").fill("")
        page.get_by_role("button", name=begin).click()
        window.get_by_role("button", name="放进修改").wait_for()  # it is drawn last
        if kind == "考核办法":
            stages = page.get_by_role("combobox", name="各次评分叫什么")
            stages.fill("自评")
            page.get_by_role("option", name="自评").click()
            stages.press("Tab")
            await_drawn(page)
        typist.fill(window)
        page.get_by_role("button", name="关闭").first.click()
        window.wait_for(state="detached")


def _try_a_meaning(typist: Typist) -> None:
    """Change what a unit of measure is called, and fill in the reasons that are then asked for."""
    page, window = typist.page, typist.page.get_by_role("dialog")
    _look_at(page, "计量单位")
    page.locator(".stExpander summary").first.click()
    page.get_by_role("button", name="改", exact=True).click()
    window.get_by_label("写作").fill("口")
    window.get_by_label("写作").press("Tab")
    await_drawn(page)
    page.get_by_role("button", name="放进修改").click()
    page.get_by_role("button", name="试算").click()
    page.get_by_label("为什么仍用这个代码").wait_for()
    typist.fill(page.locator(".stMain"))


def _look_at(page: Page, kind: str) -> None:
    page.locator(".st-key-catalogue-kind").get_by_text(kind, exact=True).click()
    await_drawn(page)


def _retyped(paper: Path, path: Path) -> Path:
    """Write signs where the figures of a paper stand."""
    document = Document(BytesIO(paper.read_bytes()))
    for place in document.element.body.iter(f"{W}sdt"):
        for words in place.iter(f"{W}t"):
            words.text = SIGNS
    document.save(str(path))
    return path


GATE = (SIGN_IN, PASSWORD, SECOND_FACTOR, OTHERS_OUT, SIGN_OUT)  # the last ends the session


def test_s06_no_field_of_the_gate_makes_a_link_or_a_request_of_what_is_written_there(
    browser: Browser, marked: str
) -> None:
    page = browser.new_page()
    watched, own, filled = Watched(page, marked), {HOME, MY_ACCOUNT, LOGO, *GATE}, set[str]()
    _come_in(page, marked)
    signs = urlencode(dict.fromkeys(OF_GATE, SIGNS))
    for path in GATE:
        for told in ("", "?next=//example.invalid", f"?{signs}"):
            page.goto(f"{marked}{path}{told}")
            filled |= set(_write_form(page))
            watched.look(page, path, own)
        page.locator("form button").first.click()
        page.wait_for_load_state()
        watched.look(page, f"{path}, sent", own)
        assert urlsplit(page.url).netloc == urlsplit(marked).netloc
    page.close()
    assert fields_of_gate() - filled == set()
    assert PERSON in watched.said
    assert (watched.wrong, watched.elsewhere) == ({}, [])


def _come_in(page: Page, address: str) -> None:
    """Sign in apart from the other tests, for this session ends."""
    page.goto(f"{address}{SIGN_IN}")
    page.locator("input[name=name]").fill(name_of(Role.ADMIN))
    page.locator("input[name=password]").fill(WORD)
    page.locator("form button").first.click()
    page.locator("h1.finding").wait_for()


def _write_form(page: Page) -> Iterator[str]:
    """Write signs into every field of a form, seen or not, but the token; yield their names."""
    for field in page.locator("form input[name]:not([name=form])").all():
        field.evaluate(SET, SIGNS)
        yield str(field.get_attribute("name"))
