"""Content controls: each figure in a filled Word file is in a control whose tag is the figure's reference."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import count

from lxml import etree

from stats.brief import Cited
from stats.exports.word_file import W, parse_part, parts_of, with_parts
from stats.placeholders import MARKED, Writer

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIRST_ID = 1_297_000_000  # Word numbers its own controls by chance; these follow each other
_MARK = re.compile(f"[{MARKED.pattern[0]}]")


def with_controls(content: bytes, writer: Writer) -> bytes:
    """Return a filled Word file with each marked figure in a content control, and no mark left over."""
    ids = count(_FIRST_ID)
    changed = {}
    for name, part in parts_of(content):
        if name.endswith(".xml") and _MARK.search(part.decode("utf-8", errors="ignore")):
            root = parse_part(part)
            for run in list(root.iter(f"{W}r")):
                _part_run(run, writer, ids)
            text = etree.tostring(root, encoding="unicode")
            declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            changed[name] = (declared + MARKED.sub(r"\2", text)).encode()  # what stood elsewhere than in a run
    return with_parts(content, changed)


def _part_run(run: etree._Element, writer: Writer, ids: Iterator[int]) -> None:
    """Put controls with runs of the same format in the place of a run that holds marked figures."""
    parent = run.getparent()
    if parent is None or not any(MARKED.search(text.text or "") for text in run.findall(f"{W}t")):
        return
    form = run.find(f"{W}rPr")
    made: list[etree._Element] = []
    for piece in _pieces(run, writer):
        if isinstance(piece, Cited):
            made.append(_control(_run(form, [_text(piece.text)]), piece, next(ids)))
        elif made and made[-1].tag == f"{W}r":
            made[-1].append(piece)
        else:
            made.append(_run(form, [piece]))
    place = parent.index(run)
    parent[place : place + 1] = made


def _pieces(run: etree._Element, writer: Writer) -> Iterator[etree._Element | Cited]:
    for child in run:
        if child.tag == f"{W}rPr":
            continue
        if child.tag != f"{W}t":
            yield deepcopy(child)
            continue
        for part in writer.parted(child.text or ""):
            yield _text(part) if isinstance(part, str) else writer.cite(part)


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
