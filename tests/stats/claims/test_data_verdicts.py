"""The numbers of a draft against the data: the work report's agree, altered ones are found, no other is blamed."""

import csv
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from base.errors import UserError
from base.periods import parse_span
from stats.__main__ import main
from stats.catalogue import Catalogue
from stats.claims.claim_verdicts import TO_MEND, ClaimVerdict, JudgedNumber, as_row
from stats.claims.from_data.data_verdicts import AskedOfData
from stats.warehouse import Warehouse
from store.wording_choices import save_wording_choice, wording_choices
from tests.stats.claims.altered_figures import altered, flagged, judged, put_in
from tests.stats.claims.generated_drafts import generate, outcome_of
from tests.stats.claims.spoken_rows import shared_file

FIGURES = Path(__file__).parents[2] / "report_figures.csv"
PLAN = "下一步工作重点"
MISSED = 0.02


@pytest.fixture(scope="module")
def asked(county: Warehouse, catalogue: Catalogue) -> AskedOfData:
    return AskedOfData(county, catalogue, "COUNTY", parse_span("2008Q1..2010Q4"))


@pytest.fixture(scope="module")
def quotes() -> list[str]:
    with FIGURES.open(encoding="utf-8") as file:
        return list(dict.fromkeys(row["quote"] for row in csv.DictReader(file)))


def wrong(text: str, asked: AskedOfData) -> list[str]:
    return [number.data.reason for number in flagged(text, asked) if number.data]


def agreeing(text: str, asked: AskedOfData) -> list[JudgedNumber]:
    return [number for number in judged(text, asked) if number.verdict is ClaimVerdict.AGREES]


def test_the_figures_of_the_report_agree_with_the_data(asked: AskedOfData, quotes: list[str]) -> None:
    text = "\n".join(f"{quote}。" for quote in quotes)
    assert flagged(text, asked) == []
    assert len(agreeing(text, asked)) >= 49


def slips(paragraphs: list[str], asked: AskedOfData) -> list[tuple[str, JudgedNumber, str]]:
    """Return every slip that can be made in the figures that agree: the paragraph, the number and the slip."""
    return [
        (text, number, slip)
        for text in paragraphs
        for number in agreeing(text, asked)
        for slip in altered(number, asked)
    ]


def missed(slips: list[tuple[str, JudgedNumber, str]], asked: AskedOfData) -> list[str]:
    """Return the slips that are not told, or that another number is blamed for."""
    told = [
        (slip, text, [number.phrase.text for number in flagged(put_in(text, number, slip), asked)])
        for text, number, slip in slips
    ]
    return [f"{slip}: {texts} {text}" for slip, text, texts in told if texts != [slip]]


def test_an_altered_figure_is_told_and_no_other_is_blamed(asked: AskedOfData, quotes: list[str]) -> None:
    every = slips([f"{quote}。" for quote in quotes], asked)
    chosen = Random(20).sample(every, 60)
    assert len(every) > 200 and len(missed(chosen, asked)) <= len(chosen) * MISSED


def test_the_work_report_agrees_in_full(asked: AskedOfData) -> None:
    """All figures of what was done and all awards agree, all targets are registered, nothing else is judged."""
    text = shared_file("report.txt").read_text("utf-8")
    assert flagged(text, asked) == []
    planned = [number for number in agreeing(text, asked) if "目标" in number.reason]
    assert (len(agreeing(text, asked)) - len(planned), len(planned)) == (58, 21)
    assert len({number.data.indicator for number in planned if number.data}) == 21


@pytest.mark.soak
def test_every_slip_in_the_work_report_is_told(asked: AskedOfData) -> None:
    text = shared_file("report.txt").read_text("utf-8")
    done = text[: text.index("下阶段工会工作的总体要求")]
    every = slips([line for line in done.split("\n") if "。" in line], asked)
    assert len(every) > 240 and len(missed(every, asked)) <= len(every) * MISSED


@pytest.mark.parametrize("count", [30, pytest.param(500, marks=pytest.mark.soak)])
def test_slips_in_generated_drafts_are_told_and_nothing_else(
    asked: AskedOfData, county: Warehouse, catalogue: Catalogue, count: int
) -> None:
    random = Random(500)
    drafts = [generate(random, county, catalogue, random.choice((0, 0.2, 0.3))) for _ in range(count)]
    outcome = outcome_of(drafts, asked)
    assert outcome.told > count and outcome.agreed > outcome.right * 0.95
    assert outcome.precision >= 0.99, outcome.blamed
    assert outcome.recall >= 0.98, outcome.missed


