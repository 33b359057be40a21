"""Papers composed from the sample county: the report's figures as it says them, proofs, coverage, topics, areas."""

import re

import pytest

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.compose import compose_brief
from stats.papers.paper_model import Brief, Cited
from stats.papers.references import is_reference
from stats.readings.sentences import say_reading
from stats.warehouse import Warehouse
from tests.lib.catalogue import kept_source
from tests.lib.oracles.report_quotes import quoted_phrases
from tests.lib.oracles.sentence_rules import faults_of

THREE_YEARS = parse_span("2008Q1..2010Q4")


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


@pytest.fixture(scope="module")
def report(source: Source) -> Brief:
    return composed(source, "work_report")


def composed(source: Source, code: str, unit: str = "COUNTY", span: str = "2008Q1..2010Q4", *topics: str) -> Brief:
    return compose_brief(source, source.catalogue.outline(code), Selection(unit, parse_span(span)), topics)


def text_of(brief: Brief) -> str:
    return "\n".join(paragraph.text for section in brief.sections for paragraph in section.paragraphs)


@pytest.mark.parametrize(("figure", "phrase"), quoted_phrases().items(), ids=lambda value: str(value)[:5])
def test_the_report_says_each_figure_as_the_original_does(figure: str, phrase: str, report: Brief) -> None:
    assert phrase in text_of(report), figure


def test_all_58_figures_of_the_original_are_looked_for() -> None:
    assert len(quoted_phrases()) == 58


def test_the_report_has_the_sections_of_the_original(report: Brief) -> None:
    titles = [section.title for section in report.sections]
    assert titles == ["充分发挥主力军作用", "依法维护职工权益", "大力推进“双联”帮扶", "切实加强自身建设"]
    assert report.title == "示例县总工会工作报告（2008—2010年）"
    assert report.example


def test_every_figure_is_proved_by_its_cells(report: Brief, catalogue: Catalogue) -> None:
    proofs = {proof.ref: proof for proof in report.proofs}
    assert {found.ref for found in report.cited()} == set(proofs)
    for proof in proofs.values():
        indicator = catalogue.indicators[proof.reading.indicator]
        assert is_reference(proof.ref) and proof.value == say_reading(proof.reading, indicator)
        added = sum(cell.value for cell in proof.cells if cell.role == "numerator")
        if indicator.summary != "streak_years":
            assert added == pytest.approx(proof.reading.numerator), proof.name
        assert proof.question.endswith("？") and proof.base and proof.formula


def test_no_number_stands_outside_a_figure(report: Brief) -> None:
    words = "".join(piece for part in report.sections for para in part.paragraphs for piece in para.pieces
                    if not isinstance(piece, Cited))  # fmt: skip
    assert set(re.findall(r"\d+", words)) <= {"2008", "2009", "2010"}


def test_every_exhibit_has_a_reference_of_its_own(report: Brief) -> None:
    refs = [exhibit.ref for exhibit in report.exhibits()]
    assert refs and len(set(refs)) == len(refs) and all(map(is_reference, refs))
    assert all(exhibit.figure.title for exhibit in report.exhibits())


def test_a_paper_of_some_topics_holds_those_alone(source: Source) -> None:
    brief = composed(source, "work_report", "COUNTY", "2008Q1..2010Q4", "aid")
    assert [section.title for section in brief.sections] == ["大力推进“双联”帮扶"]
    assert "寒门学子70人" in text_of(brief) and "“双联”，" not in text_of(brief)


def test_a_township_is_told_what_is_its_own(source: Source) -> None:
    text = text_of(composed(source, "work_report", "T01", "2010Q1..2010Q4"))
    assert "全县" not in text and "蒋家嘴镇共有工会组织" in text
    assert "县总工会" not in text


def test_low_coverage_is_said_in_the_sentence(source: Source) -> None:
    brief = composed(source, "quarterly_bulletin", "COUNTY", "2011Q2")
    members = next(found for found in brief.cited() if found.reading.indicator == "union_members")
    assert members.reading.reported < members.reading.expected * source.catalogue.reporting.say_below
    sentence = next(line for line in text_of(brief).split("。") if members.text in line)
    assert f"已报的{members.reading.reported}家工会（应报{members.reading.expected}家）共有会员" in sentence
    assert any("未报的不在内" in line for line in brief.as_known)


def test_full_coverage_needs_no_word(report: Brief) -> None:
    assert "已报" not in text_of(report)


def test_what_has_no_data_is_said_to_have_none(source: Source) -> None:
    brief = composed(source, "quarterly_bulletin", "COUNTY", "2015Q1")
    assert "2015年一季度还没有数据。" in text_of(brief) and "没有数据，没有数据" not in text_of(brief)
    assert "数据截至2011年二季度末" in brief.as_known[0]


@pytest.mark.parametrize("code", ["work_report", "quarterly_bulletin"])
@pytest.mark.parametrize("unit", ["COUNTY", "T01", "T09", "S02", "P01"])
@pytest.mark.parametrize("span", ["2008Q1..2010Q4", "2011Q2", "2008Q1", "2015Q1"])
def test_every_paper_reads_well(source: Source, code: str, unit: str, span: str) -> None:
    assert faults_of(text_of(composed(source, code, unit, span))) == []
