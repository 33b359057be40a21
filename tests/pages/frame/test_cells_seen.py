"""What the screens show a clerk of cells: those of his own area's files, and of the others not even the name."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts.roles import Role
from access.acts import NOT_SHOWN, Acts
from etl.intake import load_paths
from etl.journal import read_entries
from etl.journal.objections import object_to
from stats.catalogue import load_catalogue
from stats.exports.workbook.scores import scores_xlsx
from stats.scoring import score_units
from stats.warehouse import open_warehouse
from tests.lib.county import town_one, town_two, union_row, write_register, write_roster
from tests.lib.few import few_at_first
from tests.lib.office import texts_of
from tests.lib.people import session_for
from tests.lib.scores import SCHEME, score_row, write_scores
from tests.pages.conftest import OpenPage, words
from tests.pages.screens.test_upload import drop

OWN = "蒋家嘴镇"
LAST_TIME = re.compile(r"上次 \d+ 处")
BASIS, REMARK = "走访记录第三页", "档案缺签字"
RECORDS = [
    (board.code, panel.code) for board in load_catalogue().boards.values() for panel in board.panels
    if panel.kind == "records"
]  # fmt: skip


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


@pytest.mark.parametrize(("role", "area", "sees"), [(Role.CLERK, "T01", False), (Role.STAFF, "", True)])
def test_s02_why_points_were_given_is_told_to_who_may_see_the_cells(
    open_page: OpenPage, tmp_path: Path, role: Role, area: str, sees: bool
) -> None:
    filed = write_scores(
        tmp_path, score_row("困难职工档案", unit="乙乡", self=7, checked=6, basis=BASIS, remark=REMARK)
    )
    load_paths([write_register(tmp_path), write_roster(tmp_path, "甲镇", "2010年四季度", town_one()), filed], tmp_path)
    app = open_page(tmp_path, "scoring.py", role, area, scored="乙乡")
    assert not app.exception and "困难职工档案" in words(app)
    assert (BASIS in words(app), REMARK in words(app)) == (sees, sees)
    warehouse = open_warehouse(tmp_path)
    catalogue = load_catalogue()
    told = texts_of(scores_xlsx(score_units(warehouse, catalogue, catalogue.scheme(SCHEME)), "", None if sees else ()))
    warehouse.close()
    assert (BASIS in "".join(told)) == sees


# Boards are one script, and their lists one: a few show what the soak shows of all.
LISTING = sorted({board for board, _ in RECORDS})


@pytest.mark.parametrize("board", few_at_first(LISTING, LISTING[::3]))
def test_s02_a_row_of_a_list_shows_a_clerk_no_cell_of_others(open_page: OpenPage, store: Path, board: str) -> None:
    """For staff the same rows lead to their sheets, else this would pass on lists without any."""
    shown = {role: _picked(open_page, store, board, role) for role in (Role.STAFF, Role.CLERK)}
    assert shown[Role.STAFF] and {told.count('class="sheet"') for told in shown[Role.STAFF]} == {1}
    for told in shown[Role.CLERK]:
        assert NOT_SHOWN in told and 'class="sheet"' not in told
        assert {entry.name for entry in read_entries(store) if OWN not in entry.name and entry.name in told} == set()


def _picked(open_page: OpenPage, store: Path, board: str, role: Role) -> list[str]:
    """Return what a board says once the first row of a list is picked, for each of its lists: then none is empty."""
    app, told = open_page(store, board, role, "T01" if role is Role.CLERK else "", span="2008Q1..2011Q2"), []
    for panel in [panel for one, panel in RECORDS if one == board]:
        app.session_state[f"rows-{panel}"] = _rows([0])
        told.append(words(app.run()))
        assert not app.exception
        app.session_state[f"rows-{panel}"] = _rows([])
    return told


def _rows(picked: list[int]) -> dict[str, dict[str, list[int]]]:
    """Return the state of a table in which these rows are picked."""
    return {"selection": {"rows": picked, "columns": [], "cells": []}}


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


def test_s02_a_clerk_is_shown_the_objections_of_his_own_area(open_page: OpenPage, tmp_path: Path) -> None:
    load_paths([write_register(tmp_path)], tmp_path / "store")
    for unit, why in (("T01", "档案已经补齐"), ("T02", "资料交过了")):
        object_to(tmp_path / "store", SCHEME, unit, "archives", why, "某人")
    app = open_page(tmp_path / "store", "scoring.py", Role.CLERK, "T01")
    assert not app.exception and "档案已经补齐" in words(app) and "资料交过了" not in words(app)
    assert app.selectbox(key="objection-unit").options == ["甲镇"]
    staff = open_page(tmp_path / "store", "scoring.py", Role.STAFF)
    assert "资料交过了" in words(staff) and staff.selectbox(key="objection-unit").options == ["甲镇", "乙乡"]


@pytest.mark.parametrize(("role", "area", "sees"), [(Role.CLERK, "T01", False), (Role.STAFF, "", True)])
def test_s02_the_file_of_anothers_return_is_not_named(
    open_page: OpenPage, tmp_path: Path, role: Role, area: str, sees: bool
) -> None:
    name = "乙乡内部.xlsx"
    files = [write_register(tmp_path), write_roster(tmp_path, "甲镇", "2008年一季度", town_one(), name="甲镇.xlsx"),
             write_roster(tmp_path, "乙乡", "2008年一季度", town_two(), name=name)]  # fmt: skip
    load_paths(files, tmp_path / "store")
    app = open_page(tmp_path / "store", "unit.py", role, area, unit="乙一厂工会")
    assert not app.exception and ("✓ 已收下" in words(app), name in words(app)) == (sees, sees)


def test_s02_what_went_before_is_told_of_ones_own_files_alone(open_page: OpenPage, tmp_path: Path) -> None:
    files = [write_register(tmp_path), write_roster(tmp_path, "甲镇", "2008年一季度", town_one(), name="甲镇.xlsx")]
    load_paths(files, tmp_path / "store")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "报表.xlsx").write_bytes(b"no workbook")
    other = Acts(tmp_path / "store", session_for(tmp_path / "store", Role.CLERK, "T02"))
    other.take_in([tmp_path / "theirs" / "报表.xlsx"])
    own = [union_row("甲一厂工会", "约三百", 25)]
    for role, area in ((Role.CLERK, "T01"), (Role.STAFF, "")):
        sent = write_roster(tmp_path / role, "甲镇", "2008年二季度", own, name="报表.xlsx")
        app = drop(open_page(tmp_path / "store", "upload.py", role, area), sent)
        assert "退回" in words(app) and not LAST_TIME.search(words(app))
    with_same_name = drop(open_page(tmp_path / "store", "upload.py", Role.CLERK, "T02"), sent)
    assert not LAST_TIME.search(words(with_same_name))
