"""Where the charts of a paper stand: one a part in Word, the rest in the annex, captions in nouns, no single bar."""

import re
from io import BytesIO

import pptx

from stats.exports.charts.from_figure import charts_of
from stats.exports.word.exhibits import arrange, caption_of
from stats.exports.word.proofs import APPENDIX
from stats.papers.paper_model import Brief
from stats.papers.references import references_in
from tests.lib.office import texts_of


def test_s09_a_part_of_a_report_has_one_chart_and_the_rest_are_in_the_annex(report: Brief) -> None:
    arranged = arrange(report)
    assert [len(shown) for shown in arranged.sections] == [1] * len(report.sections) and arranged.annex
    assert {one.exhibit.ref for one in arranged.printed()} == {one.ref for one in report.exhibits()}
    assert sum(len(one.charts) for one in arranged.printed()) <= 20  # with more of them letters are shrunk


def test_s09_a_bulletin_has_one_chart(bulletin: Brief) -> None:
    assert len(list(arrange(bulletin).printed())) == 1


def test_s10_captions_are_nouns(report: Brief, written: dict[str, bytes], bulletin: Brief) -> None:
    printed = list(arrange(report).printed())
    captions = [caption_of(one.exhibit.figure, one.charts) for one in printed]
    texts = "\n".join(texts_of(written["docx"]))
    assert captions[0] == "岗位练兵技术比武场次和参加人数（2008—2010年）"
    assert all(caption in texts and not re.search("[；，。]", caption) for caption in captions), captions
    assert all(re.search(r"（[^（）]*年[^（）]*）$", caption) for caption in captions), captions
    first = next(arrange(bulletin).printed())
    assert caption_of(first.exhibit.figure, first.charts) == "工会组织数和工会会员人数（2008—2011年）"


def test_w73_references_stand_outside_of_the_text(written: dict[str, bytes], late: dict[str, bytes]) -> None:
    for content in (written["docx"], late["docx"]):
        texts = texts_of(content)
        appendix = texts.index(APPENDIX)
        assert not references_in("\n".join(texts[:appendix])) and references_in("\n".join(texts[appendix:]))


def test_s11_no_slide_has_a_single_bar_or_definitions_below_a_chart(bulletin: Brief, late: dict[str, bytes]) -> None:
    drawn = [chart for one in bulletin.exhibits() for chart in charts_of(one.figure) if chart.shape == "bar"]
    assert drawn and all(len(chart.categories) > 1 for chart in drawn)
    slides = pptx.Presentation(BytesIO(late["pptx"])).slides
    charts = [slide for slide in slides if any(shape.has_chart for shape in slide.shapes)]
    for slide in charts:
        assert not [shape for shape in slide.shapes if shape.has_text_frame and "口径：" in shape.text_frame.text]
        assert "口径：" in slide.notes_slide.notes_text_frame.text
