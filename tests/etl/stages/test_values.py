"""What a cell says: given and expected, the definition of each type of column."""

from datetime import date
from decimal import Decimal

import pytest

from base.periods import parse_quarter
from etl.model.numerals import parse_numeral
from etl.model.values import find_quarter, is_blank, parse_amount, parse_date, parse_integer, parse_number

MONEY = {"元": 1.0, "千元": 1_000.0, "万元": 10_000.0, "亿元": 100_000_000.0}


@pytest.mark.parametrize(
    "text, number",
    [
        ("300", 300),
        (" 300 ", 300),
        ("３２", 32),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("12.0", 12),
        ("0", 0),
        ("1 234", 1234),
        ("\u00a01\u3000234 ", 1234),
        ("三百二十", 320),
        ("十二", 12),
    ],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert parse_integer(text) == number


@pytest.mark.parametrize(
    "text",
    ["约三百", "120多", "12.5", "-3", "80%", "1,23", "三百二", "12人", "", "#REF!", "1e3", "nan", "12 34", "1.2万"],
)
def test_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(ValueError):
        parse_integer(text)


@pytest.mark.parametrize("text, number", [("120人", 120), ("１２０ 名", 120), ("三百人", 300), ("1,200人", 1200)])
def test_a_number_may_carry_its_columns_own_measure(text: str, number: int) -> None:
    assert parse_integer(text, ("人", "名")) == number


@pytest.mark.parametrize(
    "text", ["120多人", "约300人", "120人以上", "80%以上", "12人次", "3家", "人", "几十人", "三五人"]
)
def test_bounds_and_other_measures_are_no_count(text: str) -> None:
    with pytest.raises(ValueError):
        parse_integer(text, ("人", "名"))


@pytest.mark.parametrize(
    "text, number",
    [
        ("十", 10),
        ("二十五", 25),
        ("一百零五", 105),
        ("两千三百", 2300),
        ("一万零五", 10005),
        ("十二万三千", 123000),
        ("三亿", 300000000),
        ("一二〇", 120),
        ("二○一○", 2010),
        ("壹佰贰拾", 120),
    ],
)
def test_chinese_numerals(text: str, number: int) -> None:
    assert parse_numeral(text) == number


@pytest.mark.parametrize("text", ["", "三百二", "一万二", "三五", "一二百", "几十", "三百多", "百", "十零五", "3百"])
def test_numerals_with_two_readings_are_none(text: str) -> None:
    with pytest.raises(ValueError):
        parse_numeral(text)


@pytest.mark.parametrize(
    "text, scale, amount",
    [("1.5", 10000, 15000.0), ("63.8", 10000, 638000.0), ("0.1", 10000, 1000.0), ("1,200.50", 1, 1200.5)],
)
def test_amounts_are_kept_in_the_stored_unit_to_the_last_digit(text: str, scale: float, amount: float) -> None:
    assert parse_amount(text, scale) == amount


@pytest.mark.parametrize(
    "text, scale, amount",
    [
        ("500元", 10_000, 500.0),
        ("1.2万元", 10_000, 12_000.0),
        ("1.2万元", 1, 12_000.0),
        ("3亿元", 10_000, 300_000_000.0),
        ("1.2万", 1, 12_000.0),
        ("3亿", 1, 300_000_000.0),
        ("三万", 1, 30_000.0),
        ("1 200.5 元", 1, 1200.5),
    ],
)
def test_an_amount_with_its_own_unit_is_not_scaled_twice(text: str, scale: float, amount: float) -> None:
    assert parse_amount(text, scale, MONEY) == amount


@pytest.mark.parametrize("text", ["1.2万", "三万", "3亿", "三万五千", "1.2万万元", "约5万元", "5吨"])
def test_ten_thousands_in_a_column_of_ten_thousands_are_asked_about(text: str) -> None:
    with pytest.raises(ValueError):
        parse_amount(text, 10_000, MONEY)


def test_goods_have_no_ten_thousands() -> None:
    assert parse_amount("500公斤", 1, {"吨": 1, "公斤": 0.001}) == 0.5
    with pytest.raises(ValueError):
        parse_amount("1.2万", 1, {"吨": 1, "公斤": 0.001})


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
        ("二〇一〇年十二月", date(2010, 12, 31)),
        ("二○一○年十二月三十日", date(2010, 12, 30)),
        ("2010年十二月", date(2010, 12, 31)),
    ],
)
def test_dates(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize("text", ["2010", "12月", "十二月", "二〇一〇年", "2010-13-01", "2010-02-30", "去年"])
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
        ("二〇一〇年四季度", "2010Q4"),
        ("二〇一〇年十二月", "2010Q4"),
    ],
)
def test_quarters_in_a_text(text: str, quarter: str) -> None:
    assert find_quarter(text) == parse_quarter(quarter)


def test_a_year_alone_names_a_quarter_only_where_the_period_is_asked_for() -> None:
    assert find_quarter("2011年度") is None
    assert find_quarter("2011年度", whole_years=True) == parse_quarter("2011Q4")
    assert find_quarter("2011年上半年", whole_years=True) == parse_quarter("2011Q2")
