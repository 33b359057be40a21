"""Which paper is written when none is named, what it leaves out, and what an area's own paper holds."""

import re

import pytest

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.catalogue.outlines import outlines_for, say_unusual, usual_outline
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.compose import compose_brief
from stats.papers.paper_model import Brief
from stats.warehouse import Warehouse
from tests.lib.catalogue import kept_source

_NOTHING = re.compile(r"(?<![\d.,])0(?:个|名|人|吨|期)|零期")


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


def composed(source: Source, code: str, unit: str, span: str, against: str = "") -> Brief:
    view = Selection(unit, parse_span(span), parse_span(against) if against else None)
    return compose_brief(source, source.catalogue.outline(code), view)


def text_of(brief: Brief) -> str:
    return "\n".join(paragraph.text for section in brief.sections for paragraph in section.paragraphs)


@pytest.mark.parametrize(
    ("level", "span", "code"),
    [
        ("county", "2011Q2", "quarterly_bulletin"),
        ("county", "2011Q1..2011Q2", "quarterly_bulletin"),
        ("county", "2010Q1..2010Q4", "work_report"),
        ("county", "2008Q1..2010Q4", "work_report"),
        ("town", "2011Q2", "quarterly_bulletin"),
        ("system", "2010Q1..2010Q4", "area_report"),
        ("union", "2010Q1..2010Q4", "area_report"),
    ],
)
def test_s08_a_quarter_is_a_bulletin_and_a_year_a_report(
    level: str, span: str, code: str, catalogue: Catalogue
) -> None:
    assert usual_outline(catalogue.outlines.values(), level, parse_span(span)).code == code


def test_s08_a_report_on_a_quarter_is_said_to_be_of_years(catalogue: Catalogue) -> None:
    report, bulletin = catalogue.outline("work_report"), catalogue.outline("quarterly_bulletin")
    said = say_unusual(report, bulletin, parse_span("2011Q2"))
    assert said == "《县工会工作报告》是年度材料，说的是整年的事；2011年二季度的情况，请用《季度情况通报》。"
    assert not say_unusual(report, report, parse_span("2010Q1..2010Q4"))
    assert not say_unusual(bulletin, bulletin, parse_span("2011Q2"))


def test_s07_an_area_is_not_offered_the_countys_report(catalogue: Catalogue) -> None:
    offered = {level: [one.code for one in outlines_for(catalogue.outlines.values(), level)] for level in
               ("county", "town")}  # fmt: skip
    assert "work_report" not in offered["town"] and "area_report" not in offered["county"]
    assert {"quarterly_bulletin", "one_page"} <= set(offered["town"]) & set(offered["county"])


@pytest.mark.parametrize("unit", ["T01", "S02", "P01"])
@pytest.mark.parametrize("span", ["2010Q1..2010Q4", "2011Q1..2011Q2"])
def test_s07_an_area_has_only_paragraphs_with_its_own_figures(unit: str, span: str, source: Source) -> None:
    brief = composed(source, "area_report", unit, span)
    assert brief.title.startswith(brief.unit_name) and "全县" not in text_of(brief) and "六好" not in text_of(brief)
    assert {cited.reading.unit for cited in brief.cited()} == {unit}
    written = [section for section in brief.sections if section.title != "目标进度"]
    assert written and all(paragraph.cited for section in written for paragraph in section.paragraphs)
    assert not _NOTHING.search("".join(cited.text for section in written for one in section.paragraphs
                                       for cited in one.cited if cited.reading.as_of is None))  # fmt: skip


def test_s05_what_has_no_sentence_is_listed_with_its_value(source: Source) -> None:
    brief = composed(source, "work_report", "COUNTY", "2011Q2")
    assert {"慰问大米数量（0吨）", "省级芙蓉标兵岗数（0个）"} <= set(brief.left_out)
    assert brief.say_left_out().startswith("略去了没有数或者是零的几句：") and brief.say_left_out().endswith("。")
    text = text_of(brief)
    assert not _NOTHING.search(text) and "大米" not in text and "芙蓉标兵岗" not in text
    printed = {cited.reading.name for cited in brief.cited()}
    assert not printed & {one.partition("（")[0] for one in brief.left_out}


def test_s05_a_zero_with_a_target_is_left_to_the_targets(source: Source) -> None:
    brief = composed(source, "work_report", "T01", "2010Q1..2010Q4")
    assert "六好" not in text_of(brief)
    assert any(one.startswith("全省六好乡镇工会数（") for one in brief.left_out)


@pytest.mark.parametrize("code", ["one_page", "quarterly_bulletin"])
def test_s14_what_happened_once_a_year_is_not_held_against_a_quarter(code: str, source: Source) -> None:
    brief = composed(source, code, "COUNTY", "2011Q2", "2011Q1")
    assert "十大技术能手" not in text_of(brief) and "名/年" not in text_of(brief)
    flows = [proof for proof in brief.proofs if proof.reading.as_of is None]
    assert flows and not [proof.name for proof in flows if "一季度" in proof.change]
