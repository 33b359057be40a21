"""Parts that have but a label: judged by the whole before them, never blamed where they may be of something else."""

import pytest

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.claims.claim_verdicts import ClaimVerdict
from stats.claims.from_data.data_verdicts import AskedOfData
from stats.warehouse import Warehouse
from tests.stats.claims.altered_figures import flagged, judged

WHOLE = "2010年末，工会会员38124人"


@pytest.fixture(scope="module")
def asked(county: Warehouse, catalogue: Catalogue) -> AskedOfData:
    return AskedOfData(county, catalogue, "COUNTY", parse_span("2008Q1..2010Q4"))


@pytest.mark.parametrize(
    ("parts", "agreeing"),
    [
        ("（女15687人，农民工9301人）。", 3),
        ("，其中女15687人、农民工9301人。", 3),
        ("，其中：蒋家嘴镇1094人。", 2),
        ("（女15687人），其中蒋家嘴镇1094人。", 3),
        ("，其中女会员15687人，蒋家嘴镇418人。", 3),  # which may be women as well
        ("，其中蒋家嘴镇女418人。", 2),
    ],
)
def test_a_part_is_named_by_its_label_and_the_whole(parts: str, agreeing: int, asked: AskedOfData) -> None:
    verdicts = [number.verdict for number in judged(WHOLE + parts, asked)]
    assert verdicts.count(ClaimVerdict.AGREES) == agreeing
    assert flagged(WHOLE + parts, asked) == []


@pytest.mark.parametrize(
    ("parts", "slip", "expected"),
    [
        ("（女15678人，农民工9301人）。", "15678人", "15,687人"),
        ("，其中女15687人、农民工9031人。", "9031人", "9,301人"),
        ("，其中：蒋家嘴镇1095人。", "1095人", "1,094人"),
        ("，其中蒋家嘴镇女481人。", "481人", "418人"),
    ],
)
def test_a_slip_in_a_part_is_told_with_what_it_should_be(
    parts: str, slip: str, expected: str, asked: AskedOfData
) -> None:
    (number,) = flagged(WHOLE + parts, asked)
    assert number.data
    assert (number.phrase.text, number.data.expected, number.verdict) == (slip, expected, ClaimVerdict.DIFFERS)


@pytest.mark.parametrize(
    "parts",
    [
        "，其中女15687人，蒋家嘴镇500人。",  # of the members or of the women
        "，其中2010年新入会1473人，蒋家嘴镇60人。",  # of those who joined
        "，其中蒋家嘴镇、双河口镇共1500人。",
        "，其中蒋家嘴镇入会率最高，有1200人，女多于男。",
        "，其中机关2000人、企业女9000人、男22437人。",
        "，其中蒋家嘴镇60人参加了培训。",
        "。女600人参加了培训，蒋家嘴镇30人。",
        "（含退休1200人、党员500人）。",
        "，培训200人，女90人。",
    ],
)
def test_what_may_be_a_part_of_something_else_is_not_blamed(parts: str, asked: AskedOfData) -> None:
    assert [number.phrase.text for number in flagged(WHOLE + parts, asked)
            if number.verdict is ClaimVerdict.DIFFERS] == []  # fmt: skip


def test_a_part_of_a_whole_that_differs_is_left_alone(asked: AskedOfData) -> None:
    (number,) = flagged("2010年末，工会会员38142人（女15678人）。", asked)
    assert number.phrase.text == "38142人"


def test_a_label_is_asked_about_but_no_choice_of_it_is_remembered(asked: AskedOfData) -> None:
    (number,) = flagged(f"{WHOLE}，其中女15687人，蒋家嘴镇500人。", asked)
    assert number.data
    assert number.verdict is ClaimVerdict.CONFIRM
    assert number.data.wording == "" and "请写明" in number.data.reason
