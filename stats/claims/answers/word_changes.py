"""Tracked changes: a text put in the place of runs, which whoever opens the file accepts or rejects."""

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from stats.claims.answers.word_anchors import RUN, TEXT
from stats.exports.word.file import W


def add_change(runs: Sequence[etree._Element], text: str, numbers: tuple[int, int], author: str, at: str) -> None:
    """Mark runs as deleted and put a text with the format of the first behind them, as two changes of an author."""
    signed = {f"{W}author": author, f"{W}date": at}
    gone = etree.Element(f"{W}del", {f"{W}id": str(numbers[0]), **signed})
    new = etree.Element(f"{W}ins", {f"{W}id": str(numbers[1]), **signed})
    look = runs[0].find(f"{W}rPr")
    written = etree.SubElement(new, RUN)
    written.extend([] if look is None else [deepcopy(look)])
    etree.SubElement(written, TEXT).text = text
    runs[0].addprevious(gone)
    gone.extend(runs)
    for deleted in [*gone.iter(TEXT)]:
        deleted.tag = f"{W}delText"
    gone.addnext(new)


def last_change(root: etree._Element) -> int:
    """Return the highest number that a change, a bookmark or a comment of a part bears, 0 for none."""
    numbers = (element.get(f"{W}id", "") for element in root.iter(etree.Element))
    return max((int(number) for number in numbers if number.isdigit()), default=0)
