"""Far cells: a blank cell left far away from a table is ignored; a filled one is refused with its address."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from base.text import without_invisible
from base.zip_guard import Refused, refuse_doctype
from etl.guard.sheet_scan import MAX_AREA, follow, local_name, place_of
from etl.model.grid import Place, address_of

_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Za-z]+\d+)["'][^>]*?(?:/>|>.*?</(?:\w+:)?c>)""", re.DOTALL)
_STRINGS = re.compile(r"(?:^|/)sharedstrings\.xml$", re.IGNORECASE)


def find_strays(archive: zipfile.ZipFile, name: str, sheet: str) -> set[Place]:
    """Return the blank cells outside the real table. Raises Refused with the address of a filled cell too far away."""
    blanks, filled = _CellTexts(_blank_strings(archive)).sort(archive, name)
    height = max((row for row, _ in filled), default=0)
    width = max((column for _, column in filled), default=0)
    if height * width > MAX_AREA:
        raise far_away(sheet, filled)
    return {(row, column) for row, column in blanks if row > height or column > width}


def far_away(sheet: str, filled: set[Place]) -> Refused:
    """Return the refusal that names the cell farthest from the rest, downwards or to the right."""
    lowest, rightmost = max(filled), max(filled, key=lambda place: place[1])
    apart = dict.fromkeys(place for place in (lowest, rightmost) if _stands_apart(place, filled))
    named = "、".join(address_of(place) for place in apart or {lowest: None, rightmost: None})
    return Refused(f"表的范围过大：表“{sheet}”的 {named} 有内容，离其他内容很远，用不到的请删去")


def _stands_apart(place: Place, filled: set[Place]) -> bool:
    """Return whether the used range shrinks a lot without a cell."""
    row, column = place
    rest = filled - {place}
    down, right = max((r for r, _ in rest), default=0), max((c for _, c in rest), default=0)
    return down * 2 < row or right * 2 < column


def without_strays(path: Path, strays: Mapping[str, set[Place]]) -> io.BytesIO:
    """Return a copy of an xlsx in memory, without some cells of its parts."""
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as written:
        for member in archive.infolist():
            content = archive.read(member)
            if member.filename in strays:
                content = _without(content, strays[member.filename])
            written.writestr(member.filename, content)
    copy.seek(0)
    return copy


def _without(content: bytes, places: set[Place]) -> bytes:
    addresses = {address_of(place).encode() for place in places}
    return _CELL.sub(lambda match: b"" if match[1].upper() in addresses else match[0], content)


def _blank_strings(archive: zipfile.ZipFile) -> set[str]:
    """Return the numbers of the shared strings that are only white space."""
    name = next((name for name in archive.namelist() if _STRINGS.search(name)), None)
    if name is None:
        return set()
    blank: set[str] = set()
    texts: list[str] = []
    count = 0

    def start(tag: str, _: dict[str, str]) -> None:
        if local_name(tag) == "si":
            texts.clear()

    def end(tag: str) -> None:
        nonlocal count
        if local_name(tag) == "si":
            if not without_invisible("".join(texts)).strip():
                blank.add(str(count))
            count += 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, texts.append
    with archive.open(name) as part:
        follow(parser, part)
    return blank


class _CellTexts:
    """Sorts the cells of a sheet into blank ones, which hold only white space, and filled ones."""

    def __init__(self, blank_strings: set[str]) -> None:
        self._blank_strings = blank_strings
        self._blanks: set[Place] = set()
        self._filled: set[Place] = set()
        self._row = self._column = 0
        self._kind = ""
        self._texts: list[str] | None = None

    def sort(self, archive: zipfile.ZipFile, name: str) -> tuple[set[Place], set[Place]]:
        """Return the places of the blank and of the filled cells."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        with archive.open(name) as part:
            follow(parser, part)
        return self._blanks, self._filled

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = local_name(tag)
        if kind == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif kind == "c":
            place = place_of(attributes["r"]) if attributes.get("r") else (self._row, self._column + 1)
            (self._row, self._column), self._kind = place, attributes.get("t", "n")
        elif kind in ("v", "is"):
            self._texts = []

    def _characters(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)

    def _end(self, tag: str) -> None:
        if local_name(tag) not in ("v", "is") or self._texts is None:
            return
        text, self._texts = "".join(self._texts), None
        blank = text in self._blank_strings if self._kind == "s" else not without_invisible(text).strip()
        (self._blanks if blank else self._filled).add((self._row, self._column))
