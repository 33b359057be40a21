"""A marked draft as LibreOffice opens it: with all its text, and every comment at its number."""

from pathlib import Path

from docx import Document

from stats.claims.answers.draft_notes import DraftNote
from stats.claims.answers.marked_word import mark_word
from stats.claims.checks import check_draft
from stats.claims.draft_files import read_draft
from tests.lib.files.drafts import draft_of_everything
from tests.lib.office import converted


def test_a_marked_draft_opens_with_its_text_and_its_comments(tmp_path: Path) -> None:
    content = draft_of_everything()
    numbers = [phrase for phrase in check_draft(read_draft(content)).phrases if phrase.is_figure]
    notes = [DraftNote(each.place, (f"核对{each.text}", "相符")) for each in numbers]
    files = {"plain": content, "marked": mark_word(content, notes)}
    for name, written in files.items():
        (tmp_path / f"{name}.docx").write_bytes(written)
    plain, marked = converted([tmp_path / f"{name}.docx" for name in files], tmp_path / "saved", "docx")
    texts = [comment.text for comment in Document(str(marked)).comments]
    assert [each.text for each in numbers if not any(f"核对{each.text}\n相符" in text for text in texts)] == []
    before, after = (
        [paragraph.text for paragraph in read_draft(file.read_bytes()).paragraphs] for file in (plain, marked)
    )
    assert before == after
