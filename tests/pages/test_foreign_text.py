"""Text that is not ours stands in labels and choices as it was written, whatever it holds."""

import pytest
from markdown_it import MarkdownIt

from pages.shared.foreign_text import as_written

FOREIGN = [
    "![](/sign-out)[请点此](https://example.invalid)", "**粗**_斜_`码`", ":red[红] :material/close: :smile:", "$x^2$",
    "# 题", "<b>粗</b>", "1. 一", "三季度（报）-2.xlsx",
]  # fmt: skip


@pytest.mark.parametrize("text", FOREIGN)
def test_s06_a_text_from_a_file_is_no_markdown(text: str) -> None:
    (line, *_) = [token for token in MarkdownIt().parse(as_written(text)) if token.type == "inline"]
    assert {child.type for child in line.children or []} <= {"text", "text_special"}
    assert "".join(child.content for child in line.children or []) == text


def test_s06_signs_of_streamlit_lose_their_meaning() -> None:
    assert as_written(":red[红]") == "\\:red\\[红\\]"
