"""Rank, peers and what would bring level: ties, missing returns, small and empty bases, no target, a closed area."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from base.formats import PERCENT, say_coverage, say_value
from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.catalogue.boards import DistancesPanel, MultiplesPanel
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.organisations import organisations, peers_of
from stats.readings import read
from stats.readings.levels import (
    PeerComparison,
    compare,
    distance_to,
    held_to,
    say_closing,
    say_median_distance,
    say_target_distance,
)
from stats.readings.standings import Standing, among, say_place, say_rank, standings
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import (
    REPORTER,
    copy_of,
    town_one,
    town_two,
    write_changes,
    write_register,
    write_roster,
)
from tests.stats.made_readings import first_indicator, make_reading

FIRST, SECOND, THIRD = "2008年一季度", "2008年二季度", "2008年三季度"
MEMBERS, WOMEN, RATE, EMPTY = "union_members", "women_members", "worker_membership_rate", "fee_collection_rate"
WORKERS = {"甲一厂": 100, "甲二厂": 40, "甲中学": 50, "乙一厂": 25, "乙政府": 8}
TOWNS = ("T01", "T02")


def goal(unit: str, indicator: str, value: object, measure: str, due: str = "2008-12-31") -> Row:
    return {"indicator": indicator, "unit": unit, "year": 2008, "comparator": "≥", "value": value, "measure": measure,
            "document": "《年初要点》", "owner": "组织部", "due": due, "date": "2008-01-10",
            "issued": "2008-01-05"}  # fmt: skip


def employer(number: int, name: str, workers: int) -> Row:
    return {"employer_code": f"E{number}", "employer_name": name, "area": "甲镇" if name[0] == "甲" else "乙乡",
            "category": "私营", "legal": "是", "scale": "是", "workers": workers, "unionised": "是",
            "union": f"{name}工会", "effective": "2008-01-01", "status": "在册"}  # fmt: skip


def _write(folder: Path) -> None:
    """Write two quarters: in the first all report, in the second 乙一厂工会 does not."""
    sent = folder / "sent"
    write_register(sent)
    rows = [goal("甲镇", "工会会员人数", 105, "人"), goal(REPORTER, "职工入会率", "60%", "%")]
    write_book(sent / "目标.xlsx", Form("R13", REPORTER, FIRST, rows))
    employers = [employer(number, *named) for number, named in enumerate(WORKERS.items(), start=1)]
    for town in ("甲镇", "乙乡"):
        own = [row for row in employers if row["area"] == town]
        write_book(sent / f"企业{town}.xlsx", Form("R00E", town, FIRST, own))
    for quarter, others in ((FIRST, town_two()), (SECOND, town_two()[1:])):
        write_roster(sent, "甲镇", quarter, town_one())
        write_roster(sent, "乙乡", quarter, others)
    told = [found.sentence() for one in load_paths([sent], folder / "store").outcomes for found in one.findings]
    assert not told, told


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with closing(open_warehouse(copy_of(_write, tmp_path_factory.mktemp("level")))) as found:
        yield found


def beside(warehouse: Warehouse, catalogue: Catalogue, code: str, unit: str, span: str) -> PeerComparison:
    asked = parse_span(span)
    own, whole = (read(warehouse, catalogue, one, asked, [code])[0] for one in (unit, "COUNTY"))
    placed = standings(warehouse, catalogue, [code], TOWNS, asked)[code]
    return compare(catalogue, held_to(warehouse, catalogue, own, whole, asked.last), placed)


def test_equal_areas_share_a_rank_and_lie_at_the_median(warehouse: Warehouse, catalogue: Catalogue) -> None:
    for unit in TOWNS:
        found = beside(warehouse, catalogue, WOMEN, unit, "2008Q1")
        assert found.position is not None and say_rank(found.position) == "并列第1/2"
        assert say_median_distance(catalogue, found.reading, found.to_median) == "等于中位数"


def test_what_is_lacking_of_a_count_is_the_target_less_the_reading(warehouse: Warehouse, catalogue: Catalogue) -> None:
    found = beside(warehouse, catalogue, MEMBERS, "T01", "2008Q1")
    assert found.to_target is not None and (found.reading.target, found.reading.value) == (105, 100)
    assert (found.to_target.behind, found.to_target.units) == (True, 5)
    assert say_target_distance(catalogue, found).endswith("还差5人")
    without = beside(warehouse, catalogue, MEMBERS, "T02", "2008Q1")
    assert without.to_target is None and say_target_distance(catalogue, without) == "没有定目标"


def test_a_rate_lacks_so_many_of_its_numerator_with_the_base_unchanged(
    warehouse: Warehouse, catalogue: Catalogue
) -> None:
    found = beside(warehouse, catalogue, RATE, "T01", "2008Q1")
    assert (found.reading.numerator, found.reading.denominator) == (100, 190)
    assert found.reading.goal is not None and found.reading.goal.unit == "COUNTY"
    assert found.to_target is not None and found.to_target.units == 14, "60 % of 190 are 114"
    said = say_target_distance(catalogue, found, "全县")
    assert said.startswith("全县2008年目标≥60.0%") and "还差14人（" in said and "190人不变）" in said
    assert found.to_median is not None and found.to_median.units == 2, "100/190 and 18/33 have 53.6 % in the middle"
    assert "提高" not in said and say_median_distance(catalogue, found.reading, found.to_median).startswith(
        "比中位数低"
    )


def test_one_with_missing_returns_is_ranked_with_its_coverage(warehouse: Warehouse, catalogue: Catalogue) -> None:
    found = beside(warehouse, catalogue, MEMBERS, "T02", "2008Q2")
    assert (found.reading.reported, found.reading.expected) == (1, 2)
    assert found.position is not None and say_place(found.position) == "第2/2（未报全）"


def test_a_rate_on_a_small_base_has_no_rank_and_nothing_to_close(warehouse: Warehouse, catalogue: Catalogue) -> None:
    found = beside(warehouse, catalogue, RATE, "T02", "2008Q2")
    assert found.reading.denominator == 8
    assert found.position is None and found.to_median is None, "only one other is ranked"
    ranked = [_standing("a", 0.5, 100), _standing("b", 0.4, 50), _standing("c", 1.0, 8, small=True)]
    own = among(ranked, "c")
    assert own is not None and (own.known, own.median, say_rank(own)) == (2, 0.45, "基数不足10，不排名")
    placed = standings(warehouse, catalogue, [RATE], TOWNS, parse_span("2008Q2"))[RATE]
    assert [(one.unit, one.place) for one in placed] == [("T01", 1), ("T02", None)]


def _standing(unit: str, value: float, base: float, small: bool = False) -> Standing:
    return Standing(
        unit=unit, value=value, numerator=value * base, denominator=base, reported=1, expected=1, small=small
    )


def test_a_base_of_zero_has_neither_rank_nor_distance(warehouse: Warehouse, catalogue: Catalogue) -> None:
    found = beside(warehouse, catalogue, EMPTY, "T01", "2008Q1")
    assert found.reading.value is None and found.position is None
    assert found.to_target is None and found.to_median is None


def test_a_closed_area_is_nobodys_peer(tmp_path: Path, catalogue: Catalogue) -> None:
    store = copy_of(_write, tmp_path)
    rows = [
        {"unit_code": code, "unit_name": name, "level": level, "parent": parent, "status": "撤销",
         "effective": "2008-07-01"}
        for code, name, level, parent in (
            ("T02001", "乙一厂工会", "基层工会", "T02"), ("T02002", "乙政府工会", "基层工会", "T02"),
            ("T02", "乙乡", "乡镇", "COUNTY"),
        )
    ]  # fmt: skip
    write_changes(tmp_path / "more", THIRD, *rows)
    write_roster(tmp_path / "more", "甲镇", THIRD, town_one())
    load_paths([tmp_path / "more"], store)
    with closing(open_warehouse(store)) as warehouse:
        found = organisations(warehouse)
        closed = next(one for one in found if one.code == "T02")
        peers = peers_of(closed, found, parse_span("2008Q3").last, "")
        assert peers is not None and peers.codes == ("T01",), "the page says that it is not ranked"
        panel = DistancesPanel(code="d", kind="distances", indicators=(MEMBERS,))
        figure = make_figure(Source(warehouse, catalogue), panel, Selection("COUNTY", parse_span("2008Q3")))
        assert [mark.key for mark in figure.series[0].marks] == ["T01"]


def test_the_table_says_each_distance_with_a_sign_and_who_did_not_report(
    warehouse: Warehouse, catalogue: Catalogue
) -> None:
    figure = _distances(warehouse, catalogue, "2008Q2", MEMBERS, RATE)
    behind, members, rates = figure.series
    assert members.marks[0].note.endswith("离目标差5人") and members.marks[0].behind == 5
    assert members.marks[1].note == f"占全县{say_value(8 / 108, PERCENT, 1)}，{say_coverage(1, 2)}"
    assert rates.marks[0].behind == pytest.approx(0.6 - 100 / 190) and "个百分点" in rates.marks[0].note
    assert rates.marks[1].note.startswith("基数不足10，不比") and rates.marks[1].behind is None
    assert behind.marks[1].value is None and behind.marks[1].absent == "没有可比的数"
    assert "没有定目标的比率与全县比" in figure.note


def test_small_drawings_have_hollow_points_where_returns_are_missing(
    warehouse: Warehouse, catalogue: Catalogue
) -> None:
    panel = MultiplesPanel(code="m", kind="multiples", indicator=MEMBERS)
    figure = make_figure(Source(warehouse, catalogue), panel, Selection("COUNTY", parse_span("2008Q1..2008Q2")))
    by_unit = {series.key: series for series in figure.series}
    assert [mark.value for mark in by_unit["T01"].marks] == [100, 100]
    assert [(mark.value, mark.partial) for mark in by_unit["T02"].marks] == [(18, False), (8, True)]
    assert [series.key for series in figure.series] == ["T01", "T02"], "the largest at the end first"


def test_the_median_where_less_is_better_is_reached_from_above(catalogue: Catalogue) -> None:
    falling = first_indicator("enterprise", "down")
    reading = make_reading(falling, 12.0)
    over, under = distance_to(catalogue, reading, 9.5), distance_to(catalogue, reading, 14.0)
    assert over is not None and (over.behind, over.units) == (True, -3), "to be no higher than 9.5"
    assert say_closing(catalogue, reading, over).startswith("要减少3")
    assert under is not None and (under.behind, under.units) == (False, 0)


def _distances(warehouse: Warehouse, catalogue: Catalogue, span: str, *codes: str) -> Figure:
    panel = DistancesPanel(code="d", kind="distances", indicators=codes)
    return make_figure(Source(warehouse, catalogue), panel, Selection("COUNTY", parse_span(span)))
