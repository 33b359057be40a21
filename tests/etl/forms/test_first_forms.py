"""On an empty store everybody gets the first form; filled in, it is taken in, and the next ones come from there."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from base.errors import UserError
from base.periods import parse_quarter
from etl.__main__ import main as etl
from etl.collection.first_forms import first_forms, needs_no_units
from etl.collection.templates import make_template
from etl.intake import load_paths
from stats.catalogue import load_catalogue
from tests.etl.forms.test_template import fill, take
from tests.lib.county import REPORTER, UNITS

PERIOD = parse_quarter("2008Q1")
CATALOGUE = load_catalogue()


def ask(store: Path, *words: str) -> int:
    return etl(["template", *words, "--store", str(store)])


def test_a_register_is_handed_out_filled_in_and_taken_in(tmp_path: Path) -> None:
    path, store = tmp_path / "单位名册.xlsx", tmp_path / "store"
    assert ask(store, "R00", "--period", "2008Q1", "--out", str(path)) == 0
    assert not store.exists(), "a form handed out leaves nothing in the store"
    fill(path, UNITS)
    book = load_workbook(path)
    book.worksheets[0]["A2"] = f"填报单位：{REPORTER}"
    book.save(path)
    assert load_paths([path], store).count("accepted") == 1
    assert ask(store, "R01", "--unit", "T01", "--period", "2008Q1", "--out", str(tmp_path / "R01.xlsx")) == 0


def test_the_name_of_the_county_is_written_or_left_open(tmp_path: Path) -> None:
    open_form = make_template(tmp_path / "none", "R00", "", PERIOD, tmp_path / "open.xlsx")
    named = make_template(tmp_path / "none", "R00", REPORTER, PERIOD, tmp_path / "named.xlsx")
    cells = [load_workbook(path).worksheets[0]["A2"] for path in (open_form, named)]
    assert [(cell.value, cell.protection.locked) for cell in cells] == [
        ("填报单位：", False),
        (f"填报单位：{REPORTER}", True),
    ]


def test_a_register_left_blank_is_not_taken_in(tmp_path: Path) -> None:
    path = make_template(tmp_path / "none", "R00", "", PERIOD, tmp_path / "单位名册.xlsx")
    summary = load_paths([path], tmp_path / "store")
    assert summary.count("returned") == 1 and not summary.build


def test_a_form_of_units_leads_to_the_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "R01.xlsx"
    assert ask(tmp_path / "none", "R01", "--period", "2008Q1", "--out", str(out)) == 2
    told = capsys.readouterr().err
    assert "现在还没有" in told and "python -m etl template R00" in told and not out.exists()


def test_all_first_forms_come_in_one_zip(tmp_path: Path) -> None:
    out = tmp_path / "全部.zip"
    assert ask(tmp_path / "none", "--all", "--period", "2008Q4", "--out", str(out)) == 0
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
    assert len(names) == len(first_forms(CATALOGUE)) and names[0] == "县总工会/2008年四季度_单位名册.xlsx"
    with pytest.raises(UserError, match="一行一个单位"):
        make_template(tmp_path / "none", "R01", "", PERIOD, tmp_path / "R01.xlsx")


@pytest.mark.parametrize("code", [code for code, form in CATALOGUE.forms.items() if needs_no_units(form)])
def test_every_first_form_is_recognised_as_what_it_is(tmp_path: Path, code: str) -> None:
    path = make_template(tmp_path / "none", code, REPORTER, PERIOD, tmp_path / "form.xlsx")
    layout, filed, _ = take(path)
    assert layout.form.code == code and filed.reporter == REPORTER
