"""What is due, done in time, open and overdue, quarter by quarter: counted by hand on a small ledger."""

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from base.errors import UserError
from base.periods import Span, parse_quarter, parse_span
from etl.intake import load_paths
from stats.catalogue import FOLDER, Catalogue
from stats.catalogue.boards import RecordsPanel, ResponsePanel
from stats.exports.charts.from_figure import charts_of
from stats.exports.style.figure_table import table_of
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, SeriesRole, Source
from stats.figures.response import read_responses
from stats.readings import read
from stats.totals import declared, totals_of
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.catalogue import PACK, read_folder
from tests.lib.county import REPORTER, write_register
from tests.lib.dashboard.drawing import PALETTE, draw
from tests.lib.oracles.reckoning import Reckoning

SECOND, THIRD = parse_span("2008Q2"), parse_span("2008Q3")
PANEL = ResponsePanel(
    code="p",
    kind="response",
    form="R25",
    deadline="response",
    name="五类事项",
    measure="matter",
    by="kind",
    question="？",
)
# The limit of 集体诉求 is 2 hours, that of 建会要求 72.
EVENTS: list[Row] = [
    {"number": "1", "known": "2008-4-10 9:00", "kind": "集体诉求", "responded": "2008-4-10 11:00"},  # just in time
    {"number": "2", "known": "2008-4-11 9:00", "kind": "集体诉求", "responded": "2008-4-11 11:01"},  # a minute late
    {"number": "3", "known": "2008-5-10 9:00", "kind": "集体诉求"},  # never answered
    {"number": "4", "known": "2008-6-29 9:00", "kind": "建会要求", "responded": "2008-7-1 8:00", "unit": "乙一厂工会"},
    {"number": "5", "known": "2008-6-30 23:30", "kind": "集体诉求", "responded": "2008-7-1 0:30"},
    {
        "number": "6",
        "known": "2008-6-30 22:00",
        "kind": "建会要求",
        "responded": "2008-7-20 8:00",
    },  # late, in the third
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Source]:
    folder = tmp_path_factory.mktemp("events")
    rows = [{"unit": "甲一厂工会"} | row for row in EVENTS]
    asked = [row | {"responded": None} if row["number"] in ("4", "6") else row for row in rows]  # told again when done
    files = [
        write_register(folder),
        write_book(folder / "五个第一.xlsx", Form("R25", REPORTER, "2008年二季度", asked)),
        write_book(folder / "五个第一续.xlsx", Form("R25", REPORTER, "2008年三季度", [rows[3], rows[5]])),
    ]
    summary = load_paths(files, folder / "store")
    assert summary.count("accepted") == 3, [outcome.findings for outcome in summary.outcomes]
    warehouse = open_warehouse(folder / "store")
    yield Source(warehouse, catalogue)
    warehouse.close()


@pytest.mark.parametrize(
    ("item", "second", "third"),
    [
        ("first_events", 6, 0),
        ("first_events_due", 3, 3),  # 1, 2, 3; then 4, 5, and 6 whose limit ran out on the third of July
        ("first_events_within", 1, 2),
        ("first_events_open", 4, 1),
    ],
)
def test_each_row_counts_where_its_outcome_was_known(source: Source, item: str, second: float, third: float) -> None:
    totals, counted = totals_of(source.warehouse, "COUNTY"), declared(source.warehouse).items[item]
    reckoning = Reckoning(source.warehouse, source.catalogue)
    for span, value in ((SECOND, second), (THIRD, third)):
        assert totals.in_quarter(counted, span.first) == value
        assert (reckoning.quarter(source.catalogue.items[item], "COUNTY", span.first) or 0) == value


def reading(source: Source, code: str, unit: str, span: Span) -> float | None:
    return read(source.warehouse, source.catalogue, unit, span, [code])[0].value


@pytest.mark.parametrize(
    ("span", "share"),
    [("2008Q2", 1 / 3), ("2008Q3", 2 / 3), ("2008Q2..2008Q3", 1 / 2)],
    ids=["second", "third", "both"],
)
def test_quarters_add_up_and_the_panel_agrees(source: Source, span: str, share: float) -> None:
    view = Selection("COUNTY", parse_span(span))
    assert reading(source, "first_response_rate", "COUNTY", view.span) == pytest.approx(share)
    figure = make_figure(source, PANEL, view)
    shares = next(series for series in figure.series if series.role == SeriesRole.SHARE)
    assert shares.marks[0].value == pytest.approx(share) and figure.indicator == "first_response_rate"


def test_times_are_those_of_what_was_answered_in_the_span(source: Source) -> None:
    whole, *kinds = read_responses(source, PANEL, Selection("COUNTY", SECOND))
    longest = 21 * 24 + 15 + 30 * 24  # from the 10th of May, nine o'clock, to the end of June
    counted = {"begun": 6, "done": 2, "due": 3, "in_time": 1, "open": 4, "overdue": 1, "backwards": 0, "undated": 0}
    times = {"median": (2 + 121 / 60) / 2, "p90": 121 / 60, "longest": longest}
    assert {name: value for name, value in asdict(whole).items() if name != "records"} == pytest.approx(
        {"key": None} | counted | times
    )
    assert {one.key: (one.done, one.open, one.overdue) for one in kinds} == {
        "collective": (2, 2, 1),
        "founding": (0, 2, 0),
    }


