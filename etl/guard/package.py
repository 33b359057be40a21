"""Package: where the parts of a workbook lie in an Office package, and which styles show more than the number."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

from etl.model.number_format import BUILT_IN, Showing, Unseen, read_format

_WORKBOOK = "xl/workbook.xml"
_CODE = re.compile(rb'formatCode="([^"]*)"')
_WHITE = re.compile(rb'color [^>]*(?:rgb="(?:\w\w)?[fF]{6}"|theme="0"|indexed="(?:1|9)")')
_LETTERS, _GROUNDS = re.compile(rb"<(?:\w+:)?color ([^>]*\w)"), re.compile(rb"fgColor ([^>]*\w)")
_WHITES = frozenset({("rgb", "FFFFFF"), ("theme", "0"), ("indexed", "1"), ("indexed", "9")})
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_TRUE = ("1", "true")


@dataclass
class Workbook:
    """A workbook: its sheets with the names of their parts, formats that show more by style number, its date system."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    styles: dict[str, Showing] = field(default_factory=dict)
    since_1904: bool = False


def find_workbook(archive: zipfile.ZipFile) -> Workbook:
    """Return what the standard parts of a package say. They must have been checked before.

    Raises KeyError or ElementTree.ParseError for a broken package.
    """
    names = {name.lower(): name for name in archive.namelist()}
    main = _WORKBOOK
    if main not in names:
        main = next((part for kind, _, part in _relations(archive, names, "") if kind == "officeDocument"), main)
    workbook = Workbook()
    parts = {number: (kind, part) for kind, number, part in _relations(archive, names, main)}
    for element in _parse(archive, names, main).iter():
        name = element.tag.rpartition("}")[2]
        if name == "workbookPr":
            workbook.since_1904 = element.get("date1904") in _TRUE
        elif name == "sheet":
            number = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            workbook.sheets.append((element.get("name", ""), names.get(parts.get(number, ("", ""))[1].lower(), "")))
    styles = next((part for kind, part in parts.values() if kind == "styles"), "xl/styles.xml")
    if styles.lower() in names and _may_tell(archive.read(names[styles.lower()])):
        workbook.styles = _telling_styles(_parse(archive, names, styles))
    return workbook


def _may_tell(styles: bytes) -> bool:
    """Return whether any format may show more than the number; most files have none, and parsing is slow."""
    codes = (unescape(code.decode("utf-8", "replace"), _QUOTES) for code in _CODE.findall(styles))
    built_in = any(b'numFmtId="%d"' % number in styles for number in BUILT_IN)
    same = {*_LETTERS.findall(styles)} & {*_GROUNDS.findall(styles)}
    return (
        built_in
        or bool(same or _WHITE.search(styles))
        or styles.count(b"formatCode") != len(_CODE.findall(styles))
        or any(map(read_format, codes))
    )


def _relations(archive: zipfile.ZipFile, names: dict[str, str], source: str) -> Iterator[tuple[str, str, str]]:
    """Yield type, id and target part of each relation of a part; "" is the package itself."""
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
    """Return the formats that show more than the number, by the style number that cells refer to."""
    codes = {str(number): code for number, code in BUILT_IN.items()}
    listed: dict[str, list[ElementTree.Element]] = {}
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name == "numFmt":
            codes.setdefault(element.get("numFmtId", ""), element.get("formatCode", ""))
        elif name in ("cellXfs", "fonts", "fills"):
            listed[name] = list(element)
    by_number = {number: shown for number, code in codes.items() if (shown := read_format(code))}
    letters, grounds = ([*map(_colour, listed.get(kind, ()))] for kind in ("fonts", "fills"))
    showings: dict[str, Showing] = {}
    for at, style in enumerate(listed.get("cellXfs", ())):
        shown = by_number.get(style.get("numFmtId", ""))
        if _is_same(_of(letters, style.get("fontId")), _of(grounds, style.get("fillId"))):
            shown = Unseen(shown)
        if shown:
            showings[str(at)] = shown
    return showings


def _of(colours: list[tuple[str, str] | None], number: str | None) -> tuple[str, str] | None:
    at = int(number or 0)
    return colours[at] if at < len(colours) else None


def _colour(element: ElementTree.Element) -> tuple[str, str] | None:
    """Return the colour of a font or of a solid fill; None if none is given."""
    for part in element.iter():
        name = part.tag.rpartition("}")[2]
        if name == "patternFill" and part.get("patternType") != "solid":
            return None if part.get("patternType") in (None, "none") else ("pattern", "")
        if name in ("color", "fgColor"):
            kind = next((kind for kind in ("rgb", "theme", "indexed") if kind in part.attrib), "")
            return (kind, part.attrib[kind][-6:].upper()) if kind and not float(part.get("tint", 0)) else ("other", "")
    return None


def _is_same(letters: tuple[str, str] | None, ground: tuple[str, str] | None) -> bool:
    """Return whether text has the colour of the background, which is white by default."""
    if letters is None or letters[0] in ("other", ""):
        return False
    return letters == ground or (letters in _WHITES and (ground is None or ground in _WHITES))
