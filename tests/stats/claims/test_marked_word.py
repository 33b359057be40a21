"""A marked copy is the same file with comments: its text and format stay, and it is read back as the same numbers."""

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from lxml import etree

from stats.claims.answers.draft_notes import DraftNote
from stats.claims.answers.marked_word import mark_word
from stats.claims.answers.text_as_word import marked_copy
from stats.claims.checks import check_draft
from stats.claims.draft_files import read_draft
from tests.lib.files.drafts import draft_of_everything
from tests.lib.files.word import W, parts, root_of, text_of, write_word

ANCHORS = ("commentRangeStart", "commentRangeEnd", "commentReference")


@pytest.fixture(scope="module")
def draft() -> bytes:
    return draft_of_everything()


def notes_on(content: bytes, instead: str = "") -> list[DraftNote]:
    numbers = [phrase for phrase in check_draft(read_draft(content)).phrases if phrase.is_figure]
    return [DraftNote(phrase.place, (f"核对：{phrase.text}", "相符"), instead) for phrase in numbers]


def figures(content: bytes) -> list[tuple[str, int]]:
    return [(each.text, each.place.paragraph) for each in check_draft(read_draft(content)).phrases]


def bare(root: etree._Element, ours: set[str]) -> bytes:
    """Return a part without our anchors, and with neighbouring runs of one format joined."""
    root = deepcopy(root)
    for anchor in [each for name in ANCHORS for each in root.iter(f"{W}{name}") if each.get(f"{W}id") in ours]:
        gone = anchor if anchor.tag != f"{W}commentReference" else anchor.getparent()
        gone.getparent().remove(gone)
    for empty in [run for run in root.iter(f"{W}r") if not len(run)]:
        empty.getparent().remove(empty)
    for run in [*root.iter(f"{W}r")]:
        before = run.getprevious()
        if before is not None and before.tag == run.tag and look(before) == look(run):
            before.extend(child for child in [*run] if child.tag != f"{W}rPr")
            run.getparent().remove(run)
            for text, more in [*pairs_of_texts(before)]:
                more.text = (text.text or "") + (more.text or "")
                before.remove(text)
    for text in root.iter(f"{W}t"):
        text.attrib.clear()
    return etree.tostring(root, method="c14n", exclusive=True)


def look(run: etree._Element) -> bytes:
    form = run.find(f"{W}rPr")
    return b"" if form is None else etree.tostring(form, method="c14n", exclusive=True)


def pairs_of_texts(run: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    for text in run.findall(f"{W}t"):
        following = text.getnext()
        if following is not None and following.tag == text.tag:
            yield text, following


def comment_texts(content: bytes) -> dict[str, list[str]]:
    comments = root_of(content, "word/comments.xml").iter(f"{W}comment")
    return {each.get(f"{W}id"): ["".join(p.itertext()) for p in each.iter(f"{W}p")] for each in comments}


def commented(content: bytes) -> dict[str, str]:
    """Return the text between the anchors of each comment of the body."""
    root, inside, texts = root_of(content), set[str](), dict[str, str]()
    for element in root.iter():
        if element.tag == f"{W}commentRangeStart":
            inside.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            inside.discard(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            texts |= {number: texts.get(number, "") + (element.text or "") for number in inside}
    return texts


def test_the_marked_copy_is_the_same_file_with_comments(draft: bytes) -> None:
    marked = mark_word(draft, notes_on(draft))
    before, after = parts(draft), parts(marked)
    ours = set(comment_texts(marked)) - set(comment_texts(draft))
    assert len(ours) == len(notes_on(draft)) == 12
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"word/document.xml", "word/comments.xml"}
    assert bare(root_of(draft), ours) == bare(root_of(marked), ours)
    assert text_of(marked) == text_of(draft)
    assert figures(marked) == figures(draft)
    assert comment_texts(draft).items() <= comment_texts(marked).items()


def test_each_comment_stands_at_its_number(draft: bytes) -> None:
    marked = mark_word(draft, notes_on(draft))
    placed, texts = commented(marked), comment_texts(marked)
    own = {tuple(lines): placed.get(number, "") for number, lines in texts.items() if "相符" in lines}
    for number in ("38124人", "1.2万人", "198.6万元", "369家", "44700人", "1000人次", "3万元", "300户", "46件"):
        whole = {"300户": "慰问300户", "46件": "调解46件"}.get(number, number)  # a field and a control stay whole
        assert own[(f"核对：{number}", "相符")] == whole
    for lines in (("文本框：98%",), ("脚注：12家",), ("页眉页脚：38124人",)):
        assert any(text[:1] == lines for text in own), lines


def test_a_file_without_comments_gets_their_part_and_its_links() -> None:
    content = write_word("会员38124人。")
    marked = mark_word(content, notes_on(content))
    assert {name for name in parts(marked) if parts(content).get(name) != parts(marked)[name]} == {
        "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml",
    }  # fmt: skip
    (comment,) = Document(BytesIO(marked)).comments
    assert (comment.author, comment.text) == ("明数", "核对：38124人\n相符")


def test_a_suggestion_is_a_tracked_change_of_the_same_format() -> None:
    def add(document: Any) -> None:
        document.add_paragraph().add_run("会员38142人，").bold = True

    content = write_word(add=add)
    marked = mark_word(content, notes_on(content, "38124人"))
    root = root_of(marked)
    assert ["".join(each.itertext()) for each in root.iter(f"{W}del")] == ["38142人"]
    assert [each.text for each in root.iter(f"{W}t")] == ["会员", "38124人", "，"]
    (new,) = root.iter(f"{W}ins")
    assert new.get(f"{W}author") == "明数" and new.find(f"{W}r/{W}rPr/{W}b") is not None
    assert [text for text, _ in figures(marked)] == ["38124人"]


def test_a_suggestion_is_not_put_across_other_changes(draft: bytes) -> None:
    marked = mark_word(draft, notes_on(draft, "1"))
    assert "捐款3万元" in text_of(marked) and len([*root_of(marked).iter(f"{W}del")]) == 7


def test_a_marked_copy_can_be_marked_again(draft: bytes) -> None:
    once = mark_word(draft, notes_on(draft))
    again = mark_word(once, notes_on(once))
    assert figures(again) == figures(draft) and len(comment_texts(again)) == 25


def test_a_draft_that_came_as_text_is_made_a_word_file_with_the_same_numbers() -> None:
    text = "讲话\n会员38142人。\n乡镇\t\t会员\n甲镇\t\x01\t128人\n投入198.6\n万元。"
    content = text.encode()
    marked = marked_copy(content, read_draft(content), notes_on(content, "1人"), "讲话")
    placed = {lines[0]: commented(marked)[number] for number, lines in comment_texts(marked).items()}
    assert placed == {"核对：38142人": "1人", "核对：128人": "1人", "核对：198.6\n万元": "1人"}
