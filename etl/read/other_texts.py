"""Other texts: what a file holds besides cells: comments, properties, page headers, lists, drawings, caches, names.

Every part of the file is searched, whatever its name, so that nothing can be hidden where nobody looks. Cells stored
among the other texts come up a second time; callers already know them.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import IO

from base.zip_guard import DAMAGED, OLE, Refused, check_members
from etl.read.binary_texts import texts_of_bytes, texts_of_compound, texts_of_records
from etl.read.delimited_text import decode_text

Aside = tuple[str, str]  # the name of the place, and the text

_PLACES = {"comment": "批注", "docprops/": "文件属性", "meta.xml": "文件属性", "workbook.": "定义的名称或工作表的名称",
           "charts/": "图表", "pivot": "数据透视表", "externallinks/": "外部链接", "drawing": "图形里的文字",
           "media/": "图片", "embeddings/": "嵌入的文件", "sharedstrings": "没有显示出来的文字",
           "worksheets/": "页眉页脚、下拉列表、提示或公式", "styles.xml": "页眉页脚或样式",
           "content.xml": "批注、图形、名称或提示", "word/": "文档的文字", "ppt/": "幻灯片的文字"}  # fmt: skip
_ELSEWHERE, _NAMES, _IN_TEXT = "表格以外的部分", "文件里各部分的名称", "网页或文本里没有显示出来的部分"
_MARKUP = (".xml", ".vml", ".rels", ".html", ".htm", ".svg", ".rdf", ".json", ".txt")
_BLOCK = 4 << 20
_DEEPEST = 2  # files within files
_WITHIN = ("r|t|b|i|u|a|em|strong|span|font|rPr|rFont|rFonts|sz|szCs|color|family|charset|scheme|vertAlign|strike|lang|"
           "proofErr|ea|cs|sym|latin|solidFill|srgbClr|schemeClr")  # tags that don't end a word  # fmt: skip
_APART = re.compile(rf"<(?!/?(?:[\w.-]+:)?(?:{_WITHIN})(?![\w:.-]))[^<>]*>")
_LINE = re.compile(r"<(?:[\w.-]+:)?(?:br|tab|cr|s|line-break)(?![\w:.-])[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTES = re.compile(r"""=\s*(?:"([^"<]*)"|'([^'<]*)'|([^\s"'<>=]{11,}))""")
_OPENED = re.compile(r"<!\[CDATA\[|\]\]>")
_REMARK = re.compile(r"<!--|-->|<\?|\?>|<!(?=\[)")
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f_{}\-]{20,}")  # document identifiers written by programs
_APART_SIGN = "Z"
_CELLS_BEGIN, _CELLS_END = re.compile(rb"<(?:\w+:)?sheetData\b"), re.compile(rb"</(?:\w+:)?sheetData\s*>")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def asides(path: Path, wanted: Callable[[str], bool]) -> Iterator[Aside]:
    """Yield the wanted texts of a file besides its cells, each with the name of its place.

    Several texts may come as one, joined by a separator character. A file that can't be opened has none.
    """
    try:
        yield from (aside for aside in _of_file(path.read_bytes(), 0) if wanted(aside[1]))
    except (Refused, *DAMAGED):
        return


def _of_file(content: bytes, depth: int) -> Iterator[Aside]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_members(archive.infolist())
            yield from _of_package(archive, depth)
    elif content.startswith(OLE):
        yield from texts_of_compound(content)
    elif not depth:
        yield from ((_IN_TEXT, text) for text in _of_markup(decode_text(content)) if b"<" in content[:4000])


def _of_package(archive: zipfile.ZipFile, depth: int) -> Iterator[Aside]:
    if archive.comment:
        yield from ((_ELSEWHERE, text) for text in texts_of_bytes(archive.comment))
    for member in archive.infolist():
        yield _NAMES, member.filename
        place, name = _place_of(member.filename.lower()), member.filename.lower()
        with archive.open(member) as part:
            yield from ((place, text) for text in _of_part(part, name, depth))


def _of_part(part: IO[bytes], name: str, depth: int) -> Iterator[str]:
    if name.endswith(_MARKUP):
        sheet = "worksheets/" in name or "macrosheets/" in name
        yield from _of_sheet(part) if sheet else _of_text_part(part)
        return
    content = part.read()
    if content.startswith((b"PK", OLE)) and depth < _DEEPEST:
        yield from (text for _, text in _of_embedded(content, depth + 1))
    elif name.endswith(".bin"):
        yield from texts_of_records(content)
    else:
        yield from texts_of_bytes(content)


def _of_embedded(content: bytes, depth: int) -> Iterator[Aside]:
    try:
        yield from _of_file(content, depth)
    except (Refused, *DAMAGED):
        return


def _place_of(name: str) -> str:
    return next((place for part, place in _PLACES.items() if part in name), _ELSEWHERE)


def _of_sheet(part: IO[bytes]) -> Iterator[str]:
    """Yield the texts of a sheet around its rows, and its formulas; its values are cells."""
    inside = False
    for block in _blocks(part):
        begun = None if inside else _CELLS_BEGIN.search(block)
        start = 0 if inside else begun.start() if begun else len(block)
        ended = _CELLS_END.search(block, start)
        end = ended.end() if ended else len(block)
        inside = (inside or begun is not None) and ended is None
        yield from _of_markup(_decoded(block[:start]))
        yield unescape(_APART_SIGN.join(map(_decoded, _FORMULA.findall(block, start, end))))
        yield from _of_markup(_decoded(block[end:]))


def _of_text_part(part: IO[bytes]) -> Iterator[str]:
    for block in _blocks(part):
        yield from _of_markup(_decoded(block))


def _blocks(part: IO[bytes]) -> Iterator[bytes]:
    """Yield a part in blocks that end after a tag; a part in UTF-16 in one piece, as its tags are not recognised."""
    rest = b""
    while block := part.read(_BLOCK):
        if not rest and block.startswith(_UTF_16):
            yield (block + part.read()).decode("utf-16", errors="replace").encode()
            return
        block = rest + block
        cut = block.rfind(b">") + 1 or (len(block) if len(block) > 2 * _BLOCK else 0)
        yield block[:cut]
        rest = block[cut:]
    yield rest


def _decoded(block: bytes) -> str:
    return block.decode("utf-8", errors="replace")


def _of_markup(text: str) -> Iterator[str]:
    """Yield the texts of attributes and elements; tags that end a text are replaced by a separator character."""
    if "<!" in text or "<?" in text:
        text = _REMARK.sub("<x>", _OPENED.sub("", text))
    texts = _APART_SIGN.join(["".join(parts) for parts in _ATTRIBUTES.findall(text)])
    for words in (texts, _TAG.sub("", _APART.sub(_APART_SIGN, _LINE.sub("\n", text)))):
        yield _HEXADECIMAL.sub(_without_program_number, unescape(words))


def _without_program_number(match: re.Match[str]) -> str:
    """Return "" for an identifier that a program gave a document; digits alone are kept."""
    return match[0] if match[0].strip("{}").replace("-", "").isdigit() else _APART_SIGN
