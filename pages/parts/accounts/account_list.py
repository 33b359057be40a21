"""Accounts, one row each, expandable for what an administrator can change; a new password is shown once."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from access.accounts.owning_area import area_names
from access.accounts.people import Account
from access.accounts.roles import ROLE_NAMES, Role
from base.errors import UserError
from pages.view.foreign_text import Markdown, as_written
from pages.view.person import acts
from pages.view.unit_names import unit_directory

_HANDED_OUT, _ENDED, _REFUSED = "handed-out", "ended", "account-refused"
_ROLES = list(ROLE_NAMES)


def draw_ending() -> None:
    """Draw the button that ends everybody's sessions, and ask before it does."""
    with st.popover("结束所有人的登录", key="end-all"):
        st.write("除了您自己，所有人马上退出，没有收下的文件不会留下。发现有人冒用账号时用。")
        st.button("都结束", type="primary", key="end-everybody", on_click=_try, args=(_end,))


def draw_handed_out() -> None:
    """Show a password that was just created, once, and what was ended or refused."""
    if (ended := st.session_state.pop(_ENDED, None)) is not None:
        st.success(f"已经结束 {ended:d} 处登录。")
    if made := st.session_state.pop(_HANDED_OUT, None):
        st.success(f"{as_written(made[0])} 的密码（只显示这一次，哪里也不保存，第一次登录时要换成自己的）：")
        st.code(made[1], language=None)
    if refused := st.session_state.pop(_REFUSED, None):
        st.warning(as_written(refused), icon=":material/info:")


def draw_first_passwords(accounts: Sequence[Account]) -> None:
    """Say in red which administrators still have the password that was handed out, and how it is changed."""
    kept = [account for account in accounts if account.role == Role.ADMIN and _keeps_first_password(account)]
    if kept:
        names = "、".join(account.name for account in kept)
        st.error(
            f"管理员 {as_written(names)} 还没有换过密码，知道第一个密码的人都能进来。"
            "请本人用它登录一次，按提示换成自己的；密码找不到了，点开这个账号，点“换发密码”；不用的账号请停用。",
            icon=":material/key:",
        )


def draw_new_account() -> None:
    """Draw the fields of a new account."""
    with st.container(horizontal=True, key="new-names"):
        st.text_input("登录名", key="new-name", max_chars=40, help="字母、数字或汉字，中间不留空", width=240)
        st.text_input("姓名", key="new-shown", max_chars=20, help="记入收退记录，不能和别人重名", width=240)
    _choose_role("new", Role.STAFF, "")
    st.button("新建", type="primary", key="add-account", on_click=_add)


def draw_account(account: Account) -> None:
    """Draw an account: the person, the role, and what can be changed."""
    with st.expander(_label(account), key=f"account-{account.id}", on_change="rerun") as row:
        if row.open:
            _draw_changes(account)


def _label(account: Account) -> Markdown:
    area = area_names(unit_directory()).get(account.area, account.area)
    states = (
        "已停用" if account.stopped else "",
        "用动态口令" if account.second_factor else "",
        _say_declares(account),
    )
    aside = "　".join(filter(None, (account.role_name, area, *states, "示例账号" if account.sample else "")))
    unchanged = "　:red[**还没有换过密码**]" if _keeps_first_password(account) else ""
    return Markdown(
        f"**{as_written(account.shown)}**　{as_written(account.name)}　:gray[{as_written(aside)}]{unchanged}"
    )


def _say_declares(account: Account) -> str:
    return "可以改目录" if account.declares and account.role == Role.STAFF else ""


def _keeps_first_password(account: Account) -> bool:
    return account.must_change and not account.stopped and not account.sample


def _draw_changes(account: Account) -> None:
    key, name = str(account.id), account.name
    _choose_role(key, Role(account.role), account.area)
    with st.container(horizontal=True, key=f"change-{key}"):
        st.button("改角色", key=f"role-{key}", on_click=_try, args=(lambda: acts().set_role(name, *_chosen(key)),))
        if account.stopped:
            st.button("恢复", key=f"start-{key}", on_click=_try, args=(lambda: acts().start_account(name),))
        else:
            st.button("停用", key=f"stop-{key}", on_click=_try, args=(lambda: acts().stop_account(name),))
        if not account.sample:
            st.button("换发密码", key=f"password-{key}", on_click=_try, args=(lambda: _renew(name),))
        if account.role == Role.STAFF:
            words = "不再让他改目录" if account.declares else "让他改目录"
            allow = partial(_try, lambda: acts().allow_catalogue(name, not account.declares))
            st.button(words, key=f"declare-{key}", on_click=allow, help="管理员本来就可以改目录")
        if account.second_factor:
            drop = partial(_try, lambda: acts().remove_second_factor(name))
            st.button("取消动态口令", key=f"code-{key}", on_click=drop, help="手机丢了时用；要先核实是本人")
        if not account.sample:
            st.button("结束登录", key=f"end-{key}", on_click=_try, args=(lambda: _end(name),))
        if account.subject:
            st.button("解除认证绑定", key=f"unbind-{key}", on_click=_try, args=(lambda: acts().unbind_account(name),))


def _choose_role(key: str, role: Role, area: str) -> None:
    areas = area_names(unit_directory())
    with st.container(horizontal=True, key=f"roles-{key}"):
        chosen = st.selectbox(
            "角色", _ROLES, index=_ROLES.index(role), format_func=ROLE_NAMES.__getitem__, key=f"as-{key}", width=240
        )
        if chosen is Role.CLERK:
            at = list(areas).index(area) if area in areas else None
            st.selectbox(
                "哪个乡镇、园区或系统", list(areas), index=at, format_func=areas.__getitem__, key=f"of-{key}",
                placeholder="请选择", width=240,
            )  # fmt: skip


def _chosen(key: str) -> tuple[Role, str]:
    return st.session_state[f"as-{key}"], str(st.session_state.get(f"of-{key}") or "")


def _add() -> None:
    name, shown = (str(st.session_state[field]) for field in ("new-name", "new-shown"))
    _try(lambda: _hand_out(name, acts().add_account(name, shown, *_chosen("new"))))


def _renew(name: str) -> None:
    _hand_out(name, acts().renew_password(name))


def _end(name: str = "") -> None:
    st.session_state[_ENDED] = acts().end_visits(name)


def _hand_out(name: str, password: str) -> None:
    st.session_state[_HANDED_OUT] = name, password


def _try(act: Callable[[], None]) -> None:
    """Run an act, and keep its error for the next run of the page."""
    try:
        act()
    except UserError as error:
        st.session_state[_REFUSED] = str(error)
