"""The tables of a scheme with grades, reckoned anew from the sample county's score sheet."""

import io
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from stats.catalogue import Catalogue
from stats.catalogue.schemes import Scheme
from stats.exports.workbook.scores import scores_xlsx
from stats.organisations import organisations_by_code
from stats.scoring import Score, score_units
from stats.scoring.overview_tables import ScoreTable, overview_tables, say_cell
from stats.warehouse import Warehouse
from tests.lib.scores import SCHEME as EVERYONE

SCHEME = "harmony_2010"
STAGES = ("自评分", "复核分", "核定分")

Sheet = dict[str, dict[str, dict[str, Any]]]  # by firm and item: the stages filled in


@pytest.fixture(scope="module")
def scheme(catalogue: Catalogue) -> Scheme:
    return catalogue.scheme(SCHEME)


@pytest.fixture(scope="module")
def scores(county: Warehouse, catalogue: Catalogue, scheme: Scheme) -> list[Score]:
    return score_units(county, catalogue, scheme)


@pytest.fixture(scope="module")
def tables(county: Warehouse, scheme: Scheme, scores: list[Score]) -> list[ScoreTable]:
    return overview_tables(scheme, scores, organisations_by_code(county))


@pytest.fixture(scope="module")
def sheet(county_files: Path, scheme: Scheme) -> Sheet:
    [path] = county_files.rglob("考核评分表.xlsx")
    rows = [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]
    heads = next(row for row in rows if "考核办法" in row)
    filled: Sheet = {}
    for row in (dict(zip(heads, row, strict=True)) for row in rows):
        if row["考核办法"] == scheme.name:
            stages = {stage: row[stage] for stage in STAGES if row[stage] not in (None, "")}
            filled.setdefault(row["被考核单位"], {})[row["考核项目"]] = stages
    return filled


def counted(scheme: Scheme, items: dict[str, dict[str, Any]]) -> dict[str, Decimal]:
    """Return the points of the latest stage by item; vetoes have none."""
    latest = {
        item: next(stages[stage] for stage in reversed(STAGES) if stage in stages) for item, stages in items.items()
    }
    vetoes = {item.name for item in scheme.items.values() if item.kind == "veto"}
    return {item: Decimal(str(value)) for item, value in latest.items() if item not in vetoes}


def is_void(items: dict[str, dict[str, Any]]) -> bool:
    return any("是" in stages.values() for stages in items.values())


def test_every_firm_stands_at_the_grade_its_points_reach(
    scheme: Scheme, sheet: Sheet, tables: list[ScoreTable]
) -> None:
    grades = {name: set(firms.split("、")) if firms else set() for name, *_, firms in map(list, tables[0].rows)}
    assert list(grades) == ["示例A级", "示例B级", "示例C级", "缺分", "一票否决"]
    assert sorted(firm for firms in grades.values() for firm in firms) == sorted(sheet)
    assert [row[2] for row in tables[0].rows] == [len(firms) for firms in grades.values()] == [3, 6, 1, 1, 1]
    for name, firms in grades.items():
        for firm in firms:
            points = sum(counted(scheme, sheet[firm]).values())
            reached = next((grade.name for grade in scheme.grades if points >= grade.least), "未达等级线")
            lacking = len(sheet[firm]) < len(scheme.items)
            assert name == ("一票否决" if is_void(sheet[firm]) else "缺分" if lacking else reached)


def test_only_those_with_all_points_final_are_settled(sheet: Sheet, tables: list[ScoreTable]) -> None:
    settled = {firm for firm, items in sheet.items() if all("核定分" in stages for stages in items.values())}
    for *_, number, firms in tables[0].rows:
        assert number == len(settled & set(str(firms).split("、")))


