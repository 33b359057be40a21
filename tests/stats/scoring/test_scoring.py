"""Scores: which points count, what totals speak of, places, and that every line leads to its cell."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.errors import UserError
from base.periods import Span
from etl.intake import load_paths
from stats.__main__ import main
from stats.catalogue import Catalogue
from stats.catalogue.schemes import Scheme
from stats.readings import Reading, read
from stats.readings.trace import trace
from stats.scoring import Score, rank, say_value_of, score_units
from stats.scoring.score_lines import ScoreLine
from stats.scoring.scoring_rules import points_of
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.county import town_one, town_two, write_register, write_roster
from tests.lib.scores import SCHEME, score_row, write_scores

YEAR_END = "2010年四季度"


@pytest.fixture(scope="module")
def scheme(catalogue: Catalogue) -> Scheme:
    return catalogue.scheme(SCHEME)


@contextmanager
def opened(store: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(store)
    try:
        yield warehouse
    finally:
        warehouse.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small county with rosters for two year ends and score sheets of 甲镇."""
    folder = tmp_path_factory.mktemp("small")
    files = [
        write_register(folder),
        write_roster(folder, "甲镇", "2009年四季度", town_one(20)),
        write_roster(folder, "甲镇", YEAR_END, town_one(75)),
        write_roster(folder, "乙乡", YEAR_END, town_two()),
        write_scores(
            folder,
            score_row("法人资格登记", self=5),
            score_row("困难职工档案", self=7, checked=6),
            score_row("台账资料", self=5, checked=4, final=4.5),
            score_row("计划和总结", self="是", checked="否"),
            score_row("通报批评", self=0, checked=-2),
            score_row("提供虚假材料", self="否"),
            score_row("提供虚假材料", unit="乙乡", self="否", checked="是"),
        ),
    ]
    load_paths(files, folder / "store")
    return folder / "store"


def lines_of(score: Score) -> dict[str, ScoreLine]:
    return {line.placed.item.code: line for line in score.lines}


def test_the_latest_assessment_counts_and_data_count_more_than_a_self_assessment(
    small: Path, catalogue: Catalogue, scheme: Scheme
) -> None:
    with opened(small) as warehouse:
        [score] = score_units(warehouse, catalogue, scheme, ["T01"])
    lines = lines_of(score)
    counted = {code: (lines[code].source, lines[code].counts) for code in lines if lines[code].counts is not None}
    assert counted["registration"] == ("computed", Decimal(5))  # all three unions are registered
    assert counted["growth"] == ("computed", Decimal(2))  # from 70 to 125 members: two times twenty
    assert counted["archives"] == ("checked", Decimal(6))
    assert counted["files"] == ("final", Decimal("4.5"))
    assert counted["plans"] == ("checked", Decimal(0))
    assert counted["criticism"] == ("checked", Decimal(-2))
    assert {code: lines[code].difference for code in ("archives", "files", "plans", "criticism", "growth")} == {
        "archives": 1, "files": 1, "plans": 5, "criticism": 2, "growth": None,
    }  # fmt: skip


def test_a_line_without_data_has_no_points_and_the_total_says_of_how_many_it_speaks(
    small: Path, catalogue: Catalogue, scheme: Scheme
) -> None:
    with opened(small) as warehouse:
        [score] = score_units(warehouse, catalogue, scheme, ["T01"])
    lacking = {line.placed.item.code for line in score.lacking}
    assert {"fees", "organise", "visits", "incident"} <= lacking, "nobody reported these"
    known = [line for line in score.lines if line.counts is not None and line.plain]
    assert score.total.full == sum(line.placed.item.points for line in known) == 37
    assert score.total.points == sum(line.counts or 0 for line in known)
    assert score.points == score.total.points - 2
    assert not score.complete and score.place is None


def test_a_veto_makes_the_score_void(small: Path, catalogue: Catalogue, scheme: Scheme) -> None:
    with opened(small) as warehouse:
        [score] = score_units(warehouse, catalogue, scheme, ["T02"])
    assert score.void and score.points is None and score.total.lines


def test_each_line_leads_to_its_cells(small: Path, catalogue: Catalogue, scheme: Scheme) -> None:
    with opened(small) as warehouse:
        [score] = score_units(warehouse, catalogue, scheme, ["T01"])
        lines = lines_of(score)
        places = {stage: one.cell.address for stage, one in lines["files"].entered.items()}
        assert places == {"self": "D6", "checked": "E6", "final": "F6"}
        assert lines["files"].entered["final"].raw == "4.5"
        reading = lines["growth"].reading
        assert reading is not None and (reading.value, reading.previous) == (125, 70)
        [own] = read(warehouse, catalogue, "T01", Span(2010 * 4, 2010 * 4 + 3), [reading.indicator])
        assert (own.value, own.reported, own.expected) == (reading.value, reading.reported, reading.expected)
        cells = trace(warehouse, catalogue, reading.indicator, "T01", Span(2010 * 4, 2010 * 4 + 3))
        assert sum(cell.value for cell in cells if cell.role == "numerator") == 125


