"""Spreadsheets from public sources: the tables found in them, against figures read in the files by eye."""

import time
from pathlib import Path

import pytest

from etl.guard import Refused
from etl.layout.table import Table
from etl.model.nouns import Sheet
from etl.read import reader
from etl.survey import survey
from tests.structure.sheets import labels, paths

PATIENCE = 10  # seconds for one file


def _read(path: Path) -> list[Sheet]:
    if not path.exists():
        pytest.skip(f"{path.name} does not lie beside this copy of the project")
    return reader().start(path)()


def _tables(path: Path) -> list[Table]:
    return [table for sheet in _read(path) for table in survey(sheet, path.name)]


@pytest.fixture(scope="module")
def official(shared_spreadsheets: Path) -> Path:
    """The folder of tables transcribed from yearbooks."""
    return shared_spreadsheets / "official_tables"


def test_every_file_is_surveyed_or_refused_and_none_takes_long(shared_spreadsheets: Path) -> None:
    files = [path for path in sorted(shared_spreadsheets.rglob("*")) if path.suffix not in (".md", ".txt", "")]
    assert files
    for path in files:
        began = time.monotonic()
        try:
            for sheet in reader().start(path)():
                for table in survey(sheet, path.name):
                    assert table.columns, path
        except Refused as refused:
            assert str(refused), path
        assert time.monotonic() - began < PATIENCE, path


def test_regroupings_are_not_added_twice(shared_spreadsheets: Path) -> None:
    tables = _tables(shared_spreadsheets / "cn_yearbook" / "肇庆市人口变动情况（迁移）.xlsx")
    assert len(tables) == 14
    newest = tables[0]
    assert newest.sum(2) == 21189
    assert labels(newest)[0] == "端  州" and len(newest.details) == 9
    assert paths(newest) == [
        "县(市、区)",
        "迁入/省内迁入",
        "迁入/省外迁入",
        "迁出/迁往省内",
        "迁出/迁往省外",
        "净迁移/省内",
        "净迁移/省外",
    ]
    assert [total.row.label for total in newest.totals] == ["全市合计", "东南板块", "西北板块"]
    assert newest.totals[1].covers == (7, 8, 9, 10, 15)
    assert newest.measure and newest.measure.text == "人"
    assert newest.period and newest.period.years == (2021,)
    assert all(total.agrees for table in tables for total in table.totals)


def test_parts_of_a_district_belong_to_it(shared_spreadsheets: Path) -> None:
    tables = _tables(shared_spreadsheets / "cn_yearbook" / "肇庆市人口变动情况（迁移）.xlsx")
    (table,) = [table for table in tables if table.sheet == "2016"]
    assert [(part.row.label, part.of) for part in table.subsets] == [("#端州", 7), ("鼎 湖", 7)]
    assert table.sum(2) == 19993


def test_a_total_above_the_data_with_a_code_list_beside(shared_spreadsheets: Path) -> None:
    first, second = _tables(shared_spreadsheets / "cn_forms" / "2024.xls")
    assert first.header_rows == (2, 3, 4)
    assert paths(first)[11] == "本次活动受益人数统计/成人受益人数统计/男性"
    (total,) = first.totals
    assert (total.row.row, total.row.label, total.agrees) == (5, "总合计", True)
    assert len(first.details) == 24
    assert (first.sum(13), first.sum(27), first.sum(28)) == (84, 68, 142)
    assert {cell.column for cell in first.loose_cells if cell.row < 30} == {36, 37}
    assert (paths(second), len(second.details)) == (["日期", "性别", "人数"], 40)


