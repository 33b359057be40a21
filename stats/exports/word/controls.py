"""Content controls: each figure in a filled Word file is in a control whose tag is the figure's reference."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import count
from xml.sax.saxutils import escape

from lxml import etree

from stats.exports.word.file import W, parse_part, parts_of, with_parts
from stats.papers.paper_model import Cited

Pieces = Sequence[str | Cited]  # the content of a placeholder: words and figures in order
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIRST_ID = 1_297_000_000  # Word numbers its own controls at random; ours are consecutive
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: they occur in no text and are valid in XML
_MARKED = re.compile(f"{_OPEN}([0-9]{{1,6}}){_CLOSE}")


def mark(number: int) -> str:
    """Return the mark that replaces a placeholder until its content is known."""
    return f"{_OPEN}{number}{_CLOSE}"


def with_controls(content: bytes, pieces: Sequence[Pieces]) -> bytes:
    """Return a marked Word file with the content of each placeholder, every figure in a content control."""
    ids = count(_FIRST_ID)
    changed = {}
    for name, part in parts_of(content):
        if name.endswith(".xml") and _OPEN.encode() in part:
            root = parse_part(part)
            for run in list(root.iter(f"{W}r")):
                _part_run(run, pieces, ids)
            text = etree.tostring(root, encoding="unicode")
            declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            plain = _MARKED.sub(lambda match: _plain(pieces, match[1]), text)  # marks outside of a run
            changed[name] = (declared + plain).encode()
    return with_parts(content, changed)


def _plain(pieces: Sequence[Pieces], number: str) -> str:
    words = (piece.text if isinstance(piece, Cited) else piece for piece in _content(pieces, number))
    return escape("".join(words), {'"': "&quot;"})


def _content(pieces: Sequence[Pieces], number: str) -> Pieces:
    """Return the content of a mark; nothing for a mark that is not ours."""
    return pieces[int(number)] if int(number) < len(pieces) else ()


def _part_run(run: etree._Element, pieces: Sequence[Pieces], ids: Iterator[int]) -> None:
    """Replace a run that contains marks by controls with runs of the same format."""
    parent = run.getparent()
    if parent is None or not any(_MARKED.search(text.text or "") for text in run.findall(f"{W}t")):
        return
    form = run.find(f"{W}rPr")
    made: list[etree._Element] = []
    for piece in _pieces(run, pieces):
        if isinstance(piece, Cited):
            made.append(_control(_run(form, [_text(piece.text)]), piece, next(ids)))
        elif made and made[-1].tag == f"{W}r":
            made[-1].append(piece)
        else:
            made.append(_run(form, [piece]))
    place = parent.index(run)
    parent[place : place + 1] = made


def _pieces(run: etree._Element, pieces: Sequence[Pieces]) -> Iterator[etree._Element | Cited]:
    for child in run:
        if child.tag == f"{W}rPr":
            continue
        if child.tag != f"{W}t":
            yield deepcopy(child)
            continue
        words: list[str] = []
        for piece in [*_parted(child.text or "", pieces), None]:
            if isinstance(piece, str):
                words.append(piece)
                continue
            if any(words):
                yield _text("".join(words))
            words = []
            if piece:
                yield piece


def _parted(text: str, pieces: Sequence[Pieces]) -> Iterator[str | Cited]:
    """Yield a marked text in parts: words, and the contents of its marks."""
    for place, part in enumerate(_MARKED.split(text)):  # words, number, words, number, …
        yield from _content(pieces, part) if place % 2 else [part] if part else []


def _run(form: etree._Element | None, children: Sequence[etree._Element]) -> etree._Element:
    run = etree.Element(f"{W}r")
    run.extend([*([] if form is None else [deepcopy(form)]), *children])
    return run


def _text(words: str) -> etree._Element:
    text = etree.Element(f"{W}t")
    text.text = words
    text.set(_SPACE, "preserve")
    return text


def _control(run: etree._Element, cited: Cited, number: int) -> etree._Element:
    control = etree.Element(f"{W}sdt")
    about = etree.SubElement(control, f"{W}sdtPr")
    for name, value in (("alias", cited.reading.name), ("tag", cited.ref), ("id", str(number))):
        etree.SubElement(about, f"{W}{name}").set(f"{W}val", value)
    etree.SubElement(control, f"{W}sdtContent").append(run)
    return control
