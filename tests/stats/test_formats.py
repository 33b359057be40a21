"""One rounding: the same number reads the same everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.formats import MISSING, say_change, say_coverage, say_exact, say_value, sign_change, split_value


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
    assert say_coverage(1286, 1438) == "已报1,286/1,438"
    assert say_coverage(0, 0) == "不需报送"


@given(st.integers(-10_000_000, 10_000_000), st.sampled_from(["人", "家", "份"]))
def test_whole_numbers_lose_nothing(value: int, measure: str) -> None:
    said = say_value(value, measure)
    assert int(said.removesuffix(measure).replace(",", "").replace("−", "-")) == value


@given(st.floats(-1, 1, allow_nan=False))
def test_a_change_and_its_opposite_have_the_same_size(change: float) -> None:
    assert sign_change(change, "%", 1).lstrip("+−") == sign_change(-change, "%", 1).lstrip("+−")
