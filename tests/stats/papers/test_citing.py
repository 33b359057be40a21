"""Figures that went into a paper: found again by their reference, and what has been corrected since is told."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from base.errors import UserError
from base.periods import parse_span
from etl.intake import load_paths
from stats.__main__ import main
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.cited_figures import look_up, papers, register
from stats.papers.mentions import Mention, mentions_in
from stats.papers.paper_model import Brief, Cited, Exhibit, Paragraph, Section
from stats.papers.recheck import figures_of, recite
from stats.papers.references import reference
from stats.readings import read
from stats.readings.sentences import say_reading
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.county import town_one, town_two, write_register, write_roster

PERIOD, SPAN = "2008年一季度", "2008Q1"
MEMBERS = "union_members"
BOARD, PANEL = "organisation", "industries"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A store with two townships' rosters for one quarter; the first union of 甲镇 has 50 members."""
    folder, store = tmp_path / "county", tmp_path / "store"
    folder.mkdir()
    write_register(folder)
    write_roster(folder, "甲镇", PERIOD, town_one())
    write_roster(folder, "乙乡", PERIOD, town_two())
    load_paths([folder], store)
    return store


def paper(warehouse: Warehouse, catalogue: Catalogue) -> Brief:
    """Return a paper that cites one figure and shows one chart."""
    build = f"{warehouse.build}|{warehouse.built_at}"
    reading = read(warehouse, catalogue, "COUNTY", parse_span(SPAN), [MEMBERS])[0]
    cited = Cited(
        say_reading(reading, catalogue.indicators[MEMBERS]), reference(MEMBERS, "COUNTY", SPAN, build), reading
    )
    panel = catalogue.board(BOARD).panel(PANEL)
    assert panel
    figure = make_figure(Source(warehouse, catalogue), panel, Selection("COUNTY", parse_span(SPAN)))
    subject = f"{BOARD}:{PANEL}"
    shown = Exhibit(figure, reference(subject, "COUNTY", SPAN, build), subject)
    sections = (Section("建会", (Paragraph(("会员", cited, "。")),), (shown,)),)
    return Brief(
        title="讲话稿",
        unit="COUNTY",
        unit_name="示例县总工会",
        span=SPAN,
        span_name=PERIOD,
        as_known=(),
        sections=sections,
        proofs=(),
    )


def register_paper(store: Path, catalogue: Catalogue) -> list[str]:
    """Register the paper and return its references, the figure's first."""
    warehouse = open_warehouse(store)
    brief = paper(warehouse, catalogue)
    register(store, brief.title, figures_of(brief, warehouse, catalogue), "办公室")
    warehouse.close()
    return [brief.sections[0].paragraphs[0].cited[0].ref, brief.sections[0].exhibits[0].ref]


def correct(store: Path, members: int) -> None:
    """Send 甲镇's roster again with another number in it."""
    folder = store.parent / f"corrected{members}"
    folder.mkdir()
    load_paths([write_roster(folder, "甲镇", PERIOD, town_one(members), name="甲镇更正.xlsx")], store)


def again(store: Path, catalogue: Catalogue, refs: list[str]):
    warehouse = open_warehouse(store)
    try:
        return recite(store, warehouse, catalogue, look_up(store, refs).values())
    finally:
        warehouse.close()


def test_what_nobody_corrected_reads_the_same(small: Path, catalogue: Catalogue) -> None:
    refs = register_paper(small, catalogue)
    found = again(small, catalogue, refs)
    assert [(one.registered.ref in refs, one.corrected, one.changes) for one in found] == [(True, False, ())] * 2
    assert {one.registered.text for one in found} == {one.now for one in found}


def test_a_correction_is_told_with_the_cell_it_was_made_in(small: Path, catalogue: Catalogue) -> None:
    refs = register_paper(small, catalogue)
    correct(small, 57)
    by_ref = {one.registered.ref: one for one in again(small, catalogue, refs)}
    members, chart = (by_ref[ref] for ref in refs)
    assert (members.registered.text, members.now, members.corrected) == ("118人", "125人", True)
    [change] = members.changes
    assert (change.unit_name, change.before, change.now, change.file) == ("甲一厂工会", "50人", "57人", "甲镇更正.xlsx")
    assert chart.corrected is True and "125人" in chart.now and "118人" in chart.registered.text


