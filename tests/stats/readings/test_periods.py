"""Quarters and spans: what is accepted, how it is said."""

import pytest

from base.errors import UserError
from base.periods import Span, format_quarter, parse_quarter, parse_said_span, parse_span, say_span


@pytest.mark.parametrize(
    "text, said",
    [
        ("2010Q4", "2010年四季度"),
        ("2010Q1..2010Q4", "2010年"),
        ("2008Q1..2010Q4", "2008—2010年"),
        ("2010Q2..2011Q1", "2010年二季度至2011年一季度"),
    ],
)
def test_a_span_is_said_in_chinese(text: str, said: str) -> None:
    assert say_span(parse_span(text)) == said


@pytest.mark.parametrize(
    "text", ["", "2010M13", "2010Q5", "2010Q4..", "2010Q4..2010Q1", "2010Q1..2010Q2..2010Q3", "昨天"]
)
def test_what_is_no_span_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UserError):
        parse_span(text)


def test_the_previous_span_is_as_long_and_ends_just_before() -> None:
    assert Span(parse_quarter("2010Q1"), parse_quarter("2010Q4")).previous == parse_span("2009Q1..2009Q4")


def test_a_quarter_reads_back() -> None:
    assert format_quarter(parse_quarter("2011Q2")) == "2011Q2"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2010年", "2010Q1..2010Q4"),
        ("2008—2010年", "2008Q1..2010Q4"),
        ("2008年至2010年", "2008Q1..2010Q4"),
        ("2010年四季度", "2010Q4"),
        ("2010年第1季度", "2010Q1"),
        ("2010年一季度至2011年二季度", "2010Q1..2011Q2"),
        ("2010年下半年", "2010Q3..2010Q4"),
        ("2010Q4", "2010Q4"),
        ("2010H1", "2010Q1..2010Q2"),
        ("2010", "2010Q1..2010Q4"),
        ("2010年4—9月", "2010Q2..2010Q3"),
        ("2010年统计年度", "2009Q4..2010Q3"),
        ("本统计年度", "2010Q4..2011Q2"),
        ("本年", "2011Q1..2011Q2"),
        ("上年", "2010Q1..2010Q4"),
        ("上期", "2011Q1"),
        ("上年同期", "2010Q2"),
    ],
)
def test_a_span_is_read_as_people_write_it(text: str, span: str) -> None:
    assert parse_said_span(text, parse_span("2011Q2")) == parse_span(span)


@pytest.mark.parametrize("span", ["2010Q4", "2010Q1..2010Q4", "2008Q1..2010Q4", "2010Q2..2011Q1"])
def test_what_is_said_of_a_span_is_read_back(span: str) -> None:
    assert parse_said_span(say_span(parse_span(span)), parse_span("2011Q2")) == parse_span(span)


@pytest.mark.parametrize("text", ["", "去年", "2012—2010年", "2010年五季度", "2010年四季度至2010年一季度"])
def test_a_said_span_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_said_span(text, parse_span("2011Q2"))
