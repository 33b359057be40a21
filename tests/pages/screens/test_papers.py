"""会议材料: the paper reads as its files do, a speech is checked and filled, an old figure is found again."""

import re
from html import escape
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pytest
from docx import Document

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.exports.word.template import template_of
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.cited_figures import papers, register
from stats.papers.compose import compose_brief
from stats.papers.mentions import mentions_in
from stats.papers.recheck import figures_of
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.county import town_one, write_roster
from tests.pages.conftest import OpenPage, words

PAGE, SPAN = "papers.py", "2008Q1..2010Q4"


def test_the_paper_on_the_page_is_the_paper_in_the_files(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    app = open_page(store, PAGE, span=SPAN)
    page = words(app)
    first = next(iter(catalogue.outlines.values()))
    brief = compose_brief(Source(county, catalogue), first, Selection("COUNTY", parse_span(SPAN)))
    assert escape(brief.title) in page
    for cited in brief.cited():
        assert escape(cited.text) in page and cited.ref in page
    assert all(exhibit.ref in page for exhibit in brief.exhibits())
    labels = [button.proto.label for button in app.get("download_button")]
    assert {"文稿（Word）", "幻灯片（PPT）", "表格（Excel）"} <= set(labels)


def test_what_is_lacking_is_said_in_whole_sentences(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store, PAGE, span="2011Q2"))
    assert "未报的不在内。" in page and not re.search("[。；，][。；，]", page)


def test_s08_a_quarter_opens_on_its_bulletin_and_a_report_on_it_is_questioned(
    open_page: OpenPage, store: Path, catalogue: Catalogue
) -> None:
    app = open_page(store, PAGE, span="2011Q2")
    box = app.selectbox(key="outline")
    assert box.value == "quarterly_bulletin" and not app.warning
    box.select("work_report").run()
    assert any("是年度材料" in found.value for found in app.warning)
    assert any("慰问大米数量（0吨）" in found.value for found in app.caption)


def test_s07_a_township_is_offered_its_own_papers(open_page: OpenPage, store: Path, catalogue: Catalogue) -> None:
    box = open_page(store, PAGE, unit="T01", span="2010Q1..2010Q4").selectbox(key="outline")
    assert box.value == "area_report" and catalogue.outline("work_report").name not in box.options


def test_s12_papers_have_names_that_people_give(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, span="2011Q2")
    names = [button.proto.id for button in app.get("download_button")]
    assert any("示例县总工会2011年二季度情况通报.docx" in name for name in names)
    assert not any("Q2" in name or "_示例县" in name for name in names)


def test_what_fits_on_a_page_can_be_taken_as_one(open_page: OpenPage, store: Path, catalogue: Catalogue) -> None:
    fitting = next(outline for outline in catalogue.outlines.values() if outline.one_page)
    app = open_page(store, PAGE, span=SPAN)
    app.selectbox(key="outline").select(fitting.code).run()
    assert "一页纸（PDF）" in [button.proto.label for button in app.get("download_button")]


def test_w71_a_number_is_put_into_a_paper_by_choosing_it(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, part="填讲稿", span=SPAN)
    app.selectbox(key="insert-name").select("工会组织数").run()
    assert app.code[0].value == "{{ 工会组织数 }}" and "现在会填成：369家" in words(app)
    ways = app.selectbox(key="insert-form-工会组织数")
    assert not [label for label in ways.options if "比例变了多少" in label], "only what suits a count"
    ways.select("增减").run()
    assert app.code[0].value == "{{ 工会组织数.增减 }}" and "比2009年末增加12家" in words(app)


def test_only_the_topics_that_are_asked_for(open_page: OpenPage, store: Path, catalogue: Catalogue) -> None:
    app = open_page(store, PAGE, span=SPAN)
    code = next(iter(catalogue.outlines))
    topic = catalogue.fields[catalogue.outlines[code].topics[0]].name
    whole = words(app).count("引用号")
    app.multiselect(key=f"topics-{code}").select(topic).run()
    assert 0 < words(app).count("引用号") < whole


