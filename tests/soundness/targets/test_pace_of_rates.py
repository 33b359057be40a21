"""The pace of a rate both of whose parts grow with the year: its season in earlier years, and none without one."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_quarter
from etl.intake import load_paths
from stats.attainment import Attainment, attainments
from stats.attainment.attainment_words import say_attainment, say_state
from stats.attainment.course_figure import PACE, course_of_aim
from stats.catalogue import Catalogue
from stats.figures.elements.figure_model import Source
from stats.judging.pace import season_of_rate
from stats.warehouse import open_warehouse
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, write_register

PAID = (100, 180, 200, 240)  # of 200 due in each quarter: 50 %, 70 %, 80 %, 90 % since the year began
UNIONS = {"甲镇": ("甲一厂工会", "甲二厂工会", "甲中学工会"), "乙乡": ("乙一厂工会", "乙政府工会")}
NAMES = ("一", "二", "三", "四")
Told = Callable[..., tuple[Attainment, str, str]]


def fees(folder: Path, year: int, paid: tuple[int, ...]) -> None:
    for number, amount in enumerate(paid):
        row = {"wages": 10_000, "due": 200, "paid": amount, "due_year": 200 * (number + 1),
               "paid_year": sum(paid[: number + 1])}  # fmt: skip
        period = f"{year}年{NAMES[number]}季度"
        for town, unions in UNIONS.items():
            rows = [row | {"union": union} for union in unions]
            write_book(folder / f"经费{town}{period}.xlsx", Form("R11", town, period, rows))


@pytest.fixture
def told(tmp_path: Path, catalogue: Catalogue) -> Told:
    """Return the county's target of all fees, at the half-year of 2010, with what is said of it and its pace."""

    def load(*earlier: tuple[int, ...], paid: tuple[int, int] = (100, 180)) -> tuple[Attainment, str, str]:
        folder, store = tmp_path / "county", tmp_path / "store"
        write_register(folder)
        for year, sums in zip(range(2009, 2000, -1), earlier, strict=False):
            fees(folder, year, sums)
        fees(folder, 2010, paid)
        goal = {"indicator": "工会经费收缴率", "unit": REPORTER, "year": 2010, "comparator": "=", "value": "100%",
                "measure": "%", "document": "《要点》", "owner": "财务部", "due": "2010-12-31",
                "date": "2010-01-10"}  # fmt: skip
        write_book(folder / "目标.xlsx", Form("R13", REPORTER, "2010年一季度", [goal]))
        assert load_paths([folder], store).count("accepted") == 6 + 8 * len(earlier)
        with closing(open_warehouse(store)) as warehouse:
            (found,) = attainments(warehouse, catalogue, "COUNTY", parse_quarter("2010Q2"))
            figure = course_of_aim(Source(warehouse, catalogue), found)
        drawn = [mark.text for series in figure.series if series.name == PACE for mark in series.marks]
        return found, f"{say_state(found)}；{say_attainment(found, catalogue)}", "、".join(drawn)

    return load


def test_a23_a_rate_of_sums_keeps_the_pace_of_its_season(told: Told) -> None:
    found, said, drawn = told(PAID, PAID)
    assert found.way == "season" and found.pace == pytest.approx(0.7 / 0.9)
    assert found.state == "behind" and "按时间进度应到77.8%，慢7.8个百分点" in said and "应到100.0%" not in said
    assert drawn == "55.6%、77.8%、88.9%、100.0%"


def test_a23_who_keeps_it_is_on_pace_and_the_forecast_agrees(told: Told) -> None:
    found, said, _ = told(PAID, PAID, paid=(100, 220))
    assert found.state == "on_pace" and "按时间进度应到77.8%，快2.2个百分点" in said
    assert found.forecast and found.forecast.value == pytest.approx(0.8 * 0.9 / 0.7)
    assert "△" not in said


@pytest.mark.parametrize("earlier", [(PAID,), (PAID, (200, 200, 200, 200)), ()])
def test_a23_without_a_season_no_pace_is_made_up(told: Told, earlier: tuple[tuple[int, ...], ...]) -> None:
    found, said, drawn = told(*earlier)
    assert (found.state, found.reason, found.pace) == ("unknown", "no_past", None)
    assert "按时间进度" not in said and "没有往年可比，到期再判断" in said and drawn == ""


def test_a23_a_rate_reached_already_is_reached(told: Told) -> None:
    found, said, _ = told(PAID, paid=(200, 200))
    assert found.state == "met" and "✓ 已达到" in said


def test_a23_a_season_asks_for_no_more_than_the_target(catalogue: Catalogue) -> None:
    rule = catalogue.reporting.season
    assert season_of_rate([[0.99, 0.9], [0.95, 0.9]], rule) == (1.0, 1.0)
    assert season_of_rate([[0.5, 0.9], [0.9, 0.9]], rule) == (), "0.56 and 1.0 of the year-end are no season"
    assert season_of_rate([[0.5, 0.9]], rule) == ()