def test_what_is_planned_is_held_against_the_targets(asked: AskedOfData) -> None:
    (number,) = agreeing(f"{PLAN}\n年内培训职工1000人次。", asked)
    assert "目标" in number.reason
    assert "登记的是1000人次" in wrong(f"{PLAN}\n年内培训职工1200人次。", asked)[0]


@pytest.mark.parametrize(
    "text",
    [
        "去年接待职工来信来访46人次。",  # nobody says which year this is
        "近年来接待职工来信来访46人次。",
        "4月8日，接待职工来信来访46人次。",
        "种植树木1200棵。",
        "全市职工会员412000人次。",
        "捐赠图书300册，培训志愿者45人。",
    ],
)
def test_what_the_data_do_not_say_is_not_judged(text: str, asked: AskedOfData) -> None:
    assert wrong(text, asked) == []
    data = [number.data for number in judged(text, asked) if number.data]
    assert data and all(verdict.agrees is None and verdict.reason for verdict in data)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("2009年，接待职工来信来访46人次。", "2009年"),
        ("2010年，蒋家嘴镇工会会员2300人。", "蒋家嘴镇"),
        ("蒋家嘴镇工作扎实。该镇工会会员2300人。", "蒋家嘴镇"),
        ("2010年上半年，全县接待职工来信来访31人次。", "2010年上半年"),
    ],
)
def test_a_number_is_compared_with_the_reading_of_its_time_and_unit(text: str, whose: str, asked: AskedOfData) -> None:
    (number,) = flagged(text, asked)
    assert whose in number.reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("职工入会率95.5%。", "按“已建会单位的职工人数"),
        ("2010年，接待职工来信来访92人次。", "92人次是2008—2010年的数"),
        ("2010年，蒋家嘴镇工会会员38124人。", "38,124人是示例县总工会的数"),
    ],
)
def test_the_reason_names_the_reading_that_the_number_is(text: str, words: str, asked: AskedOfData) -> None:
    (number,) = flagged(text, asked)
    assert words in number.reason


@pytest.mark.parametrize(
    ("text", "right", "slip", "words"),
    [
        ("2010年，全县工会会员38124人，比上年增加{}人。", 3582, 1200, "2009年末34,542人"),
        ("2010年，全县工会会员38124人，同比增长{}%。", 10.4, 14, "增长10.4%"),
        ("2010年，接待职工来信来访27人次，同比下降{}%。", 12.9, 22.9, "下降12.9%"),
        ("2010年，职工入会率85.3%，比上年提高{}个百分点。", "4.0", 3, "提高4.0个百分点"),
    ],
)
def test_a_change_is_compared_with_both_readings(
    text: str, right: float, slip: float, words: str, asked: AskedOfData
) -> None:
    assert flagged(text.format(right), asked) == [] and len(agreeing(text.format(right), asked)) == 2
    (number,) = flagged(text.format(slip), asked)
    assert words in number.reason


def test_a_measure_of_another_kind_and_a_bound_far_too_low_are_asked(asked: AskedOfData) -> None:
    for text in ("培训职工1000人。", "全县各基层工会职代会建制率58%以上。"):
        (number,) = flagged(text, asked)
        assert number.verdict is ClaimVerdict.CONFIRM


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


STRANGE = "2010年，我县工会组织360家，职工会员80000人，培训职工1200人次，走访慰问困难职工52人。"


@pytest.mark.parametrize(
    "text",
    [
        STRANGE,
        "沅江市总工会2010年工作总结\n我县职工会员8000人，培训职工1200人次。",
        "汉寿县职工会员38122人，工会组织361家。",
        "蒋家嘴镇、岩嘴乡等地工会会员8000人。",
        "邻县工会组织有500家，会员5万人。",
        "东山县工会组织有500家，会员5万人。",
    ],
)
def test_what_is_told_of_somebody_else_is_not_blamed(text: str, asked: AskedOfData) -> None:
    assert flagged(text, asked) == []


