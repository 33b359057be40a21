"""A checked speech as a template: filled today it is the same speech, filled for another span it tells that one."""

from typing import Any

import pytest

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.claims.answers.cited_numbers import cite_numbers
from stats.claims.answers.next_template import placeholders_for, template_copy
from stats.claims.checks import check_draft
from stats.claims.claim_verdicts import judged_numbers
from stats.claims.draft_files import read_draft
from stats.claims.from_data.data_verdicts import AskedOfData, judge_by_data
from stats.exports.word.fill_template import fill_template
from stats.figures.elements.figure_model import Selection, Source
from stats.warehouse import Warehouse
from tests.lib.files.word import W, root_of, write_word

SPEECH = ("全县职工会员38124人，其中女会员15,687人。", "全县职代会建制率82.3%，种植树木1200棵，新建工会369家。")
SPAN = "2008Q1..2010Q4"


@pytest.fixture(scope="module")
def asked(county: Warehouse, catalogue: Catalogue) -> AskedOfData:
    return AskedOfData(county, catalogue, "COUNTY", parse_span(SPAN))


def template_of_speech(content: bytes, asked: AskedOfData) -> bytes:
    draft = read_draft(content)
    checked = check_draft(draft)
    numbers = cite_numbers(judged_numbers(checked, judge_by_data(checked, asked)), asked)
    return template_copy(content, draft, placeholders_for(numbers, {}, asked), "讲话")


def filled(template: bytes, asked: AskedOfData, span: str = SPAN) -> list[str]:
    source = Source(asked.warehouse, asked.catalogue)
    word = fill_template(template, source, Selection("COUNTY", parse_span(span)))
    return [paragraph.text for paragraph in read_draft(word.content).paragraphs]


@pytest.mark.parametrize("as_text", [False, True])
def test_a_template_of_a_speech_is_filled_as_the_speech_was(as_text: bool, asked: AskedOfData) -> None:
    template = template_of_speech("\n\n".join(SPEECH).encode() if as_text else write_word(*SPEECH), asked)
    texts = [paragraph.text for paragraph in read_draft(template).paragraphs]
    assert "{{ 工会会员人数.不加逗号 }}" in texts[0] and "1200棵" in texts[1] and "38124" not in texts[0]
    assert filled(template, asked)[:2] == [*SPEECH]


def test_it_is_filled_anew_for_another_span(asked: AskedOfData) -> None:
    template = template_of_speech(write_word(*SPEECH), asked)
    text = filled(template, asked, "2008Q1..2008Q4")[0]
    assert text != SPEECH[0] and "38124" not in text


def test_a_number_in_two_runs_keeps_the_format_of_the_first(asked: AskedOfData) -> None:
    def add(document: Any) -> None:
        paragraph = document.add_paragraph("全县职工会员")
        paragraph.add_run("38").bold = True
        paragraph.add_run("124人。")

    root = root_of(template_of_speech(write_word(add=add), asked))
    (run,) = (run for run in root.iter(f"{W}r") if "工会会员人数" in "".join(run.itertext()))
    assert run.find(f"{W}rPr/{W}b") is not None and "".join(root.itertext()).endswith("}}。")
