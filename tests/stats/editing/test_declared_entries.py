"""What a county declares, entry by entry: edits of it come together in any order, and files nobody edits stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.errors import UserError
from stats.catalogue import USUAL_PACKS
from stats.catalogue_declared import Declared
from stats.editing.declared_entries import Contents, changed, edits_between, entries_in, from_text, off_key, to_text
from stats.editing.known_entries import edits_for, edits_to_remove, edits_to_restore, known_entries
from tests.etl.published.declared import OWN, RATE_CODE, VISITS

ALIAS = {"unit": "T01", "alias": "甲镇总工会", "who": "王五", "when": "2026-11-30", "why": "文件上的写法"}
EDITS: tuple[Contents, ...] = (
    {("items", "home_calls"): {"name": "电话人次", "measure": "person_time", "time": "sum", "form": "X01"}},
    {("aliases", "甲镇总工会"): ALIAS},
    {("reporting", "due_days"): 20},
    {("codes/yes_no", "partly"): {"code": "partly", "name": "部分", "aliases": "", "groups": ""}},
    {off_key("indicators", "union_members"): True},
    {("indicators", RATE_CODE): None},
    {("forms", "X02"): {"name": "另一张表"}},
)


@given(st.permutations(EDITS))
def test_edits_of_different_entries_give_the_same_files_in_any_order(order: list[Contents]) -> None:
    together, step = VISITS, VISITS
    for edit in EDITS:
        together = changed(together, edit)
    for edit in order:
        step = changed(step, edit)
    assert step == together == changed(VISITS, {key: one for edit in order for key, one in edit.items()})


@given(st.sets(st.sampled_from(range(len(EDITS)))))
def test_the_edits_between_two_declarations_make_one_of_the_other(chosen: set[int]) -> None:
    after = changed(VISITS, {key: one for number in chosen for key, one in EDITS[number].items()})
    edits = edits_between(VISITS, after)
    assert entries_in(changed(VISITS, edits)) == entries_in(after)
    assert from_text(to_text(edits)) == edits
    assert edits_between(after, after) == {}


def test_a_file_in_which_nothing_is_edited_stays_as_it_was_written() -> None:
    after = changed(VISITS, EDITS[2])
    assert {path: after.files[path] for path in OWN} == OWN
    assert after.files["reporting.yml"] == "due_days: 20\n"
    assert changed(after, {("reporting", "due_days"): None}) == VISITS


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("items.yml", "a: [1"),
        ("items.yml", "home_visited: 5"),
        ("forms/X01.yml", "- 1"),
        ("off.yml", "indicators: union_members"),
        ("codes/yes_no.csv", "code,words\na,b\n"),
        ("x/y.csv", "a,b\n1,2\n"),
    ],
)
def test_what_can_not_be_read_is_told_with_its_file(path: str, text: str) -> None:
    with pytest.raises(UserError, match=f"本级目录的 {path} 读不了"):
        entries_in(Declared(USUAL_PACKS, {path: text}))


def test_entries_know_their_layers_and_are_switched_off_changed_and_put_back() -> None:
    known = known_entries(VISITS)
    built_in, own = known["indicators"]["union_members"], known["indicators"][RATE_CODE]
    assert (built_in.built_in, built_in.own, own.built_in, own.own) == (True, False, False, True)
    off = changed(VISITS, edits_to_remove(built_in))
    assert known_entries(off)["indicators"]["union_members"].off
    again = edits_for("indicators", "union_members", dict(built_in.content), known_entries(off))
    changed_one = known_entries(changed(off, again))["indicators"]["union_members"]
    assert (changed_one.off, changed_one.own, changed_one.built_in) == (False, True, True)
    back = changed(changed(off, again), edits_to_restore(changed_one))
    assert back == VISITS
    assert RATE_CODE not in known_entries(changed(VISITS, edits_to_remove(own)))["indicators"]
