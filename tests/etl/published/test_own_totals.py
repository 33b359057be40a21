"""Figures without unions: an area's or the county's own total counts instead of what is below it, never beside it."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from base.errors import UserError
from base.periods import parse_span
from etl.__main__ import main
from etl.intake import load_paths
from etl.journal.kept_totals import KeptTotal, append_kept_total
from etl.pipeline.decisions import confirm
from etl.pipeline.session import open_session
from etl.publishing.publish_catalogue import publish_catalogue
from etl.total_decisions import keep_total
from stats.__main__ import main as read_main
from stats.catalogue import USUAL_PACKS
from stats.catalogue_declared import Declared
from stats.catalogue_in_force import catalogue_under
from stats.readings import Reading, read
from stats.readings.origins import say_own_totals
from stats.readings.sentences import headline, say_cover
from stats.readings.standings import standings
from stats.readings.trace import trace
from stats.totals.own_choices import own_choices
from stats.totals.series import several_series
from stats.warehouse import Warehouse, open_warehouse
from store.audit import entries
from tests.etl.published.totals import (
    AREAS,
    PLAIN,
    RATE,
    begin,
    declared,
    take_in,
    write_details,
    write_quarter,
    write_workers,
    write_years,
)
from tests.lib.county import copy_of
from tests.reckoner.county import County
from tests.reckoner.declared import Declared as reckoned
from tests.reckoner.own_totals import OwnFigures

ALL = (("T01001", 10, 100), ("T01002", 20, 200), ("T01003", 5, 50), ("T02001", 7, 70), ("T02002", 8, 80))
_FILES = """select 'inbox/' || file from raw.submission order by id"""
TEN_YEARS = (
    *(("COUNTY", 2006, 900, 4000), ("COUNTY", "2007年", 950, 4100)),
    *(("T01", 2007, 280, 1400), ("T01", 2008, 300, 1500), ("T02", 2008, 200, 1000), ("T01", 2009, 310, 400)),
)


def make(folder: Path) -> None:
    """Make a store with ten years of totals, a quarter of all unions, and one of which a township has only its own."""
    store = begin(folder)
    take_in(store, write_details(folder, "2009年四季度", *ALL))
    take_in(store, write_years(folder, *TEN_YEARS))
    take_in(store, write_quarter(folder, "2010年一季度", ("T01", 33, 300, 600)))
    take_in(store, write_details(folder, "2010年一季度", *ALL[3:]))
    take_in(store, write_workers(folder, "2010年一季度", ("T02001", 100), ("T01001", 90)))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(make, tmp_path)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with closing(open_warehouse(copy_of(make, tmp_path_factory.mktemp("totals")))) as opened:
        yield opened


def reading(warehouse: Warehouse, code: str, span: str, unit: str = "COUNTY") -> Reading:
    return read(warehouse, catalogue_under(warehouse), unit, parse_span(span), [code])[0]


@pytest.mark.parametrize(
    ("code", "unit", "span", "value", "cover"),
    [
        ("x_seen", "COUNTY", "2006", 900, (1, 1)),  # its own: no return of a union is waited for
        ("x_seen", "COUNTY", "2008", 500, (2, 2)),  # those of both townships
        ("x_seen", "COUNTY", "2006..2008", 2350, (4, 4)),
        ("x_seen", "T01", "2006..2008", 580, (2, 3)),  # of 2006 it has none
        ("x_seen", "T01", "2009", 310, (1, 1)),  # and not the 35 of its unions besides
        ("x_seen", "COUNTY", "2009", 310 + 15, (3, 9)),
        ("x_seen", "T01", "2009Q4", 35, (3, 3)),  # a year's total answers no quarter: what its unions reported does
        ("x_seen", "T01", "2008Q3", None, (0, 3)),
        ("x_listed", "COUNTY", "2007Q4", 4100, (1, 1)),  # what stands at a year's end stands at the quarter's
        ("x_listed", "COUNTY", "2009Q4", 400 + 150, (3, 3)),
        ("x_called", "COUNTY", "2010Q1", 33 + 15, (3, 3)),
        ("x_kept", "T01", "2010Q1", 300, (1, 1)),
        (RATE, "T01", "2010Q1", 0.5, (1, 1)),
        (RATE, "COUNTY", "2010Q1", (300 + 70) / (600 + 100), (2, 3)),  # the union without workers is in neither part
    ],
)
def test_an_own_total_counts_instead_of_what_is_below_it(
    warehouse: Warehouse, code: str, unit: str, span: str, value: float | None, cover: tuple[int, int]
) -> None:
    read_now = reading(warehouse, code, span, unit)
    assert read_now.value == (value if value is None else pytest.approx(value))
    assert (read_now.reported, read_now.expected) == cover
    cells = trace(warehouse, catalogue_under(warehouse), code, unit, parse_span(read_now.span))
    assert sum(cell.value for cell in cells if cell.role == "numerator") == (read_now.numerator or 0)


def test_every_value_is_reckoned_from_the_spreadsheets_too(warehouse: Warehouse) -> None:
    files = [warehouse.store / row[0] for row in warehouse.cursor().execute(_FILES).fetchall()]
    figures = OwnFigures(County(files, reckoned(own=declared().files)))
    for code in PLAIN:
        for unit in AREAS:
            for text in ("2006", "2007", "2008", "2009", "2006..2008", "2009Q4", "2010Q1", "2008Q3", "2007..2009"):
                span = parse_span(text)
                wanted = figures.value(code, unit, span.first, span.last)
                assert reading(warehouse, code, text, unit).value == wanted, (code, unit, text)


def test_it_is_told_as_such_wherever_the_base_is(warehouse: Warehouse) -> None:
    own, mixed, added = (reading(warehouse, "x_seen", span) for span in ("2007", "2009", "2010Q1"))
    catalogue = catalogue_under(warehouse)
    assert (own.as_row()["origin"], mixed.as_row()["origin"], added.as_row()["origin"]) == ("own", "partly", "")
    assert "本单位上报的总数" in own.base and say_cover(own) == "本单位上报的总数"
    assert "有1个单位用的是其上报的总数" in mixed.base and "其中1份是单位总数" in say_cover(mixed)
    assert "总数" not in added.base + say_cover(added)
    assert "（口径：报来的单位；是本单位上报的总数，不是逐家汇总；本单位上报的总数）" in headline(
        own, catalogue.indicator("x_seen")
    )
    cells = trace(warehouse, catalogue, "x_seen", "COUNTY", parse_span("2007"))
    assert [(cell.own, cell.period, cell.unit, cell.raw) for cell in cells] == [(True, "2007", "COUNTY", "950")]


def test_papers_in_every_format_say_so(store: Path, tmp_path: Path) -> None:
    paper = ["brief", "--outline", "visits", "--span", "2007", "--out", str(tmp_path / "out"), "--store", str(store)]
    assert read_main(paper) == 0
    written = {path.suffix: text_in(path) for path in (tmp_path / "out").iterdir()}
    assert written.keys() >= {".docx", ".pptx", ".xlsx"}
    for suffix, text in written.items():
        assert suffix == ".pdf" or "本单位上报的总数，不是逐家汇总" in text, suffix
    assert "走访量、在册量是本单位上报的总数，不是逐家汇总。" in written[".docx"]
    assert "走访人次（本单位总数）" in written[".xlsx"]


def text_in(path: Path) -> str:
    """Return the text of an Office file, without its markup."""
    with zipfile.ZipFile(path) as parts:
        xml = [parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]*>", "", "".join(xml)) if path.suffix != ".pdf" else ""


def test_a_comparison_across_origins_says_so(warehouse: Warehouse) -> None:
    across, alike = reading(warehouse, "x_listed", "2009Q4", "T02"), reading(warehouse, "x_listed", "2009", "T01")
    across = reading(warehouse, "x_listed", "2009", "T02")
    assert (across.change, across.comparable_change) == (150 - 1000, None)
    assert "上期是本单位上报的总数" in across.base and "来源有变" in across.base
    assert alike.change == alike.comparable_change == 400 - 1500 and "来源有变" not in alike.base


def test_both_parts_of_a_rate_say_where_they_come_from(store: Path, tmp_path: Path) -> None:
    take_in(store, write_quarter(tmp_path, "2010年一季度", ("T01", 33, 300, None)))
    with closing(open_warehouse(store)) as warehouse:
        assert reading(warehouse, RATE, "2010Q1", "T01").value is None  # of three unions one told its workers
    rest = (("T01001", 90), ("T01002", 300), ("T01003", 210), ("T02001", 100))
    take_in(store, write_workers(tmp_path, "2010年一季度", *rest))
    with closing(open_warehouse(store)) as warehouse:
        rate = reading(warehouse, RATE, "2010Q1", "T01")
    assert rate.value == pytest.approx(300 / 600)
    assert "分子是本单位上报的总数，不是逐家汇总，分母由所属单位的报表汇总，来源不同" in rate.base


def test_parts_of_different_organisations_are_not_divided(store: Path, tmp_path: Path) -> None:
    take_in(store, write_quarter(tmp_path, "2010年一季度", ("T01", 33, 300, None)))
    for _ in ("without", "with the returns that it stands for"):
        with closing(open_warehouse(store)) as warehouse:
            catalogue = catalogue_under(warehouse)
            rates = [reading(warehouse, RATE, "2010Q1", unit) for unit in ("COUNTY", "T01")]
            placed = standings(warehouse, catalogue, [RATE], ["T01"], parse_span("2010Q1"))[RATE]
            course = several_series(warehouse, catalogue, [RATE], "COUNTY", parse_span("2010Q1"))[RATE]
        assert [(rate.value, rate.absent) for rate in rates] == [(None, "unlike_parts")] * 2
        assert [each.value for each in (*placed, *course)] == [None, None]
        take_in(store, write_details(tmp_path, "2010年一季度", *ALL))


def test_a_denominator_of_another_origin_than_before_says_so(tmp_path: Path) -> None:
    store, workers = begin(tmp_path), [(code, 2 * stock) for code, _, stock in ALL]
    for quarter in ("2009年四季度", "2010年一季度"):
        take_in(store, write_details(tmp_path, quarter, *ALL), write_workers(tmp_path, quarter, *workers))
    take_in(store, write_quarter(tmp_path, "2010年一季度", ("T01", None, None, 1000)))
    with closing(open_warehouse(store)) as warehouse:
        rate = reading(warehouse, RATE, "2010Q1", "T01")
        said = headline(rate, catalogue_under(warehouse).indicator(RATE))
    assert (rate.value, rate.previous) == (pytest.approx(0.35), pytest.approx(0.5))
    assert "上期分母由所属单位的报表汇总，来源有变" in rate.base and "（前后来源不同）" in said
    assert say_own_totals([rate]) == ["登记率里有单位上报的总数，不全是逐家汇总。"]


def test_a_year_counts_by_its_own_total(tmp_path: Path) -> None:
    files = declared().files
    years = files["indicators/x_seen.yml"].replace("走访量", "走访年数").replace("x_seen", "x_years")
    years = years.replace("unit: person_time", "unit: year\nsummary: streak_years")
    store = begin(tmp_path)
    added = Declared(USUAL_PACKS, {**files, "indicators/x_years.yml": years})
    publish_catalogue(store, added, "李四", "年数", meaning="新指标")
    take_in(store, write_details(tmp_path, "2009年四季度", *((code, 0, stock) for code, _, stock in ALL)))
    take_in(store, write_years(tmp_path, ("T01", 2009, 310, 400)))
    with closing(open_warehouse(store)) as warehouse:
        assert [reading(warehouse, "x_years", "2009", unit).value for unit in ("T01", "T02")] == [1, 0]


def test_a_course_has_no_year_among_its_quarters(warehouse: Warehouse) -> None:
    points = several_series(warehouse, catalogue_under(warehouse), list(PLAIN), "T01", parse_span("2006..2010"))
    assert [(point.period % 4 + 1, point.value, point.own) for point in points["x_seen"]] == [(4, 35, False)]
    assert [point.value for point in points["x_listed"]] == [1400, 1500, 400]
    assert [(point.value, point.own) for point in points["x_kept"]] == [(350, False), (300, True)]


def test_whoever_decides_can_take_it_back(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def values() -> dict[tuple[str, str, str], float | None]:
        with closing(open_warehouse(store)) as warehouse:
            return {
                (code, unit, span): reading(warehouse, code, span, unit).value
                for code in (*PLAIN, RATE) for unit in AREAS for span in ("2008", "2009", "2009Q4", "2010Q1")
            }  # fmt: skip

    before = values()
    assert main(["totals", "--store", str(store)]) == 0
    assert "T01 甲镇 2009年 走访人次（seen）：总数310人次，下级汇总35人次；待选定，暂用总数" in capsys.readouterr().out
    keep_total(store, "T01", "seen", parse_span("2009"), "below", "明细更全", "李四")
    after = values()
    changed = {("x_seen", "T01", "2009"): 35.0, ("x_seen", "COUNTY", "2009"): 50.0}
    assert after == {**before, **changed}
    with pytest.raises(UserError, match="已经选定用下级汇总"):
        keep_total(store, "T01", "走访人次", parse_span("2009"), "below", "明细更全", "李四")
    assert main(["totals", "--store", str(store)]) == 0
    assert "已选定用下级汇总（李四：明细更全）" in capsys.readouterr().out
    back = ["totals", "T01", "seen", "2009", "--keep", "back", "--reason", "再看看", "--who", "李四"]
    assert main([*back, "--store", str(store)]) == 0
    assert values() == before
    with pytest.raises(UserError, match="没有总数和下级数据并存"):
        keep_total(store, "T02", "seen", parse_span("2008"), "below", "明细更全", "李四")


def test_a_decision_that_was_broken_off_is_finished_by_the_next_session(store: Path) -> None:
    kept = KeptTotal(unit="T01", item="seen", period=parse_span("2009").last, keep="below", reason="更全", who="李四")
    append_kept_total(store, kept, "甲镇2009年走访人次")  # and then killed
    with open_session(store, "王五") as session:
        session.begin()
    with closing(open_warehouse(store)) as warehouse:
        assert reading(warehouse, "x_seen", "2009", "T01").value == 35
    assert [entry.verb for entry in entries(store)][-1] == "kept_total"


def test_a_total_laid_over_what_is_below_is_asked_about(tmp_path: Path) -> None:
    store = begin(tmp_path)
    take_in(store, write_details(tmp_path, "2009年四季度", *ALL))
    outcome = load_paths([write_years(tmp_path, *TEN_YEARS)], store, who="李四").outcomes[0]
    assert outcome.what == "held"
    assert [finding.problem for finding in outcome.findings] == [
        "示例县总工会2007年的总数填的是950人次，下级报来的合计是280人次，这样的共2处",
        "示例县总工会2007年的总数填的是4,100人，下级报来的合计是1,400人，这样的共2处",
    ]
    with closing(open_warehouse(store)) as warehouse:
        assert reading(warehouse, "x_seen", "2009").value == 50 and not own_choices(warehouse)


def test_a_later_row_corrects_a_total_when_confirmed_and_a_blank_leaves_it(tmp_path: Path) -> None:
    store = begin(tmp_path)
    take_in(store, write_years(tmp_path, ("COUNTY", 2006, 900, 4000), ("COUNTY", 2007, 950, 4100), name="先报"))
    later = write_years(
        tmp_path, ("COUNTY", 2006, 901, 4000), ("COUNTY", 2007, None, 4100), name="后报", period="2011年一季度"
    )
    outcome = load_paths([later], store, who="李四").outcomes[0]
    assert [finding.problem for finding in outcome.findings] == [
        "示例县总工会2006年的总数原来报的是900人次，这次是901人次"
    ]
    whole = [("全县", 2008, 500, 2500), ("T01", 2008, 300, 1500), ("T02", 2008, 200, 1000)]
    take_in(store, write_years(tmp_path, *whole, period="2011年二季度"))
    confirm(store, outcome.seq or 0, "已核对", "李四")
    with closing(open_warehouse(store)) as warehouse:
        assert [reading(warehouse, "x_seen", year).value for year in ("2006", "2007", "2008")] == [901, 950, 500]
        assert not any(choice.open for choice in own_choices(warehouse))


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([("T01", 2031, 1, 1)], "2031"),
        ([("T01", "2008年一季度", 1, 1)], "2008年一季度"),
        ([("T01", "哪一年", 1, 1)], "哪一年"),
    ],
)
def test_a_row_of_no_year_is_returned(
    tmp_path: Path, rows: Sequence[tuple[str, object, int, int]], problem: str
) -> None:
    outcome = load_paths([write_years(tmp_path, *rows)], begin(tmp_path), who="李四").outcomes[0]
    assert outcome.what == "returned" and any(problem in finding.problem for finding in outcome.findings)
