"""Sentences on incomplete data or values near a limit: the right span, no false total, no share above 100 %."""

from dataclasses import replace

import pytest

from base.formats import say_at_least
from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.figures.areas import say_ends
from stats.figures.elements.figure_model import Mark, Selection, Source
from stats.papers.clauses import keep_clauses
from stats.papers.fill_placeholders import Writer
from stats.papers.paper_model import Brief, Cited
from stats.readings import Reading, read
from stats.readings.coverage_words import say_nobody, say_uncovered
from stats.readings.sentences import say_comparable
from stats.warehouse import Warehouse
from tests.stats.made_readings import make_reading

LEVEL = 0.97
UNTIL = "（到2010年三季度止）"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ("2010Q1..2010Q4", "当年"),
        ("2008Q1..2010Q4", "每年"),
        ("2010Q4", "2010年"),
        ("2011Q2", "2011年上半年"),
        ("2010Q3..2011Q2", "2011年上半年"),
        ("2009Q3..2011Q2", "2010年"),
        ("2008Q3..2010Q4", "2009—2010年每年"),
    ],
)
def test_a09_what_happens_each_year_is_said_of_the_years_read(paper_source: Source, span: str, words: str) -> None:
    writer = Writer(paper_source, Selection("COUNTY", parse_span(span)))
    assert "".join(map(str, writer.pieces("{{ 每年 }}"))) == words


@pytest.mark.parametrize(("value", "words"), [(1.0, "100%"), (0.9999, "95%以上"), (0.9, "90%以上"), (1.2, "120%以上")])
def test_a06_nothing_is_above_all_of_it(value: float, words: str) -> None:
    assert say_at_least(value, "%") == words


def test_a06_what_falls_short_of_a_target_is_not_said_to_be_it(catalogue: Catalogue) -> None:
    rate = next(one for one in catalogue.indicators.values() if one.is_rate and one.decimals == 1)
    marks = [
        Mark(label="甲", value=0.9996, text="100.0%", target=1.0),
        Mark(label="乙", value=0.5, text="50.0%", target=1.0),
    ]
    assert say_ends(marks, rate, "%") == "最高的是甲（近100.0%），最低的是乙（50.0%）"
    reached = [replace(marks[0], value=1.0), marks[1]]
    assert "甲（100.0%）" in say_ends(reached, rate, "%")


@pytest.fixture(scope="module")
def counted(county: Warehouse, catalogue: Catalogue) -> dict[str, Reading]:
    codes = ["union_orgs", "union_members", "nonpublic_union_orgs"]
    found = read(county, catalogue, "COUNTY", parse_span("2010Q1..2010Q4"), codes)
    return {one.indicator: replace(one, reported=one.expected) for one in found}


def test_s03_unions_are_no_part_of_members(counted: dict[str, Reading], catalogue: Catalogue) -> None:
    unions, members, others = (Cited(f"{one.value:.0f}", "", one) for one in counted.values())
    part: list[str | Cited] = ["｜其中非公企事业工会", others, "。"]
    alone = keep_clauses(["共有｜会员", members, "，", *part], catalogue, LEVEL)
    assert "，非公企事业工会" in _text(alone.pieces) and "其中" not in _text(alone.pieces)
    whole = keep_clauses(["共有｜工会组织", unions, "，｜会员", members, "，", *part], catalogue, LEVEL)
    assert "，其中非公企事业工会" in _text(whole.pieces)


def test_a07_up_to_when_data_go_is_said_once_behind_the_time(counted: dict[str, Reading], catalogue: Catalogue) -> None:
    unions, members, others = (Cited(f"{one.value:.0f}{UNTIL}", "", one) for one in counted.values())
    told = keep_clauses(["2010年，全县建有｜", unions, "大工会，｜发展会员", members, "人。"], catalogue, LEVEL)
    assert _text(told.pieces) == f"2010年{UNTIL}，全县建有369大工会，发展会员38124人。"
    mixed = keep_clauses(["2010年，｜建会", replace(unions, text="369家"), "，｜其他", others, "。"], catalogue, LEVEL)
    assert _text(mixed.pieces) == f"2010年，建会369家。2010年{UNTIL}，其他144。"


def test_s14_one_figure_told_of_two_spans_says_which(counted: dict[str, Reading]) -> None:
    year = replace(counted["union_members"], reported=1, expected=2)
    quarter = replace(year, span="2010Q4..2010Q4", reported=3, expected=4)
    said = say_uncovered([year, quarter])
    assert said[0].startswith(f"{year.name}（2010年）：") and said[1].startswith(f"{year.name}（2010年四季度）：")


def test_papers_do_not_say_more_than_all(papers: list[Brief]) -> None:
    for brief in papers:
        for section in brief.sections:
            for paragraph in section.paragraphs:
                assert "100%以上" not in paragraph.text


def _text(pieces: list[str | Cited]) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("span", "words"), [("2011Q1..2011Q4", "2011年二季度均未报送，无数"), ("2011Q2", "均未报送，本期无数")]
)
def test_a10_who_did_not_report_is_said_of_the_quarter_alone(
    county: Warehouse, catalogue: Catalogue, span: str, words: str
) -> None:
    """The township reported the first quarter, so the text must not say that it sent nothing in the year."""
    found = read(county, catalogue, "T09", parse_span(span), ["union_orgs"])
    assert say_nobody(found, catalogue) == f"双河口镇11家工会{words}。"


def test_s01_which_returns_are_told_stands_behind_the_time(counted: dict[str, Reading], catalogue: Catalogue) -> None:
    _, flow, other = (replace(one, as_of=None, span="2008Q1..2008Q4", measure="个") for one in counted.values())
    whole = Cited("4个", "", replace(flow, reported=3, expected=4))
    part = Cited("2个", "", replace(other, reported=1, expected=2))
    told = keep_clauses(["2008年，新创｜先锋集体", whole, "，｜其中女职工", part, "。"], catalogue, LEVEL)
    assert _text(told.pieces) == "2008年，据已报的3份报表（应报4份），新创先锋集体4个，其中女职工2个。"
    begun = keep_clauses(["共建｜先锋集体", whole, "。"], catalogue, LEVEL)
    assert _text(begun.pieces) == "据已报的3份报表（应报4份），共建先锋集体4个。"


def test_s02_who_sent_some_forms_is_told_which_are_missing(catalogue: Catalogue, counted: dict[str, Reading]) -> None:
    one = replace(counted["union_members"], value=None, as_of=None, reported=0, expected=1, unit_name="甲工会")
    form = catalogue.forms[catalogue.parts(catalogue.indicators[one.indicator])[0].form].name
    assert say_nobody([one], catalogue) == f"甲工会未报送《{form}》，本期无数。"


def test_a21_over_several_quarters_parts_are_compared_and_no_units(catalogue: Catalogue) -> None:
    flow = next(one for one in catalogue.indicators.values() if not one.is_rate and one.decimals == 0)
    year = replace(make_reading(flow, 30.0), as_of=None, span="2010Q1..2010Q4", change=20.0, comparable_change=5.0,
                   complete=False)  # fmt: skip
    assert say_comparable(year, flow).startswith("两期都报的部分增加5")
    assert say_comparable(replace(year, span="2010Q4..2010Q4"), flow).startswith("两期都报的单位增加5")
