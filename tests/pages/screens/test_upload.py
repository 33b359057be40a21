"""上报: judged without a trace, decided in the name of who is signed in, undone with a reason."""

import re
import time
from pathlib import Path
from shutil import copytree

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from etl.intake import ACCEPTED, HELD, RETURNED, load_paths
from etl.pipeline.exclusive_lock import exclusive_lock
from pages.returns.dropped_file import own_name
from pages.view.receipts import receipts
from tests.lib.county import town_one, town_two, union_row, write_register, write_roster
from tests.pages.conftest import OpenPage, holds_accounts_alone, words

PAGE = "upload.py"
QUARTER = "2008年一季度"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the register of the small county and one township's return. Read only: `small` is a copy."""
    folder = tmp_path_factory.mktemp("small")
    load_paths([write_register(folder), write_roster(folder, "甲镇", QUARTER, town_one())], folder / "store")
    return folder / "store"


@pytest.fixture
def small(loaded: Path, tmp_path: Path) -> Path:
    """A store of one's own with the register of the small county and one township's return."""
    return copytree(loaded, tmp_path / "store")


def drop(app: AppTest, *files: Path) -> AppTest:
    app.file_uploader[0].set_value([(file.name, file.read_bytes(), "") for file in files])
    app.run()
    assert not app.exception and not app.error
    return app


def rows(app: AppTest) -> list[str]:
    return [row.label.replace("\\", "") for row in app.expander]


def open_row(app: AppTest, number: int) -> AppTest:
    """Open a row of the list, as a click on it does."""
    file = list(app.session_state["upload_list"].values())[number]
    app.session_state[f"row-{file.sha}-{file.state}"] = True
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception and not app.error
    return app


def bad_roster(folder: Path) -> Path:
    poor = [union_row("乙一厂工会", "约三百", 25), union_row("乙政府工会", 8, "二十多", category="机关")]  # type: ignore[arg-type]
    return write_roster(folder, "乙乡", QUARTER, poor, "乙乡.xlsx")


def test_nothing_is_kept_by_judging(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in small.rglob("*") if path.is_file())
    app = drop(open_page(small, PAGE), bad_roster(tmp_path), write_roster(tmp_path, "甲镇", QUARTER, town_one(52)))
    assert "共 2 份：退回 1 份，可以收下 1 份" in words(app)
    assert sorted(path.name for path in small.rglob("*") if path.is_file()) == before
    assert len(receipts(small)) == 2


