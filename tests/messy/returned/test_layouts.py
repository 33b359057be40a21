"""Rosters whose headings and surroundings a union changed: the form's columns are still found, and nothing else."""

from typing import Any

import pytest

from etl.extract import extract
from etl.model.finding import Finding
from etl.model.grid import Grid
from etl.model.nouns import Layout, Return, Sheet
from etl.recognise import recognise
from stats.catalogue import Catalogue
from stats.catalogue.models import Column

HEAD = [["基层工会组织情况表"], ["填报单位：甲镇总工会", "报告期：2008年一季度"]]


@pytest.fixture
def columns(catalogue: Catalogue) -> list[Column]:
    """The columns of the roster."""
    return list(catalogue.forms["R01"].columns)


def _drifting(columns: list[Column]) -> list[list[Any]]:
    """Return two header rows whose upper labels are not merged: blank over every further column of a group."""
    uppers = [column.name.partition("/")[0] for column in columns]
    drifted = [upper if at == 0 or uppers[at - 1] != upper else "" for at, upper in enumerate(uppers)]
    return [drifted, [column.name.partition("/")[2] for column in columns]]


def _row(catalogue: Catalogue, columns: list[Column], name: str) -> list[Any]:
    values: dict[str, Any] = {"unit": name, "text": "文", "integer": 5.0}
    return [values.get(c.type) or catalogue.codes[c.codes or ""].names()[0] for c in columns]


def _read(
    catalogue: Catalogue, rows: list[list[Any]], file: str = "表.xlsx", **more: Any
) -> tuple[Layout, Return, list[Finding]]:
    layout, findings = recognise(Sheet(name="表", cells=Grid(rows), **more), file, catalogue)
    assert layout is not None
    found, further = extract(layout, file, catalogue)
    return layout, found, findings + further


def _returned(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings if finding.severity == "return"]


def test_upper_labels_that_drift(catalogue: Catalogue, columns: list[Column]) -> None:
    rows = [*HEAD, *_drifting(columns), _row(catalogue, columns, "甲厂工会")]
    layout, found, findings = _read(catalogue, rows)
    assert list(layout.columns.values()) == list(range(1, len(columns) + 1))
    assert (len(found.rows), _returned(findings)) == (1, [])


def test_a_header_of_four_rows(catalogue: Catalogue, columns: list[Column]) -> None:
    upper, lower = _drifting(columns)
    between = [upper[at] if lower[at] else "" for at in range(len(columns))]
    merges = tuple((3, at, 6, at) for at, text in enumerate(lower, start=1) if not text)
    rows = [*HEAD, upper, between, between, lower, _row(catalogue, columns, "甲厂工会")]
    layout, found, findings = _read(catalogue, rows, merges=merges)
    assert layout.first_row == 7
    assert (len(found.rows), _returned(findings)) == (1, [])


def test_rows_that_number_the_columns_or_name_their_units_are_no_data(
    catalogue: Catalogue, columns: list[Column]
) -> None:
    units = ["(人)" if column.measure == "person" else "" for column in columns]
    numbers = ["甲", *(float(at) for at in range(1, len(columns)))]
    rows = [*HEAD, *_drifting(columns), units, numbers, _row(catalogue, columns, "甲厂工会")]
    _, found, findings = _read(catalogue, rows)
    assert (len(found.rows), _returned(findings)) == (1, [])


def test_a_code_list_and_stray_numbers_beside_the_table_do_not_disturb(
    catalogue: Catalogue, columns: list[Column]
) -> None:
    upper, lower = _drifting(columns)
    beside = [["", "代码", "工会名称"], ["", "", ""], ["", "01", "某工会"], ["", "02", "又一工会"], ["", 12.0, ""]]
    rows = [upper, lower, *(_row(catalogue, columns, name) for name in ("甲厂工会", "乙厂工会")), [""] * len(columns)]
    _, found, findings = _read(catalogue, [*HEAD, *(row + more for row, more in zip(rows, beside, strict=True))])
    assert (len(found.rows), _returned(findings)) == (2, [])


def test_a_code_list_to_the_left_does_not_disturb(catalogue: Catalogue, columns: list[Column]) -> None:
    upper, lower = _drifting(columns)
    rows = [["工会名称", "", *upper], ["", "", *lower], ["某工会", "", *_row(catalogue, columns, "甲厂工会")]]
    layout, found, findings = _read(catalogue, [*HEAD, *rows])
    assert layout.columns["union"] == 3
    assert (found.rows[0].values["union"], _returned(findings)) == ("甲厂工会", [])


@pytest.mark.parametrize("words", ["其中：女", "其中：女职工", "1 其中：男", "1、其中：女职工", "（2）其中：农民工"])
def test_a_part_of_a_row_is_no_row_of_its_own(catalogue: Catalogue, columns: list[Column], words: str) -> None:
    part = [words, *[""] * 5, 3.0]
    rows = [*HEAD, *_drifting(columns), _row(catalogue, columns, "甲厂工会"), part]
    _, found, findings = _read(catalogue, rows)
    assert (len(found.rows), _returned(findings)) == (1, [])
    assert [finding.address for finding in findings if finding.rule == "subset_row"] == ["A6"]


@pytest.mark.parametrize(("title", "file"), [("表", "帮扶（万元）.xlsx"), ("帮扶救助表（万元）", "表.xlsx")])
def test_the_unit_of_money_in_the_title_or_the_name_of_the_file(catalogue: Catalogue, title: str, file: str) -> None:
    aid = [column for column in catalogue.forms["R07"].columns if column.type != "amount" or column.measure == "yuan"]
    layout, findings = recognise(Sheet(name="表", cells=Grid([[title], [c.name for c in aid], ["1"]])), file, catalogue)
    assert layout is not None and layout.form.code == "R07"
    assert layout.head.money == "万元"
    assert "no_unit" not in [finding.rule for finding in [*findings, *extract(layout, file, catalogue)[1]]]


@pytest.mark.parametrize("word", ["总数", "小计", "合计：", "总计", "计"])
def test_b01_a_heading_for_a_total_may_have_other_words(word: str, catalogue: Catalogue, columns: list[Column]) -> None:
    heads = [[label.replace("合计", word) for label in row] for row in _drifting(columns)]
    layout, _, findings = _read(catalogue, [*HEAD, *heads, _row(catalogue, columns, "甲一厂工会")])
    assert [*layout.codes] == [column.code for column in columns]
    assert findings == []
