"""Whatever a person, a file or an address says is shown as it was written: it leads nowhere and fetches nothing."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import OpenAddress
from tests.browser.test_upload import drop
from tests.contracts.source import ROOT
from tests.lib.county import town_two, write_roster
from tests.lib.dashboard.drawn import await_drawn, follow
from tests.lib.dashboard.watched import APART, Watched, open_all
from tests.lib.marked import FILE, PERSON, SIGNS, TOWN, UNION
from tests.lib.server import start
from tests.pages.frame.test_addresses import PARAMETERS

pytestmark = pytest.mark.browser

OF_ONE = ("", "goals", "indicator", "unit", "trace", "show")  # the pages looked at once more for one organisation
TOWN_AND_UNION = (["T02"], pytest.param(["T02", "T02001"], marks=pytest.mark.soak))
# The pages of the gate to which two pages lead, beside those of the menu.
OWN = {
    "/my-account": ("/password", "/second-factor", "/sign-out", "/sign-out/others"),
    "/leave": ("/sign-out", "/sign-out/others"),
}
# Each way in which Streamlit reads words, with the same words in all of them.
SCRIPT = """
import streamlit as st
from pages.view.foreign_text import as_written

for number, text in enumerate(WRITTEN):
    said = as_written(text)
    with st.container(key=f"row{number}"):
        st.warning(said)
        st.caption(said)
        st.progress(0.5, text=said)
        st.button(said, key=f"button{number}")
        st.text_input(said, key=f"field{number}")
        st.checkbox(said, key=f"box{number}")
        st.radio("选", [text], format_func=as_written, key=f"radio{number}")
        st.pills("选", [text], format_func=as_written, key=f"pill{number}")
        st.expander(said)
        st.tabs([said])
        st.metric(said, "选")
"""
WRITTEN = (
    SIGNS, FILE, "https://example.invalid/x，见www.example.invalid", "<https://example.invalid>", "a.b@example.invalid",
    "[点](javascript:alert(1))", "[x]: /y 一[x]", ":smile: :+1:", ":material/close:", ":streamlit:", "$x^2$ $$y$$",
    ":red[红] :blue-badge[蓝] :small[小]", "a -> b <- c <-> d -- e >= f <= g ~= h", "# 题", "1. 一", "- 一",
    "> 引", "~~删~~ ~x~", "|a|b|", "`码` ```码```", "*斜* **粗** _斜_ __粗__", "&amp; &lt; &#58;", "<!-- 注 -->字",
    "报表:合计:数 10:30", "\\\\ \\*",
)  # fmt: skip
READ = """row => [...row.querySelectorAll('[data-testid="stMarkdownContainer"]')]
  .filter(one => one.textContent !== '选')
  .map(one => one.querySelector('a, img, em, strong, code, del, h1, li, blockquote, table, .katex, [role=img]')
    ? one.innerHTML : one.textContent)"""


def test_s06_no_text_is_read_as_anything_but_itself(browser: Browser, tmp_path: Path) -> None:
    script = tmp_path / "shown.py"
    script.write_text(f"WRITTEN = {WRITTEN!r}\n{SCRIPT}", encoding="utf-8")
    with start(tmp_path, script, PYTHONPATH=str(ROOT)) as (address, _):
        page = browser.new_page()
        page.goto(address)
        page.get_by_test_id("stMetric").nth(len(WRITTEN) - 1).wait_for()
        shown = [page.locator(f".st-key-row{number}").evaluate(READ) for number in range(len(WRITTEN))]
        page.close()
    assert {len(texts) for texts in shown} == {10}
    wrong = {
        text: set(texts) - {text} for text, texts in zip(WRITTEN, _whole(shown), strict=True) if {*texts} != {text}
    }
    assert wrong == {}


def _whole(shown: list[list[str]]) -> list[list[str]]:
    return [[text.replace(APART, "") for text in texts] for texts in shown]


@pytest.mark.parametrize("organisations", TOWN_AND_UNION, ids=len)
def test_s06_no_page_makes_a_link_or_a_request_of_what_others_wrote(
    visit: OpenAddress, marked: str, paths: list[str], walked: list[str], organisations: list[str], tmp_path: Path
) -> None:
    page = visit(marked + "/help")
    watched = Watched(page, marked)
    for number, path in enumerate(_addresses(walked)):
        if number < 2:  # an address of no page shows 总览, and so does the first page
            page.goto(marked + path)
            await_drawn(page)
        else:
            follow(page, marked + path)
        if path.startswith("/upload"):
            drop(page, write_roster(tmp_path, f"谁家{SIGNS}", "2008年一季度", town_two(), f"{FILE}.xlsx"))
            page.get_by_test_id("stExpander").wait_for()
        open_all(page)
        watched.look(page, path, {*paths, "/", *OWN.get(path.partition("?")[0], ())})
    for path in _of_one_organisation(organisations):
        follow(page, marked + path)
        open_all(page)
        watched.look(page, path, {*paths, "/"})
    assert (watched.wrong, watched.elsewhere, watched.signed_out) == ({}, [], [])
    typed = (f"链接里的“{SIGNS}”", f"理由：{SIGNS}", f"申诉：{SIGNS}", f"采纳：答复：{SIGNS}", f"登录名“{SIGNS[:64]}”")
    for text in (TOWN, UNION, FILE, PERSON, f"谁家{SIGNS[:40]}", *typed):
        assert text in watched.said, text
    page.goto(f"{marked}/my-account")
    await_drawn(page)  # still signed in


def _addresses(paths: list[str]) -> Iterator[str]:
    """Yield an address that has the signs for a page, then every page with them in all its parameters."""
    yield f"/{quote(SIGNS, safe='')}"
    everything = urlencode(dict.fromkeys(PARAMETERS, SIGNS))
    yield from (f"{path}?{everything}" for path in paths)


def _of_one_organisation(organisations: list[str]) -> Iterator[str]:
    """Yield the pages for organisations whose names hold the signs, no page after itself."""
    yield from (f"/{name}?unit={code}" for code in organisations for name in OF_ONE)
    yield "/submissions?area=T02"
