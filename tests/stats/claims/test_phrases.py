"""Every number of a draft is read: its class, its value, how the value lies to it, and where it stands."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from base.chinese_numerals import say_numeral
from stats.claims.grammar import read_grammar
from stats.claims.phrases import read_phrases
from tests.stats.claims.spoken_rows import MADE_UP, claimed, in_context, is_no_figure, judge, rows_of, shared_file

AT_LEAST = 0.95
# How a number is written, and by how much the text may miss the number.
WORDINGS = [
    ("职工{0}人", "=", lambda number: f"{number}"),
    ("职工{0}人", "=", lambda number: f"{number:,}"),
    ("职工{0}人", "=", lambda number: f" {number} "),
    ("职工{0}名", "=", lambda number: f"{number}".translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
    ("职工{0}名", "=", lambda number: say_numeral(number, "")),
    ("近{0}人次", "<~", str),
    ("超过{0}人次", ">", str),
    ("{0}余人", ">", str),
    ("{0}人以上", ">=", str),
    ("约{0}人", "~", lambda number: say_numeral(number, "")),
    ("{0}万人", "=", lambda number: f"{Decimal(number) / 10000:f}"),
    ("资金{0}亿元", "=", lambda number: f"{Decimal(number) / 10**8:f}"),
    ("不足{0}户", "<", str),
    ("{0}家左右", "~", str),
]


def test_phrases_of_each_class_and_wording_are_read() -> None:
    rows = rows_of(MADE_UP)
    read = [(row, read_phrases(row["phrase"]).phrases) for row in rows]
    wrong = [row["phrase"] for row, phrases in read if not is_no_figure(row) and not all(judge(row, phrases))]
    assert [*wrong, *(row["phrase"] for row, phrases in read if is_no_figure(row) and claimed(row, phrases))] == []
    assert len(rows) > 320


@pytest.mark.property
@given(some.integers(2, 10**8), some.sampled_from(WORDINGS))
def test_a_number_is_read_back_in_every_wording(number: int, wording: tuple[str, str, object]) -> None:
    form, comparator, write = wording
    assert callable(write)
    text = form.format(write(number))
    figures = [phrase for phrase in read_phrases(text).phrases if phrase.is_figure]
    assert [(phrase.value, phrase.comparator) for phrase in figures] == [(number, comparator)], text


def test_published_phrases_are_read_right() -> None:
    rows = rows_of(shared_file("speech/phrases.csv"))
    figures = [judge(row, phrases) for row, phrases in in_context(rows) if not is_no_figure(row)]
    values, classes, comparators = (sum(right) / len(figures) for right in zip(*figures, strict=True))
    both = sum(value and name for value, name, _ in figures) / len(figures)
    assert min(values, classes, comparators, both) >= AT_LEAST, (values, classes, comparators, both)


def test_nothing_is_claimed_of_what_is_no_figure() -> None:
    rows = [row for row in rows_of(shared_file("speech/phrases.csv")) if is_no_figure(row)]
    assert [row["phrase"] for row in rows if claimed(row, read_phrases(row["phrase"]).phrases)] == []
    assert [row["phrase"] for row, read in in_context(rows) if claimed(row, read)] == []


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        ("截止目前，我县共有会员 38,124 人。", "38,124 人"),
        ("参训人员６００多人次", "６００多人次"),
        ("覆盖\u200b率 达 到 85 ％ 以上", "达 到 85 ％ 以上"),
    ],
)
def test_a_phrase_knows_its_place_in_the_text_as_it_was(paragraph: str, text: str) -> None:
    (phrase,) = (phrase for phrase in read_phrases(paragraph, 3).phrases if phrase.is_figure)
    assert phrase.place.paragraph == 3
    assert paragraph[phrase.place.start : phrase.place.end] == phrase.text == text


@pytest.mark.parametrize(
    ("text", "says"),
    [("截至今年7月31日", "2019-07-31"), ("截至目前", "2019-09-11"), ("从6月起", "2019-06"), ("去年底", "2018")],
)
def test_a_time_is_understood_by_the_date_of_the_draft(text: str, says: str) -> None:
    (phrase,) = read_phrases(text, on=date(2019, 9, 11)).phrases
    assert phrase.says == says and not phrase.is_figure


def test_thousands_of_numbers_in_one_sentence_are_read() -> None:
    text = "，".join(f"第{number}镇会员{number}人" for number in range(1, 1501))
    figures = [phrase.value for phrase in read_phrases(text).phrases if phrase.is_figure]
    assert figures == list(range(1, 1501))


@pytest.mark.parametrize(
    "text", ["1" * 6000, "一二" * 3000, "430722198001011234", "，".join(["其中", "分别为", "占"] * 900)]
)
def test_what_no_number_can_be_is_no_figure(text: str) -> None:
    assert [phrase for phrase in read_phrases(text).phrases if phrase.is_figure] == []


def test_the_grammar_is_whole() -> None:
    """Each class can be reached, and the last one has no condition, so that every number has a class."""
    classes = read_grammar().classes
    assert classes[-1].model_dump(exclude_defaults=True) == {"name": "count"}
    assert len({rule.name for rule in classes}) > 20