def test_each_status_says_what_to_do_next(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    same = write_roster(tmp_path, "甲镇", QUARTER, town_one())
    load_paths([same], small)
    app = drop(open_page(small, PAGE), bad_roster(tmp_path), same)
    assert "退回：表“" in rows(app)[0] and "请下载退回单发给填报单位" in words(open_row(app, 0))
    assert "与已收下的相同：不用再报" in rows(app)[1]


def test_accepting_notes_who_did_it_undoing_asks_for_a_reason(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    app = drop(open_page(small, PAGE), write_roster(tmp_path, "乙乡", QUARTER, town_two()))
    press(app, "收下")
    assert "已收下，数据更新为第2版" in rows(app)[0] and "已收下 1 份，新增 " in app.success[0].value
    taken = receipts(small)[-1]
    assert (taken.name, taken.what, taken.who) == ("乙乡2008年一季度.xlsx", ACCEPTED, "李梅")
    press(app, "撤回这份")
    assert "理由" in app.warning[0].value
    next(field for field in app.text_input if field.label == "为什么撤回").input("报错了季度").run()
    press(app, "撤回这份")
    assert "已撤回" in rows(app)[0]
    assert receipts(small)[-1].reason == "报错了季度"


def test_accepting_shows_value_by_value_what_it_changes(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    page = words(drop(open_page(small, PAGE), write_roster(tmp_path, "甲镇", QUARTER, town_one(57), "更正.xlsx")))
    assert "收下后改动 1 个数" in page
    assert "<td>50</td><td class=strong>57</td><td>+7</td>" in page


def test_a_corrected_file_says_how_far_it_has_come(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    app = drop(open_page(small, PAGE), bad_roster(tmp_path))
    press(app, "登记退回")
    assert receipts(small)[-1].what == RETURNED
    assert "已记为退回" in rows(app)[0]
    better = [union_row("乙一厂工会", 20, 25), union_row("乙政府工会", 8, "二十多", category="机关")]  # type: ignore[arg-type]
    drop(app, write_roster(tmp_path / "again", "乙乡", QUARTER, better, "乙乡.xlsx"))
    app.session_state[f"row-{list(app.session_state['upload_list'])[-1]}-returned"] = True
    assert "上次 2 处，已改 1 处" in words(app.run())


def test_not_accepting_leaves_nothing(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    app = press(drop(open_page(small, PAGE), bad_roster(tmp_path)), "从本页移除")
    assert rows(app) == [] and len(receipts(small)) == 2


def test_a_held_file_comes_in_with_a_reason(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    load_paths([write_roster(tmp_path, "乙乡", QUARTER, town_two())], small)
    odd = write_roster(tmp_path, "乙乡", QUARTER, town_two(), "附表.xlsx", extra={})
    _add_foreign_sheet(odd)
    app = drop(open_page(small, PAGE), odd)
    assert "待核实：表“" in rows(app)[0]
    press(app, "收下（附理由）")
    assert "理由" in app.warning[0].value and receipts(small)[-1].name != "附表.xlsx"
    app.text_area[0].input("附表只供参考，已电话核实").run()
    press(app, "收下（附理由）")
    assert "已收下" in rows(app)[0]
    assert receipts(small)[-1].reason == "附表只供参考，已电话核实"


def test_a_file_noted_as_held_comes_in_with_a_reason_later(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    load_paths([write_roster(tmp_path, "乙乡", QUARTER, town_two())], small)
    odd = write_roster(tmp_path, "乙乡", QUARTER, town_two(), "附表.xlsx", extra={})
    _add_foreign_sheet(odd)
    app = drop(open_page(small, PAGE), odd)
    press(app, "记为待核实 1 份")
    assert "已记为待核实：说明理由后收下" in rows(app)[0] and receipts(small)[-1].what == HELD
    app.session_state[f"row-{next(iter(app.session_state['upload_list']))}-decided-held"] = True
    app.run()
    app.text_area[0].input("附表只供参考").run()
    press(app, "收下（附理由）")
    assert "已收下" in rows(app)[0] and receipts(small)[-1].reason == "附表只供参考"


def test_s10_a_load_that_takes_too_long_is_told_and_nothing_is_lost(
    open_page: OpenPage, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.pipeline.exclusive_lock._PATIENCE", 0.5)
    app = drop(open_page(small, PAGE), write_roster(tmp_path, "乙乡", QUARTER, town_two()))
    with FileLock(small / "lock"):
        press(app, "收下")
    assert "另一个上报正在进行" in app.warning[0].value
    assert "可以收下" in rows(app)[0]
    press(app, "收下")
    assert "已收下" in rows(app)[0]


def test_s10_who_waits_for_another_reads_how_many_are_ahead(small: Path, tmp_path: Path) -> None:
    from pages.shared import background as work

    file = write_roster(tmp_path, "乙乡", QUARTER, town_two())
    with exclusive_lock(small):
        mine = work.Work("正在收下", lambda _: load_paths([file], small))
        while not mine.ahead:
            time.sleep(0.02)
        assert "正在收下：前面还有 1 份" in work._say(mine) and not mine.future.done()
    assert mine.future.result() and not mine.ahead and work._say(mine) == "正在收下…"


def test_a02_a_return_that_drops_unions_asks_whether_it_adds_or_replaces(
    open_page: OpenPage, small: Path, tmp_path: Path
) -> None:
    app = drop(open_page(small, PAGE), write_roster(tmp_path, "甲镇", QUARTER, town_one(57)[:1], "甲.xlsx"))
    assert "少了 2 家（甲二厂工会、甲中学工会）" in words(app)
    app.text_area[0].input("只报有变化的").run()
    press(app, "收下（附理由）")
    assert "请先选定" in app.warning[0].value and len(receipts(small)) == 2
    app.radio[0].set_value("补报").run()
    press(app, "收下（附理由）")
    taken = receipts(small)[-1]
    assert (taken.what, taken.acts) == (ACCEPTED, ("supplement",))


def test_b12_a_quarter_that_cannot_be_told_is_not_made_up(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    two = write_roster(tmp_path, "乙乡", QUARTER, town_two(), title="2009年一季度基层工会组织情况表")
    page = words(drop(open_page(small, PAGE), two))
    assert "乙乡　报告期不清楚" in page and "0年" not in page
    assert "标题写的是2009年一季度，报告期写的是2008年一季度" in page


def test_the_first_files_of_an_empty_store(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_page(tmp_path / "none", PAGE)
    assert "请先报单位名册" in words(app) and holds_accounts_alone(tmp_path / "none")
    drop(app, write_register(tmp_path), write_roster(tmp_path, "甲镇", QUARTER, town_one()))
    assert "共 2 份：可以收下 2 份" in words(app)
    press(app, "收下 2 份")
    assert "共 2 份：已收下 2 份" in words(app)


def test_a_folder_is_taken_without_what_programs_left_in_it(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    app = open_page(small, PAGE)
    app.segmented_control[0].set_value("选文件夹").run()
    sent = write_roster(tmp_path, "乙乡", QUARTER, town_two())
    app.file_uploader[0].set_value([("一季度/乙乡.xlsx", sent.read_bytes(), ""), ("一季度/~$乙乡.xlsx", b"lock", "")])
    assert [row.split("　")[-1] for row in rows(app.run())] == ["乙乡.xlsx"]


def test_files_that_could_not_be_judged_stay_and_are_judged_again(
    open_page: OpenPage, small: Path, tmp_path: Path
) -> None:
    builds = {path: path.read_bytes() for path in (small / "warehouse").glob("*.duckdb")}
    for path in builds:
        path.unlink()
    app = drop(open_page(small, PAGE), write_roster(tmp_path, "乙乡", QUARTER, town_two()))
    assert "数据不完整" in app.warning[0].value and "没有核对成：请重新核对" in rows(app)[0]
    for path, content in builds.items():
        path.write_bytes(content)
    assert "可以收下" in rows(press(app, "重新核对 1 份"))[0]


@pytest.mark.parametrize("count", [12, pytest.param(50, marks=pytest.mark.soak)])
def test_many_files_are_judged_and_listed(count: int, open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    files = [
        write_roster(tmp_path, "甲镇", QUARTER, town_one(40 + number), f"第{number}份.xlsx") for number in range(count)
    ]
    assert len(rows(drop(open_page(small, PAGE), *files))) == count


def test_names_are_shown_as_they_are(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    odd = tmp_path / "表[1]_*甲*$:red[乙].xlsx"
    bad_roster(tmp_path).rename(odd)
    assert rows(drop(open_page(small, PAGE), odd))[0].endswith(odd.name)


def test_what_there_is_no_room_for_is_named_and_the_rest_is_judged(
    open_page: OpenPage, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.parts.upload.dropzone._MOST", 1)
    for name in ("一.csv", "二.csv"):
        (tmp_path / name).write_bytes(name.encode() * 100_000)
    app = drop(open_page(small, PAGE), tmp_path / "一.csv", tmp_path / "二.csv")
    assert len(rows(app)) == 1 and rows(app)[0].endswith("一.csv")
    assert "二.csv 1 份没有放进来：本页没有收下的文件合计不能超过 1 MB" in app.warning[0].value.replace("\\", "")
    assert not press(app, "全部移除").warning


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("夹/一季度/甲镇.xlsx", "甲镇.xlsx"), ("C:\\报表\\甲镇.xlsx", "甲镇.xlsx"), ("..", "_"), ("", "_")],
)
def test_a_file_keeps_its_own_name(sent: str, kept: str) -> None:
    assert own_name(sent) == kept.replace("..", "_")


def test_a_name_too_long_for_a_disk_keeps_its_ending() -> None:
    short = own_name("甲" * 300 + ".xlsx")
    assert len(short.encode()) <= 200 and short.endswith("甲.xlsx")


def _add_foreign_sheet(path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.create_sheet("走访情况")
    for row in (["走访情况"], ["走访对象", "次数", "备注"], ["甲厂", 3, "无"], ["乙厂", 4, "无"]):
        sheet.append(row)
    book.save(path)


def test_a_row_says_the_first_reason_and_how_many(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    (row,) = rows(drop(open_page(small, PAGE), bad_roster(tmp_path)))
    assert re.search(r"退回：表“.+”[A-Z]+\d+（.+）：.*，共2处；请乙乡改好再报", row)


def test_all_answers_of_a_drop_are_one_download(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    app = drop(open_page(small, PAGE), bad_roster(tmp_path / "1"))
    assert not [button for button in app.get("download_button") if button.proto.label.startswith("下载全部")]
    drop(app, write_roster(tmp_path / "2", "甲镇", QUARTER, [union_row("甲一厂工会", 9, 5)], "甲镇.xlsx"))
    (button,) = [one for one in app.get("download_button") if one.proto.label.startswith("下载全部")]
    assert button.proto.label == "下载全部退回单 2 份"
