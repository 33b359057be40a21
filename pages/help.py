"""帮助: the handbook, a chapter at a time, those of one's own work first."""

import streamlit as st

from access.accounts.people import Person
from access.accounts.roles import Role
from pages.parts.help.handbook import ADMINISTRATORS, CLERKS, FOR, LEADERS, STAFF, Chapter, chapters
from pages.parts.help.handbook_page import draw_chapter
from pages.shared.heading import draw_finding
from pages.view.foreign_text import as_written
from pages.view.person import person


def show() -> None:
    draw_finding("怎么用：选您的身份，再选要看的一章", "这里的说明不用联网，和随程序附带的手册是同一份。")
    whom = st.segmented_control(
        "您是", FOR, default=_whom(person()), required=True, key="help-for", bind="query-params"
    )
    draw_chapter(choose(chapters(whom or _whom(person()))))


def _whom(viewer: Person) -> str:
    return {Role.LEADER: LEADERS, Role.CLERK: CLERKS, Role.ADMIN: ADMINISTRATORS}.get(Role(viewer.account.role), STAFF)


def choose(offered: list[Chapter]) -> Chapter:
    """Draw the choice of a chapter; return the chosen one, at first the first."""
    titles = [chapter.title for chapter in offered]
    chosen = st.pills(
        "章节", titles, default=titles[0], required=True, label_visibility="collapsed", format_func=as_written
    )
    return offered[titles.index(chosen)] if chosen in titles else offered[0]


show()
