"""References: the same figure has the same one, a slip of the pen is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from stats.papers.references import REFERENCE, is_reference, reference, references_in

WORDS = st.text(min_size=1, max_size=12)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_reference_is_short_and_always_the_same(subject: str, unit: str, span: str, build: str) -> None:
    found = reference(subject, unit, span, build)
    assert REFERENCE.fullmatch(found) and is_reference(found)
    assert found == reference(subject, unit, span, build)


def test_another_figure_unit_span_or_build_has_another_reference() -> None:
    told = ["union_orgs", "COUNTY", "2010Q4", "12"]
    others = [[*told[:place], told[place] + "x", *told[place + 1 :]] for place in range(4)]
    assert len({reference(*one) for one in [told, *others]}) == 5


@given(st.integers(0, 9), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_noticed(place: int, letter: str) -> None:
    found = reference("union_orgs", "COUNTY", "2010Q4", "12")
    if place != 4 and letter != found[place]:
        assert not is_reference(found[:place] + letter + found[place + 1 :])


def test_references_are_found_in_a_text_each_once() -> None:
    one, other = reference("a", "b", "c", "1"), reference("a", "b", "c", "2")
    assert references_in(f"会员38,124人〔{one}〕，工会369家〔{other}〕，再说一遍〔{one}〕；编号2010-12345不算") == [
        one,
        other,
    ]
