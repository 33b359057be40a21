"""What a cell says: given and expected, the definition of each type of column."""

from datetime import date
from decimal import Decimal

import pytest

from etl.values import find_quarter, is_blank, parse_amount, parse_date, parse_integer, parse_number
from stats.periods import parse_quarter


@pytest.mark.parametrize(
    "text, number",
    [("300", 300), (" 300 ", 300), ("３２", 32), ("1,234", 1234), ("１，２３４", 1234), ("12.0", 12), ("0", 0)],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert parse_integer(text) == number


@pytest.mark.parametrize(
    "text", ["约三百", "120多", "12.5", "-3", "80%", "1,23", "三百", "12人", "", "#REF!", "1e3", "nan"]
)
def test_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(ValueError):
        parse_integer(text)


@pytest.mark.parametrize(
    "text, scale, amount",
    [("1.5", 10000, 15000.0), ("63.8", 10000, 638000.0), ("0.1", 10000, 1000.0), ("1,200.50", 1, 1200.5)],
)
def test_amounts_are_kept_in_the_stored_unit_to_the_last_digit(text: str, scale: float, amount: float) -> None:
    assert parse_amount(text, scale) == amount


def test_a_percentage_is_a_fraction() -> None:
    assert parse_number("80%") == Decimal("0.8")
    assert parse_number("８９％") == Decimal("0.89")


@pytest.mark.parametrize("text", ["", " ", "-", "—", "无", "／", "保密"])
def test_missing_is_not_zero(text: str) -> None:
    assert is_blank(text)


def test_zero_is_not_missing() -> None:
    assert not is_blank("0")


@pytest.mark.parametrize(
    "text, day",
    [
        ("2010-12-31", date(2010, 12, 31)),
        ("2010.12.31", date(2010, 12, 31)),
        ("2010年12月31日", date(2010, 12, 31)),
        ("2010年12月", date(2010, 12, 31)),
        ("2010/2", date(2010, 2, 28)),
        ("40543", date(2010, 12, 31)),
    ],
)
def test_dates(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize("text", ["2010", "12月", "2010-13-01", "2010-02-30", "去年"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        parse_date(text)


@pytest.mark.parametrize(
    "text, quarter",
    [
        ("2010年四季度", "2010Q4"),
        ("2010年第4季度", "2010Q4"),
        ("2010年第四季度", "2010Q4"),
        ("２０１０年１２月", "2010Q4"),
        ("2010年1—12月", "2010Q4"),
        ("2010年1-6月", "2010Q2"),
        ("2011.3", "2011Q1"),
        ("甲镇2009年2季度表", "2009Q2"),
    ],
)
def test_quarters_in_a_text(text: str, quarter: str) -> None:
    assert find_quarter(text) == parse_quarter(quarter)


def test_a_year_alone_names_a_quarter_only_where_the_period_is_asked_for() -> None:
    assert find_quarter("2011年度") is None
    assert find_quarter("2011年度", whole_years=True) == parse_quarter("2011Q4")
    assert find_quarter("2011年上半年", whole_years=True) == parse_quarter("2011Q2")
