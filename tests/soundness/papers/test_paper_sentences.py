"""Sentences of papers read as a civil servant would write them: every outline, several units and spans."""

import re

import pytest

from base.periods import parse_span
from stats.attainment import attainments
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.compose import compose_brief
from stats.papers.paper_model import Brief
from stats.readings import read
from stats.readings.coverage_words import say_uncovered
from stats.readings.sentences import formula_of, of_like_seasons
from stats.warehouse import Warehouse
from tests.lib.oracles.papers_said import Said, sentences, text_of
from tests.lib.oracles.sentence_rules import faults_of

_ZERO = re.compile(r"(?<![\d.,])0(?:\.0+)?(?:个|名|人|人次|家|份|件|项|次|场次|期|条|对|起|吨|元|户)")
_LISTED = ("本期变化", "目标进度", "报送情况")


@pytest.fixture(scope="module")
def said(papers: list[Brief]) -> list[Said]:
    return list(sentences(papers))


def of(papers: list[Brief], unit: str, span: str, title: str = "") -> str:
    first, _, last = span.partition("..")
    wanted = f"{first}..{last or first}"
    found = [brief for brief in papers if (brief.unit, brief.span) == (unit, wanted) and title in brief.title]
    assert found
    return "\n".join(map(text_of, found))


def course_title(source: Source, board: str, panel: str, view: Selection) -> str:
    declared = source.catalogue.board(board).panel(panel)
    assert declared
    return make_figure(source, declared, view).title


def test_s01_who_reported_is_said_first(papers: list[Brief], said: list[Said]) -> None:
    text = of(papers, "COUNTY", "2011Q2", "情况通报")
    assert "已报的347家工会（应报375家）共有会员35,861人" in text and "两期都报的单位增加130人" in text
    assert "347家，比" not in text and "按两期都报的单位持平" not in text
    for sentence in said:
        if any(cited.reading.value is not None and 0 < cited.reading.reported < cited.reading.expected
               for cited in sentence.cited):  # fmt: skip
            assert "已报的" in sentence.text, sentence.text


def test_s01_kinds_of_those_who_reported_are_not_compared(papers: list[Brief]) -> None:
    """How many enterprises are among the unions that reported both times says nothing of who is missing."""
    half = of(papers, "COUNTY", "2011Q2", "工作报告")
    assert "非公企事业工会数132家" in half
    for brief in papers:
        for exhibit in brief.exhibits():
            thin = [clause for clause in re.split("[；。]", exhibit.figure.title) if "非公企事业工会数" in clause]
            assert not thin or "已报的" not in exhibit.figure.title or "比" not in thin[0], exhibit.figure.title


def test_s02_before_any_return_nothing_is_said_to_be_complete(paper_source: Source) -> None:
    outline = paper_source.catalogue.outlines["quarterly_bulletin"]
    text = text_of(compose_brief(paper_source, outline, Selection("COUNTY", parse_span("2011Q3"))))
    assert "2011年三季度还没有报表。" in text and "报齐" not in text.replace("按应报单位报齐计算", "")


def test_s02_nothing_reported_is_one_sentence(papers: list[Brief]) -> None:
    assert "双河口镇11家工会均未报送，本期无数" in of(papers, "T09", "2011Q2", "情况通报")
    for brief in papers:
        paragraphs = "\n".join(one.text for section in brief.sections for one in section.paragraphs)
        assert "没有数据" not in paragraphs, brief.title
        assert paragraphs.count("本期无数") <= 1, brief.title


def test_s03_of_which_is_a_real_part(papers: list[Brief], said: list[Said]) -> None:
    assert "县总工会获市级以上荣誉2项。" in of(papers, "COUNTY", "2010Q1..2010Q4", "工作报告")
    assert "6项，其中2008年2项，2009年2项，2010年2项" in of(papers, "COUNTY", "2008Q1..2010Q4", "工作报告")
    for sentence in said:
        before, of_which, after = sentence.text.partition("其中")
        if of_which and sentence.section not in _LISTED:
            part = re.search(r"[\d,.]+(?:家|人|项)", after)
            assert part and part[0] not in before, sentence.text


def test_s04_a_sentence_of_nothing_is_left_out(papers: list[Brief]) -> None:
    assert "获市级以上荣誉" not in of(papers, "COUNTY", "2011Q2", "工作报告")


