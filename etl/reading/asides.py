"""Asides: the texts that stand in a package beside its cells: comments, properties, page headers, lists, drawings."""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from stats.containers import DAMAGED

_PLACES = {"comment": "批注", "docprops/": "文件属性", "meta.xml": "文件属性", "drawing": "图形里的文字",
           "worksheets/": "页眉页脚、下拉列表或提示"}  # fmt: skip
_END_OF_CELLS = b"</sheetData>"
_WITH_CELLS = "worksheets/"
_LARGEST = 20 << 20
_BLOCK = re.compile(r"</(?:a:p|text|comment|si|vt:\w+|dc:\w+|cp:\w+|\w*(?:Header|Footer)|formula\d|x?m?:?f)>|<!--|-->")
_SAID = re.compile(r'\b(?:prompt|promptTitle|error|errorTitle|display|tooltip)="([^"]*)"')
_TAG = re.compile(r"<[^<>]*>")
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f_{}\-]{20,}")  # numbers that programs give documents


def asides(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts beside the cells of an Office package, each with what its place is called; none of another file.

    The package must have been guarded before.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                place = _place_of(member.filename.lower())
                if place and member.file_size <= _LARGEST:
                    yield from ((place, text) for text in _texts(archive.read(member), member.filename.lower()))
    except DAMAGED:  # no package: a text, or an old workbook
        return


def _place_of(name: str) -> str:
    if not name.endswith((".xml", ".vml")):
        return ""
    return next((place for part, place in _PLACES.items() if part in name), "")


def _texts(content: bytes, name: str) -> Iterator[str]:
    if _WITH_CELLS in name:
        content = content.rpartition(_END_OF_CELLS)[2]
    text = content.decode("utf-8", errors="replace")
    yield from map(unescape, _SAID.findall(text))
    for block in _BLOCK.split(text):
        said = unescape(_TAG.sub("", block)).strip()
        if said and not _HEXADECIMAL.fullmatch(said):
            yield said
