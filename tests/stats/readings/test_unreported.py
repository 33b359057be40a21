"""Targets while returns are lacking: what those last sent is supplied, and where that decides it nothing is claimed."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from math import fsum
from pathlib import Path

import pytest

from base.periods import parse_quarter, parse_span
from etl.intake import load_paths
from stats.attainment import Attainment, attainments
from stats.attainment.attainment_words import say_reason
from stats.catalogue import Catalogue
from stats.judging.imputed import Supplied
from stats.judging.pace import Clock
from stats.judging.verdicts import judge
from stats.readings import Reading, read
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, town_two, union_row, write_register, write_roster
from tests.stats.made_readings import first_indicator, make_reading, target_of_2011

FIRST, SECOND = "2008年一季度", "2008年二季度"
Told = Callable[..., Attainment]


def goal_row(value: int) -> dict[str, object]:
    return {
        "indicator": "工会会员人数", "unit": REPORTER, "year": 2008, "comparator": "≥", "value": value, "measure": "人",
        "document": "《要点》", "owner": "组织部", "due": "2008-12-31", "date": "2008-04-10",
    }  # fmt: skip


@pytest.fixture
def told(tmp_path: Path, catalogue: Catalogue) -> Told:
    """Return a target of so many members at the half-year. 158 were there before; the return of 甲二厂工会 is lacking.

    甲二厂工会 had 60 of them; those who sent their return have 100 now.
    """

    def load(goal: int, school_before: bool = True) -> Attainment:
        folder = tmp_path / "county"
        school = [union_row("甲中学工会", 20, 20, category="事业")]
        write_register(folder)
        plants = [union_row(name, 60, 100) for name in ("甲一厂工会", "甲二厂工会")]
        write_roster(folder, "甲镇", FIRST, plants + (school if school_before else []))
        write_roster(folder, "甲镇", SECOND, [union_row("甲一厂工会", 62, 100), *(school if school_before else [])])
        write_roster(folder, "乙乡", FIRST, town_two())
        write_roster(folder, "乙乡", SECOND, town_two())
        write_book(folder / "目标.xlsx", Form("R13", REPORTER, SECOND, [goal_row(goal)]))
        load_paths([folder], tmp_path / "store")
        warehouse = open_warehouse(tmp_path / "store")
        [found] = attainments(warehouse, catalogue, "COUNTY", parse_quarter("2008Q2"))
        warehouse.close()
        return found

    return load


def test_a_return_that_could_decide_it_leaves_it_open(told: Told, catalogue: Catalogue) -> None:
    found = told(164)  # a third of the way from 158: 160 by now; 100 were told, 160 with what 甲二厂工会 last told
    assert (found.pace, found.reading.value, found.supplied) == (160.0, 100.0, Supplied(160.0, 0))
    assert (found.state, found.reason) == ("unknown", "lacking")
    said = say_reason(found, catalogue.indicators["union_members"])
    assert said == "还有1份报表没报，不在内，按这些单位以前报的数补上约160人，现在无法判断"


def test_behind_even_with_what_is_lacking_is_behind(told: Told) -> None:
    found = told(170)
    assert found.pace == 162.0 and found.state == "behind"


def test_who_never_sent_a_return_is_said_and_not_made_up(told: Told, catalogue: Catalogue) -> None:
    found = told(164, school_before=False)
    assert found.supplied == Supplied(140.0, 1), "62 + 18 were told, 60 last told; of 甲中学工会 nothing is known"
    assert "其中1份从没报过，补不上" in say_reason(found, catalogue.indicators["union_members"])


YEAR = 2011 * 4
HALF, END = Clock(YEAR, YEAR + 3, YEAR + 1), Clock(YEAR, YEAR + 3, YEAR + 3)
RATE = first_indicator("percent", direction="up")
GOAL = target_of_2011(0.8)


def rate(value: float) -> Reading:
    return replace(make_reading(RATE, value), reported=9, expected=10)


@pytest.mark.parametrize("value, other, clock, verdict", [
    (0.79, 0.81, END, ("unknown", "lacking")),  # the lacking return could bring it
    (0.81, 0.79, END, ("unknown", "lacking")),  # or take it away again: a rate has a denominator too
    (0.81, 0.79, HALF, ("on_pace", "")),  # not behind either way, so the lesser is known
    (0.79, 0.795, END, ("behind", "")),  # behind either way
    (0.82, 0.81, END, ("met", "")),
])  # fmt: skip
def test_a_verdict_stands_only_where_the_lacking_returns_do_not_decide_it(
    value: float, other: float, clock: Clock, verdict: tuple[str, str]
) -> None:
    assert judge(GOAL, RATE, rate(value), clock, 0.75, False, [other]) == verdict


def observed(warehouse: Warehouse, item: str) -> dict[str, dict[int, float]]:
    """Return each union's numbers of an item, by quarter."""
    sql = """select o.reporter, o.period, o.value from core.observation o join core.item i on i.id = o.item
             where i.code = ?"""
    found: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    with warehouse.cursor() as cursor:
        for reporter, period, value in cursor.execute(sql, [item]).fetchall():
            found[reporter][period] += value
    return found