def test_s05_a_list_leaves_out_what_is_zero(papers: list[Brief], said: list[Said]) -> None:
    report = of(papers, "COUNTY", "2010Q1..2010Q4", "工作报告")
    assert "选树推介省级芙蓉百岗明星1人" in report and "省级芙蓉标兵岗" not in report
    assert "筹措" not in of(papers, "T09", "2010Q1..2010Q4")
    for sentence in said:
        for cited in sentence.cited if sentence.section not in _LISTED else []:
            reading = cited.reading
            news = (reading.goal and reading.goal.value) or (reading.as_of is not None and reading.previous)
            assert news or not _ZERO.search(cited.text), sentence.text
            assert news or not cited.text.startswith("零"), sentence.text


def test_s05_no_chart_of_zeros_is_shown(papers: list[Brief]) -> None:
    figures = [exhibit.figure for brief in papers for exhibit in brief.exhibits()]
    assert not [one.title for one in figures if one.kind != "areas" and _ZERO.search(one.title)]
    assert [one.title for one in figures if not one.known and one.kind != "records"] == []


def test_s06_a_stock_is_not_something_done_in_the_year(papers: list[Brief], said: list[Said]) -> None:
    text = of(papers, "COUNTY", "2010Q1..2010Q4", "工作报告")
    assert (
        "截至2010年末，全县现行有效综合集体合同138份" in text and "截至2010年末，累计建立劳动争议调解组织65家" in text
    )
    for sentence in said:
        stocks = [cited for cited in sentence.cited if cited.reading.as_of is not None]
        if stocks and sentence.section not in _LISTED:
            assert "签订" not in sentence.text and sentence.text.count("末") + sentence.text.count("连续") > 0


def test_s07_one_year_is_no_run_of_years(paper_source: Source) -> None:
    outline = paper_source.catalogue.outlines["work_report"]
    first, later = (
        text_of(compose_brief(paper_source, outline, Selection("COUNTY", parse_span(span))))
        for span in ("2009Q1..2009Q4", "2010Q1..2010Q4")
    )
    assert "连续" not in first and "连续两年召开了工作联席会议" in later


def test_s07_every_year_is_said_of_several_whole_years_alone(papers: list[Brief]) -> None:
    assert "当年有10名职工被评为“十大技术能手”" in of(papers, "COUNTY", "2010Q1..2010Q4", "工作报告")
    assert "每年有10名职工被评为" in of(papers, "COUNTY", "2008Q1..2010Q4", "工作报告")
    others = [brief for brief in papers if brief.span != "2008Q1..2010Q4"]
    assert not [brief.title for brief in others if "每年有" in text_of(brief)]


def test_s08_a_course_is_held_against_what_the_reader_chose(papers: list[Brief], paper_source: Source) -> None:
    assert "工会组织数369家，比2009年末增加25家" in of(papers, "COUNTY", "2010Q1..2010Q4")
    assert not [brief.title for brief in papers if re.search(r"比2008年一季度(?!末)", text_of(brief))]
    year = parse_span("2010Q1..2010Q4")
    chosen = Selection("COUNTY", year, parse_span("2008Q1..2008Q4"))
    assert "369家，比2008年末" in course_title(paper_source, "organisation", "unions", chosen)


def test_s09_one_season_is_not_held_against_another(paper_source: Source, said: list[Said]) -> None:
    span, before = parse_span("2011Q2"), parse_span("2011Q1")
    assert "比2010年二季度" in course_title(paper_source, "aid", "average", Selection("COUNTY", span))
    assert "比" not in course_title(paper_source, "aid", "average", Selection("COUNTY", span, before))
    year = course_title(paper_source, "aid", "average", Selection("COUNTY", parse_span("2010Q1..2010Q4")))
    assert "比2009年" in year
    for sentence in said:
        for cited in sentence.cited:
            assert of_like_seasons(cited.reading) or "比20" not in cited.text, sentence.text


