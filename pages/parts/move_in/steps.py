"""The steps of moving in: what each is, how far it is, and the page it is done on."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from access.accounts import accounts
from etl.intake import ACCEPTED
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import as_written
from pages.view.links import TEMPLATES_PAGE, UPLOAD_PAGE
from pages.view.receipts import receipts_seen
from store.builds import current_build, store_path


@dataclass(frozen=True, kw_only=True)
class MoveInStep:
    """A step: its name, what it is for, how far it is in words, whether it is done, and where it is done.

    `page` is "" for what is done here.
    """

    name: str
    purpose: str
    state: str
    done: bool
    page: str = ""
    link: str = ""


def steps_now() -> list[MoveInStep]:
    """Return the steps in their order, as they stand in the store."""
    begun = current_build(store_path()) is not None
    accepted = sum(entry.what == ACCEPTED for entry in receipts_seen(store_path())) if begun else 0
    return [_register(begun), _forms(), _data(accepted), _accounts()]


def _register(begun: bool) -> MoveInStep:
    return MoveInStep(
        name="单位名册",
        purpose="县总工会下面有哪些乡镇、园区、系统和基层工会",
        state="已建好" if begun else "还没有建",
        done=begun,
    )


def _forms() -> MoveInStep:
    return MoveInStep(
        name="报表",
        purpose="收哪些表；县里自己的表，有了单位名册就在这里照样立，也可以在“目录”里加",
        state=f"现有 {len(catalogue_now().forms)} 张",
        done=True,
        page="catalogue.py",
        link="去目录 ›",
    )


def _data(accepted: int) -> MoveInStep:
    later = accepted - 1  # the first file is the register
    return MoveInStep(
        name="第一批数据",
        purpose="各单位报来的表；空表在“下发模板”",
        state=f"已收下 {later} 份" if later > 0 else "还没有收",
        done=later > 0,
        page=UPLOAD_PAGE if accepted else TEMPLATES_PAGE,
        link="去上报 ›" if accepted else "看空表 ›",
    )


def _accounts() -> MoveInStep:
    others = sum(not account.stopped for account in accounts(store_path())) - 1
    return MoveInStep(
        name="账号",
        purpose="谁能看、谁来报、谁来管",
        state=f"除您以外 {others} 个" if others > 0 else "只有您一个",
        done=others > 0,
        page="accounts.py",
        link="去账号管理 ›",
    )


def draw_steps(steps: Sequence[MoveInStep], following: MoveInStep | None) -> None:
    """Draw the steps, each with its state in sign and words, and the way to where it is done."""
    for number, step in enumerate(steps, start=1):
        sign = "✓ 已完成" if step.done else "▶ 下一步" if step is following else "○ 未做"
        with st.container(horizontal=True, vertical_alignment="center", key=f"step-{number}"):
            st.html(
                f"<p><b>{number}. {escape(step.name)}</b>　{sign}　{escape(step.state)}<br>"
                f"<small>{escape(step.purpose)}</small></p>"
            )
            if step.page:
                st.page_link(step.page, label=as_written(step.link))
