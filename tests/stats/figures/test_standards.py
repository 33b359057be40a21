"""Assessments in ticks: what a blank means, which assessment counts, who is not counted, and areas without a point."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.catalogue.board_checks import check_boards
from stats.catalogue.boards import Board, GroupsPanel
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.readings import read
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, UNITS, write_changes, write_register

YEAR, LATER = parse_span("2010Q4"), parse_span("2011Q2")
BOARD = "standards"


def items(catalogue: Catalogue, form: str) -> list[str]:
    return [column.code for column in catalogue.forms[form].columns if column.codes == "has_it"]


def assessed(catalogue: Catalogue, form: str, unit: str, ticks: str, day: str = "2010-11-05") -> Row:
    """Return a row in which the first items have these signs and all others √."""
    signs = [*ticks, *"√" * (len(items(catalogue, form)) - len(ticks))]
    row = {item: sign for item, sign in zip(items(catalogue, form), signs, strict=True) if sign != "_"}
    subject = catalogue.forms[form].subject[0]
    return row | {subject: unit, "assessed": day, "assessor": "组织宣传部"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Source]:
    """Two towns in two areas: three enterprise unions, one of which closes; all but one are assessed, one twice."""
    folder = tmp_path_factory.mktemp("standards")
    west = [unit | {"cluster": "西片"} for unit in UNITS if unit["unit_code"] == "T02"]
    first = [assessed(catalogue, "R20", "甲一厂工会", "√×_"), assessed(catalogue, "R20", "甲二厂工会", "1是有")]
    again = [assessed(catalogue, "R20", "甲一厂工会", "√√_", "2011-05-05")]
    closed = {"unit_code": "T01002", "unit_name": "甲二厂工会", "level": "基层工会", "parent": "T01",
              "category": "国有", "status": "撤销", "effective": "2011-02-01"}  # fmt: skip
    point = {"number": "1", "date": "2010-11-16", "unit": "甲镇", "cluster": "东片", "kind": "示范点",
             "title": "甲镇示范点", "count": 1}  # fmt: skip
    strange = point | {"number": "2", "cluster": "东北片", "unit": "乙乡", "title": "乙乡示范点"}
    done = point | {"number": "3", "date": "2011-05-16", "kind": "办实事", "title": "送岗位"}
    towns = [assessed(catalogue, "R21", "甲镇", ""), assessed(catalogue, "R21", "乙乡", "×_")]
    files = [
        write_register(folder),
        write_changes(folder, "2010年一季度", *(unit | {"effective": "2010-01-01"} for unit in west)),
        write_book(folder / "考评.xlsx", Form("R20", REPORTER, "2010年四季度", first)),
        write_book(folder / "六好.xlsx", Form("R21", REPORTER, "2010年四季度", towns)),
        write_book(folder / "本级.xlsx", Form("R16", REPORTER, "2010年四季度", [point, strange])),
        write_changes(folder, "2011年一季度", closed),
        write_book(folder / "复评.xlsx", Form("R20", REPORTER, "2011年二季度", again)),
        write_book(folder / "本级2.xlsx", Form("R16", REPORTER, "2011年二季度", [done])),
    ]
    summary = load_paths(files, folder / "store")
    assert summary.count("accepted") == len(files), [outcome.findings for outcome in summary.outcomes]
    warehouse = open_warehouse(folder / "store")
    yield Source(warehouse, catalogue)
    warehouse.close()


def shown(source: Source, panel: str, unit: str, span: str) -> Figure:
    declared = source.catalogue.board(BOARD).panel(panel)
    assert declared
    return make_figure(source, declared, Selection(unit, parse_span(span)))


def value(source: Source, indicator: str, span: str) -> tuple[float | None, float | None, float | None]:
    (reading,) = read(source.warehouse, source.catalogue, "COUNTY", parse_span(span), [indicator])
    return reading.value, reading.numerator, reading.denominator


def test_a_blank_among_ticks_is_not_there(small: Source) -> None:
    found = shown(small, "fifteen", "T01", "2010Q4")
    lacking = {mark.label: mark.note for mark in found.series[0].marks if mark.value != 1}
    assert lacking == {"有印章": "1/2家", "有班子": "1/2家"}
    assert "2家企业工会中，15项都有的1家（50.0%）" in found.title
    assert "已登记的占在册企业工会数2家的100.0%" in found.base


def test_who_was_not_assessed_is_told_and_is_no_zero(small: Source) -> None:
    found = shown(small, "fifteen", "COUNTY", "2010Q4")
    assert found.title.endswith("；乙乡未登记")
    assert [mark.shown_text for mark in next(s for s in found.series if s.name == "乙乡").marks] == ["未登记"] * 15
    assert value(small, "standards_complete_rate", "2010Q4") == (0.5, 1, 2)
    assert value(small, "standards_complete_registered_rate", "2010Q4") == (pytest.approx(1 / 3), 1, 3)


def test_the_latest_assessment_counts_and_the_closed_do_not(small: Source) -> None:
    found = shown(small, "fifteen", "COUNTY", "2011Q2")
    assert found.title == (
        "2011年二季度末，1家企业工会中，15项都有的0家（0.0%）；缺得最多的是有班子（1家没有）；乙乡未登记"
    )
    assert value(small, "standards_complete_rate", "2011Q2") == (0, 0, 1), "甲二厂工会 had all and is closed"
    assert value(small, "standards_assessed_rate", "2011Q2") == (0.5, 1, 2)
    before = shown(small, "fifteen", "T01001", "2011Q1")
    assert before.title.startswith("2011年一季度末，甲一厂工会的15项有13项"), "what was assessed later is not known yet"


def test_the_ladder_of_towns_goes_down(small: Source) -> None:
    found = shown(small, "six_good", "COUNTY", "2010Q4")
    assert [(mark.label, mark.text) for mark in found.series[0].marks] == [("甲镇", "6项"), ("乙乡", "4项")]
    assert found.title.startswith("2010年末，2个乡镇工会中，6项都有的1个（50.0%）")
    assert found.title.endswith("有得最少的是乙乡（4项）")
    assert value(small, "six_good_rate", "2010Q4") == (0.5, 1, 2)
    alone = shown(small, "six_good", "T02", "2010Q4")
    assert alone.title == "2010年末，乙乡的6项有4项；没有的是组织建设好、班子队伍好"


def test_areas_with_and_without_a_point_are_told_apart(small: Source) -> None:
    found = shown(small, "points", "COUNTY", "2011Q2")
    assert found.title == ("2011年二季度末，据已报的2份报表（应报3份），2个片区中，有示范点的1个，没有的1个（西片）"), (
        "the quarter between them is missing"
    )
    rows = list(zip(*([mark.text for mark in series.marks] for series in found.series), strict=True))
    assert rows == [
        ("西片", "1个", "△ 没有", "—", "—", "—"), ("东片", "1个", "✓ 有", "2010-11-16", "甲镇示范点", "甲镇"),
    ]  # fmt: skip
    assert found.cells[0] is None and found.cells[1] is not None and found.cells[1].raw == "东片"
    assert "另有1条示范点没有填片区，或名册上没有它" in found.note
    assert shown(small, "points", "COUNTY", "2010Q3").title.startswith("2010年三季度末，示范点")


def test_a_sheet_as_people_make_it_is_read(tmp_path: Path, catalogue: Catalogue) -> None:
    """One row of headings with a number before it, ticks or nothing, a total of ticks below, days with dots."""
    names = [catalogue.forms["R20"].column(item).label.split("·")[-1] for item in items(catalogue, "R20")]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["县总工会2010年四季度“十有、五个一”考评表"])
    sheet.append([f"填报单位：{REPORTER}", None, "报告期：2010年四季度"])
    sheet.append(["序号", "企业工会名称", *names, "考评时间", "考评部门", "备注"])
    sheet.append([1, "甲一厂工会", *["✓"] * 15, "2010.11.5", "组织宣传部"])
    sheet.append([2, "甲二厂工会", *["✓", None, "✓"] * 5, "2010.11.5", "甲镇工会", "下次再看"])
    sheet.append([None, "合计", *[2, 1, 2] * 5])
    sheet.append(["填表人：（签章）　审核人：（签章）"])
    book.save(tmp_path / "企业工会规范化建设考评表.xlsx")
    summary = load_paths([write_register(tmp_path), tmp_path / "企业工会规范化建设考评表.xlsx"], tmp_path / "store")
    assert summary.count("accepted") == 2, summary.outcomes[1].findings
    warehouse = open_warehouse(tmp_path / "store")
    found = shown(Source(warehouse, catalogue), "fifteen", "T01", "2010Q4")
    warehouse.close()
    assert [mark.note for mark in found.series[0].marks] == ["1/2家"] * 5 + ["2/2家"] * 10


def test_a_sheet_without_one_of_the_items_is_returned(tmp_path: Path, catalogue: Catalogue) -> None:
    left_out = items(catalogue, "R20")[-1]
    rows = [assessed(catalogue, "R20", "甲一厂工会", "√×")]
    filed = write_book(tmp_path / "考评.xlsx", Form("R20", REPORTER, "2010年四季度", rows, omit=[left_out]))
    summary = load_paths([write_register(tmp_path), filed], tmp_path / "store")
    told = summary.outcomes[1]
    assert told.what == "returned" and catalogue.forms["R20"].column(left_out).label in str(told.findings[0])


@pytest.mark.parametrize("sign", ["大部分", "2", "?"])
def test_a_sign_that_is_neither_yes_nor_no_is_returned(tmp_path: Path, catalogue: Catalogue, sign: str) -> None:
    row = assessed(catalogue, "R20", "甲一厂工会", "") | {items(catalogue, "R20")[0]: sign}
    filed = write_book(tmp_path / "考评.xlsx", Form("R20", REPORTER, "2010年四季度", [row]))
    summary = load_paths([write_register(tmp_path), filed], tmp_path / "store")
    assert summary.outcomes[1].what == "returned"


@pytest.mark.parametrize(
    ("form", "unit", "named"), [("R20", "甲镇", "基层工会"), ("R21", "甲一厂工会", "乡镇"), ("R21", REPORTER, "乡镇")]
)
def test_a_row_about_another_kind_of_organisation_is_returned(
    tmp_path: Path, catalogue: Catalogue, form: str, unit: str, named: str
) -> None:
    rows = [assessed(catalogue, form, unit, "")]
    filed = write_book(tmp_path / "考评.xlsx", Form(form, REPORTER, "2010年四季度", rows))
    (finding,) = load_paths([write_register(tmp_path), filed], tmp_path / "store").outcomes[1].findings
    assert (finding.rule, finding.problem) == ("wrong_level", f"“{unit}”不是{named}")
    assert finding.address and f"请改成{named}的名称" in finding.todo


def test_groups_that_cannot_be_made_are_refused(catalogue: Catalogue) -> None:
    told = {"code": "g", "kind": "groups", "listed": "R00", "by": "cluster", "groups": "片区", "members": "乡镇",
            "measure": "town", "form": "R16", "name": "示范点", "columns": ["date"]}  # fmt: skip
    wrong = {"by": "clusters", "measure": "towns", "form": "R99", "where": {"kind": "demo"}, "of": {"level": "city"}}
    for key, word in wrong.items():
        panel = GroupsPanel.model_validate({**told, key: word})
        board = Board(code="b", name="甲", domain="standards", panels=(panel,))
        assert list(check_boards([board], catalogue)), key
