"""What the screens show a clerk of cells: those of his own area's files, and of the others not even the name."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts.roles import Role
from access.acts import NOT_SHOWN
from etl.journal import read_entries
from tests.pages.conftest import OpenPage, words

OWN = "蒋家嘴镇"


@pytest.mark.parametrize(("role", "area", "sees"), [(Role.CLERK, "T01", False), (Role.STAFF, "", True)])
def test_s02_the_cell_of_a_target_is_shown_to_the_countys_own_people(
    open_page: OpenPage, store: Path, role: Role, area: str, sees: bool
) -> None:
    app = open_page(store, "targets.py", role, area)
    app.session_state["document-0"] = True
    app.run()
    assert (NOT_SHOWN in words(app), 'class="sheet"' in words(app)) == (not sees, sees)
    assert sees or _named(app, store) == set()


def test_s02_of_a_score_a_clerk_is_offered_no_cell_of_others(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, "scoring.py", Role.CLERK, "T01")
    assert not app.exception and {name for name in _named(app, store) if OWN not in name} == set()
    assert [one.key for one in app.selectbox if one.key == "score-cell"] == []


@pytest.mark.parametrize("figure", ["union_members", "petition_person_times"])
def test_s02_the_cells_behind_a_figure_are_those_of_ones_own_area(
    open_page: OpenPage, store: Path, figure: str
) -> None:
    app = open_page(store, "trace.py", Role.CLERK, "T01", figure=figure)
    told = [str(value) for frame in app.dataframe for value in frame.value.to_numpy().ravel()]
    others = {entry.name for entry in read_entries(store) if OWN not in entry.name}
    assert not app.exception and others and not [name for name in others if name in told]
    assert _named(app, store) <= {entry.name for entry in read_entries(store) if OWN in entry.name}


def _named(app: AppTest, store: Path) -> set[str]:
    """Return the received files that a page names."""
    said = words(app)
    return {entry.name for entry in read_entries(store) if entry.name in said}
