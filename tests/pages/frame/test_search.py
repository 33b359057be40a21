"""The search box: on every page, by name, initials or code, and a way to what was searched for."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from access.accounts.roles import Role
from stats.catalogue import Catalogue
from tests.pages.conftest import OpenPage, words


@pytest.mark.parametrize("page", ["", "submissions.py", "help.py"])
def test_what_is_searched_for_can_be_gone_to_from_every_page(page: str, open_page: OpenPage, store: Path) -> None:
    app = open_page(store, page)
    app.text_input(key="search-words").input("rhl").run()
    assert "figure=worker_membership_rate" in words(app) and "职工入会率" in words(app)
    app.text_input(key="search-words").input("岩嘴").run()
    assert "unit=T02" in words(app)
    app.text_input(key="search-words").input("R07").run()
    assert 'href="templates?form=R07"' in words(app) and "帮扶救助发放台账" in words(app)


def test_a_leader_is_led_to_who_reported_a_form(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, role=Role.LEADER)
    app.text_input(key="search-words").input("R07").run()
    assert 'href="submissions"' in words(app) and "templates?" not in words(app)


def test_what_is_not_there_is_said_without_its_signs(open_page: OpenPage, store: Path) -> None:
    app = open_page(store)
    app.text_input(key="search-words").input("<b>没有</b>").run()
    assert "没有名称、拼音首字母或代码像“&lt;b&gt;没有&lt;/b&gt;”的数、单位或报表。" in words(app)


def test_of_many_matches_the_first_are_listed_and_the_rest_counted(open_page: OpenPage, store: Path) -> None:
    app = open_page(store)
    app.text_input(key="search-words").input("工会").run()
    listed = words(app).split('class="matches"')[1].split("</div>")[0]
    assert listed.count('href="unit?') == 8 and "请写得更全" in listed


def test_the_menu_has_at_most_seven_entries_for_figures(catalogue: Catalogue) -> None:
    """总览, 目标完成, 会议材料 and 更多工作 are there beside the boards in front."""
    assert [board.name for board in catalogue.boards.values() if board.front] == ["建会与覆盖", "集体协商", "帮扶资金"]


def test_the_way_keeps_what_the_bar_is_set_to(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, span="2010Q4", against="2009Q4")
    app.text_input(key="search-words").input("rhl").run()
    (way,) = (link for link in re.findall(r'href="(indicator[^"]*)"', words(app)) if "worker_membership_rate" in link)
    kept = parse_qs(unescape(way).partition("?")[2])
    assert (kept["span"], kept["against"]) == (["2010年四季度"], ["上年同期"])
