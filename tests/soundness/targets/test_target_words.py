"""The words about a target agree with its verdict: after rounding, without a known start, above a range."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from base.periods import parse_quarter
from etl.intake import load_paths
from stats.attainment import Attainment, attainments
from stats.attainment.attainment_words import say_attainment, say_needed, say_pace, say_state
from stats.attainment.course_figure import PACE, course_of_aim
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.figures.elements.figure_model import Source
from stats.judging.pace import Clock
from stats.judging.targets import Target
from stats.judging.verdicts import State
from stats.readings import Reading
from stats.readings.sentences import judge
from stats.warehouse import open_warehouse
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, town_one, write_register, write_roster
from tests.stats.made_readings import make_reading, target_of_2011

YEAR = 2011 * 4
GOAL = target_of_2011(0.8)
HALF = Clock(YEAR, YEAR + 3, YEAR + 1)


@pytest.fixture
def rate(catalogue: Catalogue) -> Indicator:
    return next(one for one in catalogue.indicators.values() if one.is_rate and one.decimals == 1)


def aimed(rate: Indicator, value: float, pace: float | None, state: State, goal: Target = GOAL) -> Attainment:
    reading: Reading = replace(make_reading(rate, value), measure="%", goal=goal, target=goal.value)
    needed = (goal.value or 0.0) - value
    if goal.high is not None and value > goal.high:
        needed = goal.high - value
    return Attainment(
        goal=replace(goal, indicator=rate.code), reading=reading, clock=HALF, state=state, pace=pace, needed=needed
    )


def test_a23_behind_is_never_said_to_be_exact(rate: Indicator) -> None:
    found = aimed(rate, 0.72110, 0.72114, "behind")
    assert say_pace(found, rate) == "按时间进度应到72.1%，慢不到0.1个百分点"
    assert say_pace(aimed(rate, 0.72114, 0.72114, "on_pace"), rate) == "按时间进度应到72.1%，正好"


def test_a23_short_of_less_than_one_is_said_not_to_count(rate: Indicator) -> None:
    assert say_pace(aimed(rate, 0.718, 0.721, "on_pace"), rate).endswith("慢0.3个百分点（折合不到1个，不算落后）")
    assert say_pace(aimed(rate, 0.718, 0.721, "behind"), rate).endswith("，慢0.3个百分点")


def test_a23_what_falls_short_is_not_printed_as_the_target(rate: Indicator, catalogue: Catalogue) -> None:
    said = say_attainment(aimed(rate, 0.79996, 0.75, "on_pace"), catalogue)
    assert f"{rate.name}近80.0%" in said and "还差不到0.1个百分点" in said and "最末一位" not in said
    assert "近" not in say_attainment(aimed(rate, 0.7, 0.75, "behind"), catalogue)


def test_a23_what_is_measured_lacks_no_whole_unit(catalogue: Catalogue) -> None:
    tons = next(one for one in catalogue.indicators.values() if catalogue.unit_of(one) == "吨")
    reading = replace(make_reading(tons, 25.5), measure="吨")
    found = Attainment(
        goal=replace(GOAL, indicator=tons.code, value=30.0), reading=reading, clock=HALF, state="on_pace", needed=4.5
    )
    assert say_needed(found, catalogue).startswith(("还差4.5吨", "还差5吨")[tons.decimals == 0])


def test_a23_above_a_range_is_not_behind_a_pace(rate: Indicator, catalogue: Catalogue) -> None:
    found = aimed(rate, 0.95, 0.6, "behind", replace(GOAL, comparator="range", value=0.8, high=0.9))
    assert say_state(found) == "△ 超出目标范围" and say_pace(found, rate) == ""
    assert "比目标多5.0个百分点" in say_attainment(found, catalogue)


def load(folder: Path) -> Path:
    """Load two quarters with a target set in the first of them, before which nothing is known."""
    write_register(folder / "sent")
    row = {
        "indicator": "工会会员人数", "unit": "甲镇", "year": 2008, "comparator": "≥", "value": 1000, "measure": "人",
        "document": "《要点》", "owner": "组织部", "due": "2008-12-31", "date": "2008-03-10",
    }  # fmt: skip
    write_book(folder / "sent" / "目标.xlsx", Form("R13", REPORTER, "2008年一季度", [row]))
    for members, quarter in ((50, "2008年一季度"), (60, "2008年二季度")):
        write_roster(folder / "sent", "甲镇", quarter, town_one(members))
    load_paths([folder / "sent"], folder / "store")
    return folder / "store"


def test_a23_without_a_known_start_no_pace_is_claimed(tmp_path: Path, catalogue: Catalogue) -> None:
    with closing(open_warehouse(load(tmp_path))) as warehouse:
        [found] = attainments(warehouse, catalogue, "T01", parse_quarter("2008Q2"))
        figure = course_of_aim(Source(warehouse, catalogue), found)
    assert (found.start, found.pace, found.state, found.reason) == (None, None, "unknown", "no_start")
    said = say_attainment(found, catalogue)
    assert "按时间进度应" not in said and "目标下达前没有数，算不出时间进度" in said and "还差" in said
    assert "时间进度" not in figure.title and PACE not in [series.name for series in figure.series]
    told = judge(found.reading, catalogue.indicators[found.goal.indicator])
    assert told.state == "open" and told.words.endswith("目标下达前没有数，到期再判断")
