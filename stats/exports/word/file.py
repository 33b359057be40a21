"""A received Word file: refused with a message if it must not be opened or is no .docx."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from base.errors import UserError
from base.zip_guard import (
    BROKEN,
    DAMAGED,
    ENCRYPTED,
    LOCKED,
    MAX_FILE,
    ODD,
    OLE,
    Refused,
    check_markup,
    check_paper,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_TYPES = "[Content_Types].xml"
_MACROS = ("vbaproject.bin", "vbadata.xml")
AS_DOCX = "请在 Word 里另存为 .docx 再来"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def guard_word(content: bytes) -> None:
    """Return if a .docx may be opened. Raises UserError with the reason if it may not."""
    if len(content) > MAX_FILE:
        raise UserError(f"文件超过 {MAX_FILE >> 20} 兆。请去掉大图片再来。")
    if content.startswith(OLE):
        locked = ENCRYPTED in content
        raise UserError(f"{LOCKED}。请去掉密码再来。" if locked else f"这是旧格式的 Office 文件。{AS_DOCX}。")
    if not content.startswith(b"PK"):
        raise UserError(f"这不是 Word 文件。{AS_DOCX}。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _guard_archive(archive)
    except Refused as refused:
        raise UserError(f"{refused}。{AS_DOCX}。") from None
    except DAMAGED:
        raise UserError(f"{BROKEN}。请换一份完整的 .docx 文件。") from None


def _guard_archive(archive: zipfile.ZipFile) -> None:
    check_paper(archive.infolist())
    names = archive.namelist()
    if _BODY not in names or _TYPES not in names:
        raise UserError(f"这不是 Word 文件，里面没有正文。{AS_DOCX}。")
    if any(name.lower().endswith(_MACROS) for name in names) or b"macroEnabled" in archive.read(_TYPES):
        raise UserError(f"文件带有宏，不能打开。{AS_DOCX}。")
    check_markup(archive)
    _check_depth(archive)


def _check_depth(archive: zipfile.ZipFile) -> None:
    """Raise Refused for a part the parser rejects: hundreds of nested levels, which Word never writes."""
    try:
        for name in archive.namelist():
            if name.lower().endswith((".xml", ".rels")):
                parse_part(archive.read(name))
    except etree.XMLSyntaxError:
        raise Refused(ODD) from None


def parts_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each part of a Word file."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def parse_part(content: bytes) -> etree._Element:
    """Return the root element of a part; entities stay unresolved and nothing is fetched."""
    return etree.fromstring(content, _PARSER)


def with_parts(content: bytes, changed: dict[str, bytes]) -> bytes:
    """Return a Word file with some of its parts replaced or added."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**dict(parts_of(content)), **changed}.items():
            archive.writestr(name, part)
    return made.getvalue()
