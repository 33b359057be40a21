"""What papers look like is what the screen looks like, and words on slides keep to their room."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.exports.slides.slide_text import height_of, largest_size, lines_of, part
from stats.exports.style.house_style import ACCENT, COLOURS
from stats.exports.style.printable import printable
from stats.exports.style.proof_text import join_short
from tests.contracts.source import ROOT


def test_papers_have_the_colours_of_the_light_theme() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]["light"]
    assert list(COLOURS.series) == theme["chartCategoricalColors"][:6]
    named = {"ink": "textColor", "grey": "grayTextColor", "edge": "borderColor", "soft": "secondaryBackgroundColor",
             "ground": "backgroundColor", "met": "greenTextColor", "behind": "redTextColor"}  # fmt: skip
    assert {mine: getattr(COLOURS, mine) for mine in named} == {mine: theme[its] for mine, its in named.items()}
    assert theme["primaryColor"] == ACCENT


def test_a_long_title_is_made_smaller() -> None:
    box = (870.0, 68.0)
    assert largest_size(["工会组织369家"], (28, 20, 14), box) == 28
    assert largest_size(["工会组织三百六十九家" * 8], (28, 20, 14), box) == 20
    assert largest_size(["工会组织三百六十九家" * 99], (28, 20, 14), box) == 14


@given(st.lists(st.floats(1, 200), max_size=30), st.floats(50, 400))
def test_parted_rows_are_all_there_in_order_and_fit(heights: list[float], room: float) -> None:
    groups = part(list(range(len(heights))), heights, room)
    assert [row for group in groups for row in group] == list(range(len(heights)))
    assert all(len(group) == 1 or sum(heights[row] for row in group) <= room + 1e-6 for group in groups)


@given(st.text("甲乙a1 ", max_size=200), st.sampled_from([9, 12, 28]), st.floats(100, 900))
def test_smaller_letters_never_take_more_room(text: str, size: int, width: float) -> None:
    assert lines_of(text, size - 1, width) <= lines_of(text, size, width)
    assert height_of([text], size - 1, width) <= height_of([text], size, width)


@pytest.mark.parametrize("most", [4, 10, 100])
def test_short_lines_are_joined_and_none_is_lost(most: int) -> None:
    lines = ["单位：甲", "时间：乙", "口径：" + "丙" * 30, "来源：丁"]
    assert "　".join(join_short(lines, most)) == "　".join(lines)


def test_what_no_file_can_hold_is_left_out() -> None:
    assert printable(("甲\x07镇", ("\ud800x", 1))) == ("甲镇", ("x", 1))
    kept = ("甲镇", 1)
    assert printable(kept) is kept
