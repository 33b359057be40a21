"""Templates: filled in they are read back value for value without a finding; blank they are not taken for zeros."""

import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from base.periods import parse_quarter
from etl.__main__ import main as etl
from etl.check import check_return
from etl.check.finding_writer import FindingWriter
from etl.extract import extract
from etl.forms.blank_form import Unit, write_template
from etl.forms.input_limits import LISTS
from etl.known import Known
from etl.model.finding import Finding, returned
from etl.model.nouns import Layout, Return
from etl.read import read_sheets
from etl.recognise import recognise
from stats.catalogue import INDICATORS, load_catalogue
from stats.catalogue.models import Column, Form
from tests.lib.books import Row
from tests.lib.county import town_one, write_register, write_roster

CATALOGUE = load_catalogue()
PERIOD = parse_quarter("2011Q3")
TOWN = Unit("T01", "甲镇")
UNIONS = [Unit("T01001", "甲一厂工会"), Unit("T01002", "甲二厂工会"), Unit("T01003", "甲中学工会")]
# Each form in each of its layouts: a union alone gets the single-unit one.
LAYOUTS = [(code, layout) for code, form in CATALOGUE.forms.items() for layout in form.layouts]
every_layout = pytest.mark.parametrize(("code", "layout"), LAYOUTS, ids=[f"{c}-{layout}" for c, layout in LAYOUTS])
WORDS = st.text(alphabet="甲乙丙丁街道广场0123456789AB", min_size=1, max_size=8)
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
MINUTES = st.builds(datetime.combine, DAYS, st.times().map(lambda clock: clock.replace(second=0, microsecond=0)))
MOMENTS = MINUTES.filter(lambda moment: moment.time() != time())  # a cell at midnight is taken for a day alone
CENTS = st.integers(0, 10**11).map(lambda cents: cents / 100)


def blank(path: Path, code: str, layout: str, previous: Any = None) -> Path:
    """Write a template in the layout asked for."""
    alone = layout == "return"
    reporter, units = (UNIONS[0], UNIONS[:1]) if alone else (TOWN, UNIONS)
    write_template(path, CATALOGUE, CATALOGUE.forms[code], reporter.name, reporter.code, PERIOD, units, previous)
    return path


def take(path: Path) -> tuple[Layout, Return, list[Finding]]:
    """Read the one visible sheet of a file as a load would, up to the register."""
    [sheet] = read_sheets(path)
    layout, findings = recognise(sheet, path.name, CATALOGUE)
    assert layout is not None, findings
    found, told = extract(layout, path.name, CATALOGUE)
    return layout, found, findings + told


def fill(path: Path, rows: list[Row]) -> None:
    """Fill a template in, the places being found as the reader finds them."""
    layout = take(path)[0]
    book = load_workbook(path)
    sheet = book[layout.sheet.name]
    for number, row in enumerate(rows):
        for code, value in row.items():
            place = layout.places.get(code) or (layout.first_row + number, layout.columns[code])
            sheet.cell(*place, value)
    book.save(path)


def value_of(column: Column) -> st.SearchStrategy[Any]:
    """Draw what a column may hold, as it is kept: a code for a word."""
    if column.type in ("code", "indicator"):
        drawn: st.SearchStrategy[Any] = st.sampled_from(CATALOGUE.codes[column.codes or INDICATORS].entries)
    else:
        drawn = {
            "unit": st.sampled_from([unit.name for unit in UNIONS]),
            "integer": st.integers(0, 10**9),
            "amount": CENTS,
            "number": st.integers(-(10**6), 10**11).map(lambda cents: cents / 100),
            "date": DAYS,
            "moment": MOMENTS,
            "score": st.integers(-(10**4), 10**4).map(lambda cents: cents / 100)
            | st.sampled_from(CATALOGUE.codes[column.codes or "yes_no"].entries),
        }.get(column.type, WORDS)
    return drawn if column.required else st.none() | drawn


def drawn_rows(form: Form, count: int) -> st.SearchStrategy[list[Row]]:
    """Draw the values of a number of rows, without what a roster names already."""
    named = () if form.ledger else form.key
    row = st.fixed_dictionaries({c.code: value_of(c) for c in form.columns if c.code not in named})
    return st.lists(row, min_size=count, max_size=count)


