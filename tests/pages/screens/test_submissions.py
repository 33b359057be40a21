"""报送进度 and 下发模板: who has reported, who is missing and how large, every receipt, blank forms to hand out."""

import io
import re
import zipfile
from pathlib import Path
from shutil import copytree

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts.roles import Role
from etl.intake import ACCEPTED, HELD, RETURNED, WITHDRAWN, forget, load_paths, withdraw
from pages.view.foreign_text import as_written
from pages.view.receipts import receipts
from tests.lib.county import town_one, town_two, union_row, write_register, write_roster
from tests.pages.conftest import OpenPage, holds_accounts_alone, words

PAGE = "submissions.py"
QUARTER = "2008年二季度"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store where one township has reported a quarter, the other was sent back. Read only: `collecting` is a copy."""
    folder = tmp_path_factory.mktemp("collected")
    poor = [union_row("乙一厂工会", "约三百", 25), union_row("乙政府工会", 8, 8, category="机关")]  # type: ignore[arg-type]
    files = [
        write_register(folder),
        write_roster(folder, "甲镇", "2008年一季度", town_one()),
        write_roster(folder, "乙乡", "2008年一季度", town_two()),
        write_roster(folder, "甲镇", QUARTER, town_one()),
        write_roster(folder, "乙乡", QUARTER, poor),
    ]
    for file in files:
        load_paths([file], folder / "store", who="李梅")
    return folder / "store"


@pytest.fixture
def collecting(collected: Path, tmp_path: Path) -> Path:
    """A store of one's own where one township has reported a quarter, the other was sent back."""
    return copytree(collected, tmp_path / "store")


def labels(app: AppTest) -> list[str]:
    return [row.label.replace("\\", "") for row in app.expander]


def open_row(app: AppTest, seq: int, what: str) -> AppTest:
    app.session_state[f"receipt-{seq}-{what}"] = True
    app.run()
    assert not app.exception and not app.error
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception and not app.error
    return app


def test_title_says_how_the_quarter_stands(open_page: OpenPage, collecting: Path) -> None:
    page = words(open_page(collecting, PAGE))
    assert "2008年二季度应报 " in page and "还缺 " in page
    assert "历史补录，不考核是否按时" in page
    assert "占全县 100.0%" in page  # the other forms are wanted from everybody


def test_w53_the_parts_of_the_returns_expected_are_said(open_page: OpenPage, collecting: Path) -> None:
    page = words(open_page(collecting, PAGE))
    whole, areas, own = map(int, re.findall(r"应报 (\d+) 份，其中各地 (\d+) 份、本级 (\d+) 份", page)[0])
    assert whole == areas + own and f"2008年二季度应报 {whole} 份" in page and f"/{areas}</span>" in page


def test_areas_stand_against_forms_by_sign_and_in_words(open_page: OpenPage, collecting: Path) -> None:
    table = next(body for body in _bodies(open_page(collecting, PAGE)) if "plain grid" in body)
    assert '<span class="met">✓ 3/3</span>' in table
    assert '<span class="behind">△ 0/2</span><small>缺2，退2</small>' in table


def test_who_is_missing_stands_by_size_with_a_state(open_page: OpenPage, collecting: Path) -> None:
    table = next(body for body in _bodies(open_page(collecting, PAGE)) if "plain missing" in body)
    assert "✕ 未报：请催报" in table and "△ 已退回：等更正的报表" in table
    sizes = [int(part.split("人")[0]) for part in table.split('<td class="strong">')[1:] if part[0].isdigit()]
    assert sizes == sorted(sizes, reverse=True) and {50, 10} <= set(sizes)


def test_one_area_can_be_looked_at_alone(open_page: OpenPage, collecting: Path) -> None:
    app = open_page(collecting, PAGE)
    app.selectbox(key="area").select("T02").run()
    page = words(app)
    assert "乙一厂工会" in page and "甲一厂工会" not in page
    assert app.code[0].value.startswith("乙乡：")


def test_reminders_can_be_copied_for_all_or_one(open_page: OpenPage, collecting: Path) -> None:
    app = open_page(collecting, PAGE)
    assert "甲镇：" in app.code[0].value and "乙乡：" in app.code[0].value
    next(box for box in app.selectbox if box.label == "发给谁").select("T01").run()
    assert "甲镇：" in app.code[0].value and "乙乡：" not in app.code[0].value


def test_every_receipt_is_listed_newest_first_and_found_by_name(open_page: OpenPage, collecting: Path) -> None:
    app = open_page(collecting, PAGE)
    assert len(labels(app)) == 5
    assert "退回" in labels(app)[0] and "乙乡2008年二季度.xlsx" in labels(app)[0] and "第5号" in labels(app)[0]
    app.text_input(key="sought").input("名册").run()
    assert ["单位名册" in label for label in labels(app)] == [True]
    app.text_input(key="sought").input("没有这样的文件").run()
    assert "5份里没有含“没有这样的文件”的。" in words(app)


