"""A paper in all three formats: the same strings as the readings, references that are found again, the same numbers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from base.periods import parse_span
from stats.exports.charts.from_figure import charts_of
from stats.exports.slides import PROOFS
from stats.exports.style.house_style import EXAMPLE
from stats.exports.word.document import write_document
from stats.exports.word.exhibits import arrange
from stats.exports.word.proofs import APPENDIX
from stats.exports.workbook.brief import CELLS, FIGURES
from stats.figures.elements.figure_model import Figure, Mark, Series, Source
from stats.papers.mentions import mentions_in
from stats.papers.paper_model import Brief, Cited, Exhibit, Paragraph, Section
from stats.readings import read
from stats.readings.sentences import say_reading
from tests.lib.office import charts_in, parts, tables_behind_charts, texts_of
from tests.office.conftest import drawn_in, write_all

FORMATS = ("docx", "pptx", "xlsx")
NASTY = ("=1+1", "+86", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://example.org/x", "a&b<c>\x07")
LINES = {
    "when": "时间：2010年末",
    "who": "单位：县",
    "base": "口径：全部",
    "coverage": "报齐情况：已报2/3份",
    "source": "来源：《表》",
}
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_figure_reads_as_the_command_reads_it(
    suffix: str, written: dict[str, bytes], report: Brief, source: Source
) -> None:
    texts = "\n".join(texts_of(written[suffix]))
    for cited in report.cited():
        asked = cited.reading
        span = parse_span(asked.span)
        codes = [asked.indicator]
        again = read(source.warehouse, source.catalogue, asked.unit, span, codes)[0]
        said = say_reading(again, source.catalogue.indicators[asked.indicator])
        assert cited.ref in texts and cited.text in texts and said in texts, (cited.ref, said)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("paper", ["report", "bulletin"])
def test_what_belongs_to_a_figure_goes_with_it(
    suffix: str, paper: str, report: Brief, bulletin: Brief, written: dict[str, bytes], late: dict[str, bytes]
) -> None:
    brief, files = (report, written) if paper == "report" else (bulletin, late)
    texts = "\n".join(texts_of(files[suffix]))
    shown = [one.exhibit for one in arrange(brief).printed()] if suffix == "docx" else list(brief.exhibits())
    assert shown
    for exhibit in shown:
        assert [line for line in (exhibit.figure.title, *exhibit.figure.lines) if line not in texts] == []
    assert [line for line in brief.as_known if line not in texts] == []
    assert EXAMPLE in texts
    lacking = [proof for proof in brief.proofs if proof.base not in texts or proof.coverage not in texts]
    assert lacking == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_references_are_found_again(suffix: str, written: dict[str, bytes], report: Brief) -> None:
    found = {mention.ref for mention in mentions_in(written[suffix], f"report.{suffix}")}
    assert found == {cited.ref for cited in report.cited()} | {exhibit.ref for exhibit in report.exhibits()}


def test_word_keeps_the_words_of_each_reference(written: dict[str, bytes], report: Brief) -> None:
    printed = {cited.ref: cited.text for cited in report.cited()}
    words = {mention.ref: mention.words for mention in mentions_in(written["docx"], "report.docx") if mention.words}
    assert set(words) == set(printed)
    assert all(words[cited.ref] in {c.text for c in report.cited() if c.ref == cited.ref} for cited in report.cited())


@pytest.mark.parametrize("suffix", ["docx", "pptx", "xlsx"])
def test_charts_hold_the_numbers_of_the_figures(
    suffix: str, all_written: dict[str, bytes], figures_written: Brief
) -> None:
    wanted = drawn_in(suffix, figures_written)
    found = charts_in(all_written[suffix])
    assert len(found) == len(wanted)
    for drawn, chart in zip(found, wanted, strict=True):
        assert [series.name for series in drawn] == [series.name for series in chart.series]
        for series, one in zip(drawn, chart.series, strict=True):
            assert series.values == pytest.approx(one.values, nan_ok=False), chart.title
            assert set(series.labels) <= set(one.labels().values()), chart.title


@pytest.mark.parametrize("suffix", ["docx", "pptx"])
def test_the_workbook_inside_a_chart_holds_its_numbers(
    suffix: str, all_written: dict[str, bytes], figures_written: Brief
) -> None:
    wanted = drawn_in(suffix, figures_written)
    for table, chart in zip(tables_behind_charts(all_written[suffix]), wanted, strict=True):
        count = len(chart.series)
        assert table[0][-count:] == [series.name for series in chart.series]
        columns = [tuple(row[at - count] for row in table[1:]) for at in range(count)]
        assert columns == [pytest.approx(series.values) for series in chart.series]


@pytest.mark.parametrize("suffix", FORMATS)
def test_files_keep_to_the_schema(suffix: str, all_written: dict[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / f"paper.{suffix}"
    file.write_bytes(all_written[suffix])
    result = OpenXmlValidator().validate(file)
    assert [f"{error.part_uri} {error.path} {error.description}" for error in result.errors] == []


def test_the_validator_finds_a_fault(written: dict[str, bytes], tmp_path: Path) -> None:
    """A check that finds nothing must be seen to find something."""
    document = docx.Document(BytesIO(written["docx"]))
    control = next(document.element.body.iter(f"{_WORD}sdt"))
    control.append(control.makeelement(f"{_WORD}sdtPr", {}))
    document.save(str(tmp_path / "broken.docx"))
    assert OpenXmlValidator().validate(tmp_path / "broken.docx").errors


def test_the_libraries_open_them_again(all_written: dict[str, bytes], figures_written: Brief) -> None:
    document = docx.Document(BytesIO(all_written["docx"]))
    assert any(APPENDIX in paragraph.text for paragraph in document.paragraphs)
    slides = pptx.Presentation(BytesIO(all_written["pptx"])).slides
    assert slides[len(slides) - 1].shapes.title.text_frame.text.startswith(PROOFS)
    native = sum(shape.has_chart for slide in slides for shape in slide.shapes)
    assert native == sum(len(charts_of(exhibit.figure)) for exhibit in figures_written.exhibits())
    assert openpyxl.load_workbook(BytesIO(all_written["xlsx"])).sheetnames == ["数字", "图表", "定义", "出处"]


def test_numbers_are_numbers_in_the_workbook(written: dict[str, bytes], report: Brief) -> None:
    sheet = openpyxl.load_workbook(BytesIO(written["xlsx"]))[FIGURES]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    for proof in report.proofs:
        cell = rows[proof.ref][4]
        assert cell.value == pytest.approx(proof.reading.value)
        assert cell.number_format == ("0.0%" if proof.value.endswith("%") else cell.number_format)


def test_every_cell_behind_every_figure_is_in_the_workbook(written: dict[str, bytes], report: Brief) -> None:
    sheet = openpyxl.load_workbook(BytesIO(written["xlsx"]))[CELLS]
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    wanted = [(p.ref, c.name, c.sheet, c.address, c.raw, c.value) for p in report.proofs for c in p.cells]
    rows = {(r[0], r[6], r[7], r[8], r[9] or "", r[10]) for r in found if isinstance(r[10], int | float)}
    assert set(wanted) <= rows and len(wanted) == sum(isinstance(r[10], int | float) for r in found)


def test_a_word_paper_has_the_look_of_an_official_one(written: dict[str, bytes], report: Brief) -> None:
    document = docx.Document(BytesIO(written["docx"]))
    section = document.sections[0]
    assert [round(found.mm) for found in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(found.mm) for found in margins] == [37, 35, 28, 26]
    first = document.paragraphs[0]
    assert first.text == report.title and first.runs[0].font.size.pt == 22 and first.runs[0].bold
    assert "PAGE" in etree.tostring(section.footer._element).decode()
    text = next(p for p in document.paragraphs if p.text.startswith("开展劳动竞赛"))
    assert text.paragraph_format.line_spacing.pt == 28 and text.paragraph_format.first_line_indent.pt == 32
    runs = [run for part in parts(written["docx"], r"word/(document|header\d|footer\d)\.xml").values()
            for run in etree.fromstring(part).iter(f"{_WORD}r") if run.find(f"{_WORD}t") is not None]  # fmt: skip
    fonts = [run.find(f"{_WORD}rPr/{_WORD}rFonts") for run in runs]
    assert runs and all(font is not None and font.get(f"{_WORD}eastAsia") for font in fonts)


def test_numbers_that_must_be_unique_are(all_written: dict[str, bytes]) -> None:
    root = etree.fromstring(parts(all_written["docx"], r"word/document\.xml")["word/document.xml"])
    drawings = [found.get("id") for found in root.iter("{*}docPr")]
    controls = [found.get(f"{_WORD}val") for found in root.iter(f"{_WORD}id")]
    assert drawings and len(set(drawings)) == len(drawings)
    assert controls and len(set(controls)) == len(controls)
    assert all(found.get("descr") for found in root.iter("{*}docPr"))


def test_slides_name_chinese_fonts_and_stay_within_their_frame(all_written: dict[str, bytes]) -> None:
    deck = pptx.Presentation(BytesIO(all_written["pptx"]))
    assert (deck.slide_width, deck.slide_height) == (12192000, 6858000)
    for number, slide in enumerate(deck.slides, start=1):
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width, number
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height, number
        runs = list(slide._element.iter("{*}rPr"))
        assert all(run.find("{*}ea") is not None for run in runs), number


def test_slides_have_their_sources_in_the_notes(written: dict[str, bytes], report: Brief) -> None:
    notes = "\n".join(texts_of_notes(written["pptx"]))
    for cited in report.cited():
        assert f"{cited.ref}　" in notes
    proof = report.proofs[0]
    assert proof.base in notes and proof.cells[0].name in notes


def texts_of_notes(data: bytes) -> Iterator[str]:
    for slide in pptx.Presentation(BytesIO(data)).slides:
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("words", NASTY)
def test_nobodys_words_become_a_formula_or_break_a_file(words: str, report: Brief, tmp_path: Path) -> None:
    brief = nasty(report, words)
    shown = words.replace("\x07", "")
    for suffix, data in write_all(brief).items():
        assert any(shown in text for text in texts_of(data)), suffix
        for name, part in parts(data, r".*\.xml").items():
            assert b"<f>" not in part or "charts/" in name, name
        for inner in parts(data, r".*\.xlsx").values():
            sheet = openpyxl.load_workbook(BytesIO(inner)).worksheets[0]
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        file = tmp_path / f"nasty.{suffix}"
        file.write_bytes(data)
        assert OpenXmlValidator().validate(file).errors == []
    book = openpyxl.load_workbook(tmp_path / "nasty.xlsx")
    assert all(
        cell.data_type != "f" and not cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row
    )


def nasty(report: Brief, words: str) -> Brief:
    """Return a small paper that has somebody's words wherever they may stand."""
    lines = LINES | {"who": f"单位：{words}"}
    marks = (Mark(label=words, value=1.0, text="1人", key="A"), Mark(label="乙", value=None, text="—", key="B"))
    members = Series(name="会员", measure="人", marks=marks)
    areas = Figure(code="a", kind="areas", title=f"{words}最多", question="", series=(members,), measure="人", **lines)
    quoted = Series(name=words, measure="", marks=(Mark(label=words, value=None, text=words),))
    listed = Figure(code="l", kind="records", title=words, question="", series=(quoted,), measure="", **lines)
    proof = report.proofs[0]
    cell = replace(proof.cells[0], name=words, sheet=words, raw=words, unit_name=words)
    cited = Cited("128场次", proof.ref, proof.reading)
    exhibits = (Exhibit(areas, report.proofs[1].ref), Exhibit(listed, report.proofs[2].ref))
    section = Section(words, (Paragraph((words, cited)),), exhibits)
    return replace(report, title=words, sections=(section,), proofs=(replace(proof, cells=(cell,)),))


