"""A store of an earlier format that is brought up has every figure, reference and frozen score as before."""

from contextlib import closing
from pathlib import Path
from shutil import copytree
from typing import Any

import duckdb
import pytest

from base import china_days
from base.periods import parse_span
from etl.intake import load_paths
from etl.journal.frozen_scores import frozen_scores
from etl.pipeline.freeze import freeze
from etl.pipeline.upgrade import upgrade
from stats.catalogue_in_force import catalogue_under
from stats.figures.elements.figure_model import Selection, Source
from stats.organisations import organisations
from stats.papers.cited_figures import register
from stats.papers.compose import compose_text
from stats.papers.recheck import figures_of, recite
from stats.readings import read_units
from stats.scoring import score_units
from stats.warehouse import open_warehouse
from store.builds import STORE_VERSION, current_build
from tests.lib.county import town_one, town_two, write_register, write_roster
from tests.lib.scores import SCHEME, score_row, write_scores

FEW = ("2010Q4", "2009Q4..2010Q4", "2010")
MANY = (*FEW, "2008..2010", "2011Q2", "2009Q3", "2010Q3..2011Q2")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    files = [
        write_register(tmp_path),
        write_roster(tmp_path, "甲镇", "2009年四季度", town_one(20)),
        write_roster(tmp_path, "甲镇", "2010年四季度", town_one(75)),
        write_roster(tmp_path, "乙乡", "2010年四季度", town_two()),
        write_scores(tmp_path, score_row("困难职工档案", self=7, checked=6)),
    ]
    assert load_paths(files, tmp_path / "store").count("accepted") == len(files)
    return tmp_path / "store"


def test_a_store_brought_up_says_what_it_said(small: Path) -> None:
    demand_the_same(small, FEW, "one_page")


@pytest.mark.soak
def test_the_sample_county_brought_up_says_what_it_said(store: Path, tmp_path: Path) -> None:
    demand_the_same(copytree(store, tmp_path / "county"), MANY, "work_report")


def demand_the_same(store: Path, spans: tuple[str, ...], outline: str) -> None:
    """Register a paper, freeze scores, bring the store up from the format before, and compare all that it says."""
    with closing(open_warehouse(store)) as warehouse:
        catalogue = catalogue_under(warehouse)
        county = next(one.code for one in organisations(warehouse) if not one.parent)
        view = Selection(county, parse_span("2010"))
        brief = compose_text(Source(warehouse, catalogue), catalogue.outline(outline), view)
        cited = figures_of(brief, warehouse, catalogue)
    register(store, brief.title, cited, "李四")
    freeze(store, SCHEME, china_days.today(), "办公室")
    before = told(store, spans)
    age(store)
    done = upgrade(store, "管理员")
    assert done and not done.left_out
    assert told(store, spans) == before
    with closing(open_warehouse(store)) as warehouse:
        catalogue = catalogue_under(warehouse)
        recited = recite(store, warehouse, catalogue, [registered for registered, _ in cited])
    assert recited and not [one.registered.ref for one in recited if one.corrected is not False]


def age(store: Path) -> None:
    """Make the build in force into one of the format before, which lacks what came with this one."""
    path = current_build(store)
    assert path
    with duckdb.connect(str(path)) as connection:
        for table in ("core.own_total", "core.stands", "core.kept_total", "mart.own_total", "mart.own_part"):
            connection.execute(f"drop table {table}")
        connection.execute("update core.build set store_version = $version", {"version": STORE_VERSION - 1})


def told(store: Path, spans: tuple[str, ...]) -> dict[str, Any]:
    """Return every reading of every organisation, the scores now and those that are frozen."""
    with closing(open_warehouse(store)) as warehouse:
        catalogue = catalogue_under(warehouse)
        units = [one.code for one in organisations(warehouse)]
        return {
            **{span: read_units(warehouse, catalogue, units, parse_span(span)) for span in spans},
            "scores": score_units(warehouse, catalogue, catalogue.scheme(SCHEME)),
            "frozen": frozen_scores(store, SCHEME),
        }
