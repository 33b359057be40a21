"""Foreign files: names the type of a file that is not a table, by its first bytes or its content."""

import re
import zipfile

from base.zip_guard import LOCKED, Refused

_SAVE = "请用表格软件打开后另存为 xlsx"
_WORD, _SLIDES, _PICTURE, _PACKED = (
    "这是 Word 文档，不是表格文件，请把表格复制到表格软件里，存成 xlsx",
    "这是演示文稿，不是表格文件",
    "这是图片，不是表格文件",
    "这是压缩包，请解压后再报",
)
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (  # first bytes of files that are no tables, or of an unsupported kind
    (b"\x09\x00\x04\x00", "这是很早的表格格式（Excel 2.0），现在读不了"),
    (b"\x09\x02", "这是很早的表格格式（Excel 3.0），现在读不了"),
    (b"\x09\x04", "这是很早的表格格式（Excel 4.0），现在读不了"),
    (b"\x09\x08", "这是不完整的旧格式表格，读不了"),
    (b"ID;", f"这是 SYLK（.slk）格式的表格，读不了，{_SAVE}"),
    (b"TABLE\r\n0,1", f"这是 DIF 格式的表格，读不了，{_SAVE}"),
    (b"\x00\x00\x02\x00", f"这是 Lotus 1-2-3 的表格，读不了，{_SAVE}"),
    (b"\x00\x00\x1a\x00", f"这是 Lotus 1-2-3 的表格，读不了，{_SAVE}"),
    (b"%PDF", "这是 PDF 文件，不是表格文件"),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"\x1f\x8b", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"{\\rtf", "这是文字文档，不是表格文件"),
    (b"MIME-Version:", "这是网页存档，不是表格文件"),
)
_LATER = {b"WEBP": _PICTURE, b"ftyp": _PICTURE}  # signatures at an offset of a few bytes
_PICTURE_SIZE = re.compile(rb"BM.{4}\x00\x00\x00\x00", re.DOTALL)
_NUMBERS = "这是 Numbers 表格（.numbers），读不了，请在 Numbers 里导出为 Excel（xlsx）"
_PACKAGES = (("word/", _WORD), ("ppt/", _SLIDES), ("visio/", _PICTURE))  # kinds of Office package by a folder in them
_OTHERS = {"index/document.iwa": _NUMBERS, "index.zip": _NUMBERS, "androidmanifest.xml": "这是手机程序，不是表格文件"}
_MIMETYPES = {"text": _WORD, "presentation": _SLIDES, "graphics": _PICTURE}
_WORKBOOKS = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
_TYPES = "[content_types].xml"
FLAT = f"这是 OpenDocument 单文件表格（.fods），读不了，{_SAVE}"


def refuse_foreign(start: bytes) -> None:
    """Raise Refused, with a message for the user, for a file whose first bytes are not those of a table."""
    for beginning, reason in _BEGINNINGS:
        if start.startswith(beginning) and (beginning != b"BM" or _PICTURE_SIZE.match(start)):
            raise Refused(reason)
    for word, reason in _LATER.items():
        if word in start[4:12]:
            raise Refused(reason)


def refuse_streams(names: set[str]) -> None:
    """Raise Refused, with a message for the user, for an old Office file without a workbook."""
    if "EncryptedPackage" in names:
        raise Refused(LOCKED)
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return
    if "WordDocument" in names:
        raise Refused(_WORD)
    if "PowerPoint Document" in names:
        raise Refused(_SLIDES)


def name_package(archive: zipfile.ZipFile) -> None:
    """Raise Refused, with a message for the user, for a zip archive that is another document: a paper, slides."""
    folded = {name.lower() for name in archive.namelist()}
    if "mimetype" in folded:
        kind = archive.read("mimetype")[:200].decode("ascii", errors="ignore")
        for word, reason in _MIMETYPES.items():
            if kind.startswith(f"application/vnd.oasis.opendocument.{word}"):
                raise Refused(reason)
    for name, reason in _OTHERS.items():
        if name in folded:
            raise Refused(reason)
    for folder, reason in _PACKAGES if _TYPES in folded and not folded & _WORKBOOKS else ():
        if any(name.startswith(folder) for name in folded):
            raise Refused(reason)


def is_packed_folder(archive: zipfile.ZipFile) -> bool:
    """Return whether a zip archive is a folder of files, and no workbook or other document."""
    folded = {name.lower() for name in archive.namelist()}
    return not folded & {*_WORKBOOKS, *_OTHERS, _TYPES, "mimetype"}
