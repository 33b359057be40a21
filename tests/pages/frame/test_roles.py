"""Pages as each role sees them: what is offered, and that nothing is shown to who has not signed in."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from access.accounts import add_account, find_account, set_role, stop_account
from access.accounts.roles import Role
from pages.view.receipts import receipts
from stats.catalogue import load_catalogue
from store.engine import writing
from store.schema import account
from tests.lib.county import town_one, town_two, union_row, write_roster
from tests.lib.people import NAMES, session_for
from tests.lib.scores import score_row, write_scores
from tests.pages.conftest import OpenPage, new_app, words
from tests.pages.screens.test_upload import _add_foreign_sheet, drop, press, rows

QUARTER = "2008年一季度"
DECIDING = {"确认", "撤回", "删除原件"}


@pytest.fixture
def county(towns: Path) -> Path:
    """A store in which both townships have reported."""
    return towns


def test_without_the_gate_before_it_no_page_shows_anything(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGSHU_STORE", str(county))
    for user in ({}, {"session": ""}, {"session": "0" * 32}, {"session": "测试管理员"}):
        app = new_app()
        app.user.update(user)
        app.run()
        assert "请重新登录" in app.warning[0].value and not app.get("html") and not app.selectbox


def test_a_session_that_ended_shows_no_more(open_page: OpenPage, county: Path) -> None:
    app = open_page(county, role=Role.LEADER)
    assert "会员" in words(app)
    stop_account(county, "测试领导")
    app.run()
    assert "请重新登录" in app.warning[0].value and "会员" not in words(app)


def test_the_person_is_read_once_a_run_and_again_in_the_next(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGSHU_STORE", str(county))
    app = AppTest.from_function(_changes_in_a_run, args=(county,))
    app.user["session"] = session_for(county, Role.STAFF)
    assert [text.value for text in app.run().text] == ["True", "True"]
    assert [text.value for text in app.run().text] == ["False", "False"]


def _changes_in_a_run(store: "Path") -> None:
    import streamlit as st

    from access.accounts import set_role
    from access.accounts.roles import Action, Role
    from pages.view.person import may

    st.text(may(Action.CONFIRM))
    set_role(store, "测试工作人员", Role.LEADER)
    st.text(may(Action.CONFIRM))


def test_a_clerk_without_an_area_sees_nothing(open_page: OpenPage, county: Path) -> None:
    app = open_page(county, role=Role.CLERK, area="T01")
    with writing(county) as connection:
        connection.execute(update(account).where(account.c.name == "测试填报员t01").values(area=""))
    app.run()
    assert "什么也看不到" in app.warning[0].value and not app.get("html")


def test_a_clerk_is_told_which_file_is_not_his_and_nothing_of_it(
    open_page: OpenPage, county: Path, tmp_path: Path
) -> None:
    app = drop(
        open_page(county, "upload.py", Role.CLERK, "T01"),
        write_roster(tmp_path / "new", "乙乡", QUARTER, town_two(), "乙乡.xlsx"),
        write_roster(tmp_path / "new", "甲镇", QUARTER, town_one(61), "甲镇.xlsx"),
    )
    assert "不是本乡镇、园区或系统的：请交给县总工会工作人员" in next(row for row in rows(app) if "乙乡" in row)
    press(app, "上报 1 份")
    assert (receipts(county)[-1].name, receipts(county)[-1].who) == ("甲镇.xlsx", NAMES[Role.CLERK] + "T01")
    app.session_state[next(key for key in _row_keys(app) if key.endswith("foreign"))] = True
    app.run()
    assert [button.label for button in app.button if button.label in ("上报", "先不改，报县总工会看", "撤回这份")] == []
    assert "乙一厂工会" not in words(app) and len(receipts(county)) == 4


def test_s01_a_clerk_is_told_before_and_in_the_file_what_is_the_countys_to_say(
    open_page: OpenPage, county: Path, tmp_path: Path
) -> None:
    page = open_page(county, "upload.py", Role.CLERK, "T01")
    assert "《考核评分表》的复核分、核定分由县总工会填，请留空" in words(page)
    scores = score_row("企业建会", self=8, checked=8)
    app = drop(page, write_scores(tmp_path / "new", scores, reporter="甲镇", name="评分.xlsx"))
    assert "有不由填报员报的内容：请看哪里不能报、怎么改" in rows(app)[0]
    assert "（复核分）" in words(app) and "请清空这一栏再报" in words(app)
    assert not {"上报", "先不改，报县总工会看", "上报，请县总工会核实"} & {button.label for button in app.button}
    assert len(receipts(county)) == 3


def test_a_clerk_notes_what_is_asked_and_leaves_the_answer_to_staff(
    open_page: OpenPage, county: Path, tmp_path: Path
) -> None:
    odd = write_roster(tmp_path / "new", "甲镇", QUARTER, town_one(61), "附表.xlsx")
    _add_foreign_sheet(odd)
    app = drop(open_page(county, "upload.py", Role.CLERK, "T01"), odd)
    assert "待核实" in rows(app)[0] and not app.text_area
    press(app, "上报，请县总工会核实")
    assert receipts(county)[-1].what == "held"


@pytest.mark.parametrize(
    ("role", "area", "seen", "offered"),
    [
        (Role.STAFF, "", 3, DECIDING & {"撤回"}),
        (Role.LEADER, "", 3, set()),
        (Role.CLERK, "T02", 1, set()),
    ],
)
def test_the_receipts_are_those_one_may_see_with_what_one_may_decide(
    open_page: OpenPage, county: Path, role: Role, area: str, seen: int, offered: set[str]
) -> None:
    app = open_page(county, "submissions.py", role, area)
    found = [row.label for row in app.expander]
    assert len(found) == seen and all("乙乡" in label for label in found if role is Role.CLERK)
    for seq in (1, 2, 3):
        app.session_state[f"receipt-{seq}-accepted"] = True
    app.run()
    assert {button.label for button in app.button} & DECIDING == offered
    downloads = [found.proto.label for found in app.get("download_button")]
    assert downloads == ["下载原件"] * seen


def test_a_clerk_follows_his_own_area_whatever_the_address_says(open_page: OpenPage, county: Path) -> None:
    app = open_page(county, "submissions.py", Role.CLERK, "T02")
    assert app.selectbox(key="area").options == ["乙乡"]
    assert "甲一厂工会" not in words(app)


@pytest.mark.parametrize(
    ("role", "page", "title"),
    [
        (Role.LEADER, "upload.py", "上报"),
        (Role.LEADER, "templates.py", "下发模板"),
        (Role.STAFF, "audit.py", "操作记录"),
        (Role.STAFF, "duties.py", "要报的表"),
        (Role.CLERK, "accounts.py", "账号管理"),
        (Role.CLERK, "audit.py", "操作记录"),
    ],
)
def test_who_may_not_open_a_page_is_told_so_and_not_led_elsewhere(
    open_page: OpenPage, county: Path, role: Role, page: str, title: str
) -> None:
    app = open_page(county, page, role, "T01" if role is Role.CLERK else "")
    assert not app.exception and not app.button and not app.file_uploader
    assert f"您的账号不能打开“{title}”" in words(app) and "请管理员改账号的角色" in words(app)


def test_a_clerk_is_spoken_to_as_the_sender(open_page: OpenPage, county: Path, tmp_path: Path) -> None:
    for page, said, not_said in (
        ("upload.py", ("把填好的报表拖到下面", "您还差"), ("收到的报表", "发给对方", "记下")),
        ("submissions.py", ("您还差", "报过的文件", "请填好报来"), ("先催大的", "催报", "收退记录")),
        ("templates.py", ("填好到“上报”报来",), ("下发",)),
    ):
        told = words(open_page(county, page, Role.CLERK, "T02"))
        assert [word for word in said if word not in told] == [], page
        assert [word for word in not_said if word in told] == [], page
    odd = write_roster(tmp_path / "new", "甲镇", QUARTER, [union_row("甲一厂工会", "约三百", 25)], "甲镇.xlsx")  # type: ignore[arg-type]
    app = drop(open_page(county, "upload.py", Role.CLERK, "T01"), odd)
    assert "要改：表“R01”" in rows(app)[0]
    assert "退回单" in [found.proto.label for found in app.get("download_button")]
    assert "电话单" not in [found.proto.label for found in app.get("download_button")]


def test_a_clerk_is_offered_the_blank_forms_of_the_own_area(open_page: OpenPage, county: Path) -> None:
    app = open_page(county, "templates.py", Role.CLERK, "T02")
    assert set(app.selectbox(key="to").options) == {"乙乡", "乙一厂工会", "乙政府工会"}
    app.selectbox(key="form").select("R01").run()
    press(app, "制作这张空表")
    press(app, "制作压缩包")
    with ZipFile(BytesIO(app.session_state["blanks"]["all"][2])) as made:
        assert {name.partition("/")[0] for name in made.namelist()} == {"乙乡"}
    forms = load_catalogue().forms
    assert {forms[code].name for code in ("R01", "R04")} <= set(app.selectbox(key="form").options)
    assert forms["R02"].name not in app.selectbox(key="form").options


def test_an_administrator_hands_out_a_password_once(open_page: OpenPage, county: Path) -> None:
    open_page(county, role=Role.LEADER)
    app = open_page(county, "accounts.py")
    account = find_account(county, "测试领导")
    assert account
    app.session_state[f"account-{account.id}"] = True
    press(app.run(), "换发密码")
    assert len(app.code[0].value) == 19 and "只显示这一次" in app.success[0].value
    assert not app.run().code


def test_a_first_password_never_changed_is_told_in_red_with_the_way_to_change_it(
    open_page: OpenPage, county: Path
) -> None:
    assert not open_page(county, "accounts.py").error
    add_account(county, "admin", "管理员", Role.ADMIN)
    app = open_page(county, "accounts.py")
    assert "admin" in app.error[0].value and "换发密码" in app.error[0].value
    assert [row.label for row in app.expander if ":red[**还没有换过密码**]" in row.label and "管理员" in row.label]


def test_the_last_administrator_cannot_stop_himself(open_page: OpenPage, county: Path) -> None:
    app = open_page(county, "accounts.py")
    account = find_account(county, "测试管理员")
    assert account
    app.session_state[f"account-{account.id}"] = True
    press(app.run(), "停用")
    assert "最后一个管理员" in app.warning[0].value


@pytest.mark.parametrize(
    ("page", "button"), [("accounts.py", "新建"), ("upload.py", None), ("templates.py", "制作压缩包")]
)
def test_a_page_that_is_no_longer_ones_own_is_gone(
    open_page: OpenPage, county: Path, page: str, button: str | None
) -> None:
    app = open_page(county, page)
    offered = [one.label for one in app.button]
    assert button in offered if button else app.file_uploader
    add_account(county, "second", "第二位", Role.ADMIN)
    set_role(county, "测试管理员", Role.LEADER)
    app.run()
    assert not app.exception and not app.file_uploader and button not in [one.label for one in app.button]


def _row_keys(app: AppTest) -> list[str]:
    return [f"row-{sha}-{parcel.state}" for sha, parcel in app.session_state["upload_list"].items()]


@pytest.mark.parametrize("part", ["填讲稿", "查引用号"])
def test_s10_who_may_not_upload_is_offered_no_place_for_a_paper(open_page: OpenPage, county: Path, part: str) -> None:
    told = {}
    for role in (Role.LEADER, Role.STAFF):
        app = open_page(county, "papers.py", role, part=part)
        told[role] = (len(app.file_uploader), "请交给工作人员" in words(app))
    assert told == {Role.LEADER: (0, True), Role.STAFF: (1, False)}
