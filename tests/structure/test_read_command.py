"""The command python -m etl read."""

import json
from pathlib import Path

import pytest

from etl.__main__ import main

BOOK = "会员表,,\n单位,职工,会员\n合计,30,23\n东镇,10,8\n西镇,20,15\n注：一,,\n"


def test_read_prints_the_tables_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "表.csv"
    path.write_text(BOOK, encoding="utf-8")
    assert main(["read", str(path)]) == 0
    said = capsys.readouterr().out
    assert "标题：会员表（A1）" in said
    assert "第 4 行：A4 东镇，B4 10，C4 8" in said
    assert "合计 第 3 行：A3 合计，B3 30，C3 23；与明细相符，含明细 2 行" in said


def test_read_as_json_keeps_its_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "表.csv"
    path.write_text(BOOK, encoding="utf-8")
    assert main(["read", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (table,) = told["sheets"][0]["tables"]
    assert told["file"] == "表.csv"
    assert set(table) == {
        "range", "title", "period", "reporter", "measure", "header_rows", "columns", "details", "totals",
        "column_totals", "derived", "subsets",
        "sections", "notes", "footers", "prepared_rows", "captions", "beside", "remarks",
    }  # fmt: skip
    assert table["columns"][1] == {"column": "B", "path": ["职工"], "measure": None, "role": "figure"}
    assert table["details"][0]["cells"][1] == {"address": "B4", "raw": "10", "value": 10.0}
    assert table["totals"][0]["agrees"] is True


def test_a_file_that_can_not_be_read_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "表.pdf"
    path.write_bytes(b"%PDF-1.4")
    assert main(["read", str(path)]) == 1
    assert capsys.readouterr().out == "这是 PDF 文件，不是表格文件\n"
    assert main(["read", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"file": "表.pdf", "refused": "这是 PDF 文件，不是表格文件"}


def test_a_file_that_is_not_there_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "没有.xlsx"]) == 2
    assert capsys.readouterr().err == "没有“没有.xlsx”这个文件。\n"