def test_of_a_long_list_the_first_rows_are_shown_and_the_rest_counted(report: Brief) -> None:
    marks = tuple(Mark(label=f"第{at}家", value=None, text=f"第{at}家") for at in range(50))
    figure = Figure(
        code="l",
        kind="records",
        title="五十家",
        question="",
        series=(Series(name="单位", measure="", marks=marks),),
        measure="",
        **LINES,
    )
    section = Section("清单", (), (Exhibit(figure, report.proofs[0].ref),))
    files = write_all(replace(report, sections=(section,), proofs=()))
    word = "\n".join(texts_of(files["docx"]))
    assert "第19家" in word and "第20家" not in word and "只列前20行，另有30行见同时生成的数据表" in word
    slides = "\n".join(texts_of(files["pptx"]))
    said = re.search(r"只列前(\d+)行，另有(\d+)行", slides)
    assert said and int(said[1]) + int(said[2]) == 50 and f"第{int(said[1]) - 1}家" in slides
    assert f"第{int(said[1])}家" not in slides
    assert "第49家" in "\n".join(texts_of(files["xlsx"]))


def test_of_very_many_bars_the_first_are_drawn_and_the_workbook_has_them_all(report: Brief, tmp_path: Path) -> None:
    marks = tuple(
        Mark(label=f"第{at}家", value=float(400 - at), text=f"{400 - at}人", key=str(at)) for at in range(370)
    )
    members = Series(name="会员", measure="人", marks=marks)
    figure = Figure(code="a", kind="areas", title="很多家", question="", series=(members,), measure="人", **LINES)
    section = Section("很多", (), (Exhibit(figure, report.proofs[0].ref),))
    for suffix, data in write_all(replace(report, sections=(section,), proofs=())).items():
        drawn = charts_in(data)[0][0]
        assert len(drawn.values) == 20 and drawn.categories[-1] == "第19家", suffix
        texts = "\n".join(texts_of(data))
        assert "只列前20个，另有350个见同时生成的数据表" in texts and ("第369家" in texts) == (suffix == "xlsx")
        file = tmp_path / f"many.{suffix}"
        file.write_bytes(data)
        assert OpenXmlValidator().validate(file).errors == []


def test_a_paper_without_data_is_written_too(report: Brief) -> None:
    lines = {"when": "时间：", "who": "单位：", "base": "口径：", "coverage": "报齐情况：", "source": "来源："}
    series = Series(name="会员", measure="人", marks=(Mark(label="2010年一季度", value=None, text="—"),))
    figure = Figure(code="c", kind="course", title="没有数据", question="", series=(series,), measure="人", **lines)
    section = Section("空", (Paragraph(("没有数据。",)),), (Exhibit(figure, report.proofs[0].ref),))
    for suffix, data in write_all(replace(report, sections=(section,), proofs=(), example=False)).items():
        texts = "\n".join(texts_of(data))
        assert "没有数据" in texts and EXAMPLE not in texts, suffix


def test_the_same_paper_twice_says_the_same(report: Brief, written: dict[str, bytes]) -> None:
    again = write_document(report)
    assert parts(again, r"word/document\.xml") == parts(written["docx"], r"word/document\.xml")
