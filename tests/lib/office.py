"""The contents of Word, PowerPoint and Excel files, read without the code that wrote them."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
from lxml import etree

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TEXT = re.compile(r"\}t$")
_PARAGRAPH = re.compile(r"\}(p|si|is)$")
_NUMBERED = re.compile(r"(\d+)\.xml$")


@dataclass(frozen=True)
class Drawn:
    """A chart's series as stored in a file: name, point names, numbers (None is a gap) and its own labels."""

    name: str
    categories: tuple[str, ...]
    values: tuple[float | None, ...]
    labels: tuple[str, ...]


def parts(data: bytes, pattern: str) -> dict[str, bytes]:
    """Return the parts of a file with matching names, in numerical order."""
    with ZipFile(BytesIO(data)) as packed:
        found = [name for name in packed.namelist() if re.fullmatch(pattern, name)]
        return {name: packed.read(name) for name in sorted(found, key=_number_in)}


def texts_of(data: bytes) -> list[str]:
    """Return every paragraph of text in a file: pages, notes and a workbook's shared strings."""
    texts = []
    for part in parts(data, r"(word|ppt|xl)/.*\.xml").values():
        for found in etree.fromstring(part).iter():
            if isinstance(found.tag, str) and _PARAGRAPH.search(found.tag):
                texts.append(
                    "".join(t.text or "" for t in found.iter() if isinstance(t.tag, str) and _TEXT.search(t.tag))
                )
    return texts


def charts_in(data: bytes) -> list[list[Drawn]]:
    """Return the series of every chart in a file, in the charts' order."""
    return [list(_series_in(etree.fromstring(part))) for part in parts(data, r"\w+/charts/chart\d+\.xml").values()]


def tables_behind_charts(data: bytes) -> list[list[list[Any]]]:
    """Return the rows of the workbook inside each chart of a Word or PowerPoint file, in the charts' order."""
    tables = []
    for name in parts(data, r"\w+/charts/chart\d+\.xml"):
        folder, file = name.rsplit("/", 1)
        links = etree.fromstring(parts(data, rf"{folder}/_rels/{file}\.rels")[f"{folder}/_rels/{file}.rels"])
        target = next(link.get("Target") for link in links if link.get("Target").endswith(".xlsx"))
        inner = parts(data, rf".*/{target.rsplit('/', 1)[-1]}")
        sheet = openpyxl.load_workbook(BytesIO(next(iter(inner.values())))).worksheets[0]
        tables.append([[cell.value for cell in row] for row in sheet.iter_rows()])
    return tables


def converted(files: list[Path], folder: Path, to: str = "pdf") -> list[Path]:
    """Return the files as LibreOffice prints them, or as it saves them in another format."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to]
    done = subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)], capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return [folder / f"{file.stem}.{to}" for file in files]


def text_of_pdf(file: Path, order: str = "layout") -> tuple[int, str]:
    """Return how many pages a PDF has, and its text without spaces and line ends.

    In reading order ("layout"), or in drawing order ("raw"), which keeps the words of a table cell together.
    """
    done = subprocess.run(["pdftotext", f"-{order}", str(file), "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    return text.count("\f"), re.sub(r"\s", "", text)


def text_of_pages(file: Path) -> list[str]:
    """Return the text of each page of a PDF, without spaces and line ends."""
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return [re.sub(r"\s", "", page) for page in done.stdout.decode().split("\f")[:-1]]


def letter_heights(file: Path) -> set[float]:
    """Return how tall the words of a PDF are in points, from the highest to the lowest that a letter reaches."""
    done = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True)
    ends = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', done.stdout.decode())
    return {round(float(low) - float(high), 1) for high, low in ends}


def _number_in(name: str) -> tuple[str, int]:
    found = _NUMBERED.search(name)
    return name[: found.start()] if found else name, int(found[1]) if found else 0


def _series_in(space: etree._Element) -> Iterator[Drawn]:
    for series in space.iter(f"{_CHART}ser"):
        name = "".join(found.text or "" for found in series.iterfind(f"{_CHART}tx//{_CHART}v"))
        names = _points(series.find(f"{_CHART}cat"))
        values = _points(series.find(f"{_CHART}val"))
        labels = tuple(
            "".join(t.text or "" for t in label.iter() if isinstance(t.tag, str) and _TEXT.search(t.tag))
            for label in series.iter(f"{_CHART}dLbl")
        )
        count = len(values)
        yield Drawn(
            name,
            tuple(names.get(at, "") for at in range(count)),
            tuple(None if values[at] is None else float(values[at] or 0) for at in range(count)),
            tuple(filter(None, labels)),
        )


def _points(found: etree._Element | None) -> dict[int, str | None]:
    """Return the texts of a cache by point; if there are several levels of names, those of the innermost."""
    if found is None:
        return {}
    level = found.find(f".//{_CHART}lvl")
    holder = level if level is not None else found
    count = int(next(found.iter(f"{_CHART}ptCount")).get("val", "0"))
    points: dict[int, str | None] = {at: None for at in range(count)}
    for point in holder.iter(f"{_CHART}pt"):
        points[int(point.get("idx", "0"))] = point.findtext(f"{_CHART}v")
    return points
