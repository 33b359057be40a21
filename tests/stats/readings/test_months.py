"""Months: one arithmetic for periods of every length. Codes read back, periods nest, and parts add up to the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.errors import UserError
from base.month_spans import (
    HALF_YEAR,
    MONTH,
    QUARTER,
    YEAR,
    Months,
    format_period,
    months_of,
    parse_months,
    parse_period,
    quarter_at_end,
    say_months,
    say_period,
    statistical_year,
)
from base.periods import (
    ended_quarter,
    format_quarter,
    parse_said_span,
    parse_span,
    quarter_in,
    say_span,
    span_of,
    year_of,
)

LENGTHS = st.sampled_from([MONTH, QUARTER, HALF_YEAR, YEAR])
MONTH_NUMBERS = st.integers(1949 * YEAR, 2100 * YEAR)
SPANS = st.builds(lambda first, length: Months(first, first + length), MONTH_NUMBERS, st.integers(0, 60))
PRESENT = parse_span("2011Q2")


@given(month=MONTH_NUMBERS, length=LENGTHS)
def test_a_period_reads_back_and_lies_in_every_longer_one(month: int, length: int) -> None:
    number = month // length
    assert parse_period(format_period(number, length), length) == number
    assert parse_months(format_period(number, length)) == months_of(number, length)
    assert str(months_of(number, length)) == format_period(number, length)
    for longer in (MONTH, QUARTER, HALF_YEAR, YEAR):
        if longer >= length:
            assert months_of(month // longer, longer).holds(months_of(number, length))


@given(span=SPANS)
def test_a_span_reads_back(span: Months) -> None:
    assert parse_months(str(span)) == span


@given(span=SPANS, length=LENGTHS)
def test_the_whole_periods_of_a_span_are_those_it_holds(span: Months, length: int) -> None:
    around = range(span.first // length - 1, span.last // length + 2)
    assert list(span.whole(length)) == [number for number in around if span.holds(months_of(number, length))]


@given(span=SPANS, length=LENGTHS)
def test_an_aligned_span_is_the_sum_of_its_periods(span: Months, length: int) -> None:
    months = [month for number in span.whole(length) for month in months_of(number, length).whole(MONTH)]
    assert (months == list(span.whole(MONTH))) == span.aligned(length)
    assert span.previous.last + 1 == span.first and span.previous.length == span.length


@given(month=MONTH_NUMBERS, length=LENGTHS)
def test_the_quarter_at_the_end_is_the_last_that_touches_a_period(month: int, length: int) -> None:
    period = months_of(month // length, length)
    assert quarter_at_end(month // length, length) == max(part // QUARTER for part in period.whole(MONTH))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2026M06", "2026年6月"),
        ("2026Q2", "2026年二季度"),
        ("2026H1", "2026年上半年"),
        ("2026H2", "2026年下半年"),
        ("2026", "2026年"),
        ("2024..2026", "2024—2026年"),
        ("2026M02..2026M05", "2026年2—5月"),
        ("2026M01..2026M09", "2026年前三季度"),
        ("2025M11..2026M02", "2025年11月至2026年2月"),
        ("2026S", "2025年四季度至2026年三季度"),
    ],
)
def test_a_code_is_said_in_chinese(code: str, said: str) -> None:
    assert say_months(parse_months(code)) == said


def test_a_statistical_year_begins_in_october() -> None:
    assert parse_months("2026S") == statistical_year(2026) == parse_months("2025M10..2026M09")
    assert parse_span("2026S") == parse_said_span("2026统计年度", PRESENT) == parse_span("2025Q4..2026Q3")


def test_a_half_year_and_a_year_are_said_of_a_form() -> None:
    assert [say_period(4053, HALF_YEAR), say_period(2026, YEAR)] == ["2026年下半年", "2026年"]


@pytest.mark.parametrize("text", ["", "2026M13", "2026M6", "2026H3", "26", "2026M06..", "2026M06..2026M01", "六月"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_months(text)


@pytest.mark.parametrize(("code", "length"), [("2026Q2", MONTH), ("2026M06", QUARTER), ("2026", HALF_YEAR)])
def test_a_period_of_another_length_is_refused(code: str, length: int) -> None:
    with pytest.raises(UserError, match="请写成"):
        parse_period(code, length)


@given(span=SPANS)
def test_a_span_is_of_quarters_where_it_can_be(span: Months) -> None:
    """And reads back, whether by code or in words; its quarters or months say of themselves which they are."""
    read = span_of(span)
    assert read.months == span and read.each == (QUARTER if span.aligned(QUARTER) else MONTH)
    assert parse_span(str(read)) == read == parse_said_span(say_span(read), PRESENT)
    assert year_of(read.first) == span.first // YEAR and parse_span(format_quarter(read.last)).last == read.last
    assert read.year_before.months == span.moved(-YEAR) and read.previous.months == span.previous
    assert read.quarters.months.holds(span) and ended_quarter(read.last) in (
        quarter_in(read.last) - 1,
        quarter_in(read.last),
    )


def test_words_of_a_month_are_relative_to_it() -> None:
    month = parse_span("2026M05")
    said = {words: str(parse_said_span(words, month)) for words in ("上期", "上年同期", "本年", "上年", "本统计年度")}
    assert said == {
        "上期": "2026M04..2026M04",
        "上年同期": "2025M05..2025M05",
        "本年": "2026M01..2026M05",
        "上年": "2025Q1..2025Q4",
        "本统计年度": "2025M10..2026M05",
    }
    assert (
        parse_said_span("2026年6月", month) == parse_span("2026M06") and say_span(parse_span("2026M06")) == "2026年6月"
    )
