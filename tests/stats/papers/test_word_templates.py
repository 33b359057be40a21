"""Living Word templates: checked with the place of each slip, filled with the format kept, each figure proved."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.shared import RGBColor

from base.errors import UserError
from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.exports.word.check_template import TemplateCheck, check_template
from stats.exports.word.fill_template import FilledWord, fill_template
from stats.exports.word.template import template_of
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.references import is_reference
from stats.warehouse import Warehouse
from tests.lib.catalogue import kept_source
from tests.lib.files.word import W, add_text_box, controls_of, parts, root_of, text_of, with_part, write_word
from tests.lib.oracles.report_quotes import quoted_phrases
from tests.lib.oracles.sentence_rules import faults_of

THREE_YEARS = Selection("COUNTY", parse_span("2008Q1..2010Q4"))
LATE = Selection("COUNTY", parse_span("2011Q2"))
FIGURE = "{{ 工会组织数 }}"


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


@pytest.fixture(scope="module")
def report(source: Source) -> FilledWord:
    return fill_template(template_of(source.catalogue.outline("work_report")), source, THREE_YEARS)


def fill(source: Source, content: bytes, view: Selection = THREE_YEARS) -> bytes:
    return fill_template(content, source, view).content


def check(source: Source, content: bytes, view: Selection = THREE_YEARS) -> TemplateCheck:
    return check_template(content, source, view)


@pytest.mark.parametrize(("figure", "phrase"), quoted_phrases().items(), ids=lambda value: str(value)[:5])
def test_the_filled_report_says_each_figure_as_the_original_does(figure: str, phrase: str, report: FilledWord) -> None:
    assert phrase in text_of(report.content), figure


def test_every_figure_of_the_report_stands_in_a_control_and_is_proved(report: FilledWord) -> None:
    controls = controls_of(report.content)
    assert {tag for tag, _ in controls} == {proof.ref for proof in report.proofs}
    assert all(is_reference(tag) for tag, _ in controls)
    assert {"38124人", "120多项", "60多万元", "十期", "五", "80%以上"} <= {words for _, words in controls}
    appendix = text_of(report.content).split("附：数字来源")[1]
    assert all(proof.ref in appendix and proof.reading.base in appendix for proof in report.proofs)
    assert "369格" in appendix and "已报369/369" in appendix


def test_the_numbers_of_controls_are_all_different(report: FilledWord) -> None:
    numbers = [found.get(f"{W}val") for found in root_of(report.content).iter(f"{W}id")]
    assert numbers and len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("code", ["work_report", "quarterly_bulletin"])
@pytest.mark.parametrize("unit", ["COUNTY", "T01"])
@pytest.mark.parametrize("span", ["2008Q1..2010Q4", "2011Q2", "2015Q1"])
def test_each_shipped_template_fills_without_a_slip(source: Source, code: str, unit: str, span: str) -> None:
    content = template_of(source.catalogue.outline(code))
    view = Selection(unit, parse_span(span))
    assert [problem.sentence for problem in check(source, content, view).problems if problem.stops] == []
    text = text_of(fill(source, content, view)).split("附：数字来源")[0]
    # A template's sentences are its owner's: nothing is left out of them where there is no data.
    kept = [fault for fault in faults_of(text) if span != "2015Q1" or not fault.startswith("no data, said a clause")]
    assert kept == [] and "{{" not in text


def test_a_template_has_one_copy_of_its_styles(source: Source) -> None:
    made = template_of(source.catalogue.outline("work_report"))
    assert "word/styles.xml" in parts(made)
    assert "word/stylesWithEffects.xml" not in parts(made)  # where two copies differ, Word offers a repair


def test_placeholders_are_filled_wherever_they_stand(source: Source) -> None:
    def add(document: Any) -> None:
        document.add_table(1, 2).cell(0, 1).text = f"表{FIGURE}"
        document.sections[0].header.paragraphs[0].text = f"眉{FIGURE}"
        document.sections[0].footer.paragraphs[0].text = f"脚{FIGURE}"
        add_text_box(document, f"框{FIGURE}")
        document.core_properties.title = f"题{FIGURE}"

    content = write_word(f"文{FIGURE}", add=add)
    places = [preview.place for preview in check(source, content).previews]
    assert [place.split("“")[0] for place in places] == [
        "文件属性", "正文第1段", "正文第1张表第1行第2格", "正文文本框", "页眉第1段", "页脚第1段"
    ]  # fmt: skip
    filled = fill(source, content)
    body = text_of(filled)
    assert all(f"{place}369家" in body for place in ("文", "表", "框"))
    header, footer = (next(name for name in parts(filled) if kind in name) for kind in ("header", "footer"))
    assert text_of(filled, header) == "眉369家" and text_of(filled, footer) == "脚369家"
    assert len(controls_of(filled)) == 4  # the text box stands in the file twice
    assert len(controls_of(filled, header)) == 1
    assert Document(BytesIO(filled)).core_properties.title == "题369家"


def test_the_format_stays(source: Source) -> None:
    def add(document: Any) -> None:
        paragraph = document.add_paragraph("全县")
        run = paragraph.add_run(f"共有{FIGURE}工会")
        run.bold, run.font.color.rgb = True, RGBColor(0xC0, 0, 0)

    paragraphs = Document(BytesIO(fill(source, write_word(add=add)))).paragraphs
    runs = [run for run in paragraphs[0]._p.iter(f"{W}r")]
    said = {"".join(t.text for t in run.iter(f"{W}t")): run.find(f"{W}rPr/{W}b") is not None for run in runs}
    assert said == {"全县": False, "共有": True, "369家": True, "工会": True}
    assert all(run.find(f"{W}rPr/{W}color").get(f"{W}val") == "C00000" for run in runs[1:])


def test_a_placeholder_in_several_runs_is_filled_and_its_uneven_look_noted(source: Source) -> None:
    def add(document: Any) -> None:
        paragraph = document.add_paragraph("共")
        for number, piece in enumerate(("{", "{ 工会", "组织数", " }", "}家数")):
            paragraph.add_run(piece).bold = number == 2

    content = write_word(add=add)
    problems = check(source, content).problems
    assert [problem.stops for problem in problems] == [False] and "格式不一致" in problems[0].words
    assert "共369家家数" in text_of(fill(source, content))


@pytest.mark.parametrize("braces", ["｛｛工会组织数｝｝", "{{工会组织数　}}", "{{ 工会组织数（期间＝“2010年”） }}"])
def test_full_width_signs_of_a_chinese_keyboard_are_taken(source: Source, braces: str) -> None:
    assert "共369家" in text_of(fill(source, write_word(f"共{braces}")))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("共有{{ 工会组织 }}家", "正文第1段“共有{{ 工会组织 }}家”：没有“工会组织”这个名称，是不是“工会组织数”"),
        ("{{ 工会组织数.增检 }}", "没有“增检”这种写法"),
        ("{{ 工会组织数", "不成对"),
        ("工会组织数 }}", "不成对"),
        ("{% if 1 %}有{% endif %}", "不能用 {% %}"),
        ("{{ 工会组织数 + 1 }}", "写法不对"),
        ("约{{ 技术攻关技术协作项数.多 }}", "只能用一个"),
        ("{{ 技术攻关技术协作项数.约 }}左右", "只能用一个"),
        ("约{{ 工会组织数 }}左右", "只能用一个"),
        ('{{ 工会组织数(单位="蒋家咀镇") }}', "单位名册里没有“蒋家咀镇”"),
        ("没有占位", "没有找到 {{ }}"),
    ],
)
def test_a_slip_stops_the_filling_and_is_told_with_its_place(source: Source, words: str, told: str) -> None:
    found = check(source, write_word(words))
    assert not found.fillable and any(told in problem.sentence for problem in found.problems)
    with pytest.raises(UserError):
        fill(source, write_word(words))


def test_a_placeholder_over_two_paragraphs_is_told(source: Source) -> None:
    problems = check(source, write_word("共有{{ 工会", "组织数 }}家")).problems
    assert [problem.place[:5] for problem in problems] == ["正文第1段", "正文第2段"]


def test_a_slip_in_a_table_a_header_and_a_comment_is_told_there(source: Source) -> None:
    def add(document: Any) -> None:
        document.add_table(2, 2).cell(1, 0).text = "{{ 会员人数 }}"
        document.sections[0].header.paragraphs[0].text = "{{ 会员人数 }}"
        document.add_comment(document.add_paragraph("有批注").runs, FIGURE, "某", "")

    places = [problem.place.split("“")[0] for problem in check(source, write_word(add=add)).problems]
    assert places == ["正文第1张表第2行第1格", "页眉第1段", "批注第1段"]


def test_a_slip_in_the_title_of_the_file_is_told(source: Source) -> None:
    def add(document: Any) -> None:
        document.core_properties.title = "{{ 会员人数 }}"

    assert [problem.place for problem in check(source, write_word(FIGURE, add=add)).problems] == [
        "文件属性“{{ 会员人数 }}”"
    ]


def test_what_was_deleted_under_tracking_is_asked_to_be_settled(source: Source) -> None:
    content = write_word(f"甲{FIGURE}")
    body = parts(content)["word/document.xml"].replace(
        b"<w:body>",
        "<w:body><w:p><w:del w:id='1' w:author='x'><w:r><w:delText>{{ 旧 }}</w:delText></w:r></w:del></w:p>".encode(),
    )
    assert "请先接受或拒绝修订" in check(source, with_part(content, "word/document.xml", body)).problems[0].words


def test_values_without_data_are_listed_and_said(source: Source) -> None:
    future = Selection("COUNTY", parse_span("2015Q1"))
    content = write_word(f"共{FIGURE}，{{{{ 工会组织数.增减 }}}}")
    problems = check(source, content, future).problems
    assert [problem.stops for problem in problems] == [False, False]
    assert all("没有数据" in problem.words for problem in problems)
    assert "共没有数据，没有数据" in text_of(fill(source, content, future))


def test_low_coverage_is_listed(source: Source) -> None:
    problems = check(source, write_word(f"共{FIGURE}"), LATE).problems
    assert len(problems) == 1 and "未报的不在内" in problems[0].words and not problems[0].stops


def test_words_of_a_name_that_XML_takes_for_markup_stay_words(source: Source) -> None:
    filled = fill(source, write_word("甲<乙>&丙{{ 单位 }}" + FIGURE))
    assert "甲<乙>&丙示例县总工会369家" in text_of(filled)


def test_a_file_that_is_filled_twice_stays_a_file(source: Source) -> None:
    once = fill(source, write_word(FIGURE))
    with pytest.raises(UserError, match="没有找到"):
        fill(source, once)


def bomb() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (40 << 20))
    return made.getvalue()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: b"", "不是 Word 文件"),
        (lambda: "总结".encode(), "不是 Word 文件"),
        (lambda: write_word(FIGURE)[:2000], "已损坏"),
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "旧格式"),
        (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (lambda: with_part(write_word(FIGURE), "word/vbaProject.bin", b"x"), "带有宏"),
        (bomb, "解开后过大"),
        (lambda: with_part(write_word(FIGURE), "word/../../x.xml", b"<a/>"), "结构异常"),
        (lambda: with_part(write_word(FIGURE), "word/x.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "结构异常"),
        (lambda: with_part(write_word(FIGURE), "word/document.xml", b"<w:document"), "已损坏"),
    ],
    ids=["empty", "text", "cut", "old", "locked", "macros", "bomb", "outside", "entities", "broken"],
)
def test_what_must_not_be_opened_is_refused_with_a_sentence(source: Source, make: Any, told: str) -> None:
    with pytest.raises(UserError, match=told):
        check(source, make())


def test_a_workbook_is_no_template(source: Source) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UserError, match="里面没有正文"):
        check(source, made.getvalue())