def test_what_is_done_on_a_day_that_is_not_known_is_neither_open_nor_late(tmp_path: Path, catalogue: Catalogue) -> None:
    case = {"unit": "甲一厂工会", "kind": "劳动争议案件", "person_times": 1, "mediated": "是", "cause": "劳动报酬"}
    rows: list[Row] = [
        case | {"number": "1", "date": "2008-04-02", "result": "调解成功"},
        case | {"number": "2", "date": "2008-04-02", "result": "办理中"},
        case | {"number": "3", "date": "2008-04-02", "result": "调解成功", "settled": "2008-04-12"},
    ]
    path = write_book(tmp_path / "争议.xlsx", Form("R05", REPORTER, "2008年二季度", rows))
    summary = load_paths([write_register(tmp_path), path], tmp_path / "store")
    assert summary.count("accepted") == 2, [outcome.findings for outcome in summary.outcomes]
    warehouse = open_warehouse(tmp_path / "store")
    made, view = Source(warehouse, catalogue), Selection("COUNTY", SECOND)
    board = catalogue.board("rights")
    settle, pending = board.panel("settle"), board.panel("pending")
    assert isinstance(settle, ResponsePanel) and pending
    whole = read_responses(made, settle, view)[0]
    assert (whole.done, whole.due, whole.in_time, whole.open, whole.overdue, whole.undated) == (1, 2, 1, 1, 1, 1)
    assert "另有1起已办完但没有填办结日期" in make_figure(made, settle, view).note
    assert len(make_figure(made, pending, view).cells) == 1
    totals = totals_of(warehouse, "COUNTY")
    items = declared(warehouse).items
    assert [totals.in_quarter(items[code], SECOND.first) for code in ("disputes_due", "disputes_within")] == [2, 1]
    warehouse.close()


def test_areas_add_up_to_the_county(source: Source) -> None:
    by_area = PANEL.model_copy(update={"by": None})
    whole, *areas = read_responses(source, by_area, Selection("COUNTY", parse_span("2008Q2..2008Q3")))
    assert {one.key: one.done for one in areas} == {"T01": 4, "T02": 1} and whole.done == 5
    assert sum(one.due for one in areas) == whole.due == 6


def test_what_is_open_is_listed_with_how_long(source: Source) -> None:
    panel = RecordsPanel(
        code="o",
        kind="records",
        form="R25",
        name="还没有响应的",
        columns=("number", "known"),
        sort="known",
        open="response",
    )
    second, third = (make_figure(source, panel, Selection("COUNTY", span)) for span in (SECOND, THIRD))
    waited, state, number = (second.series[at].marks for at in (1, 2, 3))
    assert [mark.text for mark in number] == ["3", "4", "6", "5"]
    assert [mark.text for mark in state] == ["△ 已过期限", "未到期限", "未到期限", "未到期限"]
    assert waited[3].text == "0.5小时"
    assert [mark.text for mark in third.series[3].marks] == ["3"]
    assert "2008-05-10 09:00" in [mark.text for mark in third.series[4].marks]


def test_the_figure_says_what_is_open_and_that_limits_are_examples(source: Source) -> None:
    figure = make_figure(source, PANEL, Selection("COUNTY", SECOND))
    assert figure.title == (
        "2008年二季度，五类事项响应2件，一般用2小时，九成在2小时以内；期限内的占33.3%；期末还有4件没有响应，其中1件已过期限"
    )
    assert "示例" in figure.base and "过了期限还没有响应的算不在期限内" in figure.base
    assert "维权救助、突发困难、矛盾纠纷没有发生" in figure.note
    few = PANEL.model_copy(update={"where": {"kind": ("collective", "rights")}})
    assert make_figure(source, few, Selection("COUNTY", SECOND)).note == "维权救助没有发生", "only of those asked for"


def test_nobody_reported_is_not_nothing_happened(source: Source) -> None:
    figure = make_figure(source, PANEL, Selection("COUNTY", parse_span("2008Q1")))
    assert figure.series == () and "未报送" in figure.title
    assert parse_quarter("2008Q1") < SECOND.first


def test_the_drawing_says_by_a_sign_what_is_beyond_its_limit(source: Source) -> None:
    drawing = draw(make_figure(source, PANEL, Selection("COUNTY", SECOND)), PALETTE)
    assert drawing is not None
    written = " ".join(annotation.text for annotation in drawing.layout.annotations)
    assert "△ 还没有响应2件（1件过限）" in written and "限2小时" in written and "建会要求" in written
    assert "没有到期限的" in written, "no share where nothing was due"
    assert [list(trace.x) for trace in drawing.data[2:]] == [[121 / 60, 121 / 60], [2, 72]], "p90, and the limits"


def test_charts_and_table_hold_the_same_numbers(source: Source) -> None:
    figure = make_figure(source, PANEL, Selection("COUNTY", SECOND))
    assert [chart.measure for chart in charts_of(figure)] == ["小时", "%", "件"]
    table = table_of(figure)
    assert [column.heading for column in table.columns][1:] == [series.name for series in figure.series]
    assert [mark.value for mark in table.rows[0]][1:] == [series.marks[0].value for series in figure.series]


def test_a_deadline_that_cannot_be_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(FOLDER, folder)
    path = folder / PACK / "forms" / "R25.yml"
    text = path.read_text(encoding="utf-8")
    for wrong, said in (
        ("end: known_at, limit: 2", "没有名为“known_at”的栏"),
        ("end: number, limit: 2", "要都是日期，或者都是日期时间"),
        ("end: responded, limits: {collective: 2}", "要写明按哪一栏"),
        ("end: responded, by: kind, limits: {colective: 2}", "代码表里没有“colective”"),
    ):
        begin = text.index("end: responded, by")
        path.write_text(
            text[:begin] + wrong + ", example: true}" + text[text.index("}\n", text.index("example")) + 1 :], "utf-8"
        )
        with pytest.raises(UserError, match=said):
            read_folder(folder)