def speech(*paragraphs: str) -> bytes:
    document, file = Document(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def test_a_speech_is_checked_before_it_is_filled(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, span=SPAN, part="填讲稿")
    app.file_uploader(key="speech").upload("讲话.docx", speech("全县有工会{{ 工会组织书 }}。")).run()
    said = words(app)
    assert "有1处写得不对" in said and "是不是" in said and "工会组织数" in said
    assert "下载填好的讲稿" not in [button.proto.label for button in app.get("download_button")]


def test_a_good_speech_can_be_taken_filled(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, span=SPAN, part="填讲稿")
    app.file_uploader(key="speech").upload("讲话.docx", speech("全县有工会{{ 工会组织数 }}。")).run()
    assert "369家" in words(app)
    assert "下载填好的讲稿" in [button.proto.label for button in app.get("download_button")]


def test_what_is_no_word_file_is_answered_with_a_sentence(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, span=SPAN, part="填讲稿")
    app.file_uploader(key="speech").upload("讲话.docx", b"no word file").run()
    assert not app.exception and app.warning


def test_the_templates_can_be_taken(open_page: OpenPage, store: Path, catalogue: Catalogue) -> None:
    app = open_page(store, PAGE, part="填讲稿")
    labels = [button.proto.label for button in app.get("download_button")]
    assert [outline.name for outline in catalogue.outlines.values()] == labels
    assert all(template_of(outline).startswith(b"PK") for outline in catalogue.outlines.values())


@pytest.fixture(scope="module")
def corrected(loaded_towns: Path, tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> tuple[Path, str]:
    """A store in which a figure was registered and corrected afterwards, and the figure's reference."""
    folder = tmp_path_factory.mktemp("corrected")
    store = copytree(loaded_towns, folder / "store")
    warehouse = open_warehouse(store)
    outline = catalogue.outline("quarterly_bulletin")
    brief = compose_brief(Source(warehouse, catalogue), outline, Selection("COUNTY", parse_span("2008Q1")))
    register(store, "情况通报.docx", figures_of(brief, warehouse, catalogue), "办公室")
    warehouse.close()
    ref = next(one.ref for one in brief.cited() if one.reading.indicator == "union_members")
    load_paths([write_roster(folder, "甲镇", "2008年一季度", town_one(57), name="甲镇更正.xlsx")], store)
    return store, ref


def test_an_old_figure_is_found_with_its_correction(open_page: OpenPage, corrected: tuple[Path, str]) -> None:
    store, ref = corrected
    said = words(open_page(store, PAGE, part="查引用号", ref=ref))
    for words_of in (
        "△ 已更正",
        "登记时：<b>118人</b>",
        "现在：<b>125人</b>",
        "50人",
        "57人",
        "甲镇更正.xlsx",
        "情况通报.docx",
    ):
        assert words_of in said


def test_an_old_paper_tells_how_many_of_its_figures_were_corrected(
    open_page: OpenPage, corrected: tuple[Path, str]
) -> None:
    store, ref = corrected
    draft = speech(f"会员118人〔{ref}〕")
    assert [mention.ref for mention in mentions_in(draft, "a.docx")] == [ref]
    app = open_page(store, PAGE, part="查引用号")
    app.file_uploader(key="old-paper").upload("旧稿.docx", draft).run()
    assert "此稿1处数字已更正" in words(app)


def test_a_slip_in_a_reference_is_told(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, part="查引用号", ref="AAAA-AAAAB")
    assert any("多半抄错了一个字" in found.value for found in app.warning)


def test_the_papers_that_were_made_are_listed_with_their_corrections(
    open_page: OpenPage, corrected: tuple[Path, str]
) -> None:
    store, _ = corrected
    said = words(open_page(store, PAGE, part="已出的材料"))
    assert "情况通报.docx" in said and "办公室" in said and "△ " in said
    assert len(papers(store)) == 1


def test_before_any_paper_was_made_that_is_said(open_page: OpenPage, towns: Path) -> None:
    assert "还没有出过材料" in words(open_page(towns, PAGE, part="已出的材料"))
