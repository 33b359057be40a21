"""Reading a draft: a Word file, a text file or pasted text as paragraphs."""

from base.errors import UserError
from base.zip_guard import OLE
from stats.claims.draft_files.draft_model import DraftText
from stats.claims.draft_files.plain_draft import decode_draft, read_text
from stats.claims.draft_files.word_draft import read_word

LONGEST = 600_000  # characters; some six hundred pages
_NOT_TEXT = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片"}
_ASK = "请另存为 .docx，或者把文字复制到 .txt 里再来"


def read_draft(content: bytes) -> DraftText:
    """Return a draft read from a file, by its content alone. Raises UserError for one that can't be read."""
    kind = next((name for begin, name in _NOT_TEXT.items() if content.startswith(begin)), "")
    if kind:
        raise UserError(f"这是{kind}文件，读不出文字。{_ASK}。")
    return _of_usual_length(
        read_word(content) if content.startswith((b"PK", OLE)) else read_text(decode_draft(content))
    )


def read_pasted(text: str) -> DraftText:
    """Return pasted text as a draft. Raises UserError for one that is too long."""
    return _of_usual_length(read_text(text))


def is_word(content: bytes) -> bool:
    """Return whether a draft came as a Word file."""
    return content.startswith(b"PK")


def _of_usual_length(draft: DraftText) -> DraftText:
    if sum(len(paragraph.text) for paragraph in draft.paragraphs) > LONGEST:
        raise UserError(f"文稿超过 {LONGEST // 10_000} 万字。请分成几份再来。")
    return draft
