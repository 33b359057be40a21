"""What is taken away of a checked draft: comments and a list with the figure behind each number, and what is right."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from base.periods import parse_span
from stats.__main__ import main
from stats.catalogue import Catalogue
from stats.claims.answers.cited_numbers import CitedNumber, cite_numbers
from stats.claims.answers.corrected_text import corrected_text
from stats.claims.checks import check_draft
from stats.claims.claim_verdicts import judged_numbers
from stats.claims.draft_files.plain_draft import read_text
from stats.claims.from_data.data_verdicts import AskedOfData, judge_by_data
from stats.papers.cited_figures import look_up, papers
from stats.warehouse import Warehouse
from store.audit import entries

DRAFT = "全县职工会员38142人。慰问金1.5万元、慰问品2.4万元，共计4.8万元。会员100人，比上年增加20人，增长30%。"


@pytest.fixture(scope="module")
def asked(county: Warehouse, catalogue: Catalogue) -> AskedOfData:
    return AskedOfData(county, catalogue, "COUNTY", parse_span("2008Q1..2010Q4"))


def cited(text: str, asked: AskedOfData | None = None) -> list[CitedNumber]:
    checked = check_draft(read_text(text))
    numbers = judged_numbers(checked, judge_by_data(checked, asked) if asked else {})
    return cite_numbers(numbers, asked)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("全县职工会员38142人", "38124人"),
        ("全县职工会员38,142人", "38,124人"),
        ("全县职工会员3.92万人", "3.81万人"),
        ("全县职工会员三万八千一百四十二人", ""),  # a numeral is not put into other words
        ("全县职工会员38124人", ""),
    ],
)
def test_what_is_right_is_written_as_the_draft_writes_numbers(written: str, right: str, asked: AskedOfData) -> None:
    (number,) = cited(f"{written}。", asked)
    assert number.instead == right
    assert number.cited is not None and number.cited.reading.value == 38124


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("慰问金1.5万元、慰问品2.4万元，共计4.8万元", ["", "", "3.9万元"]),
        ("会员由80人增加到100人，增长30%", ["", "", "25%"]),
        ("全县有会员100人。全县有会员120人", ["", ""]),  # either may be the right one
        ("慰问金1.5万元、慰问品2.4万元，共计3.9万元", ["", "", ""]),
    ],
)
def test_what_the_text_says_can_be_put_right_where_it_is_one_number(written: str, right: list[str]) -> None:
    assert [number.instead for number in cited(f"{written}。")] == right


def test_corrected_text_is_the_same_but_for_what_was_accepted() -> None:
    text = "讲话\r\n\r\n  会员12人，女会员3人。\n| 乡镇 | 会员 |\n|---|---|\n| 甲镇 | 12人 |\n\n投入198.6\n亿元\n"
    draft = read_text(text)
    phrases = check_draft(draft).phrases
    assert corrected_text(text, draft, {}) == text.replace("\r", "").rstrip("\n")
    changed = corrected_text(text, draft, {phrase.place: f"<{phrase.text}>" for phrase in phrases})
    for number in ("12人，", "3人。", "12人 |", "198.6\n亿元"):
        assert f"<{number.rstrip('，。 |')}>{number[len(number.rstrip('，。 |')) :]}" in changed
    assert changed.replace("<", "").replace(">", "") == corrected_text(text, draft, {})


def test_the_command_writes_the_marked_copy_and_the_list(
    county: Warehouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, store = tmp_path / "讲稿.txt", ["--span", "2008Q1..2010Q4", "--store", str(county.store)]
    draft.write_text(DRAFT, encoding="utf-8")
    marked, listed = tmp_path / "核对.docx", tmp_path / "核对.xlsx"
    for file in (marked, listed):
        assert main(["verify", str(draft), *store, "-o", str(file), "--who", "李梅"]) == 1
    comments = [comment.text for comment in Document(str(marked)).comments]
    assert comments[0].startswith("【与数据不符】应是38,124人\n") and len(comments) == 7
    ref = comments[0].rpartition("：")[2]
    assert look_up(county.store, [ref])[ref].text == "38,124人" and papers(county.store, ref) == []
    assert "李梅" in {entry.who for entry in entries(county.store)}
    book = openpyxl.load_workbook(BytesIO(listed.read_bytes()))
    rows = [row for row in book["核对"].iter_rows(values_only=True) if row[2]]
    assert rows[1][0] == "与数据不符" and rows[1][3] == "38,124人" and rows[1][-1] == ref
    weights = list(dict.fromkeys(row[0] for row in rows[1:]))
    assert weights == ["与数据不符", "对不上", "无从核对", "不是数据"]
    cells = [row for row in book["出处"].iter_rows(values_only=True) if row[0] == ref]
    assert len(cells) == 369 and sum(row[-1] for row in cells) == 38124
    assert main(["verify", str(draft), *store, "-o", str(tmp_path / "核对.pdf")]) == 2
    assert "写成 .docx 或 .xlsx" in capsys.readouterr().err
    assert main(["verify", str(draft), "-o", str(listed)]) == 1
    assert "没有和数据核对" in str(openpyxl.load_workbook(listed)["核对"]["A2"].value)