def test_the_same_figure_is_registered_once_and_each_paper_is_noted(small: Path, catalogue: Catalogue) -> None:
    refs = register_paper(small, catalogue)
    assert register_paper(small, catalogue) == refs
    made = papers(small, refs[0])
    assert [(one.title, one.who, one.printed[refs[0]]) for one in made] == [("讲话稿", "办公室", "118人")] * 2
    assert papers(small, "AAAA-AAAAA") == []


def test_after_the_old_build_is_gone_a_correction_is_still_known(small: Path, catalogue: Catalogue) -> None:
    refs = register_paper(small, catalogue)
    correct(small, 57)
    for path in sorted((small / "warehouse").glob("*.duckdb"))[:-1]:
        path.unlink()
    members = next(one for one in again(small, catalogue, refs) if one.registered.subject == MEMBERS)
    assert (members.corrected, members.kept, members.changes) == (True, False, ())


def test_nothing_registered_is_no_fault(small: Path, tmp_path: Path) -> None:
    assert look_up(small, ["AAAA-AAAAA"]) == {} and papers(small) == []
    assert papers(tmp_path / "none") == [] and not (tmp_path / "none").exists()


def test_the_command_tells_what_was_corrected(
    small: Path, catalogue: Catalogue, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    refs = register_paper(small, catalogue)
    correct(small, 57)
    draft = tmp_path / "稿.docx"
    draft.write_bytes(word_with(f"会员118人〔{refs[0]}〕，另有〔{reference('x', 'y', 'z', '1')}〕"))
    assert main(["cite", "--in", str(draft), "--store", str(small)]) == 0
    said = capsys.readouterr().out
    assert "登记时118人" in said and "现在：125人" in said and "50人 → 57人" in said
    assert "没有登记过" in said and said.endswith("共 2 处引用，1 处数字已更正。\n")


def test_a_slip_of_the_pen_is_not_looked_up(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "7K2M-Q9XTA", "--store", str(small)]) == 2
    assert "多半抄错了一个字" in capsys.readouterr().err


def word_with(text: str) -> bytes:
    file = BytesIO()
    document = Document()
    paragraph = document.add_paragraph()
    for letter in text:  # as Word may part a word over many runs
        paragraph.add_run(letter)
    document.save(file)
    return file.getvalue()


def test_references_are_found_in_word_slides_and_sheets(tmp_path: Path) -> None:
    ref = reference("a", "b", "c", "1")
    slides, sheet = Presentation(), Workbook()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.notes_slide.notes_text_frame.text = f"出处〔{ref}〕"
    sheet.active["B2"] = f"会员〔{ref}〕"
    slides.save(str(tmp_path / "a.pptx"))
    sheet.save(tmp_path / "a.xlsx")
    (tmp_path / "a.docx").write_bytes(word_with(f"会员〔{ref}〕"))
    for name in ("a.docx", "a.pptx", "a.xlsx"):
        assert mentions_in((tmp_path / name).read_bytes(), name) == [Mention(ref)]
    assert mentions_in(f"会员〔{ref}〕".encode(), "a.txt") == [Mention(ref)]


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04broken"])
def test_what_is_no_document_is_answered_with_a_sentence(data: bytes) -> None:
    with pytest.raises(UserError, match="打不开"):
        mentions_in(data, "稿.docx")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    file = BytesIO()
    with ZipFile(file, "w", compression=8) as packed:
        packed.writestr("word/document.xml", b"<a>" + b" " * 3_000_000 + b"</a>")
    monkeypatch.setattr("base.zip_guard.MAX_MARKUP", 1_000_000)
    with pytest.raises(UserError, match="解开后过大"):
        mentions_in(file.getvalue(), "稿.docx")
