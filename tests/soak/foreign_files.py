"""Files that somebody may or may not send in, for the small county of two townships."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.access.accounts.test_form_permissions import AIM
from tests.access.conftest import QUARTER
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, town_one, town_two, write_register, write_roster
from tests.lib.scores import score_row, write_scores


@dataclass(frozen=True)
class ForeignFile:
    """A file: what it is, the areas it tells of, and whether a clerk may fill in its form and all of its columns."""

    what: str
    areas: Sequence[str | None]
    spoken: bool
    write: Callable[[Path], Path]


def _both(folder: Path) -> Path:
    sheets = (Form("R01", "甲镇", QUARTER, town_one()), Form("R01", "乙乡", QUARTER, town_two()))
    return write_book(folder / "两镇.xlsx", *sheets)


def _scores(folder: Path, unit: str, reporter: str, **stages: float) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return write_scores(folder, score_row("企业建会", unit, **stages), reporter=reporter)


FOREIGN = (
    ForeignFile("a roster of T01", ["T01"], True, lambda at: write_roster(at, "甲镇", QUARTER, town_one(61))),
    ForeignFile("a roster of T02", ["T02"], True, lambda at: write_roster(at, "乙乡", QUARTER, town_two())),
    ForeignFile("rosters of both", ["T01", "T02"], True, _both),
    ForeignFile("the register", [None], False, write_register),
    ForeignFile("points T01 gives itself", ["T01"], True, lambda at: _scores(at, "甲镇", "甲镇", self=8)),
    ForeignFile("checked points of T01", ["T01"], False, lambda at: _scores(at, "甲镇", "甲镇", self=8, checked=9)),
    ForeignFile("final points of T02", ["T02"], False, lambda at: _scores(at, "乙乡", "乙乡", final=9)),
    ForeignFile("points of the county", [None], False, lambda at: _scores(at, "乙乡", REPORTER, self=9)),
    ForeignFile(
        "targets of T01",
        ["T01"],
        False,
        lambda at: write_book(at / "目标.xlsx", Form("R13", "甲镇", "2008年一季度", [AIM])),
    ),
)
