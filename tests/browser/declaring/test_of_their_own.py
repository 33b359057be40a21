"""A county makes a form, items, a rate, a panel, a paper and a target of its own, and is led from them to a cell."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from access.accounts.roles import Role
from access.acts import Acts
from etl.intake import withdraw
from etl.journal import read_entries
from stats.catalogue_in_force import catalogue_in_force
from tests.browser.conftest import OpenAddress, await_drawn, english_on
from tests.browser.test_upload import PATIENCE, drop
from tests.etl.published.declared import write_visits
from tests.lib.county import begin_store
from tests.lib.people import session_for
from tests.lib.server import serve

pytestmark = pytest.mark.browser

SUM, RATE = "走访职工人次", "走访解决率"
BACK = "好了，回上一层"
SPAN = "span=2008Q1..2008Q1"


def choose(box: Locator, name: str) -> None:
    """Choose from a list by a name; once more where what was filled in before arrived while it was typed."""
    option = box.page.get_by_role("option", name=name, exact=True).first
    await_drawn(box.page)
    for _ in range(5):
        box.click()
        box.fill(name)
        try:
            option.click(timeout=3000)
            break
        except TimeoutError:
            continue
    else:
        raise AssertionError(name)
    box.press("Tab")  # a list of which several are chosen stays open


class Clerk:
    """Somebody at the page 目录, who knows fields and buttons by their words."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def look_at(self, kind: str, begin: str = "") -> None:
        """Turn to a kind of entry, and begin a new one."""
        self.page.locator(".st-key-catalogue-kind").get_by_text(kind, exact=True).click()
        await_drawn(self.page)
        if begin:
            self.page.get_by_role("button", name=begin).click()

    def write(self, **words: str) -> None:
        """Write into fields by their labels."""
        for label, text in words.items():
            field = self.dialog.get_by_label(label).and_(self.dialog.locator("input, textarea")).first
            field.fill(text)
            field.press("Tab")

    def choose(self, label: str, *names: str) -> None:
        """Choose from a list, or several from one that takes several."""
        box = self.dialog.get_by_role("combobox", name=label).first
        for name in names:
            choose(box, name)

    def press(self, label: str) -> None:
        """Press a button of the dialog, once what was filled in has arrived."""
        await_drawn(self.page)
        self.dialog.get_by_role("button", name=re.compile(f"{re.escape(label)}$")).first.click()
        await_drawn(self.page)

    def keep(self) -> None:
        """Put the entry into the draft, and wait until the dialog is gone."""
        self.press("放进修改")
        expect(self.dialog).to_have_count(0, timeout=PATIENCE)
        await_drawn(self.page)

    def publish(self, why: str) -> None:
        self.page.get_by_role("button", name="试算", exact=True).click()
        field = self.page.get_by_label("为什么改")
        field.fill(why, timeout=PATIENCE)
        field.press("Tab")
        await_drawn(self.page)
        self.page.get_by_role("button", name="发布", exact=True).click()
        expect(self.page.get_by_text("已发布目录第")).to_be_visible(timeout=PATIENCE)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return begin_store(tmp_path / "store")


@pytest.fixture
def address(store: Path) -> Iterator[str]:
    with serve(store) as found:
        yield found


def test_a_county_makes_a_form_and_what_is_read_from_it(
    visit: OpenAddress, address: str, store: Path, tmp_path: Path
) -> None:
    page = visit("/catalogue")
    clerk = Clerk(page)
    add_form(clerk)
    for name, column in ((SUM, SUM), ("走访解决问题人次", "其中解决问题人次")):
        add_item(clerk, name, column)
    add_rate(clerk)
    add_panel(clerk)
    add_paper(clerk)
    assert english_on(page) == []
    clerk.publish("加一张走访表")
    send(page, address, write_visits(tmp_path / "走访.xlsx", ("甲镇", 40, 30), ("乙乡", 60, 20)))
    set_target(page, clerk, address)
    see_on_the_board_and_down_to_its_cell(page, address)
    page.goto(f"{address}/goals?{SPAN}")
    await_drawn(page)
    expect(page.locator(".stMain")).to_contain_text(RATE)
    expect(page.locator(".stMain")).to_contain_text("60.0%")
    page.goto(f"{address}/papers?{SPAN}")
    await_drawn(page)
    choose(page.get_by_role("combobox", name="哪一种"), "走访情况通报")
    expect(page.locator(".stMain")).to_contain_text("走访解决率50.0%", timeout=PATIENCE)
    take_back_and_carry_elsewhere(page, clerk, address, store, tmp_path)


def add_form(clerk: Clerk) -> None:
    clerk.look_at("报表", "新增报表")
    clerk.write(表名="走访职工情况表", 回答什么问题="走访了多少职工？")
    clerk.press("加上")
    clerk.choose("哪一级单位", "乡镇")
    clerk.press(BACK)
    clerk.choose("多久报一次", "每季")
    for name, kind in (("乡镇", "单位名称"), (SUM, "整数"), ("其中解决问题人次", "整数")):
        clerk.press("加一个栏")
        clerk.write(栏名=name)
        clerk.choose("填什么", kind)
        if kind == "整数":
            clerk.choose("计量单位", "人次")
        clerk.dialog.get_by_text("必填", exact=True).click()
        clerk.press(BACK)
    clerk.choose("数算给哪一栏", "乡镇")
    clerk.choose("一行由哪几栏", "乡镇")
    clerk.keep()


