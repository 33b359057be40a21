"""账号管理: who may sign in, as what, for which area; for administrators."""

import streamlit as st

from access.accounts import accounts
from access.accounts.roles import Action
from pages.parts.accounts.account_list import (
    draw_account,
    draw_ending,
    draw_first_passwords,
    draw_handed_out,
    draw_new_account,
)
from pages.shared.heading import draw_finding, draw_part
from pages.view.person import acts
from store.builds import store_path


def show() -> None:
    acts().permit(Action.MANAGE)
    listed = accounts(store_path())
    stopped = sum(account.stopped for account in listed)
    draw_finding(
        f"共 {len(listed)} 个账号" + (f"，其中停用 {stopped} 个" if stopped else ""),
        "停用和换密码立即生效，正在用的也会退出。",
    )
    draw_first_passwords(listed)
    draw_handed_out()
    with st.expander("新建账号", key="new-account", expanded=len(listed) == 1):
        draw_new_account()
    draw_part("全部账号", "点开改角色、换发密码、停用")
    draw_ending()
    for account in listed:
        draw_account(account)


show()
