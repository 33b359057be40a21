"""Text that is not ours stands in labels and choices as it was written, whatever it holds."""

import pytest
from markdown_it import MarkdownIt

from pages.view.foreign_text import as_written

FOREIGN = [
    "![](/sign-out)[请点此](https://example.invalid)", "**粗**_斜_`码`", ":red[红] :material/close: :smile:", "$x^2$",
    "# 题", "<b>粗</b>", "1. 一", "三季度（报）-2.xlsx", "~~删~~ ~x~", "| a | b |", "&amp; &#58;", "- 一", "> 引",
]  # fmt: skip
APART = "\u2060"


@pytest.mark.parametrize("text", FOREIGN)
def test_s06_a_text_from_a_file_is_no_markdown(text: str) -> None:
    (line, *_) = [token for token in MarkdownIt().parse(as_written(text)) if token.type == "inline"]
    assert {child.type for child in line.children or []} <= {"text", "text_special"}
    assert "".join(child.content for child in line.children or []).replace(APART, "") == text


@pytest.mark.parametrize(
    "text",
    [
        "https://example.invalid", "HTTP://example.invalid", "见www.example.invalid。", "mailto:a.b-c@example.invalid",
        ":streamlit:", "a->b", "a<-b", "a<->b", "a--b", "a>=b", "a<=b", "a~=b",
    ],
)  # fmt: skip
def test_s06_what_becomes_another_thing_even_escaped_is_parted_where_nobody_sees_it(text: str) -> None:
    """Streamlit looks for addresses, arrows and a picture of its own after the escapes are gone."""
    assert APART in as_written(text) and as_written(text).replace(APART, "").replace("\\", "") == text


@pytest.mark.parametrize("text", ["10:30", "2008-2010", "a/b", "三季度：报", "www", "1=1"])
def test_s06_an_ordinary_text_is_not_parted(text: str) -> None:
    assert APART not in as_written(text)


@pytest.mark.parametrize("text", ["    四格", "\t制表", "一\r    二", "一\n\n    二", "一\u2028\t二", "一  \n二"])
def test_s06_neither_blanks_nor_lines_make_a_block_of_a_text(text: str) -> None:
    tokens = MarkdownIt().parse(as_written(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(tokens[1].content.split()) == "".join(text.split())


def test_s06_signs_of_streamlit_lose_their_meaning() -> None:
    assert as_written(":red[红]") == "\\:red\\[红\\]"