def test_stages_are_compared_only_where_both_have_points(sheet: Sheet, tables: list[ScoreTable]) -> None:
    rows = {str(row[0]): row[1:] for row in tables[1].rows}
    for firm, items in sheet.items():
        for at, (earlier, later) in enumerate(zip(STAGES, STAGES[1:], strict=False)):
            numbers = [stages for stages in items.values() if not {"是", "否"} & set(stages.values())]
            both = [stages for stages in numbers if {earlier, later} <= stages.keys()]
            apart = sum(Decimal(str(stages[earlier])) - Decimal(str(stages[later])) for stages in both)
            assert rows[firm][2 * at : 2 * at + 2] == (apart if both else None, len(both))
    means = [row[0] for firm, row in rows.items() if firm in sheet and row[0] is not None]
    assert rows["全部，平均每家"][0] == sum(map(Decimal, means), Decimal(0)) / len(means)  # type: ignore[arg-type]
    assert "复核就是镇（街道）测评，核定就是区三方评定" in tables[1].note


def test_the_items_most_often_lost_come_first(scheme: Scheme, sheet: Sheet, tables: list[ScoreTable]) -> None:
    points = {item.name: item.points for item in scheme.items.values()}
    given = [counted(scheme, items) for items in sheet.values()]
    losing = Counter(item for firm in given for item, value in firm.items() if value < points[item])
    rows = {str(row[0]): row for row in tables[2].rows}
    assert {item: row[4] for item, row in rows.items()} == losing
    assert [row[4] for row in tables[2].rows] == sorted(losing.values(), reverse=True)
    for item, row in rows.items():
        lost = sum((points[item] - firm[item] for firm in given if item in firm), Decimal(0))
        assert (row[3], row[6]) == (sum(item in firm for firm in given), lost)


def test_a_park_is_its_firms_together(
    county: Warehouse, scheme: Scheme, sheet: Sheet, scores: list[Score], tables: list[ScoreTable]
) -> None:
    units = organisations_by_code(county)
    rows = {str(row[0]): row for row in tables[3].rows}
    home = {score.unit_name: units[units[score.unit].parent].name for score in scores}
    assert set(home) == set(sheet) and set(rows) == {*home.values(), "全部"}
    for area, row in rows.items():
        firms = [firm for firm in sheet if area in (home[firm], "全部")]
        whole = [f for f in firms if len(sheet[f]) == len(scheme.items) and not is_void(sheet[f])]
        points = sum((sum(counted(scheme, sheet[firm]).values(), Decimal(0)) for firm in whole), Decimal(0))
        assert row[1] == len(firms) == sum(row[2:6])  # type: ignore[arg-type]
        assert row[6] == (points / len(whole) if whole else None)


def test_a_scheme_without_grades_has_no_tables(county: Warehouse, catalogue: Catalogue, scheme: Scheme) -> None:
    townships = catalogue.scheme(EVERYONE)
    units = organisations_by_code(county)
    assert overview_tables(townships, score_units(county, catalogue, townships), units) == []
    assert overview_tables(scheme, [], units) == []


def test_cells_are_written_with_their_measure() -> None:
    assert [say_cell(cell) for cell in (Decimal("-1.5"), 1200, "枫林乡", None)] == ["−1.50分", "1,200", "枫林乡", "—"]


def test_the_workbook_has_every_table_whole(scores: list[Score], tables: list[ScoreTable]) -> None:
    book = load_workbook(io.BytesIO(scores_xlsx(scores, "数据截至2010年四季度", None, tables)))
    assert book.sheetnames == ["名次", *(table.title for table in tables), "逐项得分"]
    ranking = [row[0].value for row in book["名次"].iter_rows()]
    assert "示例：等级和分数线不是文件规定的" in ranking
    for table in tables:
        written = [[cell.value for cell in row] for row in book[table.title].iter_rows(min_row=4)]
        assert written[0] == list(table.columns) and len(written) == len(table.rows) + 1
        for wrote, row in zip(written[1:], table.rows, strict=True):
            texts = [(cell, "—" if was is None else was) for cell, was in zip(wrote, row, strict=True)]
            assert all(cell == (pytest.approx(float(was)) if isinstance(was, Decimal) else was) for cell, was in texts)
