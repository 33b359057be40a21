"""Names of persons in the names of files and sheets are told, and not kept."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.intake import load_paths
from etl.journal import Journal
from etl.model.grid import Grid
from etl.model.nouns import Sheet
from etl.privacy import HIDDEN, blank_name, check_file_name, check_privacy
from etl.privacy.names import SOMEBODY
from etl.privacy.person_labels import labels_a_person, names_persons
from etl.replies.answer import answer_name
from pages.returns.dropped_file import pack
from tests.lib.contents import texts_in
from tests.lib.county import begin_store, town_one, write_roster

PERIOD = "2008年一季度"
WITH_PAPERS = [
    "王某民身份证.xlsx",
    "甲镇李某病历.xls",
    "2008年张某某的户口本.xlsx",
    "欧阳某同志出院小结.csv",
    "附件（陈某银行卡）.xlsx",
]
WITH_MATTERS = [
    "李某困难救助申请.xlsx",
    "2008年王某民助学申请.xlsx",
    "何某国信访材料.xls",
    "1、赵某女士慰问情况.xlsx",
    "陈某_困难职工登记表.csv",
]
PLAIN = [
    "安康杯申请表.xlsx",
    "高新区困难职工慰问.xlsx",
    "金秋助学申请.xlsx",
    "高温慰问.xlsx",
    "蒋家嘴镇帮扶台账.xlsx",
    "龙阳镇困难救助.xlsx",
    "江东村慰问.xlsx",
    "石门桥镇信访台账.xlsx",
    "夏季慰问.xlsx",
    "信访台账.xlsx",
    "R07 帮扶资金.xlsx",
    "万顺建材有限公司工会2009年三季度报表.xlsx",
    "职工身份证信息采集说明.docx",
    "困难职工档案.xlsx",
    "银行卡办理情况.xlsx",
    "2010年金秋助学情况.xls",
]


@pytest.mark.parametrize("name", WITH_PAPERS)
def test_s07_a_name_before_a_persons_paper_is_struck_out(name: str) -> None:
    assert HIDDEN in blank_name(name) and "某" not in blank_name(name)


@pytest.mark.parametrize("name", WITH_MATTERS)
def test_s07_a_name_before_what_a_person_asks_for_is_replaced(name: str) -> None:
    said = blank_name(name)
    assert SOMEBODY in said and said != name and len(said) >= len(name) - 4


@pytest.mark.parametrize("name", PLAIN)
def test_s07_the_names_of_places_firms_and_forms_stay(name: str) -> None:
    assert blank_name(name) == name


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that knows the register."""
    return begin_store(tmp_path / "store")


@pytest.mark.parametrize(("name", "what"), [("王某民身份证.xlsx", "returned"), ("王某民困难救助申请.xlsx", "accepted")])
def test_s07_a_name_in_a_files_name_is_told_and_kept_nowhere(name: str, what: str, store: Path, tmp_path: Path) -> None:
    path = write_roster(tmp_path / "sent", "甲镇", PERIOD, town_one(), name=name)
    (outcome,) = load_paths([path], store).outcomes
    assert outcome.what == what and "王某民" not in outcome.name + answer_name(outcome.name)
    assert [one.severity for one in outcome.findings if one.rule == "personal_data"] == [
        "return" if what == "returned" else "note"
    ]
    assert not [one for one in outcome.findings if "王某民" in one.sentence()]
    assert "王某民" not in Journal(store).entries()[-1].name + pack(name, b"").name
    assert not [file for file in store.rglob("*") if file.is_file() and "王某民" in texts_in(file.read_bytes())]


@pytest.mark.parametrize("title", ["王某民身份证", "李某困难救助申请", "13800138000"])
def test_s07_a_name_in_a_sheets_name_is_told_and_not_said(title: str, store: Path, tmp_path: Path) -> None:
    path = write_roster(tmp_path / "sent", "甲镇", PERIOD, town_one(), name="甲镇.xlsx")
    book = load_workbook(path)
    book.create_sheet(title)["A1"] = "见附件"
    book.save(path)
    (outcome,) = load_paths([path], store).outcomes
    assert outcome.what == "returned"
    assert "personal_data" in {one.rule for one in outcome.findings}
    assert not [one for one in outcome.findings if title[:3] in one.sentence()]


@pytest.mark.parametrize(
    "label",
    [
        "受助职工",
        "被慰问人姓名",
        "来信人",
        "反映人",
        "劳动者",
        "受奖人",
        "困难职工",
        "本人签字",
        "受资助学生",
        "逝者",
        "走访慰问对象",
        "帮扶对象（姓名）",
        "受助户主",
        "受款人",
        "慰问人员名单",
        "姓名及身份证号",
        "姓名/电话",
        "家庭详细住址",
        "现住址",
        "受慰问职工",
    ],
)
def test_s07_further_labels_over_names_are_known(label: str) -> None:
    assert labels_a_person(label) and names_persons(label, ["某甲"])


def test_s07_what_a_row_of_a_form_says_heads_no_names() -> None:
    sheet = Sheet(name="台账", cells=Grid([["事项", "慰问对象"], ["走访困难职工", "某甲"], ["金秋助学", "某乙"]]))
    assert [one.address for one in check_privacy(sheet, {2, 3}, "台账.xlsx")] == ["B1"]


@pytest.mark.parametrize("label", ["受助职工", "困难职工", "劳动者", "慰问人员名单", "走访慰问对象", "户名"])
def test_s07_labels_over_counts_and_groups_are_let_go(label: str) -> None:
    assert not names_persons(label, ["12", "困难职工", "甲一厂工会", "一线环卫工人", "无"])


@pytest.mark.parametrize("name", ["王小某.xlsx", "张某.xls", "欧阳某.csv"])
def test_s07_a_name_that_is_all_of_a_files_name_is_kept_and_told(name: str, store: Path, tmp_path: Path) -> None:
    """It may as well be a place's or a firm's: nothing of it is changed, and nothing is held for it."""
    path = write_roster(tmp_path / "sent", "甲镇", PERIOD, town_one(), name=f"{Path(name).stem}.xlsx")
    (outcome,) = load_paths([path], store).outcomes
    told = [one for one in outcome.findings if one.rule == "personal_data"]
    assert (outcome.what, outcome.name, [one.severity for one in told]) == ("accepted", path.name, ["note"])
    assert blank_name(name) == name and "以后请用单位和表的名称作文件名" in told[0].todo


@pytest.mark.parametrize(
    "name", ["崔家桥.xlsx", "周文庙.xlsx", "江口.xlsx", "高新.xlsx", "史料.xlsx", "附表.xlsx", "于都.docx.xlsx"]
)
def test_s07_places_and_words_are_no_names_of_persons(name: str) -> None:
    assert list(check_file_name(name)) == []
