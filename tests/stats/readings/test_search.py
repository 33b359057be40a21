"""Search: a figure, an organisation or a form by name, initials or code, the best match first."""

import pytest

from stats.catalogue import Catalogue
from stats.search import SearchEntry, SearchKind, search, searchable
from stats.warehouse import Warehouse


@pytest.fixture(scope="module")
def known(county: Warehouse, catalogue: Catalogue) -> tuple[SearchEntry, ...]:
    return searchable(county, catalogue)


@pytest.mark.parametrize(
    ("words", "kind", "first"),
    [
        ("会员人数", SearchKind.INDICATOR, "工会会员人数"),
        ("ghhyrs", SearchKind.INDICATOR, "工会会员人数"),
        ("GHHYRS", SearchKind.INDICATOR, "工会会员人数"),
        ("union_members", SearchKind.INDICATOR, "工会会员人数"),
        ("岩嘴", SearchKind.ORGANISATION, "岩嘴乡"),
        ("yzx", SearchKind.ORGANISATION, "岩嘴乡"),
        ("t02", SearchKind.ORGANISATION, "岩嘴乡"),
        ("帮扶 台账", SearchKind.FORM, "帮扶救助发放台账"),
        ("R07", SearchKind.FORM, "帮扶救助发放台账"),
    ],
)
def test_a_name_its_initials_and_its_code_lead_to_it(
    words: str, kind: SearchKind, first: str, known: tuple[SearchEntry, ...]
) -> None:
    assert search(words, known)[kind][0].name == first


@pytest.mark.parametrize("words", ["", "   ", "没有这样的名称", "q", "%", "'"])
def test_what_matches_nothing_finds_nothing(words: str, known: tuple[SearchEntry, ...]) -> None:
    assert search(words, known) == {}


def test_every_name_is_found_by_itself(known: tuple[SearchEntry, ...]) -> None:
    assert [one.name for one in known if one not in search(one.code, known).get(one.kind, [])[:1]] == []
