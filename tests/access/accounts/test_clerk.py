"""A clerk reaches the files of his own area and no others: by no act, no page, no message."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from access.accounts.owning_area import read_units
from access.accounts.roles import Action, Role
from access.acts import Acts
from base.errors import UserError
from base.periods import parse_quarter
from etl.intake import ACCEPTED, RETURNED, load_paths
from etl.journal import read_entries
from stats.organisations import area_of
from tests.access.conftest import QUARTER
from tests.lib.books import Form, write_book
from tests.lib.county import town_one, town_two, union_row, write_register, write_roster
from tests.lib.dashboard.visitor import Visitor, apart
from tests.lib.people import cookie_of, session_for

OWN, OTHER = 2, 3  # receipts: T01's and T02's returns
RETURN_OF_OTHERS = re.compile(r"甲镇2008年一季度\\*\.xlsx")  # its file; a paper on 甲镇 is named much the same


@pytest.fixture
def clerk(county_store: Path) -> Acts:
    """What the clerk of T01 may do."""
    return Acts(county_store, session_for(county_store, Role.CLERK, "T01"))


def test_own_returns_come_in(clerk: Acts, county_store: Path, tmp_path: Path) -> None:
    summary = clerk.take_in([write_roster(tmp_path / "new", "甲镇", QUARTER, town_one(60))])
    assert summary.count(ACCEPTED) == 1
    assert read_entries(county_store)[-1].who == "赵田T01"


@pytest.mark.parametrize(
    "write",
    [
        lambda folder: write_roster(folder, "乙乡", QUARTER, town_two()),
        lambda folder: write_roster(folder, "乙乡", "2008年二季度", town_two()),
        write_register,
        lambda folder: write_book(
            folder / "两张.xlsx",
            Form("R01", "甲镇", "2008年二季度", town_one()),
            Form("R01", "乙乡", "2008年二季度", town_two()),
        ),
        lambda folder: write_roster(folder, "乙乡", QUARTER, [union_row("乙一厂工会", "约三百", 25)]),
    ],
    ids=["the same", "another quarter", "the register", "both areas in one file", "one to be sent back"],
)
def test_returns_of_others_do_not(
    clerk: Acts, county_store: Path, tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    before = _state(county_store)
    foreign = write(tmp_path / "new")
    own = write_roster(tmp_path / "own", "甲镇", QUARTER, town_one(61))
    with pytest.raises(UserError, match="只能上报本乡镇"):
        clerk.take_in([foreign])
    with pytest.raises(UserError, match="只能上报本乡镇"):
        clerk.take_in([own, foreign])
    assert _state(county_store) == before
    assert [fits for _, fits in clerk.judge([foreign])] == [False]


def test_what_nobody_recognises_is_its_senders(clerk: Acts, county_store: Path, tmp_path: Path) -> None:
    (tmp_path / "通知.xlsx").write_bytes(b"no workbook")
    assert clerk.take_in([tmp_path / "通知.xlsx"]).count(RETURNED) == 1
    entry = read_entries(county_store)[-1]
    assert clerk.original(entry).read_bytes() == b"no workbook"
    other = Acts(county_store, session_for(county_store, Role.CLERK, "T02"))
    with pytest.raises(UserError, match="只能看本乡镇、园区或系统报来的原件"):
        other.original(entry)


def test_the_original_of_another_area_is_not_handed_out(clerk: Acts, county_store: Path) -> None:
    register, own, other = read_entries(county_store)
    assert clerk.original(own).is_file()
    for entry in (register, other):
        with pytest.raises(UserError, match="请交给县总工会工作人员"):
            clerk.original(entry)


def test_blank_forms_are_made_for_the_own_area_alone(clerk: Acts, county_store: Path, tmp_path: Path) -> None:
    period = parse_quarter("2008Q2")
    own = clerk.make_template("R01", "T01", period, tmp_path / "甲镇.xlsx")
    assert load_workbook(own).worksheets
    units = read_units(county_store)
    others = [code for code in units if area_of(units, code) != "T01"]
    assert {"county", "town", "union"} <= {units[code].level for code in others}
    for unit in (*others, "T99"):
        with pytest.raises(UserError, match="只能制作本乡镇、园区或系统的空表"):
            clerk.make_template("R01", unit, period, tmp_path / "别处.xlsx")
    assert not (tmp_path / "别处.xlsx").exists()
    assert clerk.make_templates(period, tmp_path / "全部.zip", [], single=True)
    with ZipFile(tmp_path / "全部.zip") as made:
        assert {name.partition("/")[0] for name in made.namelist()} == {"甲镇"}
    leader = Acts(county_store, session_for(county_store, Role.LEADER))
    with pytest.raises(UserError, match="您的账号是领导，不能制作空表"):
        leader.make_templates(period, tmp_path / "领导.zip", [], single=False)


@pytest.mark.parametrize("seq", [OWN, OTHER, 99])
@pytest.mark.parametrize("act", ["confirm", "withdraw", "forget", "match"])
def test_a_clerk_decides_nothing(clerk: Acts, county_store: Path, act: str, seq: int) -> None:
    before = _state(county_store)
    with pytest.raises(UserError, match="您的账号是填报员，不能"):
        getattr(clerk, act)(seq, {} if act == "match" else "理由")
    assert _state(county_store) == before


@pytest.mark.parametrize("role", [Role.LEADER, Role.CLERK])
def test_accounts_are_managed_by_administrators_alone(county_store: Path, role: Role) -> None:
    acts = Acts(county_store, session_for(county_store, role, "T01" if role is Role.CLERK else ""))
    for act in (
        lambda: acts.add_account("new", "新人", Role.ADMIN, ""),
        lambda: acts.set_role("测试领导", Role.ADMIN, ""),
        lambda: acts.renew_password("测试管理员"),
        lambda: acts.stop_account("测试管理员"),
        lambda: acts.start_account("测试管理员"),
        lambda: acts.unbind_account("测试管理员"),
        lambda: acts.allow_catalogue("测试领导", True),
        lambda: acts.edit({("reporting", "due_days"): 1}),
        lambda: acts.take_back(0),
        lambda: acts.import_catalogue(county_store / "x.zip"),
        lambda: acts.try_draft(),
        lambda: acts.publish_draft("理由"),
        lambda: acts.remove_second_factor("测试管理员"),
        lambda: acts.end_visits(),
        lambda: acts.save_view("名", "?unit=T01", True) if role is Role.CLERK else acts.permit(Action.UPLOAD),
    ):
        with pytest.raises(UserError, match="不能"):
            act()


def test_staff_change_the_catalogue_once_they_are_allowed(county_store: Path) -> None:
    staff = Acts(county_store, session_for(county_store, Role.STAFF))
    with pytest.raises(UserError, match="不能改指标目录"):
        staff.draft()
    administrator = Acts(county_store, session_for(county_store, Role.ADMIN))
    administrator.allow_catalogue("测试工作人员", True)
    staff.edit({("reporting", "due_days"): 20})
    assert staff.publish_draft("多给五天").who == "王强" and not staff.draft().edits
    assert administrator.draft().after == 1
    administrator.allow_catalogue("测试工作人员", False)
    with pytest.raises(UserError, match="不能改指标目录"):
        staff.draft()


def test_no_act_without_a_session_that_stands(county_store: Path) -> None:
    for session in ("", "0" * 32):
        with pytest.raises(UserError, match="请重新登录"):
            Acts(county_store, session).permit(Action.VIEW)


def test_no_page_shows_a_clerk_what_is_others(address: str) -> None:
    """Whatever page is asked for, by its address or by the number an administrator's menu gives it."""

    async def go() -> None:
        async with Visitor(address) as administrator:
            await administrator.run()
            pages = list(administrator.pages)
        assert {"accounts", "templates", "submissions", "trace", "unit"} <= {page.url_pathname for page in pages}
        async with Visitor(address, cookie=cookie_of(address, Role.CLERK, "T02")) as clerk:
            await clerk.run()
            for page in pages:
                await clerk.turn_to(page, area="T01", unit="甲镇")
                told = "".join(str(one) for one in clerk.elements)
                assert not RETURN_OF_OTHERS.search(told) and "测试管理员" not in told, page.url_pathname
                if page.url_pathname in ("accounts", "audit"):
                    assert page.url_pathname not in {seen.url_pathname for seen in clerk.pages if not seen.is_hidden}

    apart(go())


def test_staff_see_what_clerks_do_not(address: str) -> None:
    """Else the test above would pass on pages that show nothing."""

    async def go() -> None:
        async with Visitor(address, "/submissions", cookie_of(address, Role.STAFF)) as staff:
            await staff.run()
            assert RETURN_OF_OTHERS.search("".join(str(one) for one in staff.elements))

    apart(go())


def test_the_command_line_asks_for_no_session(county_store: Path, tmp_path: Path) -> None:
    assert load_paths([write_roster(tmp_path / "new", "乙乡", QUARTER, town_two())], county_store)


def _state(store: Path) -> dict[str, str]:
    """Return a hash of everything in a store but of who has signed in."""
    return {
        str(path.relative_to(store)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("inbox", "warehouse")
        for path in sorted((store / folder).rglob("*"))
        if path.is_file()
    } | {"journal": str(read_entries(store))}
