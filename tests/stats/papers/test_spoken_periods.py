"""A template that speaks of another period than its figures are of is told, with the figure of the period it names."""

import pytest

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.exports.word.check_template import check_template
from stats.exports.word.spoken_period import named_in, spoken_before
from stats.figures.elements.figure_model import Selection, Source
from stats.warehouse import Warehouse
from tests.lib.catalogue import kept_source
from tests.lib.files.word import write_word

_AID = "{{ 发放帮扶资金 }}"
_QUARTER = parse_span("2011Q2")


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


def told(source: Source, *texts: str, span: str = "2011Q2") -> list[str]:
    problems = check_template(write_word(*texts), source, Selection("COUNTY", parse_span(span))).problems
    assert not [problem for problem in problems if problem.stops]
    return [problem.words for problem in problems if "写的是" in problem.words]


def test_s73_half_a_year_beside_the_figure_of_a_quarter_is_told(source: Source) -> None:
    (said,) = told(source, f"今年上半年，全县发放帮扶资金{_AID}。")
    assert "前面写的是“今年上半年”，填的是2011年二季度的数（" in said
    assert "2011年上半年是" in said and "期间=“2011年上半年”" in said
    assert not told(source, f"今年上半年，全县发放帮扶资金{_AID}。", span="2011Q1..2011Q2")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"全年发放{_AID}。", "全年"),
        (f"2010年二季度，发放{_AID}。", "2010年二季度"),
        (f"2010年，发放{_AID}。", "2010年"),
        (f"去年上半年，发放{_AID}。", "去年上半年"),
        (f"前三季度，发放{_AID}。", "前三季度"),
        (f"1—6月发放{_AID}。", "1—6月"),
        (f"今年以来，发放{_AID}。", "今年以来"),
        ("2010年末，共有工会组织{{ 工会组织数 }}。", "2010年末"),
        (f"5月份发放{_AID}。", "5月份"),
        (f"2011年1—5月，发放{_AID}。", "2011年1—5月"),
        ("5月末，共有工会组织{{ 工会组织数 }}。", "5月末"),
        ("一季度末，共有工会组织{{ 工会组织数 }}。", "一季度末"),
    ],
)
def test_s73_so_is_any_other_period(text: str, words: str, source: Source) -> None:
    (said,) = told(source, text)
    assert f"前面写的是“{words}”" in said


@pytest.mark.parametrize(
    "text",
    [
        f"二季度，发放{_AID}。",
        f"2011年二季度，发放{_AID}。",
        f"发放{_AID}，比上半年少。",
        f"与去年上半年相比，发放{_AID}。",
        f"上半年已过。{{{{ 期间 }}}}，发放{_AID}。",
        "上半年末，共有工会组织{{ 工会组织数 }}。",
        "今年以来，共有工会组织{{ 工会组织数 }}。",
        '2011年上半年，发放{{ 发放帮扶资金(期间="2011年上半年") }}。',
        f"2011年4—6月份，发放{_AID}。",
        f"6月3日通过的办法，发放{_AID}。",
        "6月末，共有工会组织{{ 工会组织数 }}。",
        "到2012年，{{ 企业法人单位建会率.目标 }}。",
        f"自2008年起，发放{_AID}。",
        f"“十一五”以来，发放{_AID}。",
    ],
)
def test_s73_what_fits_or_cannot_be_told_is_not(text: str, source: Source) -> None:
    assert told(source, text) == []


def test_s73_a_heading_speaks_for_its_paragraphs(source: Source) -> None:
    assert len(told(source, "2011年上半年工作总结", "一、帮扶", f"发放{_AID}。")) == 1
    assert told(source, "2011年上半年工作总结", "二季度情况", f"发放{_AID}。") == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2008—2010年", "2008Q1..2010Q4"),
        ("一至三季度", "2011Q1..2011Q3"),
        ("一、二季度", "2011Q1..2011Q2"),
        ("去年四季度", "2010Q4"),
        ("本年前3季度", "2011Q1..2011Q3"),
    ],
)
def test_s73_periods_are_read_as_people_write_them(text: str, span: str) -> None:
    spoken = spoken_before(named_in(f"{text}，发放"), len(text), None)
    assert spoken and spoken.span(_QUARTER.last) == parse_span(span)
