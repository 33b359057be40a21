"""A county small enough to check by hand: two townships, five unions, one quarter or more."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from etl.intake import load_paths
from tests.lib.books import Form, Row, write_book

REPORTER = "示例县总工会"
UNITS: list[Row] = [
    {"unit_code": "COUNTY", "unit_name": REPORTER, "level": "县总工会", "status": "在册", "effective": "2008-01-01"},
    *(
        {
            "unit_code": code,
            "unit_name": name,
            "level": "乡镇",
            "parent": "COUNTY",
            "cluster": "东片",
            "status": "在册",
            "effective": "2008-01-01",
        }
        for code, name in (("T01", "甲镇"), ("T02", "乙乡"))
    ),
    *(
        {
            "unit_code": code,
            "unit_name": name,
            "level": "基层工会",
            "parent": parent,
            "category": category,
            "org_type": "单一",
            "status": "在册",
            "effective": "2008-01-01",
        }
        for code, name, parent, category in (
            ("T01001", "甲一厂工会", "T01", "私营"),
            ("T01002", "甲二厂工会", "T01", "国有"),
            ("T01003", "甲中学工会", "T01", "事业"),
            ("T02001", "乙一厂工会", "T02", "私营"),
            ("T02002", "乙政府工会", "T02", "机关"),
        )
    ),
]


def write_register(folder: Path, *more: Row) -> Path:
    """Write the register of the small county, with additional rows if given."""
    return write_book(folder / "单位名册.xlsx", Form("R00", REPORTER, "2008年一季度", [*UNITS, *more]))


def begin_store(store: Path) -> Path:
    """Make a store that has taken the register in and nothing else: a copy of one that is loaded once a process."""
    return shutil.copytree(_made(_take_register) / "store", store, dirs_exist_ok=True)


def _take_register(folder: Path) -> None:
    assert load_paths([write_register(folder)], folder / "store").count("accepted") == 1


def copy_of(make: Callable[[Path], object], folder: Path) -> Path:
    """Put into a folder what `make` writes into one, and return the store in it: made once a process, then copied."""
    shutil.copytree(_made(make), folder, dirs_exist_ok=True)
    return folder / "store"


@cache
def _made(make: Callable[[Path], object]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="mingshu-made-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make(folder)
    return folder


def write_changes(folder: Path, period: str, *rows: Row) -> Path:
    """Write a later register return that contains only the changes."""
    return write_book(folder / f"单位变动{period}.xlsx", Form("R00", REPORTER, period, list(rows)))


def union_row(name: str, members: int, workers: int, **other: Any) -> Row:
    """Return one union's row of the R01 roster."""
    row: Row = {
        "union": name,
        "org_type": "单一",
        "category": "私营",
        "industry": "制造业",
        "scale": "否",
        "covered": 1,
        "workers": workers,
        "workers_women": 0,
        "workers_migrant": 0,
        "members": members,
        "members_women": 0,
        "members_migrant": 0,
        "cadres_full": 0,
        "cadres_part": 1,
        "legal_person": "是",
        "audit": "是",
        "women_org": "否",
        "account": "否",
        "standardized": "否",
    }
    return row | other


def write_roster(folder: Path, town: str, period: str, rows: list[Row], name: str = "", **options: Any) -> Path:
    """Write a township's R01 roster for one quarter."""
    return write_book(folder / (name or f"{town}{period}.xlsx"), Form("R01", town, period, rows, **options))


def town_one(members: int = 50) -> list[Row]:
    """Return the three unions of 甲镇; the first has the given number of members."""
    return [
        union_row("甲一厂工会", members, 100),
        union_row("甲二厂工会", 30, 40, category="国有"),
        union_row("甲中学工会", 20, 20, category="事业"),
    ]


def town_two() -> list[Row]:
    """Return the two unions of 乙乡."""
    return [union_row("乙一厂工会", 10, 25), union_row("乙政府工会", 8, 8, category="机关")]
