"""Who has what: items by areas and areas by items, counted by hand on a small county, and again on the large one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.catalogue.board_checks import check_boards
from stats.catalogue.boards import Board, LadderPanel, MatrixPanel
from stats.drawing.elements.palette import Palette
from stats.exports.charts.from_figure import charts_of
from stats.exports.style.figure_table import table_of
from stats.exports.workbook.figure import xlsx_of
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.figures.elements.order import first_and_last
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, write_changes, write_register
from tests.lib.dashboard.drawing import draw

ITEMS = ("congress", "openness", "contract", "women_org", "women_contract")
QUARTER, LATER, LAST = (parse_span(text) for text in ("2008Q1", "2008Q2", "2008Q3"))
PALETTE = Palette(
    ink="#111", grey="#666", edge="#ccc", soft="#eee", ground="#fff", met="#070", behind="#700",
    series=("#15a", "#c61", "#383"),
)  # fmt: skip


def matrix(**other: object) -> MatrixPanel:
    told = {"code": "m", "kind": "matrix", "form": "R04", "name": "单位", "measure": "unit", "columns": ITEMS}
    return MatrixPanel.model_validate({**told, "met": "yes", **other})


def ladder(**other: object) -> LadderPanel:
    return LadderPanel.model_validate({**matrix().model_dump(), "kind": "ladder", **other})


def democracy(name: str, ticks: str, **other: object) -> Row:
    """Return a row with an answer an item: y is 是, n is 否."""
    return (
        {"union": name} | {code: "是" if tick == "y" else "否" for code, tick in zip(ITEMS, ticks, strict=True)} | other
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Source]:
    """Four units of two townships; one is closed and the answers of one change in the second quarter."""
    folder = tmp_path_factory.mktemp("matrix")
    one = [democracy("甲一厂工会", "yyyyy"), democracy("甲二厂工会", "ynnyn"), democracy("甲中学工会", "nynnn")]
    two = [democracy("甲一厂工会", "yyyyy"), democracy("甲二厂工会", "yynyn")]
    closed = {"unit_code": "T01003", "unit_name": "甲中学工会", "level": "基层工会", "parent": "T01",
              "category": "事业", "status": "撤销", "effective": "2008-05-01"}  # fmt: skip
    points = [
        {"number": str(at), "date": "2008-05-01", "unit": unit, "kind": kind, "title": kind, "count": 1}
        for at, (unit, kind) in enumerate((("甲镇", "示范点"), ("甲镇", "办实事"), ("乙乡", "社区亮点")))
    ]
    files = [
        write_register(folder),
        write_book(folder / "甲1.xlsx", Form("R04", "甲镇", "2008年一季度", one)),
        write_book(folder / "乙1.xlsx", Form("R04", "乙乡", "2008年一季度", [democracy("乙一厂工会", "nynyn")])),
        write_changes(folder, "2008年二季度", closed),
        write_book(folder / "甲2.xlsx", Form("R04", "甲镇", "2008年二季度", two)),
        write_book(folder / "本级.xlsx", Form("R16", REPORTER, "2008年二季度", points)),
    ]
    summary = load_paths(files, folder / "store")
    assert summary.count("accepted") == len(files), [outcome.findings for outcome in summary.outcomes]
    warehouse = open_warehouse(folder / "store")
    yield Source(warehouse, catalogue)
    warehouse.close()


def shares(figure: Figure) -> dict[str, list[tuple[str, str]]]:
    """Return of each column the items with what is written beside them."""
    return {series.name: [(mark.label, mark.note) for mark in series.marks] for series in figure.series}


def test_what_is_missing_most_comes_first_and_is_said_with_its_place(small: Source) -> None:
    found = make_figure(small, matrix(), Selection("COUNTY", QUARTER))
    assert shares(found) == {
        REPORTER: [("集体合同", "1/4家"), ("女职工专项合同", "1/4家"), ("已建制", "2/4家"), ("厂务公开", "3/4家"),
                   ("女职工组织", "3/4家")],
        "甲镇": [("集体合同", "1/3家"), ("女职工专项合同", "1/3家"), ("已建制", "2/3家"), ("厂务公开", "2/3家"),
                 ("女职工组织", "2/3家")],
        "乙乡": [("集体合同", "0/1家"), ("女职工专项合同", "0/1家"), ("已建制", "0/1家"), ("厂务公开", "1/1家"),
                 ("女职工组织", "1/1家")],
    }  # fmt: skip
    assert found.title == (
        "2008年一季度末，4家单位中，5项都有的1家（25.0%）；缺得最多的是集体合同、女职工专项合同（各3家没有）"
    )
    assert [mark.text for mark in found.series[2].marks] == ["没有", "没有", "没有", "有", "有"]


def test_one_item_that_is_missing_most_is_said_with_where(small: Source) -> None:
    found = make_figure(small, matrix(columns=("congress", "contract")), Selection("COUNTY", QUARTER))
    assert found.title.endswith("缺得最多的是集体合同（3家没有），其中甲镇最多（2家）")


def test_below_the_lowest_area_the_columns_are_its_units(small: Source) -> None:
    found = make_figure(small, matrix(), Selection("T01", QUARTER))
    assert [series.name for series in found.series] == ["甲镇", "甲中学工会", "甲二厂工会", "甲一厂工会"]
    assert [series.key for series in found.series] == ["T01", "T01003", "T01002", "T01001"]
    assert {mark.text for series in found.series[1:] for mark in series.marks} == {"有", "没有"}


def test_a_single_unit_is_told_what_it_has_and_lacks(small: Source) -> None:
    found = make_figure(small, matrix(), Selection("T01002", QUARTER))
    assert found.title == "2008年一季度末，甲二厂工会的5项有2项；没有的是厂务公开、集体合同、女职工专项合同"
    assert len(found.series) == 1
    whole = make_figure(small, matrix(), Selection("T01001", QUARTER))
    assert whole.title == "2008年一季度末，甲一厂工会的5项有5项；没有缺的项"


def test_the_closed_are_not_counted_and_the_unreported_are_no_zero(small: Source) -> None:
    found = make_figure(small, matrix(among="registered_unions"), Selection("COUNTY", LATER))
    assert [mark.text for mark in found.series[0].marks if mark.label == "厂务公开"] == ["100.0%"]
    assert found.title.startswith("2008年二季度末，已报的2家工会（应报3家）中，5项都有的1家（50.0%）")
    assert found.title.endswith("；乙乡未登记")
    told = {series.name: [mark.shown_text for mark in series.marks] for series in found.series}
    assert told["乙乡"] == ["未登记"] * 5 and "甲中学工会" not in told
    assert "已登记的占在册基层工会数4家的50.0%，未登记的不在内" in found.base
    assert found.coverage == "报齐情况：已报2/3份，未报的不在内"


def test_nobody_reported_is_no_share(small: Source) -> None:
    found = make_figure(small, matrix(), Selection("COUNTY", LAST))
    assert not found.known and found.series == () and found.title.endswith(("没有数据", "均未报送"))


def test_the_ladder_goes_down_by_the_number_of_items(small: Source) -> None:
    found = make_figure(small, ladder(), Selection("T01", QUARTER))
    steps = [(mark.label, mark.value, mark.text, mark.key) for mark in found.series[0].marks]
    assert steps == [
        ("甲一厂工会", 5, "5项", "T01001"), ("甲二厂工会", 2, "2项", "T01002"), ("甲中学工会", 1, "1项", "T01003"),
    ]  # fmt: skip
    assert found.title.endswith("；有得最少的是甲中学工会（1项）")
    assert [series.name for series in found.series[1:3]] == ["集体合同", "女职工专项合同"]
    county = make_figure(small, ladder(), Selection("COUNTY", QUARTER))
    assert [(mark.label, mark.text) for mark in county.series[0].marks] == [("甲镇", "2.7项"), ("乙乡", "2项")]


def test_codes_of_one_column_are_items_too(small: Source) -> None:
    panel = matrix(form="R16", name="乡镇", columns=(), by="kind", met=(), where={"kind": ["demo_point", "highlight"]})
    found = make_figure(small, panel, Selection("COUNTY", LATER))
    assert shares(found)[REPORTER] == [("选树示范点", "1/2家"), ("社区亮点", "1/2家")]
    assert {series.name: [mark.text for mark in series.marks] for series in found.series[1:]} == {
        "甲镇": ["有", "没有"], "乙乡": ["没有", "有"],
    }  # fmt: skip


def test_an_answer_beside_the_code_decides(small: Source) -> None:
    panel = matrix(form="R16", columns=(), by="kind", answer="kind", met="highlight",
                   where={"kind": ["demo_point", "highlight"]})  # fmt: skip
    found = make_figure(small, panel, Selection("COUNTY", LATER))
    assert shares(found)[REPORTER] == [("选树示范点", "0/1家"), ("社区亮点", "1/1家")], "no row is no answer"


@pytest.mark.parametrize("span", ["2010Q1..2010Q4", "2009Q2", "2011Q2"])
def test_the_county_s_rows_are_counted_again(county: Warehouse, catalogue: Catalogue, span: str) -> None:
    source, view = Source(county, catalogue), Selection("COUNTY", parse_span(span))
    with county.cursor() as cursor:
        told = cursor.execute(
            """
            select d.unit, d.fields from raw.record d join core.active a on a.id = d."return"
            where d.form = 'R04' and a.period = $period""",
            {"period": view.span.last},
        ).fetchall()
    rows = {unit: json.loads(fields) for unit, fields in told}
    found = make_figure(source, matrix(), view)
    have = {column: sum(row[column] == "yes" for row in rows.values()) for column in ITEMS}
    assert {mark.key: mark.note for mark in found.series[0].marks} == {
        column: f"{count}/{len(rows)}家" for column, count in have.items()
    }
    assert f"5项都有的{sum(all(row[c] == 'yes' for c in ITEMS) for row in rows.values())}家" in found.title
    for place, mark in enumerate(found.series[0].marks):
        parts = [series.marks[place].note.split("/") for series in found.series[1:] if series.marks[place].note]
        assert sum(int(have) for have, _ in parts) == have[mark.key]


def test_table_chart_drawing_and_workbook_hold_the_same_numbers(small: Source) -> None:
    for panel in (matrix(), ladder()):
        found = make_figure(small, panel, Selection("COUNTY", QUARTER))
        table = table_of(found)
        assert [column.heading for column in table.columns[1:]] == [series.name for series in found.series]
        (chart,) = charts_of(found)
        assert chart.series[0].values == tuple(mark.value for mark in found.series[0].marks)
        assert list(draw(found, PALETTE).data[1].x) == [mark.value for mark in found.series[0].marks]
        sheet = openpyxl.load_workbook(BytesIO(xlsx_of(found))).worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=sheet.max_row - len(table.rows) + 1)]
        assert [row[0] for row in rows] == [row[0].label for row in table.rows]
        for told, row in zip(rows, table.rows, strict=True):
            assert told[1:] == [pytest.approx(mark.value) for mark in row[1:]]
        assert sheet.conditional_formatting


def test_of_very_many_areas_the_first_are_shown_and_it_is_said(small: Source) -> None:
    found = make_figure(small, matrix(), Selection("T01", QUARTER))
    many = replace(found, series=(found.series[0], *[found.series[1]] * 50))
    shown = first_and_last(many)
    assert len(shown.series) == 41 and "全部50个见下载的文件" in shown.note


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"columns": ()}, "写一样"),
        ({"by": "congress"}, "写一样"),
        ({"columns": ("congress", "delegates")}, "类型是 integer"),
        ({"met": ()}, "met"),
        ({"met": "yess"}, "没有“yess”"),
        ({"measure": "unitt"}, "没有计量单位"),
        ({"indicator": "union_members"}, "不是按《民主管理情况表》算的"),
    ],
)
def test_a_matrix_that_cannot_be_made_is_refused(other: dict[str, object], said: str, catalogue: Catalogue) -> None:
    board = Board(code="b", name="甲", domain="democracy", panels=(matrix(**other),))
    faults = list(check_boards([board], catalogue))
    assert faults and said in "".join(faults), faults