def test_yearbook_table_with_parts_of_parts(official: Path) -> None:
    (table,) = _tables(official / "njnj2007_16-4_工会组织基本情况.csv")
    assert table.title and table.title.text == "表16—4 工会组织基本情况"
    assert table.period and table.period.years == (2005, 2006)
    assert labels(table) == [
        "基层工会数",
        "工会会员数",
        "专职工会工作人员",
        "兼职工会工作人员",
        "联合工会涵盖单位数",
        "联合工会会员人数",
        "职代会职工代表人数",
        "建立董事会单位数",
        "职工董事人数",
    ]
    assert {part.row.row: part.of for part in table.subsets} == {
        4: 3, 5: 4, 6: 4, 7: 4, 8: 3, 9: 3, 10: 3, 17: 16, 20: 19,
    }  # fmt: skip
    assert table.details[1].number(2) == 1356885
    assert [note.raw for note in table.notes] == ["注:本表数据由市总工会提供。"]


def test_yearbook_table_whose_parts_differ_in_one_year(official: Path) -> None:
    (table,) = _tables(official / "表15-4_2010_工会组织基本情况.csv")
    assert [row.measure for row in table.details] == ["个", "人", "人", "人", "个", "人", "人", "个", "人"]
    assert table.details[1].number(2) == 1789570
    assert "第 3 行“2010年”写的是 10314，各组成部分合计 10069，不符" in table.remarks


def test_yearbook_table_with_years_as_headings(official: Path) -> None:
    (table,) = _tables(official / "江苏统计年鉴2002_16-11_工会基本情况_节选.csv")
    assert paths(table) == ["指标", "1995", "2000", "2001"]
    assert [row.label for row in table.sections] == ["工会基本情况"]
    assert len(table.details) == 6 and len(table.subsets) == 2
    assert (table.details[1].number(2), table.details[1].measure) == (714.26, "万人")
    assert table.details[3].number(4) is None


def test_yearbook_table_with_a_unit_of_its_own(official: Path) -> None:
    (table,) = _tables(official / "江苏统计年鉴2006_16-11_工会基本情况.csv")
    assert table.measure and (table.measure.text, table.measure.where) == ("个", "A2")
    assert table.title and table.title.text == "16-11 工会、妇联基本情况"
    assert len(table.details) == 11
    assert (table.details[1].measure, table.details[1].number(5)) == ("万人", 1017.65)
    assert table.details[10].number(3) is None


def test_census_table_with_drifting_labels_and_units_in_the_header(official: Path) -> None:
    (table,) = _tables(official / "第一次经济普查_1-21_单位工会成立状况_至西藏.csv")
    assert paths(table) == [
        "地区",
        "法人/单位数",
        "法人/#已成立工会/单位数",
        "就业人数",
        "就业人数/#加入工会/人数",
    ]
    assert [column.measure for column in table.columns] == ["", "个", "个", "万人", "万人"]
    assert len(table.details) == 26
    (total,) = table.totals
    assert (total.row.label, total.row.number(2), total.agrees) == ("全 国", 5168303, False)  # the excerpt ends early
    assert table.sum(2) == 4822175


def test_scoring_table_keeps_words_as_words(official: Path) -> None:
    (table,) = _tables(official / "苏州高新区劳动关系和谐企业_自评表结构.csv")
    assert paths(table)[3] == "标准分值"
    assert (len(table.details), table.sum(4)) == (70, 100)
    assert table.details[58].number(4) is None


def test_blank_form_of_a_company_holds_no_data(shared_spreadsheets: Path) -> None:
    (table,) = _tables(shared_spreadsheets / "cn_forms" / "辅助材料.xlsx")
    assert (table.details, [total.agrees for total in table.totals]) == ([], [None])
    assert table.title and table.title.text == "辅助材料提料单"


def test_indicators_of_a_yearbook_with_a_broken_header(shared_spreadsheets: Path) -> None:
    table = _tables(shared_spreadsheets / "cn_yearbook" / "揭阳市人口变动情况（2008-2022）.xlsx")[0]
    assert paths(table)[:4] == ["指标名称", "计量/单位", "全市", "比2021年/+、-%"]
    assert [(part.row.row, part.of) for part in table.subsets] == [(7, 6), (8, 6), (9, 6)]
    assert table.details[0].measure == "万人"
