"""要报的表: a clerk's home says what the own area owes, by when, what came back and why, and whom to ask."""

from pathlib import Path
from shutil import copytree

import pytest

from access.accounts.owning_area import area_names, read_units
from access.accounts.roles import Role
from access.acts import Acts
from base.errors import UserError
from base.periods import parse_quarter
from etl.collection.status import status
from etl.intake import RETURNED, load_paths
from stats.catalogue import load_catalogue
from tests.lib.county import town_one, union_row, write_roster
from tests.lib.people import session_for
from tests.pages.conftest import OpenPage, words

QUARTER = "2008年二季度"


@pytest.fixture(scope="module")
def owing(loaded_towns: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which 甲镇 has reported a second quarter and 乙乡 got its return back. Read only."""
    folder = tmp_path_factory.mktemp("owing")
    store = copytree(loaded_towns, folder / "store")
    poor = [union_row("乙一厂工会", "约三百", 25), union_row("乙政府工会", 8, 8, category="机关")]  # type: ignore[arg-type]
    for file in (write_roster(folder, "甲镇", QUARTER, town_one()), write_roster(folder, "乙乡", QUARTER, poor)):
        load_paths([file], store)
    return store


def test_a_clerk_lands_on_what_his_area_owes_and_by_when(open_page: OpenPage, owing: Path) -> None:
    app = open_page(owing, role=Role.CLERK, area="T02")
    spoken = {form.code for form in load_catalogue().forms.values() if "clerk" in form.speaks}
    owed = status(owing, parse_quarter("2008Q2")).of_area("T02").of_forms(spoken)
    assert not app.exception and owed.missing
    said = words(app)
    assert f"乙乡2008年二季度：应报 {owed.expected} 份，还差 {len(owed.missing)} 份，2008年7月15日前报" in said
    assert f"您还差{len({missing.form for missing in owed.missing})}张表：" in said
    assert "✕ 退回 2 份" in said and "请问" in said and "甲一厂工会" not in said
    blanks = [found.proto.label for found in app.get("download_button")]
    assert blanks.count("空表") == len(owed.lines)


def test_what_came_back_is_told_with_the_reason_and_the_answer(open_page: OpenPage, owing: Path) -> None:
    app = open_page(owing, role=Role.CLERK, area="T02")
    (row,) = app.expander
    assert "退回" in row.label and "乙乡2008年二季度" in row.label.replace("\\", "")
    app.session_state[f"receipt-5-{RETURNED}"] = True
    app.run()
    assert "填的是“约三百”" in words(app)
    assert "退回单" in [found.proto.label for found in app.get("download_button")]


def test_an_area_that_owes_nothing_is_told_of_the_next_quarter(open_page: OpenPage, store: Path) -> None:
    """What the county's staff report of an area is not owed by its clerk."""
    forms = load_catalogue().forms
    spoken = {code for code, form in forms.items() if "clerk" in form.speaks}
    whole = status(store, parse_quarter("2011Q2")).of_forms(spoken)
    names = area_names(read_units(store))
    area = min(area for area in names if not whole.of_area(area).missing)
    said = words(open_page(store, role=Role.CLERK, area=area))
    due = status(store, parse_quarter("2011Q3")).of_area(area).of_forms(spoken)
    assert f"{names[area]}2011年三季度：应报 {due.expected} 份，还差 {len(due.missing)} 份，2011年10月15日前报" in said
    assert "2011年二季度已经报齐。" in said
    assert not [form.name for code, form in forms.items() if code not in spoken and f"《{form.name}》" in said]


def test_nothing_is_owed_before_there_is_a_register(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_page(tmp_path / "none", role=Role.CLERK, area="T01")
    assert not app.exception and "现在没有要报的表" in words(app)


def test_a_clerks_blank_is_that_of_the_page(owing: Path, tmp_path: Path) -> None:
    doing = Acts(owing, session_for(owing, Role.CLERK, "T02"))
    assert doing.make_template("R01", "T02", parse_quarter("2008Q2"), tmp_path / "blank.xlsx").stat().st_size
    with pytest.raises(UserError, match="只能制作本乡镇"):
        doing.make_template("R01", "T01", parse_quarter("2008Q2"), tmp_path / "other.xlsx")


def test_the_years_days_are_told_month_by_month_with_the_way_there(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, "due_days.py", unit="COUNTY")
    app.segmented_control(key="calendar-year").select(2011).run()
    assert not app.exception and not app.error
    said = words(app)
    assert said.count('<details class="month') == 12 and "示例县总工会2011年" in said
    assert "到期的合同" in said and "要换届的工会" in said and "2011年目标" in said
    assert 'href="submissions?quarter=2011Q1"' in said and 'href="goals?unit=' in said
    assert "已过期" in said and "今天是" in said


def test_a_clerk_sees_the_days_of_his_own_area_alone(open_page: OpenPage, owing: Path) -> None:
    app = open_page(owing, "due_days.py", Role.CLERK, area="T02", unit="T01")
    assert not app.exception
    said = words(app)
    assert "乙乡2008年" in said and "甲一厂工会" not in said and ">甲镇<" not in said.split('class="months"')[1]
    spoken = {form.name for form in load_catalogue().forms.values() if "clerk" not in form.speaks}
    assert [name for name in spoken if f"《{name}》" in said] == []
