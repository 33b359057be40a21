"""帮助: every chapter of the handbook is found by those it is for, whole, with its pictures."""

import re
from base64 import b64encode
from pathlib import Path

import pytest

from pages.parts.help.handbook import ADMINISTRATORS, DOCS, FOR, STAFF, HandbookPart, chapters, read_handbook
from pages.parts.help.handbook_page import in_theme, picture_of
from tests.pages.conftest import OpenPage


def test_every_chapter_is_for_somebody_the_page_offers() -> None:
    assert {chapter.whom for chapter in read_handbook()} == set(FOR)
    assert sum(len(chapters(whom)) for whom in FOR) == len(read_handbook())


def test_w69_the_day_of_an_administrator_is_told_apart_from_upkeep() -> None:
    day, upkeep = chapters(ADMINISTRATORS)
    assert (day.title, upkeep.title) == ("管理员日常", "技术维护")
    assert not re.search(r"[A-Za-z`/]{2,}", "".join(part.words for part in day.parts))


def test_nothing_of_the_handbook_is_lost() -> None:
    text = (DOCS / "handbook.md").read_text("utf-8").split("\n## ", 1)[1]
    shown = "".join(part.words for chapter in read_handbook() for part in chapter.parts)
    body = text.split("\n", 1)[1]
    lost = [
        line for line in body.splitlines() if line and not line.startswith(("## ", "<!-- ", "![")) and line not in shown
    ]
    assert lost == []


def test_every_picture_lies_there_in_the_light_theme() -> None:
    pictures = [part.picture for chapter in read_handbook() for part in chapter.parts if part.picture]
    assert pictures
    assert [picture.name for picture in pictures if not picture.is_file()] == []


@pytest.mark.parametrize("whom", FOR)
def test_the_first_chapter_for_somebody_is_shown_and_the_others_are_offered(
    whom: str, open_page: OpenPage, store: Path
) -> None:
    page = open_page(store, "help.py")
    page.button_group(key="help-for").set_value(whom).run()
    assert not page.exception
    titles = [chapter.title for chapter in chapters(whom)]
    assert [option.content for option in page.button_group[1].proto.options] == titles
    assert f"## {titles[0]}" in [one.value for one in page.markdown]


def test_a_chapter_that_does_not_say_for_whom_is_for_those_who_do_the_work(tmp_path) -> None:
    (tmp_path / "handbook.md").write_text("# 手册\n\n## 甲\n<!-- 给领导 -->\n一\n\n## 乙\n二\n![图](a-light.png)\n三\n")
    found = read_handbook(tmp_path / "handbook.md")
    assert [(one.title, one.whom) for one in found] == [("甲", "领导"), ("乙", STAFF)]
    assert [part.words for part in found[1].parts] == ["二", "图", "三"]
    assert found[1].parts[1].picture == tmp_path / "a-light.png"


def test_a_picture_follows_theme_and_width_and_says_what_it_shows() -> None:
    picture = DOCS / "screens" / "upload-desktop-light.webp"
    assert in_theme(picture, "dark").name == "upload-desktop-dark.webp"
    drawn = picture_of(HandbookPart("上报", picture), "dark")
    assert 'alt="上报页面"' in drawn
    for name in ("upload-desktop-dark.webp", "upload-phone-dark.webp"):
        assert b64encode((DOCS / "screens" / name).read_bytes()).decode() in drawn
