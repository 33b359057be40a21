"""The comments part of a Word file: ours are added to those that it has, with the links by which Word finds them."""

from collections.abc import Iterable, Mapping, Sequence
from posixpath import join, normpath

from lxml import etree

from stats.claims.answers.word_anchors import SPACE
from stats.exports.word.file import W, parse_part

AUTHOR, _INITIALS = "明数", "明"
_RELATIONS, _TYPES, _USUAL = "word/_rels/document.xml.rels", "[Content_Types].xml", "word/comments.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATION = f"{{{_PACKAGE}/relationships}}"
_TYPE = f"{{{_PACKAGE}/content-types}}"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY_RELATIONS = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()


def next_comment(parts: Mapping[str, bytes]) -> int:
    """Return the first number above those of the comments that a file has."""
    name = _part_name(parts)
    root = parse_part(parts[name]) if name in parts else None
    numbers = [] if root is None else [comment.get(f"{W}id", "") for comment in root.iter(f"{W}comment")]
    return max((int(number) for number in numbers if number.isdigit()), default=-1) + 1


def add_comments(
    parts: Mapping[str, bytes], comments: Iterable[tuple[int, Sequence[str]]], at: str
) -> dict[str, bytes]:
    """Return the parts of a file that change when comments, each a number with its lines, are added."""
    name, changed = _part_name(parts), {}
    if name in parts:
        root = parse_part(parts[name])
    else:
        root = etree.Element(f"{W}comments", nsmap={"w": W.strip("{}")})
        changed = _linked(parts)
    root.extend(_comment(number, lines, at) for number, lines in comments)
    return {**changed, name: written_part(root)}


def written_part(root: etree._Element) -> bytes:
    """Return a part as it stands in a file."""
    part: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return part


def _part_name(parts: Mapping[str, bytes]) -> str:
    """Return where the comments of a file are, or where they would be."""
    relations = parse_part(parts.get(_RELATIONS, _EMPTY_RELATIONS))
    target = next((each.get("Target", "") for each in relations if each.get("Type") == _KIND), "")
    return normpath(join("word", target)).lstrip("/") if target else _USUAL


def _linked(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the lists of links and of kinds of parts with the comments in them."""
    relations, types = parse_part(parts.get(_RELATIONS, _EMPTY_RELATIONS)), parse_part(parts[_TYPES])
    if not any(each.get("Type") == _KIND for each in relations):
        taken = {each.get("Id") for each in relations}
        free = next(name for name in map("rId{}".format, range(1, len(taken) + 2)) if name not in taken)
        etree.SubElement(relations, f"{_RELATION}Relationship", {"Id": free, "Type": _KIND, "Target": "comments.xml"})
    name = f"/{_part_name(parts)}"
    if not any(each.get("PartName") == name for each in types):
        etree.SubElement(types, f"{_TYPE}Override", {"PartName": name, "ContentType": _CONTENT})
    return {_RELATIONS: written_part(relations), _TYPES: written_part(types)}


def _comment(number: int, lines: Sequence[str], at: str) -> etree._Element:
    signed = {f"{W}id": str(number), f"{W}author": AUTHOR, f"{W}date": at, f"{W}initials": _INITIALS}
    comment = etree.Element(f"{W}comment", signed)
    for line in lines:
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        text = etree.SubElement(run, f"{W}t", {SPACE: "preserve"})
        text.text = line
    return comment
