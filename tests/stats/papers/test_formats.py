"""One rounding: the same number reads the same everywhere."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.chinese_numerals import say_capitals, say_numeral
from base.formats import (
    MISSING,
    balance,
    balance_shares,
    round_half_up,
    say_about,
    say_at_least,
    say_attained,
    say_change,
    say_coverage,
    say_exact,
    say_growth,
    say_more_than,
    say_multiple,
    say_ten_thousands,
    say_value,
    say_yuan,
    sign_change,
    split_value,
)


@pytest.mark.parametrize(
    ("value", "measure", "decimals", "said"),
    [
        (38124.0, "人", 0, "38,124人"),
        (0.8525, "%", 1, "85.3%"),  # 四舍五入, where binary fractions would give 85.2
        (0.8, "%", 1, "80.0%"),
        (1.043, "%", 1, "104.3%"),
        (638_000, "元", 0, "63.8万元"),
        (420_000, "元", 0, "42万元"),
        (9_999, "元", 0, "9,999元"),
        (123_456_789, "元", 0, "1.23亿元"),
        (25.0, "吨", 1, "25吨"),
        (25.5, "吨", 1, "25.5吨"),
        (0, "家", 0, "0家"),
        (None, "家", 0, MISSING),
    ],
)
def test_value(value: float | None, measure: str, decimals: int, said: str) -> None:
    assert say_value(value, measure, decimals) == said


@pytest.mark.parametrize(
    ("change", "measure", "decimals", "said", "signed"),
    [
        (1204, "人", 0, "增加1,204人", "+1,204人"),
        (-3, "家", 0, "减少3家", "−3家"),
        (0.012, "%", 1, "提高1.2个百分点", "+1.2个百分点"),
        (-0.012, "%", 1, "下降1.2个百分点", "−1.2个百分点"),
        (0.0001, "%", 1, "持平", "持平"),
        (0, "人", 0, "持平", "持平"),
        (-44_000, "元", 0, "减少4.4万元", "−4.4万元"),
        (None, "人", 0, MISSING, MISSING),
    ],
)
def test_change(change: float | None, measure: str, decimals: int, said: str, signed: str) -> None:
    assert (say_change(change, measure, decimals), sign_change(change, measure, decimals)) == (said, signed)


def test_missing_is_not_zero() -> None:
    assert split_value(None, "人") == (MISSING, "")
    assert split_value(0, "人") == ("0", "人")


def test_cells_are_said_with_all_their_figures() -> None:
    assert say_exact(638_123.45, "元") == "638,123.45元"


def test_coverage() -> None:
    assert say_coverage(1286, 1438) == "已报1,286/1,438份"
    assert say_coverage(0, 0) == "不需报送"


@given(st.integers(-10_000_000, 10_000_000), st.sampled_from(["人", "家", "份"]))
def test_whole_numbers_lose_nothing(value: int, measure: str) -> None:
    said = say_value(value, measure)
    assert int(said.removesuffix(measure).replace(",", "").replace("−", "-")) == value


@given(st.floats(-1, 1, allow_nan=False))
def test_a_change_and_its_opposite_have_the_same_size(change: float) -> None:
    assert sign_change(change, "%", 1).lstrip("+−") == sign_change(-change, "%", 1).lstrip("+−")


@pytest.mark.parametrize(
    ("value", "measure", "step", "more", "least", "about"),
    [
        (123, "项", None, "120多项", "120项以上", "约120项"),
        (120, "项", None, "120项", "120项以上", "120项"),  # 多 means more than
        (1436, "人", None, "1400多人", "1400人以上", "约1400人"),
        (637, "人次", 100, "600多人次", "600人次以上", "约600人次"),
        (638_000, "元", None, "60多万元", "60万元以上", "约60万元"),
        (36_000, "元", None, "3万多元", "3万元以上", "约4万元"),
        (638_000, "元", 10_000, "63万多元", "63万元以上", "约64万元"),
        (123_456_789, "元", None, "1亿多元", "1亿元以上", "约1亿元"),
        (7, "家", None, "7家", "7家以上", "7家"),
        (0, "家", None, "0家", "0家", "0家"),
        (0.8225, "%", None, "82%", "80%以上", "约82%"),
        (0.8496, "%", None, "85%", "80%以上", "约85%"),  # rounds to 85 and is not 85%以上
        (0.85, "%", None, "85%", "85%以上", "85%"),
        (0.03, "%", None, "3%", "3%", "3%"),
        (None, "家", None, MISSING, MISSING, MISSING),
    ],
)
def test_approximations(value: float | None, measure: str, step: int | None, more: str, least: str, about: str) -> None:
    said = tuple(say(value, measure, 0, step) for say in (say_more_than, say_at_least, say_about))
    assert said == (more, least, about)


@given(st.integers(1, 10_000_000))
def test_a_bound_is_below_the_value_and_near_it(value: int) -> None:
    said = say_more_than(value, "人")
    low = int(said.removesuffix("人").removesuffix("多"))
    assert low < value if "多" in said else low == value
    assert value < low * 1.1 + 10


@pytest.mark.parametrize(
    ("value", "measure", "said"),
    [(10, "期", "十期"), (2, "年", "两年"), (12, "个", "十二个"), (200, "人", "二百人"), (2046, "名", "两千零四十六名"),
     (0.85, "%", "百分之八十五")],
)  # fmt: skip
def test_numerals(value: float, measure: str, said: str) -> None:
    assert say_numeral(value, measure) == said


def test_money_in_other_units() -> None:
    assert (say_yuan(638_000), say_ten_thousands(638_000), say_ten_thousands(4_200)) == (
        "638,000元",
        "63.8万元",
        "0.42万元",
    )
    assert (say_capitals(638_000), say_capitals(42.05)) == ("陆拾叁万捌仟元整", "肆拾贰元零伍分")


def test_growth_and_multiples() -> None:
    assert (say_growth(103.3, 100), say_growth(250, 100), say_growth(80, 100)) == ("增长3.3%", "增长1.5倍", "下降20.0%")
    assert say_growth(1, 1) == "持平"
    assert (say_multiple(250, 100), say_multiple(80, 100)) == ("2.5倍", "80.0%")


def test_a_share_that_only_rounds_to_the_whole_is_not_called_so() -> None:
    assert (say_attained(0.79999, 0.8), say_attained(0.8, 0.8), say_attained(104.3, 100)) == (
        "接近100.0%",
        "100.0%",
        "104.3%",
    )


def test_rounded_parts_add_up() -> None:
    assert [str(share) for share in balance_shares([26.6, 17.7, 55.7], 0)] == ["26", "18", "56"]  # not 101
    assert [str(share) for share in balance_shares([1, 1, 1])] == ["33.4", "33.3", "33.3"]
    assert balance_shares([0, 0]) == []


@given(st.lists(st.floats(0, 1e9, allow_nan=False), min_size=1, max_size=30), st.integers(0, 2))
def test_balanced_parts_add_up_and_stay_by_their_values(values: list[float], decimals: int) -> None:
    exact = [Decimal(str(value)) for value in values]
    parts = balance(values, decimals)
    assert sum(parts) == round_half_up(sum(exact), decimals)
    assert all(abs(part - value) < Decimal(1).scaleb(-decimals) for part, value in zip(parts, exact, strict=True))