@pytest.mark.parametrize(
    "text",
    [
        "新发展会员1200人，会员代表126人。",
        "县总工会机关职工会员25人，规模以上企业职工会员8000人。",
        "县总工会为全县职工会员2000人购买了意外险。",
        "其中机关会员2000人，企业会员3000人。",
        "行业性工资专项集体合同20份，区域性女职工专项集体合同15份。",
        "职工入会率88%的企业120家，比全市平均入会率80%高5个百分点。",
        "2010年春节期间，走访慰问困难职工320人。",
        "“十一五”期间，培训职工5000人次。",
        "去年同期接待职工来信来访31人次。",
        "到2012年底，建会率达到85%以上。",
        "市总工会走访慰问困难职工50人。",
        "每年培训职工300人次，计划培训职工1200人次。",
        "蒋家嘴镇、岩嘴乡分别有会员300人、400人。",
    ],
)
def test_what_only_sounds_like_a_figure_is_not_blamed(text: str, asked: AskedOfData) -> None:
    assert flagged(f"职工会员38124人。{text}", asked) == []


def test_the_data_settle_a_doubt_of_the_text(asked: AskedOfData) -> None:
    """A mean that two numbers beside it don't give may be one of others; the reading says that it is right."""
    text = "2008—2010年，帮扶特困职工715人次，发放慰问金100万元，人均帮扶金额192元。"
    assert [number.phrase.text for number in flagged(text.replace("192", "193"), asked)] == ["193元"]
    assert flagged(text, asked) == []


def test_a_draft_in_which_nothing_agrees_is_asked_about(asked: AskedOfData) -> None:
    speech = "种植树木1200棵，捐赠图书300册，办展览12期，出简报36期，发放雨伞500把，工会组织360家。"
    (number,) = flagged(speech, asked)
    assert number.verdict is ClaimVerdict.CONFIRM and "没有一个数" in number.reason
    (number,) = flagged(f"{speech}职工会员38124人。", asked)
    assert number.verdict is ClaimVerdict.DIFFERS and as_row(number)["difference"] == "-9家"


def test_ten_thousand_numbers_are_judged_and_none_is_blamed_for_another(asked: AskedOfData) -> None:
    lines = [
        f"第{place}组：新建基层工会{place % 50 + 1}家，占{place % 90 + 1}%，植树{place}棵。" for place in range(3400)
    ]
    numbers = judged("\n".join([*lines, "职工会员38124人，工会组织360家。"]), asked)
    assert len(numbers) > 10_000
    assert [number.phrase.text for number in numbers if number.verdict in TO_MEND] == ["360家"]


def test_a_wording_is_asked_about_once(asked: AskedOfData, tmp_path: Path) -> None:
    """A choice is kept in the journal, and the next draft is judged by it; one for none makes it no figure of ours."""
    text = "慰问一线职工家庭{}户。"
    (asked_about,) = (number.data for number in judged(text.format(120), asked) if number.data)
    assert asked_about.agrees is None and asked_about.wording
    save_wording_choice(tmp_path, asked_about.wording, "aid_households", "王强")
    knowing = replace(asked, chosen=wording_choices(tmp_path))
    (number,) = flagged(text.format(120), knowing)
    assert number.data and number.data.indicator == "aid_households" and "1,349户" in number.data.expected
    assert flagged(text.format(1349), knowing) == []
    save_wording_choice(tmp_path, asked_about.wording, "", "王强")
    chosen = replace(asked, chosen=wording_choices(tmp_path))
    (number,) = (number for number in judged(text.format(120), chosen) if number.data)
    assert number.reason == "库里没有这个数。"
    with pytest.raises(UserError, match="没有可以记住的说法"):
        save_wording_choice(tmp_path, " ", "aid_households", "王强")


def test_a_part_of_what_is_no_figure_known_is_not_blamed(asked: AskedOfData) -> None:
    assert flagged("2010年，工会会员38124人。新发展会员3582人，其中农民工会员1359人。", asked) == []
    (number,) = flagged("2010年，工会会员38124人，其中农民工会员1359人。", asked)
    assert number.phrase.text == "1359人"


def test_a_townships_speech_tells_of_the_county_too(asked: AskedOfData) -> None:
    of_town = replace(asked, unit="T01", span=parse_span("2010"))
    assert flagged("我镇工会会员1094人，女会员418人。全县工会会员38124人。", of_town) == []
    assert [number.phrase.text for number in flagged("我镇工会会员1095人，女会员418人。", of_town)] == ["1095人"]


def test_a_mean_that_the_text_itself_gives_is_asked_about(asked: AskedOfData) -> None:
    """The reading is of those alone who told both, so the quotient of the two totals is no plain mistake."""
    (number,) = flagged("2010年，全县发放帮扶资金18.79万元，受助户数480户，户均帮扶391元。", asked)
    assert number.verdict is ClaimVerdict.CONFIRM and "相符" in number.reason and "166元" in number.reason
