"""A number that an earlier paper or speech has otherwise is told, with when, where and whether it was corrected."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from base.errors import UserError
from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.claims.answers.cited_numbers import CitedNumber, cite_numbers, figures_said
from stats.claims.answers.said_before import with_earlier
from stats.claims.checks import check_draft
from stats.claims.claim_verdicts import ClaimVerdict, judged_numbers
from stats.claims.draft_files.plain_draft import read_text
from stats.claims.from_data.data_verdicts import AskedOfData, judge_by_data
from stats.papers.cited_figures import Occasion, papers, register
from stats.papers.figures_used import figures_used
from stats.papers.recheck import figures_cited
from stats.warehouse import Warehouse
from store.audit import entries

MEETING = Occasion("七届三次全委会", date(2011, 2, 18))


@pytest.fixture(scope="module")
def asked(county: Warehouse, catalogue: Catalogue) -> AskedOfData:
    return AskedOfData(county, catalogue, "COUNTY", parse_span("2008Q1..2010Q4"))


def cited(text: str, asked: AskedOfData) -> list[CitedNumber]:
    checked = check_draft(read_text(text))
    return cite_numbers(judged_numbers(checked, judge_by_data(checked, asked)), asked)


def give_out(store: Path, text: str, asked: AskedOfData, said: str = "") -> None:
    """Mark a speech final, with other words in the place of its first number if they are given."""
    numbers = cited(text, asked)
    accepted = {numbers[0].number.phrase.place: said} if said else {}
    figures = figures_cited(figures_said(numbers, accepted), asked.warehouse, asked.catalogue)
    register(store, "讲话", figures, "李梅", MEETING)


def earlier(store: Path, text: str, asked: AskedOfData) -> list[str]:
    numbers = with_earlier(cited(text, asked), figures_used(store), asked)
    return [number.earlier for number in numbers if number.earlier]


def test_a_speech_that_told_another_number_is_told(asked: AskedOfData, tmp_path: Path) -> None:
    give_out(tmp_path, "全县职工会员38124人。", asked, "38142人")
    (sentence,) = earlier(tmp_path, "全县职工会员38124人。", asked)
    assert sentence == ("2011-02-18，七届三次全委会（讲话）写的是38142人，这里写的是38124人；其间数据更正过0次。")


@pytest.mark.parametrize(
    "text", ["全县职工会员38142人", "全县职工会员3.81万人", "全县职工会员38000多人", "女会员15687人"]
)
def test_what_fits_what_was_said_before_is_not_told(text: str, asked: AskedOfData, tmp_path: Path) -> None:
    give_out(tmp_path, "全县职工会员38124人。", asked, "38142人")
    assert earlier(tmp_path, f"全县{text}。", asked) == []


def test_what_a_paper_printed_is_a_statement_only_where_it_states_the_value(asked: AskedOfData, tmp_path: Path) -> None:
    (figure,) = cited("全县职工会员38124人。", asked)
    assert figure.cited is not None
    ((registered, _),) = figures_cited([figure.cited], asked.warehouse, asked.catalogue)
    before = replace(registered, ref="0000-00000", value=38000.0, text="38,000人")
    register(tmp_path, "工作报告.docx", [(before, "增加1204人")], "王强")
    assert earlier(tmp_path, "全县职工会员38124人。", asked) == []
    register(tmp_path, "工作报告.docx", [(before, "38,000人")], "王强")
    (sentence,) = earlier(tmp_path, "全县职工会员38124人。", asked)
    since = "其间数据有变动，当时是38,000人；撤回过报表，或者改过口径，更正次数查不出来。"
    assert sentence.endswith(f"，《工作报告.docx》写的是38,000人，这里写的是38124人；{since}")


def test_the_figures_used_are_listed_with_occasion_and_words(asked: AskedOfData, tmp_path: Path) -> None:
    give_out(tmp_path, "全县职工会员38124人，女会员15687人。", asked, "38142人")
    used = figures_used(tmp_path)
    assert sorted((use.figure.text, *use.wordings) for use in used) == [
        ("15,687人", "15687人"),
        ("38,124人", "38142人"),
    ]
    assert {use.paper.used_on for use in used} == {"2011-02-18"}
    assert [use.figure.name for use in used if use.is_about("女会员")] == ["女会员人数"]
    assert len([use for use in used if use.is_about("全委会")]) == 2 and not any(use.is_about("没有") for use in used)
    assert [(entry.who, entry.about) for entry in entries(tmp_path)] == [("李梅", "讲话，七届三次全委会")]
    assert papers(tmp_path)[0].occasion == "七届三次全委会"


def test_a_speech_is_marked_final_for_an_occasion(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="什么场合"):
        Occasion("  ", date(2011, 2, 18))


def test_what_is_only_asked_about_is_no_statement(asked: AskedOfData) -> None:
    numbers = cited("全县各基层工会职代会建制率58%以上。", asked)
    assert numbers[0].number.verdict is ClaimVerdict.CONFIRM and figures_said(numbers, {}) == []
