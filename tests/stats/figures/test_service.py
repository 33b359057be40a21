"""Bases with discounts and job fairs: what is open, what is used, and what a fair came to, by hand on small ledgers."""

from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import load_paths
from etl.journal.outcomes import Outcome
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.readings import read
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, write_register

FIRST, SECOND = "2008年一季度", "2008年二季度"


def base(number: str, unit: str, kind: str, **other: object) -> Row:
    row: Row = {
        "number": number,
        "date": "2008-01-15",
        "unit": unit,
        "base": f"B{number}",
        "title": f"优惠基地{number}",
    }
    return row | {"kind": kind, "entry": "建立"} | other


def served(number: str, founded: Row, persons: int, day: str) -> Row:
    return founded | {"number": number, "date": day, "entry": "服务职工", "served": persons, "ended": None}


def fair(number: str, **other: object) -> Row:
    row: Row = {
        "number": number,
        "date": "2008-02-20",
        "unit": "甲镇",
        "title": "春风行动招聘会",
        "partner": "劳动部门",
    }
    return row | {"firms": 12, "posts": 200, "agreements": 50, "employed": 20} | other


def load(folder: Path, **forms: list[tuple[str, list[Row]]]) -> list[Outcome]:
    write_register(folder / "sent")
    for code, returns in forms.items():
        for quarter, rows in returns:
            write_book(folder / "sent" / f"{code}{quarter}.xlsx", Form(code, REPORTER, quarter, rows))
    return load_paths([folder / "sent"], folder / "store").outcomes


def panel(folder: Path, catalogue: Catalogue, code: str, span: str = "2008Q1..2008Q2") -> Figure:
    chosen = catalogue.boards["service"].panel(code)
    assert chosen is not None
    with closing(open_warehouse(folder / "store")) as warehouse:
        return make_figure(Source(warehouse, catalogue), chosen, Selection("COUNTY", parse_span(span)))


def values(folder: Path, catalogue: Catalogue, span: str, *codes: str) -> list[float | None]:
    with closing(open_warehouse(folder / "store")) as warehouse:
        return [one.value for one in read(warehouse, catalogue, "COUNTY", parse_span(span), codes)]


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three bases: one is used in both quarters, one in the first alone, and one closes in the second."""
    folder = tmp_path_factory.mktemp("bases")
    shop, pharmacy = base("1", "甲镇", "超市"), base("2", "乙乡", "购药基地")
    closed = base("3", "乙乡", "餐饮", ended="2008-05-10")
    first = [shop, pharmacy, closed, served("4", shop, 100, "2008-03-01"), served("5", pharmacy, 30, "2008-03-02")]
    load(folder, R37=[(FIRST, first), (SECOND, [served("6", shop, 40, "2008-06-01")])])
    return folder


def test_a_base_counts_until_it_closes_and_services_add_up(bases: Path, catalogue: Catalogue) -> None:
    assert values(bases, catalogue, "2008Q1", "benefit_bases", "benefit_served") == [3, 130]
    assert values(bases, catalogue, "2008Q2", "benefit_bases", "benefit_served") == [2, 40]
    assert values(bases, catalogue, "2008Q1..2008Q2", "benefit_bases", "benefit_served") == [2, 170]


def test_the_bases_that_nobody_used_in_the_quarter_are_listed(bases: Path, catalogue: Catalogue) -> None:
    figure = panel(bases, catalogue, "not_used")
    assert figure.title == "2008年二季度末，当季没有登记服务的基地1个"
    assert [mark.text for mark in figure.series[0].marks] == ["B2"]


def test_the_bases_are_parted_by_kind_whatever_word_is_written(bases: Path, catalogue: Catalogue) -> None:
    marks = {mark.label: mark.value for one in panel(bases, catalogue, "served").series for mark in one.marks}
    assert (marks["购物"], marks["购药"]) == (140, 30)


def test_a_fair_s_numbers_add_up_and_its_share_is_of_all_agreements(tmp_path: Path, catalogue: Catalogue) -> None:
    fairs = [fair("1"), fair("2", agreements=150, employed=100), fair("3", agreements=None, employed=None)]
    load(tmp_path, R38=[(FIRST, fairs)])
    codes = ("job_fairs", "job_fair_posts", "job_fair_agreements", "job_fair_employed", "job_fair_employment_rate")
    assert values(tmp_path, catalogue, "2008Q1", *codes) == [3, 600, 200, 120, 0.6]
    for code in ("fairs", "employed", "fair_rows"):
        assert "劳动部门共享" in panel(tmp_path, catalogue, code, "2008Q1").note


def test_more_employed_than_agreed_is_asked_about(tmp_path: Path) -> None:
    [asked] = [one for one in load(tmp_path, R38=[(FIRST, [fair("1", employed=60)])]) if one.findings]
    assert [one.severity for one in asked.findings] == ["confirm"] and asked.what == "held"
