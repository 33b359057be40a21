"""What is sent in a table's place is named in words, with what to do; a password is told in every format."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from etl.guard import Refused
from etl.guard.compound import CompoundFile
from etl.read import read_sheets
from serving.uploads import is_table
from tests.lib.files.markup import ODS_CONTENT

_LOCKED_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry'
    ' manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
)


def package(*names: str, **contents: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
        for name, content in contents.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return held.getvalue()


def old_workbook() -> bytes:
    held, book = io.BytesIO(), xlwt.Workbook()
    book.add_sheet("表").write(0, 0, 1)
    book.save(held)
    return held.getvalue()


def locked_xls() -> bytes:
    """Return an old workbook with the record of a password behind its first record, of as many bytes as one it had."""
    content = old_workbook()
    stream = CompoundFile(content).stream("Workbook")
    second = 4 + int.from_bytes(stream[2:4], "little")
    length = int.from_bytes(stream[second + 2 : second + 4], "little")
    at = content.index(stream[:64]) + second
    return content[:at] + b"\x2f\x00" + length.to_bytes(2, "little") + content[at + 4 :]


def renamed_stream(name: str) -> bytes:
    """Return an old Office file whose stream has another name, as papers and slides have."""
    old, new = "Workbook".encode("utf-16-le"), name.encode("utf-16-le")
    content = old_workbook()
    at = content.rindex(old)
    length = (2 * len(name) + 2).to_bytes(2, "little")
    return content[:at] + new.ljust(64, b"\x00") + length + content[at + 66 :]


FOREIGN: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an xls with a password": ("表.xls", locked_xls, "加了密码"),
    "an et with a password": ("表.et", locked_xls, "加了密码"),
    "an ods with a password": (
        "表.ods",
        lambda: package(**{"content_xml": "\x00\x01", "META-INF__manifest_xml": _LOCKED_MANIFEST}),
        "加了密码",
    ),
    "a doc": ("文.doc", lambda: renamed_stream("WordDocument"), "Word 文档"),
    "a wps": ("文.wps", lambda: renamed_stream("WordDocument"), "Word 文档"),
    "a ppt": ("片.ppt", lambda: renamed_stream("PowerPoint Document"), "演示文稿"),
    "a docx": ("文.docx", lambda: package("[Content_Types].xml", "word/document.xml"), "Word 文档"),
    "a docx named xlsx": ("表.xlsx", lambda: package("[Content_Types].xml", "word/document.xml"), "Word 文档"),
    "a pptx": ("片.pptx", lambda: package("[Content_Types].xml", "ppt/presentation.xml"), "演示文稿"),
    "an odt": ("文.odt", lambda: package(mimetype="application/vnd.oasis.opendocument.text"), "Word 文档"),
    "a numbers": ("表.numbers", lambda: package("Index/Document.iwa", "preview.jpg"), "Numbers"),
    "a slk": ("表.slk", lambda: b'ID;PWXL;N;E\r\nC;Y1;X1;K"a"\r\nE\r\n', "SYLK"),
    "a slk named xls": ("表.xls", lambda: b"ID;PCALCOOO32\r\nE\r\n", "SYLK"),
    "a dif": ("表.dif", lambda: b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "DIF"),
    "a fods": (
        "表.fods",
        lambda: ODS_CONTENT.format(rows="").replace("document-content", "document").encode(),
        "fods",
    ),
    "a pdf": ("表.pdf", lambda: b"%PDF-1.7\n", "PDF"),
    "a gif": ("图.gif", lambda: b"GIF89a" + b"\x00" * 20, "图片"),
    "a bmp": ("图.bmp", lambda: b"BM" + b"\x10\x00\x00\x00" + b"\x00" * 20, "图片"),
    "a webp": ("图.webp", lambda: b"RIFF\x10\x00\x00\x00WEBPVP8 ", "图片"),
    "a heic": ("图.heic", lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "图片"),
    "a tiff": ("图.tif", lambda: b"II*\x00" + b"\x00" * 20, "图片"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_b07_it_is_said_in_words_what_a_file_is(case: str, tmp_path: Path) -> None:
    name, make, says = FOREIGN[case]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(Refused, match=says):
        read_sheets(path)
    assert is_table(name), "the page takes it, to say so"


def test_b07_a_csv_that_begins_like_one_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("BM,会员\r\n甲镇,50\r\n", encoding="utf-8")
    (sheet,) = read_sheets(path)
    assert sheet.cells[1, 1].raw == "BM"
