"""A speech before it is read out is pasted, seen through, asked about, corrected and taken away."""

from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Page, expect

from stats.claims.draft_files import read_draft
from tests.browser.conftest import OpenAddress, english_on
from tests.lib.dashboard.drawn import await_drawn

pytestmark = pytest.mark.browser

SPEECH = "三年来，全县职工会员38142人。慰问金1.5万元、慰问品2.4万元，共计4.8万元。\n甲镇\t12\n合计\t13"
RULES = {"resultTypes": ["violations"]}


def test_a_speech_is_pasted_seen_asked_about_corrected_and_taken_away(visit: OpenAddress) -> None:
    page = visit(f"/papers?part={quote('讲稿核数')}&span=2008Q1..2010Q4")
    page.locator(".st-key-draft-text textarea").fill(SPEECH)
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.locator(".draft")).to_contain_text("38142人✕ 与数据不符")
    faults = Axe().run(page, options=RULES).response["violations"]
    assert [fault["id"] for fault in faults if fault["impact"] in ("serious", "critical")] == []
    assert english_on(page) == []
    page.locator(".draft").get_by_role("button", name="38142人").click()
    expect(page.get_by_role("dialog")).to_contain_text("369格相加得38,124人，与读数一致")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="改为38124人").click()
    expect(page.locator(".draft ins")).to_have_text("38124人")
    await_drawn(page)
    marked = _taken(page, "带批注的文稿（Word）")
    comments = [comment.text for comment in Document(BytesIO(marked)).comments]
    assert any("应是38,124人" in text and "引用号：" in text for text in comments)
    assert "会员38124人" in read_draft(marked).paragraphs[0].text
    assert "38124人" in _taken(page, "改好的文字").decode("utf-8-sig")
    assert _taken(page, "清单（Excel）").startswith(b"PK")


def _taken(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def test_the_day_of_a_speech_says_which_year_is_meant(visit: OpenAddress) -> None:
    """去年 is no year in a speech that bears no date; of a day in 2009 it is 2008."""
    page = visit(f"/papers?part={quote('讲稿核数')}&span=2008Q1..2010Q4")
    page.locator(".st-key-draft-text textarea").fill("2010年工作总结\n去年末，全县职工会员31847人。")
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.locator(".draft")).not_to_contain_text("31847人✓")
    page.locator(".st-key-draft-on").get_by_role("spinbutton").first.click()
    page.keyboard.type("20090630", delay=30)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="核对", exact=True).click()
    await_drawn(page)
    expect(page.locator(".draft")).to_contain_text("31847人✓")