def test_a_later_sheet_adds_a_stage_and_does_not_take_the_others_back(
    small: Path, tmp_path: Path, catalogue: Catalogue, scheme: Scheme
) -> None:
    store = copytree(small, tmp_path / "store")
    later = write_scores(tmp_path, score_row("困难职工档案", final=3), name="甲镇核定.xlsx", reporter="甲镇")
    load_paths([later], store)
    with opened(store) as warehouse:
        [score] = score_units(warehouse, catalogue, scheme, ["T01"])
    assert lines_of(score)["archives"].points == {"self": 7, "checked": 6, "final": 3}


def test_whom_the_scheme_does_not_score_is_told(small: Path, catalogue: Catalogue, scheme: Scheme) -> None:
    with opened(small) as warehouse, pytest.raises(UserError, match="不考核代码为“T01001”的单位"):
        score_units(warehouse, catalogue, scheme, ["T01001"])


def test_the_sample_county_is_ranked_by_what_is_complete(
    county: Warehouse, catalogue: Catalogue, scheme: Scheme
) -> None:
    scores = score_units(county, catalogue, scheme)
    assert len(scores) == 16
    ranked = [score for score in scores if score.place]
    assert [score.place for score in ranked] == [1, 2, 3, 4, 5, 6]
    assert all(score.complete and score.total.full == 100 for score in ranked)
    assert [score.unit for score in scores if score.void] == ["T12"]
    totals = [score.points for score in ranked]
    assert totals == sorted(totals, key=lambda points: -(points or 0))


def made(scheme: Scheme, unit: str, share: Decimal, lacking: bool) -> Score:
    """Return a score in which every line gives so much of what it can; with `lacking` one has no points."""
    lines = [
        ScoreLine(
            unit=unit,
            placed=placed,
            rule="",
            points={"checked": Decimal(0) if placed.item.kind == "veto" else placed.item.most * share},
            entered={},
        )
        for placed in scheme.placed
    ]
    if lacking:
        lines[0] = ScoreLine(unit=unit, placed=scheme.placed[0], rule="", points={}, entered={})
    return Score(scheme, unit, unit, tuple(lines))


@pytest.mark.property
@given(drawn=st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=8))
def test_equal_points_share_a_place_and_what_lacks_a_line_has_none(
    drawn: list[tuple[int, bool]], catalogue: Catalogue
) -> None:
    scheme = catalogue.scheme(SCHEME)
    scores = rank(made(scheme, f"U{n}", Decimal(part) / 4, lack) for n, (part, lack) in enumerate(drawn))
    ranked = [score for score in scores if score.place is not None]
    assert len(ranked) == sum(not lack for _, lack in drawn)
    for score in ranked:
        better = sum((other.points or 0) > (score.points or 0) for other in ranked)
        assert score.place == 1 + better


def test_totals_are_rounded_once(scheme: Scheme) -> None:
    plain = [placed for placed in scheme.placed if placed.item.points]
    lines = [
        ScoreLine(unit="U", placed=placed, rule="", points={"final": Decimal("0.004")}, entered={}) for placed in plain
    ]
    score = Score(scheme, "U", "U", tuple(lines))
    assert score.points == Decimal("0.004") * len(plain), "rounded line by line it would be nothing"


def test_the_command_prints_what_is_scored(
    store: Path, county: Warehouse, catalogue: Catalogue, scheme: Scheme, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", SCHEME, "--store", str(store), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    scores = score_units(county, catalogue, scheme)
    assert said["example"] is True
    assert [(one["unit"], one["place"]) for one in said["scores"]] == [(one.unit, one.place) for one in scores]
    for told, score in zip(said["scores"], scores, strict=True):
        assert told["points"] == (None if score.points is None else f"{score.points.normalize():f}")
        assert [line["counts"] is None for line in told["lines"]] == [line.counts is None for line in score.lines]
    assert main(["score", SCHEME, "--unit", "T12", "--store", str(store)]) == 0
    assert capsys.readouterr().out.startswith("枫林乡　一票否决（满分100分的项目，缺0项）\n")
    assert main(["score", "town_work_2011", "--store", str(store)]) == 2
    assert "是不是“town_work_2010”" in capsys.readouterr().err


def test_a_value_that_only_rounds_to_a_bound_is_not_said_to_reach_it(catalogue: Catalogue, scheme: Scheme) -> None:
    item = scheme.items["organise"]
    assert item.basis is not None and item.basis.indicator
    reading = Reading(
        indicator=item.basis.indicator,
        name="",
        unit="T01",
        span="",
        value=0.81999,
        measure="%",
        numerator=81999,
        denominator=100000,
        base="",
        reported=1,
        expected=1,
        previous=None,
        change=None,
        comparable_change=None,
        target=None,
        comparator=None,
        met=None,
    )
    assert say_value_of(item, reading, Decimal("0.81999"), catalogue) == "接近82.0%"
    assert points_of(item, Decimal("0.81999")) == 8
    assert say_value_of(item, reading, Decimal("0.82"), catalogue) == "82.0%"
