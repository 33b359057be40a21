"""Package: where in an Office package the parts of a workbook lie, and what its styles show beyond the numbers."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

from etl.reading.number_format import BUILT_IN, Showing, read_format

_WORKBOOK = "xl/workbook.xml"
_CODE = re.compile(rb'formatCode="([^"]*)"')
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_TRUE = ("1", "true")


@dataclass
class Workbook:
    """The sheets of a workbook with the names of their parts, its telling formats by style number, its first day."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    styles: dict[str, Showing] = field(default_factory=dict)
    since_1904: bool = False


def find_workbook(archive: zipfile.ZipFile) -> Workbook:
    """Return what the parts that every package has tell. They must have been looked over before.

    Raises KeyError or ElementTree.ParseError for a broken package.
    """
    names = {name.lower(): name for name in archive.namelist()}
    main = _WORKBOOK
    if main not in names:
        main = next((part for kind, _, part in _relations(archive, names, "") if kind == "officeDocument"), main)
    found = Workbook()
    parts = {number: (kind, part) for kind, number, part in _relations(archive, names, main)}
    for element in _parse(archive, names, main).iter():
        name = element.tag.rpartition("}")[2]
        if name == "workbookPr":
            found.since_1904 = element.get("date1904") in _TRUE
        elif name == "sheet":
            number = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            found.sheets.append((element.get("name", ""), names.get(parts.get(number, ("", ""))[1].lower(), "")))
    styles = next((part for kind, part in parts.values() if kind == "styles"), "xl/styles.xml")
    if styles.lower() in names and _may_tell(archive.read(names[styles.lower()])):
        found.styles = _telling_styles(_parse(archive, names, styles))
    return found


def _may_tell(styles: bytes) -> bool:
    """Return whether any format there may show more than the number; most files have none, and parsing takes long."""
    codes = (unescape(code.decode("utf-8", "replace"), _QUOTES) for code in _CODE.findall(styles))
    built_in = any(b'numFmtId="%d"' % number in styles for number in BUILT_IN)
    return built_in or styles.count(b"formatCode") != len(_CODE.findall(styles)) or any(map(read_format, codes))


def _relations(archive: zipfile.ZipFile, names: dict[str, str], source: str) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the number and the part of each relation of a part, "" for the package itself."""
    folder, _, own = source.rpartition("/")
    listed = posixpath.join(folder, "_rels", f"{own}.rels")
    if listed.lower() not in names:
        return
    for relation in _parse(archive, names, listed):
        target = relation.get("Target", "").replace("\\", "/")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield relation.get("Type", "").rpartition("/")[2], relation.get("Id", ""), part


def _parse(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(names[part.lower()]))  # noqa: S314 - the guard refuses DTDs first


def _telling_styles(root: ElementTree.Element) -> dict[str, Showing]:
    """Return the formats that show more than the number, by the number that cells name their style by."""
    codes = {str(number): code for number, code in BUILT_IN.items()}
    numbers: list[str] = []
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name == "numFmt":
            codes.setdefault(element.get("numFmtId", ""), element.get("formatCode", ""))
        elif name == "cellXfs":
            numbers = [style.get("numFmtId", "") for style in element]
    told = {number: shown for number, code in codes.items() if (shown := read_format(code))}
    return {str(at): told[number] for at, number in enumerate(numbers) if number in told}