def test_a_receipt_offers_its_original_and_the_answer(open_page: OpenPage, collecting: Path) -> None:
    app = open_row(open_page(collecting, PAGE), 5, RETURNED)
    assert [found.proto.label for found in app.get("download_button")] == ["下载原件", "退回单", "电话单"]
    assert "填的是“约三百”" in words(app) and "李梅" in words(app)


def test_a_deleted_original_is_told(open_page: OpenPage, collecting: Path) -> None:
    forget(collecting, 5, "含身份证号", "李梅")
    app = open_row(open_page(collecting, PAGE), 5, RETURNED)
    assert "原件已由李梅于" in words(app) and "含身份证号" in words(app)
    assert not app.get("download_button")


def test_an_accepted_file_can_be_withdrawn_here(open_page: OpenPage, collecting: Path) -> None:
    app = open_row(open_page(collecting, PAGE, Role.STAFF), 4, ACCEPTED)
    press(app, "撤回")
    assert "理由" in app.warning[0].value
    app.text_area(key="撤回-why-4").input("报错了季度").run()
    press(app, "撤回")
    entry = receipts(collecting)[3]
    assert (entry.what, entry.who, entry.reason) == (WITHDRAWN, "王强", "报错了季度")
    assert "已撤回" in labels(app)[1]


def test_a_held_file_can_be_confirmed_here(open_page: OpenPage, collecting: Path, tmp_path: Path) -> None:
    withdraw(collecting, 4, "要重报", "李梅")
    odd = write_roster(tmp_path / "odd", "甲镇", QUARTER, town_one(51))
    _add_foreign_sheet(odd)
    assert load_paths([odd], collecting).count(HELD) == 1
    app = open_page(collecting, PAGE)
    app.selectbox(key="quarter").select("2008Q2").run()
    open_row(app, 6, HELD)
    assert "2008年二季度应报" in words(app) and "待核实 3 份" in words(app)
    app.text_area(key="确认-why-6").input("附表只供参考").run()
    press(app, "确认")
    assert (receipts(collecting)[5].what, receipts(collecting)[5].reason) == (ACCEPTED, "附表只供参考")


def test_nothing_received_yet(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_page(tmp_path / "none", PAGE)
    assert not app.exception and not app.error
    assert "还没有收到任何报表" in words(app) and holds_accounts_alone(tmp_path / "none")


@pytest.mark.parametrize("page", [PAGE, "templates.py"])
def test_a_build_that_is_gone_is_told(open_page: OpenPage, collecting: Path, page: str) -> None:
    for build in (collecting / "warehouse").glob("*.duckdb"):
        build.unlink()
    app = open_page(collecting, page)
    assert not app.exception and not app.error
    assert "数据不完整" in app.warning[0].value


def test_only_a_returned_file(open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"not a workbook")
    load_paths([tmp_path / "坏.xlsx"], tmp_path / "store")
    app = open_page(tmp_path / "store", PAGE)
    assert not app.exception and not app.error
    assert "坏.xlsx" in labels(app)[0] and "退回" in labels(app)[0]


def test_one_blank_form_is_made_to_order(open_page: OpenPage, collecting: Path) -> None:
    app = open_page(collecting, "templates.py")
    assert "下发2008年三季度的空表" in words(app)
    app.selectbox(key="form").select("R01").run()
    app.selectbox(key="to").select("T01").run()
    press(app, "制作这张空表")
    assert f"下载 {as_written('2008年三季度_基层工会组织情况表_甲镇.xlsx')}" in [
        found.proto.label for found in app.get("download_button")
    ]
    app.selectbox(key="form").select("R02").run()
    press(app, "制作这张空表")
    assert "不用报" in app.warning[0].value


def test_all_blank_forms_come_in_one_zip(open_page: OpenPage, collecting: Path) -> None:
    app = press(open_page(collecting, "templates.py"), "制作压缩包")
    _, name, content = app.session_state["blanks"]["all"]
    assert name == "2008年三季度空表.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert any(found.startswith("甲镇/") for found in made.namelist())


def test_no_blank_forms_without_a_register(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_page(tmp_path / "none", "templates.py")
    assert not app.exception and "制作压缩包" not in [button.label for button in app.button]


def _bodies(app: AppTest) -> list[str]:
    return [found.proto.body for found in app.get("html")]


def _add_foreign_sheet(path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    for row in (["走访情况"], ["走访对象", "次数", "备注"], ["甲厂", 3, "无"], ["乙厂", 4, "无"]):
        (book["走访情况"] if "走访情况" in book.sheetnames else book.create_sheet("走访情况")).append(row)
    book.save(path)