def test_s10_what_was_done_has_a_sentence(papers: list[Brief], catalogue: Catalogue) -> None:
    text = of(papers, "COUNTY", "2010Q1..2010Q4")
    assert "开展岗位练兵、技术比武48场次" in text and "接待来信来访27人次" in text
    assert not re.search(r"场次\d+场次|人次\d+人次|项数\d+项|条数\d+条", text)
    flows = [one for one in catalogue.indicators.values() if one.summary == "total" and not one.is_rate
             and catalogue.parts(one)[0].time == "sum"]  # fmt: skip
    assert [one.code for one in flows if not one.phrase] == []


def test_s11_different_measures_are_not_ranked(papers: list[Brief]) -> None:
    assert "厂务公开建制率86.3%，职代会建制率82.3%" in of(papers, "COUNTY", "2010Q1..2010Q4", "工作报告")
    for brief in papers:
        for exhibit in brief.exhibits():
            assert exhibit.figure.kind != "rates" or "最高" not in exhibit.figure.title


def test_s12_a_move_that_explains_a_change_is_said(papers: list[Brief]) -> None:
    words = "比2009年二季度末减少141人，因金桥米业有限公司工会划归清水坪镇减少175人，同口径增加34人"
    text = of(papers, "T03", "2009Q3", "情况通报")
    assert text.count(words) >= 2  # in the sentence and in the title of the chart
    assert "划归" not in of(papers, "COUNTY", "2009Q3")


def test_s13_what_nobody_reported_is_not_reckoned(papers: list[Brief], county: Warehouse, catalogue: Catalogue) -> None:
    assert not [brief.title for brief in papers if re.search(r"已报0/", text_of(brief))]
    found = read(county, catalogue, "T09", parse_span("2011Q2"), ["union_members"])
    assert say_uncovered(found) == [f"{found[0].name}：均未报送，未计算。"]


def test_s14_a_figure_carries_its_span_where_two_meet(papers: list[Brief], said: list[Said]) -> None:
    text = of(papers, "COUNTY", "2011Q2", "情况通报")
    assert "收缴率89.1%" in text and "工会经费收缴率2011年上半年累计90.2%" in text
    for sentence in said:
        for cited in sentence.cited if sentence.section == "目标进度" else []:
            other = cited.reading.as_of is None and cited.reading.span != sentence.brief.span
            assert not other or "累计" in sentence.text, sentence.text


def test_s15_a_run_of_years_is_no_number_of_meetings(county: Warehouse, catalogue: Catalogue) -> None:
    indicator = next(one for one in catalogue.indicators.values() if one.summary == "streak_years")
    reading = read(county, catalogue, "COUNTY", parse_span("2010Q1..2010Q4"), [indicator.code])[0]
    assert formula_of(reading, indicator, catalogue).endswith("连续召开年数 ＝ 2年")


def test_s17_who_is_missing_is_said_once(papers: list[Brief]) -> None:
    text = of(papers, "COUNTY", "2011Q2", "情况通报")
    assert "28家单位未报《基层工会组织情况表》等3张表（名单附后）" in text
    assert "双河口镇11家：双河口镇机关工会、" in text
    for brief in papers:
        assert text_of(brief).count("家单位未报") <= 1, brief.title
        assert ("名单附后" in text_of(brief)) == ("附：未报单位名单" in [one.title for one in brief.sections])


def test_s18_a_standing_form_is_expected_from_its_first_filing_on(papers: list[Brief]) -> None:
    assert "未报《" not in of(papers, "COUNTY", "2010Q1..2010Q4") + of(papers, "COUNTY", "2009Q3")


def test_papers_keep_the_grammar_of_sentences(papers: list[Brief]) -> None:
    for brief in papers:
        for section in brief.sections:
            for paragraph in section.paragraphs:
                assert faults_of(paragraph.text) == [], (brief.title, paragraph.text)
                assert "｜" not in paragraph.text and not re.search(r"[，；、]。|共。|，，", paragraph.text)


def test_targets_of_papers_are_those_of_the_command(county: Warehouse, catalogue: Catalogue, said: list[Said]) -> None:
    off_track = {one.reading.name for one in attainments(county, catalogue, "COUNTY", parse_span("2011Q2").last)
              if one.state in ("behind", "unlikely")}  # fmt: skip
    told = {cited.reading.name for sentence in said for cited in sentence.cited
            if sentence.section == "目标进度" and sentence.brief.unit == "COUNTY"
            and sentence.brief.span == "2011Q2..2011Q2"}  # fmt: skip
    assert told == off_track
