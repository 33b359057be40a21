"""Papers as LibreOffice prints them: they open, nothing is lost, and no letter is missing its font."""

import re
from pathlib import Path

import pytest

from stats.papers.paper_model import Brief
from tests.lib.office import text_of_pdf, to_pdf


@pytest.fixture(scope="module")
def printed(written: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """How many pages each format has, and the text on them."""
    folder = tmp_path_factory.mktemp("printed")
    files = {suffix: folder / f"{suffix}_paper.{suffix}" for suffix in written}
    for suffix, file in files.items():
        file.write_bytes(written[suffix])
    pdfs: list[Path] = to_pdf(list(files.values()), folder)
    return {suffix: text_of_pdf(pdf) for suffix, pdf in zip(files, pdfs, strict=True)}


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
