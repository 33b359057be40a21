"""A short attack with every test run: one of every role, everything once; `make soak` goes on for much longer."""

from dataclasses import replace
from pathlib import Path

import pytest

from access.accounts.roles import Role
from tests.lib.dashboard.visitor import apart
from tests.lib.server import serve
from tests.soak.attackers import PEOPLE, Attacked, people
from tests.soak.attacks import ATTACKS, attack

SEED = 14


def test_s01_nothing_succeeds_that_the_table_of_roles_does_not_grant(county_store: Path, tmp_path: Path) -> None:
    with serve(county_store) as address:
        found: Attacked = apart(attack(address, county_store, tmp_path, 0.0, SEED))
    assert found.breaches == []
    assert sum(found.done[one.__name__.strip("_")] for one in ATTACKS) >= len(ATTACKS) * len(PEOPLE)
    assert found.widgets and found.numbers and found.offered  # there was something to reach for
    assert found.done[f"sent in by {Role.ADMIN}"] or found.done[f"sent in by {Role.STAFF}"]


@pytest.mark.soak  # a test of the attack itself, which walks all pages once more
def test_an_attack_that_succeeds_is_seen(county_store: Path, tmp_path: Path) -> None:
    """An administrator who is taken for a leader gets more than a leader may."""
    with serve(county_store) as address:
        impostor = replace(people(address, county_store)[-1], role=Role.LEADER)
        found: Attacked = apart(attack(address, county_store, tmp_path, 0.0, SEED, [impostor]))
    assert [one for one in found.breaches if one.startswith("leader")]
