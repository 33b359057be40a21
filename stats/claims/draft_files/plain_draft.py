"""A draft as plain text: a paragraph a line; lines of cells are a table."""

import re
from collections.abc import Iterator

from base.errors import UserError
from base.text_encoding import encoding_of
from base.zip_guard import Refused
from stats.claims.draft_files.draft_model import CellOfDraft, DraftParagraph, DraftText

_LARGEST = 10 << 20  # bytes
_CELLS = re.compile(r"[\t|｜]")
_FRAME = re.compile(r"^\s*[|｜]|[|｜]\s*$")
_RULE = re.compile(r"^[\s|｜:+—=-]*$")
_LEAST_CELLS = 2
_USUAL = re.compile(
    "[\\s -~\u00b0-\u00d7\u2010-\u203b\u2460-\u249b\u25a0-\u25cf\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)
_LEAST_USUAL = 0.9
_MARKUP = re.compile(r"^\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_BROKEN_AFTER = re.compile(r"[\d.,０-９]$")
_BROKEN_BEFORE = re.compile(r"^[\d.,０-９]|^(?:[多余]?[万亿]|[多余]?[个人家名户份场次件项元%％])")


def decode_draft(content: bytes) -> str:
    """Return the text of a file in a usual Chinese encoding. Raises UserError for another one, or for no text."""
    if len(content) > _LARGEST:
        raise UserError(f"文件超过 {_LARGEST >> 20} 兆，不像是文稿。请分成几份再来。")
    try:
        text = content.decode(encoding_of(content)).removeprefix("\ufeff")
    except Refused as refused:
        raise UserError(f"{refused}。请在记事本里另存为 UTF-8 编码再来。") from None
    except UnicodeDecodeError:
        raise UserError("这不是文稿，或者文件已损坏。请换一份 .docx 或 .txt 文件。") from None
    if len(_USUAL.findall(text)) < _LEAST_USUAL * len(text):
        raise UserError("这不是文稿，或者文件已损坏。请换一份 .docx 或 .txt 文件。")
    if _MARKUP.match(text):
        raise UserError("这是网页文件。请把文字复制到 .txt 里再来。")
    return text


def read_text(text: str) -> DraftText:
    """Return pasted text as a draft."""
    paragraphs: list[DraftParagraph] = []
    table, row = -1, -1
    for line in _lines(text):
        cells = _cells(line)
        row = row + 1 if cells else -1
        table += row == 0
        for column, content in enumerate(cells or [line]):
            cell = CellOfDraft(table, row, column) if cells else None
            paragraphs.append(DraftParagraph(len(paragraphs), content, "table" if cell else "body", cell))
    return DraftText(tuple(paragraphs))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that hold something; a line that breaks off within a number, outside a table, goes on."""
    pending = ""
    for line in text.splitlines():
        if "|" in line and _RULE.match(line):  # parts the head of a table from its rows
            continue
        goes_on = _BROKEN_AFTER.search(pending) and _BROKEN_BEFORE.match(line) and not _CELLS.search(pending)
        if pending and not goes_on:
            yield pending
            pending = ""
        pending = f"{pending}\n{line}" if pending else line.strip() and line
    if pending:
        yield pending


def _cells(line: str) -> list[str]:
    """Return the cells of a line of a table, none for a line of text."""
    cells = _CELLS.split(_FRAME.sub("", line))
    return cells if len(cells) >= _LEAST_CELLS and "。" not in line else []