def lacking(warehouse: Warehouse, form: str, quarter: int) -> set[str]:
    with warehouse.cursor() as cursor:
        sent, due = (
            {row[0] for row in cursor.execute(sql, [form, quarter]).fetchall()}
            for sql in (
                "select reporter from core.reported where form = ? and period = ?",
                "select reporter from core.expected where form = ? and period = ?",
            )
        )
    return due - sent


def test_of_a_stock_the_last_quarter_counts(county: Warehouse, catalogue: Catalogue) -> None:
    """职工入会率 of the half-year, reckoned again from the unions' own numbers."""
    indicator, half = catalogue.indicators["worker_membership_rate"], parse_quarter("2011Q2")
    found = {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", half)}[indicator.code]
    members = observed(county, indicator.numerator or "")
    last = [members[code][max(members[code])] for code in lacking(county, "R01", half) if code in members]
    assert len(last) == found.reading.expected - found.reading.reported
    top = (found.reading.numerator or 0) + fsum(last)
    assert found.supplied is not None
    whole = (found.reading.denominator or 0) + found.reading.part_left_out[1]
    assert found.supplied.value == pytest.approx(top / whole), "with them, their workers stand in the denominator too"


def test_of_a_flow_the_same_quarter_of_the_year_before_counts(county: Warehouse, catalogue: Catalogue) -> None:
    indicator, half = catalogue.indicators["fee_collection_rate"], parse_quarter("2011Q2")
    found = {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", half)}[indicator.code]
    known = read(county, catalogue, "COUNTY", parse_span("2011Q1..2011Q2"), [indicator.code])[0]
    paid, due = (
        (so_far or 0) + _supplied(county, item.code, item.form, (half - 1, half))
        for so_far, item in zip((known.numerator, known.denominator), catalogue.parts(indicator), strict=True)
    )
    assert found.supplied is not None and found.supplied.value == pytest.approx(paid / due)


def _supplied(warehouse: Warehouse, item: str, form: str, quarters: tuple[int, ...]) -> float:
    numbers = observed(warehouse, item)
    return fsum(_before(numbers[code], quarter) for quarter in quarters for code in lacking(warehouse, form, quarter))


def _before(numbers: dict[int, float], quarter: int) -> float:
    sent = [past for past in range(quarter) if numbers.get(past) is not None]
    if quarter - 4 in sent:
        return numbers[quarter - 4]
    return numbers[max(sent)] if sent else 0.0


def test_nothing_is_supplied_where_all_reported(county: Warehouse, catalogue: Catalogue) -> None:
    found = attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))
    assert {one.supplied is None for one in found if one.reading.reported == one.reading.expected} == {True}
