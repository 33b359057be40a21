"""Papers as LibreOffice prints them: they open, nothing is lost, and no letter is missing its font."""

import re
from pathlib import Path

import pytest

from stats.exports.word.document import ANNEX
from stats.papers.paper_model import Brief
from tests.lib.office import converted, letter_heights, text_of_pages, text_of_pdf


@pytest.fixture(scope="module")
def pdfs(
    written: dict[str, bytes], late: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The report in each format and the bulletin ("late"), as they are printed."""
    folder = tmp_path_factory.mktemp("printed")
    papers = {**written, "late": late["docx"]}
    files = {name: folder / f"{name}_paper.{'docx' if name == 'late' else name}" for name in papers}
    for name, file in files.items():
        file.write_bytes(papers[name])
    return dict(zip(files, converted(list(files.values()), folder), strict=True))


@pytest.fixture(scope="module")
def printed(pdfs: dict[str, Path]) -> dict[str, tuple[int, str]]:
    """How many pages each has, and the text on them."""
    return {name: text_of_pdf(pdf) for name, pdf in pdfs.items()}


def test_s09_a_bulletin_has_four_pages_at_most(printed: dict[str, tuple[int, str]], bulletin: Brief) -> None:
    pages, text = printed["late"]
    assert pages <= 4
    assert [cited.text for cited in bulletin.cited() if _plain(cited.text) not in text] == []


@pytest.mark.parametrize("name", ["docx", "late"])
def test_s09_no_letter_is_smaller_than_eight_points(name: str, pdfs: dict[str, Path]) -> None:
    assert min(letter_heights(pdfs[name])) > 8


def test_s09_a_report_has_few_pages_before_its_annex(pdfs: dict[str, Path]) -> None:
    pages = text_of_pages(pdfs["docx"])
    assert next(at for at, text in enumerate(pages) if ANNEX in text) <= 6


@pytest.mark.parametrize("suffix", ["docx", "pptx", "xlsx"])
def test_each_format_opens_and_prints(suffix: str, printed: dict[str, tuple[int, str]], report: Brief) -> None:
    pages, text = printed[suffix]
    assert pages > 1
    assert _plain(report.title) in text
    assert [cited.text for cited in report.cited() if _plain(cited.text) not in text] == []


def test_the_sentences_stand_in_word_as_they_were_composed(printed: dict[str, tuple[int, str]], report: Brief) -> None:
    text = re.sub(r"—\d+—|示例数据，并非真实情况|\f", "", printed["docx"][1])
    for section in report.sections:
        for paragraph in section.paragraphs:
            assert _plain(paragraph.text) in text


def test_every_finding_is_the_title_of_its_slide(printed: dict[str, tuple[int, str]], report: Brief) -> None:
    text = printed["pptx"][1]
    assert [one.figure.title for one in report.exhibits() if _plain(one.figure.title) not in text] == []


def _plain(words: str) -> str:
    return re.sub(r"\s", "", words)
