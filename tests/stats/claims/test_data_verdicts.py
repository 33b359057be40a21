"""The numbers of a draft against the data: the work report's agree, altered ones are found, no other is blamed."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from base.periods import parse_span
from stats.__main__ import main
from stats.catalogue import Catalogue
from stats.claims.checks import check_draft
from stats.claims.draft_files.plain_draft import read_text
from stats.claims.from_data.data_verdicts import AskedOfData, DataVerdict, judge_by_data
from stats.claims.phrases.phrase_model import NumberPhrase
from stats.warehouse import Warehouse
from tests.stats.claims.spoken_rows import shared_file

FIGURES = Path(__file__).parents[2] / "report_figures.csv"
PLAN = "下一步工作重点"
COUNTED = re.compile(r"\d+")


@pytest.fixture(scope="module")
def asked(county: Warehouse, catalogue: Catalogue) -> AskedOfData:
    return AskedOfData(county, catalogue, "COUNTY", parse_span("2008Q1..2010Q4"))


@pytest.fixture(scope="module")
def quotes() -> list[str]:
    with FIGURES.open(encoding="utf-8") as file:
        return list(dict.fromkeys(row["quote"] for row in csv.DictReader(file)))


def judged(text: str, asked: AskedOfData) -> list[tuple[NumberPhrase, DataVerdict]]:
    checked = check_draft(read_text(text))
    verdicts = judge_by_data(checked, asked)
    return [(phrase, verdicts[phrase.place]) for phrase in checked.phrases if phrase.place in verdicts]


def wrong(text: str, asked: AskedOfData) -> list[str]:
    return [verdict.reason for _, verdict in judged(text, asked) if verdict.agrees is False]


def test_the_figures_of_the_report_agree_with_the_data(asked: AskedOfData, quotes: list[str]) -> None:
    numbers = judged("\n".join(f"{quote}。" for quote in quotes), asked)
    assert [verdict.reason for _, verdict in numbers if verdict.agrees is False] == []
    assert sum(verdict.agrees is True for _, verdict in numbers) >= 44


def test_an_altered_figure_is_found_and_no_other_is_blamed(asked: AskedOfData, quotes: list[str]) -> None:
    missed, altered = [], 0
    for quote in quotes:
        text = f"{quote}。"
        exact = [(phrase, verdict) for phrase, verdict in judged(text, asked) if phrase.comparator == "="]
        for phrase, verdict in exact:
            digits = COUNTED.search(phrase.text)
            if digits and verdict.agrees:
                other = phrase.text.replace(digits[0], str(int(digits[0]) + 1))
                changed = f"{text[: phrase.place.start]}{other}{text[phrase.place.end :]}"
                altered += 1
                found = [each for each, verdict in judged(changed, asked) if verdict.agrees is False]
                missed += [] if [each.text for each in found] == [other] else [changed]
    assert altered >= 34 and len(missed) <= altered * 0.1, missed


def test_the_work_report_has_no_wrong_number(asked: AskedOfData) -> None:
    text = shared_file("report.txt").read_text("utf-8")
    assert wrong(text, asked) == []
    assert sum(verdict.agrees is True for _, verdict in judged(text, asked)) >= 54


def test_what_is_planned_is_held_against_the_targets(asked: AskedOfData) -> None:
    (number,) = judged(f"{PLAN}\n年内培训职工1000人次。", asked)
    assert number[1].agrees is True and "目标" in number[1].reason
    assert "登记的是1000人次" in wrong(f"{PLAN}\n年内培训职工1200人次。", asked)[0]


@pytest.mark.parametrize(
    "text",
    [
        "2009年，接待职工来信来访46人次。",  # another span
        "去年接待职工来信来访46人次。",
        "种植树木1200棵。",
        "全市职工会员412000人次。",
        "捐赠图书300册，培训志愿者45人。",
    ],
)
def test_what_the_data_do_not_say_is_not_judged(text: str, asked: AskedOfData) -> None:
    assert wrong(text, asked) == []
    assert all(verdict.agrees is None and verdict.reason for _, verdict in judged(text, asked))


def test_a_measure_of_another_kind_and_a_bound_far_too_low_are_asked(asked: AskedOfData) -> None:
    for text in ("培训职工1000人。", "全县各基层工会职代会建制率58%以上。"):
        (verdict,) = (verdict for _, verdict in judged(text, asked))
        assert verdict.agrees is False and not verdict.certain
        assert replace(verdict, certain=True) != verdict


def test_the_command_says_what_is_to_be_mended(
    county: Warehouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, store = tmp_path / "讲稿.txt", ["--span", "2008Q1..2010Q4", "--store", str(county.store)]
    draft.write_text("全县职工会员38124人。", encoding="gb18030")
    assert main(["verify", str(draft), *store]) == 0
    assert "相符1处" in capsys.readouterr().out
    draft.write_text("全县职工会员38142人。慰问金1.5万元、慰问品2.4万元，共计3.8万元。", encoding="utf-8")
    assert main(["verify", str(draft), *store, "--json"]) == 1
    assert '"indicator": "union_members"' in capsys.readouterr().out
    assert main(["verify", str(draft), "--as-of", "昨天"]) == 2
    assert "不是日期" in capsys.readouterr().err
    draft.write_text("同志们：", encoding="utf-8")
    assert main(["verify", str(draft)]) == 0
    assert capsys.readouterr().out == "文稿里没有数。\n"
