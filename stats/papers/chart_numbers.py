"""The numbers in the native charts of a paper, each chart by its reference or that of the table it is drawn from."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from lxml import etree

from stats.papers.references import is_reference
from stats.papers.workbook_mentions import charted_cells, strings_in

_HOLDERS = re.compile(r"word/document\.xml|ppt/slides/slide\d+\.xml")
_STRINGS, _SHEETS = "xl/sharedStrings.xml", "xl/worksheets/sheet"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FRAMES = ("{*}inline", "{*}anchor", "{*}graphicFrame")
_NAMES = ("{*}docPr", "{*}cNvPr")
_NO_NETWORK = {"resolve_entities": False, "no_network": True, "huge_tree": False}


@dataclass(frozen=True)
class Drawn:
    """One number of a chart: the reference of the chart, the series, the point in it from 0, and what is drawn."""

    ref: str
    series: str
    point: int
    value: float


def drawn_numbers(data: bytes) -> Iterator[Drawn]:
    """Yield the numbers of all charts with a reference in a file that was already checked as a document."""
    if not is_zipfile(BytesIO(data)):
        return
    with ZipFile(BytesIO(data)) as packed:
        names = set(packed.namelist())
        pairs = [pair for name in sorted(names) if _HOLDERS.fullmatch(name) for pair in _charts(packed, name, names)]
        strings = strings_in(_tree(packed, _STRINGS) if _STRINGS in names else None)
        sheets = [_tree(packed, name) for name in sorted(names) if name.startswith(_SHEETS)]
        yield from (Drawn(*cell) for sheet in sheets for cell in charted_cells(sheet, strings))
        for ref, part in pairs:
            yield from _numbers(ref, _tree(packed, part))


def _charts(packed: ZipFile, holder: str, names: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the reference and the part of each chart in a document or on a slide."""
    folder, name = posixpath.split(holder)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in names:
        return
    targets = {relation.get("Id"): relation.get("Target", "") for relation in _tree(packed, relations)}
    for frame in _tree(packed, holder).iter(*_FRAMES):
        ref = next((name.get("title", "") for name in frame.iter(*_NAMES)), "")
        chart = next(frame.iter(f"{_CHART}chart"), None)
        target = targets.get(chart.get(_RELATION)) if chart is not None else None
        part = posixpath.normpath(posixpath.join(folder, target)).lstrip("/") if target else ""
        part = target.lstrip("/") if target and target.startswith("/") else part
        if is_reference(ref) and part in names:
            yield ref, part


def _numbers(ref: str, chart: etree._Element) -> Iterator[Drawn]:
    for series in chart.iter(f"{_CHART}ser"):
        name = "".join(series.xpath("./c:tx//c:v/text()", namespaces={"c": _CHART.strip("{}")}))
        for point in series.xpath("./c:val//c:pt", namespaces={"c": _CHART.strip("{}")}):
            try:
                yield Drawn(ref, name, int(point.get("idx", "")), float(point.findtext(f"{_CHART}v") or ""))
            except ValueError:
                continue  # an empty point draws nothing


def _tree(packed: ZipFile, name: str) -> etree._Element:
    return etree.fromstring(packed.read(name), etree.XMLParser(**_NO_NETWORK))
