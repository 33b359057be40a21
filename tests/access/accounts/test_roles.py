"""What each role may: the table, and that nothing outside of it is ever allowed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.accounts.people import Account, Person
from access.accounts.roles import ACTION_WORDS, ALLOWED, OF_OWN_AREA, ROLE_NAMES, Action, Role, demand, may
from base.errors import UserError

ACCOUNT = Account(
    id=1, name="a", shown="甲", role="", area="T01", must_change=False, stopped=False, sample=False, made_at=0
)  # fmt: skip
AREAS = st.sampled_from(["T01", "T02", "P01"])
TOUCHED = st.none() | st.lists(AREAS | st.none(), max_size=3)
ROLES = st.sampled_from([*Role, "", "root", "Admin"])


@pytest.mark.property
@given(ROLES, AREAS | st.just(""), st.sampled_from(Action), TOUCHED)
def test_nothing_is_allowed_that_the_table_does_not_allow(
    role: str, area: str, action: Action, touched: list[str | None] | None
) -> None:
    if may(role, area, action, touched):
        assert role in set(Role) and action in ALLOWED[Role(role)]
        if role == Role.CLERK:
            assert area
            if touched is not None and action in OF_OWN_AREA:
                assert touched and set(touched) == {area}


@pytest.mark.property
@given(ROLES, AREAS | st.just(""), st.sampled_from(Action), TOUCHED)
def test_what_is_not_allowed_is_refused_in_a_sentence(
    role: str, area: str, action: Action, touched: list[str | None] | None
) -> None:
    if may(role, area, action, touched):
        demand(role, area, action, touched)
    else:
        with pytest.raises(UserError, match="。$"):
            demand(role, area, action, touched)


@pytest.mark.parametrize("action", Action)
def test_who_has_no_role_or_a_clerk_no_area_may_do_nothing(action: Action) -> None:
    assert not may("", "T01", action) and not may("clerk", "", action)


def test_a_leader_reads_and_changes_nothing_of_the_figures() -> None:
    changing = {Action.UPLOAD, Action.CONFIRM, Action.MATCH, Action.WITHDRAW, Action.FORGET, Action.PREPARE}
    assert not changing & ALLOWED[Role.LEADER]


def test_only_an_administrator_manages_accounts() -> None:
    assert [role for role in Role if may(role, "T01", Action.MANAGE)] == [Role.ADMIN]


def test_the_catalogue_is_changed_by_administrators_and_those_of_staff_who_were_allowed() -> None:
    assert [role for role in Role if may(role, "T01", Action.DECLARE)] == [Role.ADMIN]
    for role in Role:
        allowed = Person("0", replace(ACCOUNT, role=role, declares=True), "password")
        assert allowed.may(Action.DECLARE) == (role in (Role.STAFF, Role.ADMIN))
        assert not Person("0", replace(ACCOUNT, role=role), "password").may(Action.DECLARE) or role is Role.ADMIN


def test_every_role_and_action_has_its_words_and_its_line() -> None:
    assert set(ROLE_NAMES) == set(Role) == set(ALLOWED) and set(ACTION_WORDS) == set(Action)
