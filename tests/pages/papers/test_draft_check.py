"""讲稿核数: a speech is pasted, its numbers are marked, what is right is put in; what can't be read is told."""

from pathlib import Path
from shutil import copytree

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts.roles import Role
from stats.claims.draft_files import LONGEST
from tests.lib.files.word import with_part, write_word
from tests.pages.conftest import OpenPage, words

PAGE, PART, SPAN = "papers.py", "讲稿核数", "2008Q1..2010Q4"
DRAFT = "讲话\n\n全县职工会员38142人，新建基层工会135家。慰问金1.5万元、慰问品2.4万元，共计4.8万元。5月1日召开。"


def paste(app: AppTest, text: str) -> AppTest:
    return app.text_area(key="draft-text").set_value(text).run()


def labels(app: AppTest) -> list[str]:
    return [button.proto.label for button in (*app.button, *app.get("download_button"))]


def test_a_pasted_speech_is_marked_and_put_right_with_a_press(open_page: OpenPage, store: Path) -> None:
    app = paste(open_page(store, PAGE, part=PART, span=SPAN), DRAFT)
    page = words(app)
    assert "与数据不符1处，对不上1处" in page and "应是38,124人" in page and "1.5万元加2.4万元是3.9万元" in page
    marked = page.split('<div class="draft"')[1]
    assert 'data-figure="union_members"' in marked and "5月1日召开。" in marked
    assert marked.index("✕ 与数据不符") < marked.index("≠ 对不上")
    assert not [label for label in labels(app) if "改好" in label]
    next(button for button in app.button if button.label == "改为38124人").click().run()
    assert "<del>38142人</del><ins>38124人</ins>" in words(app)
    assert {"带批注的文稿（Word）", "清单（Excel）", "改好的文字"} <= set(labels(app))
    next(button for button in app.button if button.label == "改好后再核一遍").click().run()
    assert app.text_area(key="draft-text").value == DRAFT.replace("38142", "38124")
    assert "与数据不符" not in words(app).split('class="sum"')[1].split("</p>")[0]


def test_a_correction_is_taken_back(open_page: OpenPage, store: Path) -> None:
    app = paste(open_page(store, PAGE, part=PART, span=SPAN), DRAFT)
    next(button for button in app.button if button.label == "改为38124人").click().run()
    next(button for button in app.button if button.label == "撤回修改").click().run()
    assert "<ins>" not in words(app) and "改为38124人" in labels(app)


def test_another_unit_and_span_is_compared_with_its_own_figures(open_page: OpenPage, store: Path) -> None:
    app = paste(open_page(store, PAGE, part=PART, span=SPAN, unit="T01"), "全镇职工会员38124人。")
    assert "38,124" not in words(app).split('class="sum"')[1].split("<h2")[0]


def test_what_a_wording_means_is_asked_once_and_remembered(open_page: OpenPage, store: Path, tmp_path: Path) -> None:
    own = copytree(store, tmp_path / "store")
    app = paste(open_page(own, PAGE, part=PART, span=SPAN), "慰问困难职工1234人。")
    choice = next(box for box in app.selectbox if box.label == "说的是哪个数")
    assert "1处请选定" in app.caption[0].value
    choice.select("hardship_visited_persons").run()
    assert "与数据不符1处" in words(app) and "说的是哪个数" not in [box.label for box in app.selectbox]
    again = paste(open_page(own, PAGE, part=PART, span=SPAN), "去年冬天，慰问困难职工1234人。")
    assert "请选定" not in words(again)
    leader = paste(open_page(own, PAGE, Role.LEADER, part=PART, span=SPAN), "全县发展会员1234人。")
    assert "请选定" in words(leader) and "说的是哪个数" not in [box.label for box in leader.selectbox]


def test_a_final_speech_is_in_the_register_and_a_later_one_is_held_against_it(
    open_page: OpenPage, store: Path, tmp_path: Path
) -> None:
    own = copytree(store, tmp_path / "store")
    assert "还没有用过的数" in open_page(own, PAGE, part="用数台账").info[0].value
    app = paste(open_page(own, PAGE, part=PART, span=SPAN), DRAFT.replace("38142", "38124"))
    app.button(key="draft-close").click().run()
    assert "什么场合" in app.warning[0].value
    app.text_input(key="draft-occasion").set_value("七届三次全委会").run()
    app.button(key="draft-close").click().run()
    later = paste(open_page(own, PAGE, part=PART, span=SPAN), DRAFT)
    assert "和以前说的不一样" in words(later) and "七届三次全委会（讲稿）写的是38124人" in words(later)
    used = open_page(own, PAGE, part="用数台账")
    assert "七届三次全委会" in words(used) and "38124人" in words(used)
    used.text_input(key="used-words").set_value("没有这样的").run()
    assert "用数台账里没有" in used.info[0].value
    leader = paste(open_page(own, PAGE, Role.LEADER, part=PART, span=SPAN), DRAFT)
    assert "列入用数台账" not in labels(leader)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (with_part(write_word("1人"), "word/vbaProject.bin", b"x"), "宏"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"PK\x03\x04broken", "已损坏"),
        ("会员12人。".encode() * 800_000, "兆"),
        ("同志们：".encode(), "没有读到数"),
    ],
    ids=["macros", "password", "broken", "large", "no numbers"],
)
def test_a_file_that_is_no_draft_is_told_in_a_sentence(
    content: bytes, answer: str, open_page: OpenPage, store: Path
) -> None:
    app = open_page(store, PAGE, part=PART, span=SPAN)
    name = "讲稿.docx" if content.startswith((b"PK", b"\xd0")) else "讲稿.txt"
    app.file_uploader(key="draft-file").upload(name, content).run()
    assert answer in "".join(notice.value for notice in (*app.warning, *app.info))
    assert 'class="draft"' not in words(app)


def test_what_is_pasted_may_be_no_longer_than_a_file(open_page: OpenPage, store: Path) -> None:
    app = paste(open_page(store, PAGE, part=PART, span=SPAN), "会" * (LONGEST + 1))
    assert "60 万字" in app.warning[0].value.replace("\\", "")


def test_who_may_not_upload_may_paste(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, Role.LEADER, part=PART, span=SPAN)
    assert not app.get("file_uploader")
    assert "应是38,124人" in words(paste(app, DRAFT))
