"""Why there is no number is said truly, in every format alike: not reported, nothing happened, denominator of zero."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.drawing import draw
from stats.drawing.elements.palette import Palette
from stats.exports.slides import write_slides
from stats.exports.style.figure_table import table_of
from stats.exports.word.document import write_document
from stats.exports.workbook.brief import write_workbook
from stats.exports.workbook.figure import xlsx_of
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.papers.paper_model import Brief, Exhibit, Section
from stats.readings import read
from stats.readings.sentences import say_absence
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, town_one, town_two, write_register, write_roster
from tests.lib.office import texts_of

PALETTE = Palette(ink="#111", grey="#555", edge="#ccc", soft="#eee", ground="#fff", met="#063", behind="#a00",
                  series=("#06a",))  # fmt: skip
Q1, Q2, Q3 = "2008年一季度", "2008年二季度", "2008年三季度"


def fee(union: str, quarters: int) -> Row:
    return {"union": union, "wages": 60_000, "due": 1200, "paid": 1080, "due_year": 1200 * quarters,
            "paid_year": 1080 * quarters}  # fmt: skip


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Source]:
    """A county without women or disputes; fees were sent of one quarter by each of two unions, none of the second."""
    folder, store = tmp_path_factory.mktemp("county"), tmp_path_factory.mktemp("store")
    write_register(folder)
    for period in (Q1, Q2, Q3):
        write_roster(folder, "甲镇", period, town_one())
        write_roster(folder, "乙乡", period, town_two())
    petition = {"number": "L1", "date": "2008-02-03", "unit": "甲镇", "kind": "来信", "persons": 1}
    write_book(folder / "信访.xlsx", Form("R05", REPORTER, Q1, [petition]))
    contract = {"number": "H1", "type": "集体合同", "scope": "单独", "unit": "甲一厂工会", "employer": "甲一厂",
                "scale": "否", "enterprises": 1, "workers": 90, "start": "2008-01-10",
                "end": "2009-12-31"}  # fmt: skip
    write_book(folder / "合同.xlsx", Form("R03", REPORTER, Q1, [contract]))
    democracy = {"union": "甲一厂工会", "congress": "是", "openness": "是", "contract": "否", "women_org": "否",
                 "women_contract": "否"}  # fmt: skip
    write_book(folder / "民主.xlsx", Form("R04", "甲镇", Q1, [democracy]))
    for union, period, quarters in (("甲一厂工会", Q1, 1), ("甲二厂工会", Q3, 3)):
        write_book(folder / f"经费{union}.xlsx", Form("R11", "甲镇", period, [fee(union, quarters)]))
    summary = load_paths([folder], store)
    assert summary.count("accepted") == 12, summary.outcomes
    with closing(open_warehouse(store)) as warehouse:
        yield Source(warehouse, catalogue)


def figure(source: Source, panel: str, span: str, unit: str = "COUNTY") -> Figure:
    board, _, code = panel.partition(".")
    declared = source.catalogue.board(board).panel(code)
    assert declared
    return make_figure(source, declared, Selection(unit, parse_span(span)))


def drawn(found: Figure) -> str:
    """Return what stands on the screen: the drawing, or where no number is known, why there is none."""
    spec = draw(found, PALETTE)
    return str(spec) if spec else found.absence


def cells(found: Figure, path: Path) -> list[object]:
    path.write_bytes(xlsx_of(found))
    return [cell.value for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize(
    ("unit", "span", "code", "said"),
    [
        ("COUNTY", "2008Q1", "mediation_success_rate", "没有发生"),
        ("COUNTY", "2008Q2", "mediation_success_rate", "未报送"),
        ("COUNTY", "2008Q1", "ankang_cup_coverage", "未报送"),
        ("COUNTY", "2008Q1", "training_bases", "未报送"),
        ("COUNTY", "2008Q1", "women_org_sync_rate", "分母为零"),
        ("COUNTY", "2008Q1", "collective_contract_rate", "分母未报送"),
        ("COUNTY", "2008Q2", "fee_collection_rate", "均未报送"),
        ("T02002", "2008Q1", "workers_congress_rate", "不需报送"),
        ("T02001", "2008Q1", "workers_congress_rate", "未报送"),
    ],
)
def test_s04_why_there_is_no_number_is_told_apart(source: Source, unit: str, span: str, code: str, said: str) -> None:
    (found,) = read(source.warehouse, source.catalogue, unit, parse_span(span), [code])
    assert (found.value, say_absence(found)) == (None, said)


def test_s04_rates_say_so_on_screen_and_in_the_table(source: Source, tmp_path: Path) -> None:
    found = figure(source, "rights.rates", "2008Q1")
    assert found.title.endswith("劳动争议调解成功率没有发生；安康杯竞赛规模以上企业覆盖面未报送"), found.title
    assert [mark.shown_text for mark in found.series[0].marks] == ["没有发生", "未报送"]
    for text in (drawn(found), str(table_of(found).rows), str(cells(found, tmp_path / "图.xlsx"))):
        assert "没有发生" in text and "未报送" in text and "没有数据" not in text


def test_s04_a_course_says_of_each_quarter_why_it_has_none(source: Source, tmp_path: Path) -> None:
    found = figure(source, "fees.money", "2008Q3", "T01")
    rate = next(series for series in found.series if series.name == "工会经费收缴率")
    assert [mark.shown_text for mark in rate.marks] == ["90.0%", "未报送", "90.0%"]
    assert "2008年二季度：未报送" in drawn(found)
    assert "未报送" in str(table_of(found).rows) and "未报送" in str(cells(found, tmp_path / "图.xlsx"))


def test_s04_a_ledger_that_nobody_filed_is_not_reported(source: Source) -> None:
    found = figure(source, "contest.contests", "2008Q1")
    assert not found.known and found.absence == "未报送" and "未报送" in found.title
    assert "没有数据" not in drawn(found) + found.title


@pytest.mark.parametrize("panel", ["rights.rates", "fees.money"])
@pytest.mark.parametrize("write", [write_document, write_slides, write_workbook])
def test_s04_so_do_word_slides_and_workbook(source: Source, write: Callable[[Brief], bytes], panel: str) -> None:
    exhibit = Exhibit(figure(source, panel, "2008Q3" if panel == "fees.money" else "2008Q1", "T01"), "R1", panel)
    brief = Brief(title="材料", unit="T01", unit_name="甲镇", span="2008Q1", span_name=Q1, as_known=(),
                  sections=(Section("一", (), (exhibit,)),), proofs=())  # fmt: skip
    written = str(texts_of(write(brief)))
    assert "未报送" in written or panel == "fees.money" and write != write_workbook, written
    assert "没有数据" not in written


def test_s04_areas_are_counted_by_why_they_have_none(source: Source) -> None:
    title = figure(source, "fees.areas", "2008Q1").title
    assert title.endswith("1个未报送"), title


def test_a06_two_with_one_of_two_quarters_are_both_ranked_as_such(source: Source) -> None:
    """It is not the same quarter, so their places say nothing without a word."""
    found = figure(source, "fees.areas", "2008Q1..2008Q3", "T01")
    notes = {mark.label: mark.note for mark in found.series[0].marks if mark.value is not None}
    assert all("未报全（已报1/3份）" in note for note in notes.values()) and len(notes) == 2
    assert "2个未报全" in found.title