def as_typed(row: Row) -> Row:
    return {code: getattr(value, "name", value) for code, value in row.items() if value is not None}


def as_kept(form: Form, row: Row) -> Row:
    kept = {code: getattr(value, "code", value) for code, value in row.items() if value is not None}
    scores = {column.code for column in form.columns if column.type == "score"} & kept.keys()
    kept |= {code: {"yes": 1.0, "no": 0.0}.get(kept[code], kept[code]) for code in scores}
    kept |= {code: f"{value:%Y-%m-%d %H:%M}" for code, value in kept.items() if isinstance(value, datetime)}
    defaults = {column.code: column.default for column in form.columns if column.default}
    return defaults | kept


@pytest.mark.property
@every_layout
@settings(max_examples=max(2, settings.default.max_examples // 8), phases=[Phase.generate])  # shrinking takes minutes
@given(data=st.data())
def test_what_is_filled_in_is_read_back(code: str, layout: str, data: st.DataObject) -> None:
    form = CATALOGUE.forms[code]
    with tempfile.TemporaryDirectory() as folder:
        path = blank(Path(folder) / "模板.xlsx", code, layout)
        count = len(take(path)[1].rows) if not form.ledger else data.draw(st.integers(1, 30))
        rows = data.draw(drawn_rows(form, count))
        fill(path, [as_typed(row) for row in rows])
        found_layout, found, findings = take(path)
    assert findings == []
    assert (found_layout.kind, found.form.code) == ("return" if layout == "return" else "table", code)
    assert (found.period, found.reporter) == (PERIOD, UNIONS[0].name if layout == "return" else TOWN.name)
    named = () if form.ledger else form.key
    read = [{key: value for key, value in row.values.items() if key not in named} for row in found.rows]
    assert read == [as_kept(form, row) for row in rows]


@every_layout
def test_a_blank_template_is_refused(code: str, layout: str, tmp_path: Path) -> None:
    form = CATALOGUE.forms[code]
    _, found, findings = take(blank(tmp_path / "空白.xlsx", code, layout))
    if not returned(findings):  # as a load has it: what stands in no cell is looked for last
        findings += check_return(found, Known(), lambda row: False, FindingWriter(found, "空白.xlsx", CATALOGUE))
    assert {(finding.rule, finding.severity) for finding in findings} == {
        ("empty" if form.ledger else "blank", "return")
    }
    assert all(set(row.values) <= set(form.key) for row in found.rows), "a blank is no value"


@every_layout
def test_a_template_guides_the_hand(code: str, layout: str, tmp_path: Path) -> None:
    form = CATALOGUE.forms[code]
    book = load_workbook(blank(tmp_path / "模板.xlsx", code, layout))
    sheet, lists = book[form.name], book[LISTS]
    assert lists.sheet_state == "hidden" and sheet.protection.sheet
    assert all(rule.error and len(rule.error) <= 255 for rule in sheet.data_validations.dataValidation)
    assert {rule.type for rule in sheet.data_validations.dataValidation} == _wanted_rules(form)
    said = {cell.comment.text for row in sheet for cell in row if cell.comment}
    assert said == {column.note for column in form.columns if column.note}
    assert _locked(sheet, form.columns[0].name.partition("/")[0])


def _wanted_rules(form: Form) -> set[str]:
    kinds = {"code": "list", "indicator": "list", "unit": "list", "integer": "whole", "score": "custom"}
    kinds |= {"date": "date", "moment": "date"}
    named = () if form.ledger else form.key
    types = {column.type for column in form.columns if column.code not in named} - {"text"}
    return {kinds.get(kind, "decimal") for kind in types}


def _locked(sheet: Worksheet, text: str) -> bool:
    return all(cell.protection.locked for row in sheet for cell in row if cell.value == text)


def test_every_word_of_a_drop_down_is_offered(tmp_path: Path) -> None:
    book = load_workbook(blank(tmp_path / "R01.xlsx", "R01", "roster"))
    sources = [
        rule.formula1 for rule in book["基层工会组织情况表"].data_validations.dataValidation if rule.type == "list"
    ]
    offered = [[cell.value for (cell,) in book[LISTS][source.partition("!")[2]]] for source in sources]
    for codes in ("org_type", "unit_category", "industry", "yes_no"):
        assert CATALOGUE.codes[codes].names() in offered


@pytest.mark.parametrize("layout", ["roster", "return"])
def test_last_quarter_stands_beside_and_is_not_read(layout: str, tmp_path: Path) -> None:
    before = {"T01001": {"workers": 1230, "industry": "02", "union": "甲一厂工会"}}
    path = blank(tmp_path / "模板.xlsx", "R01", layout, before)
    cells = [cell for row in load_workbook(path)["基层工会组织情况表"] for cell in row]
    shown = {cell.comment.text for cell in cells if cell.comment} | {cell.value for cell in cells}
    assert ({"1,230", "采矿业"} if layout == "return" else {"上期：1,230", "上期：采矿业"}) <= shown
    _, found, findings = take(path)
    assert {finding.rule for finding in findings} == {"blank"}
    assert [list(row.values) for row in found.rows] == [["union"]] * len(found.rows)


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the small county's register and one township's first quarter."""
    folder = tmp_path_factory.mktemp("small")
    write_register(folder / "sent")
    write_roster(folder / "sent", "甲镇", "2008年一季度", town_one(members=57))
    assert etl(["load", str(folder / "sent"), "--store", str(folder / "store")]) == 0
    return folder / "store"


def ask(store: Path, form: str, unit: str, out: Path, period: str = "2008Q2") -> int:
    return etl(["template", form, "--unit", unit, "--period", period, "-o", str(out), "--store", str(store)])


def test_the_command_names_the_units_of_a_township(small_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "R01.xlsx"
    assert ask(small_store, "R01", "T01", out) == 0
    _, found, _ = take(out)
    assert [row.values["union"] for row in found.rows] == [unit.name for unit in UNIONS]
    assert (found.reporter, found.period) == ("甲镇", parse_quarter("2008Q2"))
    comments = [cell.comment.text for row in load_workbook(out).worksheets[0] for cell in row if cell.comment]
    assert "上期：57" in comments


def test_a_roster_names_only_those_that_have_to_report(small_store: Path, tmp_path: Path) -> None:
    assert ask(small_store, "R04", "T01", tmp_path / "R04.xlsx") == 0
    assert [row.values["union"] for row in take(tmp_path / "R04.xlsx")[1].rows] == [unit.name for unit in UNIONS]
    assert ask(small_store, "R04", "T02", tmp_path / "R04.xlsx") == 0
    assert [row.values["union"] for row in take(tmp_path / "R04.xlsx")[1].rows] == ["乙一厂工会"]


def test_a_filled_template_goes_all_the_way_in(
    small_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "R01.xlsx"
    assert ask(small_store, "R01", "T01002", out) == 0
    assert take(out)[0].kind == "return"
    [row] = [row for row in town_one() if row["union"] == "甲二厂工会"]
    fill(out, [row])
    assert etl(["load", str(out), "--store", str(small_store)]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(("form", "unit", "period", "said"), [
    ("R0", "T01", "2008Q2", "没有代码为“R0”的报表，是不是“R"),
    ("经费收缴表", "T01", "2008Q2", "是不是“工会经费收缴表”"),
    ("R01", "T09", "2008Q2", "单位名册里没有代码“T09”，是不是“T0"),
    ("R01", "甲镇", "2008Q2", "甲镇的代码是 T01。"),
    ("R01", "T01", "2007Q4", "甲镇（T01）在2007年四季度不在册：到2008年一季度才设立。"),
    ("R04", "T02002", "2008Q2", "乙政府工会（T02002）在 2008Q2 不用报《民主管理情况表》（R04）。"),
    ("R03", "T01", "2008Q2", "甲镇（T01）在 2008Q2 不用报"),
    ("R01", "T01", "2008", "请写成 2010Q4 这样"),
])  # fmt: skip
def test_what_cannot_be_made_is_said_so(
    form: str, unit: str, period: str, said: str, small_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(small_store, form, unit, tmp_path / "模板.xlsx", period) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "模板.xlsx").exists()


@pytest.mark.parametrize("out", ["没有这个目录/R01.xlsx", "R01.xls"])
def test_a_place_it_cannot_write_to_is_said_so(
    out: str, small_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(small_store, "R01", "T01", tmp_path / out) == 2
    assert capsys.readouterr().err.rstrip().endswith("。")
