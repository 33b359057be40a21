"""A clerk may fill in only the forms and columns that are declared for clerks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from access.accounts.roles import Role
from access.acts import Acts
from base.errors import UserError
from etl.intake import ACCEPTED, load_paths
from etl.journal import read_entries
from stats.catalogue import Catalogue
from stats.catalogue.models import Form as Declared
from tests.access.conftest import QUARTER
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, town_one, write_register, write_roster
from tests.lib.people import session_for
from tests.lib.scores import score_row, write_scores

AIM: Row = {
    "indicator": "union_members",
    "unit": "甲镇",
    "year": 2008,
    "comparator": "≥",
    "value": 1,
    "measure": "人",
    "document": "示例文件",
    "owner": "组织部",
    "due": "2008-12-31",
    "date": "2008-02-01",
}
OWN_LEDGERS = ("R02", "R03", "R05", "R07", "R08", "R09", "R10", "R14", "R15", "R16", "R17")


@pytest.fixture
def clerk(county_store: Path) -> Acts:
    """What the clerk of T01 may do."""
    return Acts(county_store, session_for(county_store, Role.CLERK, "T01"))


def refused(clerk: Acts, store: Path, path: Path, *says: str) -> None:
    """See that a file is refused with these words before and when it is taken in, and that nothing is noted of it."""
    before = read_entries(store)
    [(judged, fits)] = clerk.judge([path])
    assert not fits and judged.findings
    told = "".join(finding.sentence() for finding in judged.findings)
    with pytest.raises(UserError) as error:
        clerk.take_in([path])
    assert str(error.value) in told
    assert [word for word in says if word not in told] == []
    assert read_entries(store) == before


@pytest.mark.parametrize(
    ("stages", "column"),
    [
        ({"self": 8, "checked": 8}, "（复核分）"),
        ({"final": 10}, "（核定分）"),
        ({"checked": 0}, "（复核分）"),
        ({"self": 8, "checked": 9.5, "final": 10}, "（核定分）"),
    ],
)
def test_s01_a_clerk_fills_in_no_points_of_the_checking_stages(
    clerk: Acts, county_store: Path, tmp_path: Path, stages: dict[str, float], column: str
) -> None:
    path = write_scores(tmp_path / "new", score_row("企业建会", **stages), reporter="甲镇")
    refused(clerk, county_store, path, column, "这一栏由县总工会填", "请清空这一栏再报")


def test_s01_one_such_sheet_keeps_out_all_that_is_sent_with_it(clerk: Acts, county_store: Path, tmp_path: Path) -> None:
    roster = Form("R01", "甲镇", QUARTER, town_one(63))
    scores = Form("R18", "甲镇", "2011年一季度", [score_row("企业建会", final=10)])
    refused(clerk, county_store, write_book(tmp_path / "new" / "两张.xlsx", roster, scores), "核定分")
    own = write_roster(tmp_path / "own", "甲镇", QUARTER, town_one(61))
    with pytest.raises(UserError, match="核定分"):
        clerk.take_in([own, write_scores(tmp_path, score_row("企业建会", final=10), reporter="甲镇")])
    assert len(read_entries(county_store)) == 3


def test_s01_a_clerk_says_what_his_township_gives_itself(clerk: Acts, county_store: Path, tmp_path: Path) -> None:
    path = write_scores(tmp_path / "new", score_row("企业建会", self=8), reporter="甲镇")
    assert clerk.take_in([path]).count(ACCEPTED) == 1
    again = write_scores(tmp_path / "new", score_row("企业建会", self=9), reporter="甲镇", name="更正.xlsx")
    assert clerk.take_in([again]).count(ACCEPTED) == 1


def test_s01_a_clerks_own_points_do_not_take_away_what_the_county_filed(
    clerk: Acts, county_store: Path, tmp_path: Path
) -> None:
    filed = write_scores(tmp_path / "new", score_row("企业建会", self=8, checked=5), reporter="甲镇")
    load_paths([filed], county_store)
    path = write_scores(tmp_path / "own", score_row("企业建会", self=10), reporter="甲镇")
    refused(clerk, county_store, path, "县总工会已经报过这一期", "复核分、核定分", "请交给县总工会工作人员")


def _aims(folder: Path) -> Path:
    return write_book(folder / "目标.xlsx", Form("R13", "甲镇", "2008年一季度", [AIM]))


def _no_aims(folder: Path) -> Path:
    return write_book(folder / "目标.xlsx", Form("R13", "甲镇", "2008年一季度", [{"indicator": "无"}]))


def _aims_of_a_union(folder: Path) -> Path:
    return write_book(folder / "目标.xlsx", Form("R13", "甲一厂工会", "2008年一季度", [AIM | {"unit": "甲一厂工会"}]))


@pytest.mark.parametrize("write", [_aims, _no_aims, _aims_of_a_union])
def test_s01_a_clerk_sets_no_targets(
    clerk: Acts, county_store: Path, tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    refused(clerk, county_store, write(tmp_path / "new"), "年度目标任务分解表", "由县总工会填报")


@pytest.mark.parametrize("code", OWN_LEDGERS)
def test_s01_a_ledger_of_the_county_is_the_countys_to_file(
    clerk: Acts, county_store: Path, tmp_path: Path, catalogue: Catalogue, code: str
) -> None:
    key = catalogue.forms[code].columns[0].code
    path = write_book(tmp_path / "new" / "台账.xlsx", Form(code, "甲镇", QUARTER, [{key: "无"}]))
    refused(clerk, county_store, path, catalogue.forms[code].name, "由县总工会填报")


@pytest.mark.parametrize("role", [Role.STAFF, Role.ADMIN])
def test_s01_the_countys_own_people_file_all_of_it(county_store: Path, tmp_path: Path, role: Role) -> None:
    acts = Acts(county_store, session_for(county_store, role))
    files = [
        write_scores(tmp_path / "new", score_row("企业建会", self=8, checked=8, final=8)),
        write_book(tmp_path / "new" / "目标.xlsx", Form("R13", REPORTER, "2008年一季度", [AIM | {"value": 40}])),
        write_register(tmp_path / "new"),
    ]
    assert all(fits for _, fits in acts.judge(files))
    assert acts.take_in(files[:2]).count(ACCEPTED) == 2


def test_s01_who_speaks_follows_to_whom_a_form_is_assigned(catalogue: Catalogue) -> None:
    """A form of the county alone is no clerk's, unless what is the county's in it is kept from him column by column."""
    for form in catalogue.forms.values():
        of_county = set(form.assigned.level) == {"county"}
        assert ("clerk" in form.speaks) == (not of_county or bool(form.kept_from("clerk"))), form.code


def test_s01_a_column_is_not_spoken_by_who_may_not_send_in_its_form(catalogue: Catalogue) -> None:
    declared = catalogue.forms["R13"].model_dump(exclude_defaults=True)
    declared["columns"][0]["spoken_by"] = ["clerk"]
    with pytest.raises(ValueError, match="speaks"):
        Declared.model_validate(declared)
