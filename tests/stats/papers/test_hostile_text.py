"""Whatever stands in names and cells, no file the product writes holds a formula made of it."""

import csv
import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from access.audit_file import audit_csv, audit_xlsx
from etl.forms.blank_form import Unit, write_template
from etl.redraw.change_list import CellMark, Slip
from etl.redraw.plain_copy import PlainSheet, copy_sheets
from etl.redraw.return_slip import draw_slip
from stats.catalogue import load_catalogue
from stats.exports.workbook.figure import csv_of, xlsx_of
from stats.figures.elements.figure_model import Figure, Mark, Series
from store.audit import AuditEntry
from tests.contracts.source import product_files

pytestmark = pytest.mark.property
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", " =", "\x01=", "{=")
PAYLOADS = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://example.invalid","点这里")', "SUM(A1:A9)", "某公司工会")
FORMULA = re.compile(rb"<(?:x:)?f[ >/]|<ddeLink|<externalBook")
NUMBER = re.compile(r"-?\d+(\.\d+)?%?")
hostile = st.builds("".join, st.tuples(st.sampled_from(STARTS), st.sampled_from(PAYLOADS)))
PERIOD = 4 * 2011


def _figure(text: str) -> Figure:
    marks = (
        Mark(label=text, value=1.0, text="1家", key=text, note=text),
        Mark(label="乙乡", value=None, text=text, key="T02"),
    )
    lines = dict.fromkeys(("when", "who", "base", "coverage", "source", "note"), text)
    series = Series(name=text, measure="家", marks=marks)
    return Figure(code="code", kind="areas", title=text, question=text, series=(series,), measure="家", **lines)


def _plain(text: str) -> bytes:
    book, _ = copy_sheets([PlainSheet(text, {(1, 1): text, (2, 2): 3, (3, 1): text}, ((3, 1, 3, 2),))])
    return _saved(book)


def _slip(text: str) -> bytes:
    book = Workbook()
    book.worksheets[0].title = "表"
    book.worksheets[0]["B2"] = "原文"
    draw_slip(
        book,
        Slip(
            file=text,
            reporter=text,
            day=date(2011, 4, 15),
            send_to=text,
            by=date(2011, 4, 20),
            contact=text,
            progress=text,
        ),
        [
            CellMark(
                sheet="表",
                address="B2",
                word="退回",
                **dict.fromkeys(("problem", "requirement", "todo", "column"), text),
            )
        ],
    )
    return _saved(book)


def _template(code: str) -> Callable[[str], bytes]:
    def write(text: str) -> bytes:
        catalogue = load_catalogue()
        units, before = [Unit("T01001", text), Unit("T01002", text)], {"T01001": {"name": text}}
        with TemporaryDirectory() as folder:
            path = Path(folder) / "blank.xlsx"
            write_template(path, catalogue, catalogue.forms[code], text, "T01", PERIOD, units, before)
            return path.read_bytes()

    return write


def _entries(text: str) -> list[AuditEntry]:
    return [
        AuditEntry(
            number=1,
            at="2011-04-15T08:00:00+00:00",
            clock="",
            who=text,
            verb=text,
            about=text,
            details={"reason": text},
            sha="0",
        )
    ]


def _saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


BOOKS: dict[str, Callable[[str], bytes]] = {
    "figure": lambda text: xlsx_of(_figure(text)),
    "copy": _plain,
    "return slip": _slip,
    "roster": _template("R01"),
    "ledger": _template("R03"),
    "audit": lambda text: audit_xlsx(_entries(text)),
}
LISTS: dict[str, Callable[[str], bytes]] = {
    "figure": lambda text: csv_of(_figure(text)),
    "audit": lambda text: audit_csv(_entries(text)),
}


@pytest.mark.parametrize("what", BOOKS)
@given(text=hostile)
def test_no_workbook_holds_a_formula(what: str, text: str) -> None:
    with zipfile.ZipFile(BytesIO(BOOKS[what](text))) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        assert sheets
        assert [name for name in sheets if FORMULA.search(book.read(name))] == []
        assert not [name for name in book.namelist() if "externalLink" in name]


@pytest.mark.parametrize("what", LISTS)
@given(text=hostile)
def test_no_csv_has_a_field_that_a_spreadsheet_takes_for_a_formula(what: str, text: str) -> None:
    rows = csv.reader(StringIO(LISTS[what](text).decode("utf-8-sig"), newline=""))
    fields = [field for row in rows for field in row if field and not NUMBER.fullmatch(field)]
    assert fields
    assert [field for field in fields if field.strip(" \x00-\x08").startswith(STARTS[:9])] == []


def test_the_search_finds_a_formula() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    with zipfile.ZipFile(BytesIO(_saved(book))) as saved:
        assert FORMULA.search(saved.read("xl/worksheets/sheet1.xml"))


def test_every_writer_of_workbooks_takes_texts_for_texts() -> None:
    """Xlsxwriter makes formulas of texts unless told otherwise; csv has no texts, so they pass through `neutral`."""
    wrong = []
    for path in product_files():
        source = path.read_text("utf-8")
        makes = "xlsxwriter import Workbook" in source and "Workbook(" in source.replace("book: Workbook", "")
        if makes and "strings_to_formulas" not in source and "sample" not in path.parts:
            wrong.append(str(path))
        if "csv.writer(" in source and "neutral" not in source and "sample" not in path.parts:
            wrong.append(str(path))
    assert wrong == []
