"""The commands for papers: the list of names, the templates, and the filling of one."""

import json
from pathlib import Path

import pytest

from stats.__main__ import main
from stats.catalogue import Catalogue
from tests.lib.files.word import text_of, write_word

AT = ["--unit", "COUNTY", "--span", "2008Q1..2010Q4"]


def test_a_template_is_written_and_filled(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template, filled = tmp_path / "t.docx", tmp_path / "f.docx"
    assert main(["template", "work_report", "-o", str(template)]) == 0
    assert main(["fill", str(template), *AT, "--store", str(store), "-o", str(filled)]) == 0
    assert "个数字都有引用号" in capsys.readouterr().out
    assert "工会组织369家" in text_of(filled.read_bytes())


def test_names_are_listed_with_their_values(
    store: Path, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["placeholders", *AT, "--store", str(store), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["names"]) == len(catalogue.vocabulary.listed)
    assert next(row for row in told["names"] if row["name"] == "工会组织数")["value"] == "369家"
    assert main(["placeholders", "--store", str(store)]) == 0
    said = capsys.readouterr().out
    assert "大写\t人民币大写" in said and "2011年二季度" in said


def test_a_template_with_a_slip_is_not_filled(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template, filled = tmp_path / "t.docx", tmp_path / "f.docx"
    template.write_bytes(write_word("共{{ 工会组织数 }}，{{ 会员 }}"))
    assert main(["fill", str(template), *AT, "--store", str(store), "-o", str(filled)]) == 2
    assert not filled.exists()
    assert "✕ 正文第1段" in capsys.readouterr().out


def test_a_template_is_only_checked_without_a_file_to_write(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "t.docx"
    template.write_bytes(write_word("共{{ 工会组织数 }}"))
    assert main(["fill", str(template), *AT, "--store", str(store)]) == 0
    assert "{{ 工会组织数 }}\t369家" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["fill", "没有.docx", *AT], "读不了文件"),
        (["template", "work_repor", "-o", "x.docx"], "是不是“work_report”"),
        (["template", "work_report", "-o", "没有/x.docx"], "写不了文件"),
    ],
)
def test_wrong_use_ends_with_a_sentence(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert told in capsys.readouterr().err