def add_item(clerk: Clerk, name: str, column: str) -> None:
    clerk.look_at("数据项", "新增数据项")
    clerk.write(名称=name)
    for label, choice in (("计量单位", "人次"), ("几期合起来", "各期相加（期间数）"), ("哪张报表", "走访职工情况表")):
        clerk.choose(label, choice)
    clerk.choose("把哪一栏", column)
    clerk.keep()


def add_rate(clerk: Clerk) -> None:
    clerk.look_at("指标", "新增指标")
    clerk.write(名称=RATE, 回答什么问题="解决了多少？", 为什么要看它="走访不走过场。", 口径=SUM, 哪个部门负责="保障部")
    for label, name in (("领域", "帮扶资金"), ("计量单位", "%"), ("高了好还是", "高了好")):
        clerk.choose(label, name)
    clerk.choose("分子", "走访解决问题人次")
    clerk.choose("分母", SUM)
    clerk.keep()


def add_panel(clerk: Clerk) -> None:
    clerk.look_at("看板")
    clerk.page.locator(".stExpander summary").filter(has_text="帮扶资金").first.click()
    clerk.page.get_by_role("button", name="改", exact=True).click()
    clerk.press("加一个")
    clerk.press("这些数一期一期在增加还是减少？")
    clerk.choose("指标", RATE)
    expect(clerk.dialog.get_by_text("还没有发布，现在的数据里没有")).to_be_visible(timeout=PATIENCE)
    clerk.press(BACK)
    clerk.keep()


def add_paper(clerk: Clerk) -> None:
    clerk.look_at("文稿", "新增文稿")
    clerk.write(代码="visits", 名称="走访情况通报", 标题="走访情况通报")
    clerk.press("加一个章")
    clerk.write(标题="一、走访")
    clerk.press("加一个部分")
    clerk.write(各段=f"{RATE}{{{{ {RATE} }}}}。")
    clerk.press(BACK)
    clerk.press(BACK)
    clerk.keep()


def send(page: Page, address: str, file: Path) -> None:
    page.goto(f"{address}/upload")
    await_drawn(page)
    drop(page, file)
    expect(page.locator("h1.finding")).to_contain_text("1 份", timeout=PATIENCE)
    page.get_by_role("button", name="收下 1 份").click()
    expect(page.get_by_text("已收下 1 份").first).to_be_visible(timeout=PATIENCE)


def set_target(page: Page, clerk: Clerk, address: str) -> None:
    page.goto(f"{address}/catalogue")
    await_drawn(page)
    clerk.look_at("指标")
    page.get_by_role("textbox", name="查找", exact=True).fill(RATE)
    page.get_by_role("textbox", name="查找", exact=True).press("Enter")
    await_drawn(page)
    entries = page.locator(".stExpander summary")
    expect(entries.filter(has_not_text=RATE)).to_have_count(0)  # what was found has come
    entries.filter(has_text=RATE).click()
    await_drawn(page)
    page.get_by_role("button", name="定目标").click()
    expect(clerk.dialog).to_be_visible(timeout=PATIENCE)
    clerk.write(**{RATE: "60", "依据的文件": "《走访工作方案》"})
    await_drawn(page)
    clerk.press("定下目标")
    expect(page.get_by_text("已收下")).to_be_visible(timeout=PATIENCE)


def see_on_the_board_and_down_to_its_cell(page: Page, address: str) -> None:
    page.goto(f"{address}/aid?{SPAN}")
    await_drawn(page)
    panel = page.locator(".st-key-panel-c1")
    expect(panel).to_contain_text("50.0%", timeout=PATIENCE)
    panel.get_by_role("button", name="怎么来的").click()
    page.get_by_role("dialog").get_by_role("link", name=re.compile("格")).first.click()
    page.wait_for_url("**/trace?**")
    await_drawn(page)
    expect(page.locator("h1.finding")).to_contain_text(RATE)
    expect(page.locator(".sheet td.here").first).to_have_text(re.compile("30|20|40|60"))


def take_back_and_carry_elsewhere(page: Page, clerk: Clerk, address: str, store: Path, tmp_path: Path) -> None:
    for entry in read_entries(store)[1:]:
        withdraw(store, entry.seq, "不用了", "李梅")
    page.goto(f"{address}/catalogue")
    await_drawn(page)
    page.get_by_text("各版、导出和导入", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出本地目录").click()
    waiting.value.save_as(tmp_path / "目录.zip")
    page.get_by_role("button", name="退回到程序自带的目录").click()
    clerk.publish("退回")
    assert RATE not in {one.name for one in catalogue_in_force(store).indicators.values()}
    other = begin_store(tmp_path / "other")
    acts = Acts(other, session_for(other, Role.ADMIN))
    acts.import_catalogue(tmp_path / "目录.zip")
    acts.publish_draft("从别的县来")
    assert RATE in {one.name for one in catalogue_in_force(other).indicators.values()}
