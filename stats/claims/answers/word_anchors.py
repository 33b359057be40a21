"""Anchors: where in a Word file a comment on a number begins and ends; a run is split with its format kept."""

from copy import deepcopy

from lxml import etree

from stats.exports.word.file import W

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RUN, TEXT = f"{W}r", f"{W}t"
_BOX = f"{W}txbxContent"  # no comment may stand in a text box: it stands at the run that holds the box
# What runs stand in where they may be split. A field and a content control are not split: the comment goes around them.
_HOLDERS = {f"{W}p", f"{W}hyperlink", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}


def host_of(text: etree._Element) -> etree._Element | None:
    """Return the element around which a comment on a text may stand; None if there is none."""
    boxes = [*text.iterancestors(_BOX)]
    element = boxes[-1] if boxes else text.getparent()
    while element is not None:
        parent = element.getparent()
        if parent is None or parent.tag in _HOLDERS:
            return element if parent is not None else None
        element = parent
    return None


def is_split(text: etree._Element) -> bool:
    """Return whether the run of a text may be split, so that a comment stands at the number alone."""
    run = text.getparent()
    return run is not None and run.tag == RUN and text.tag == TEXT and host_of(text) is run


def split_after(text: etree._Element, offset: int) -> etree._Element:
    """Return the run that ends with the first characters of a text; what follows is moved into a run of its own."""
    run = run_of(text)
    moved = [_cut(text, offset)] if offset < len(text.text or "") else []
    moved += text.itersiblings()
    if moved:
        run.addnext(_like(run, moved))
    return run


def split_before(text: etree._Element, offset: int) -> etree._Element:
    """Return the run that begins with a text from a character on; what goes before stays in a run of its own."""
    run = run_of(text)
    before = [each for each in text.itersiblings(preceding=True) if each.tag != f"{W}rPr"]
    if not offset and not before:
        return run
    own = _cut(text, offset) if offset else text
    following = [*text.itersiblings()]
    made = _like(run, [own, *following])
    run.addnext(made)
    return made


def add_anchors(first: etree._Element, last: etree._Element, number: int) -> None:
    """Put the begin, the end and the mark of a comment around elements of the body."""
    first.addprevious(_numbered("commentRangeStart", number))
    mark = etree.Element(RUN)
    mark.append(_numbered("commentReference", number))
    last.addnext(mark)
    last.addnext(_numbered("commentRangeEnd", number))


def runs_between(first: etree._Element, last: etree._Element) -> list[etree._Element]:
    """Return the runs from one to another that stand beside it; none where anything else stands between them."""
    runs = [first]
    while runs[-1] is not last:
        following = runs[-1].getnext()
        if following is None or following.tag != RUN:
            return []
        runs.append(following)
    return runs


def run_of(text: etree._Element) -> etree._Element:
    """Return the run that a text stands in."""
    run = text.getparent()
    assert run is not None  # a text stands in a run
    return run


def _cut(text: etree._Element, offset: int) -> etree._Element:
    """Return the rest of a text from a character on as a text of its own, and keep what goes before."""
    content = text.text or ""
    rest = etree.Element(TEXT, dict(text.attrib))
    text.text, rest.text = content[:offset], content[offset:]
    for part in (text, rest):
        if part.text != (part.text or "").strip():
            part.set(SPACE, "preserve")
    return rest


def _like(run: etree._Element, content: list[etree._Element]) -> etree._Element:
    """Return a run with the format of another one and a content."""
    made = etree.Element(RUN, dict(run.attrib))
    look = run.find(f"{W}rPr")
    made.extend(([] if look is None else [deepcopy(look)]) + content)
    return made


def _numbered(name: str, number: int) -> etree._Element:
    return etree.Element(f"{W}{name}", {f"{W}id": str(number)})
