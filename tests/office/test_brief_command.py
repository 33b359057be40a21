"""`python -m stats brief`: one command writes the three files, and each of their figures can be cited afterwards."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from stats.__main__ import main
from stats.exports.style.file_names import file_name
from stats.papers.cited_figures import look_up, papers
from stats.papers.mentions import mentions_in
from tests.lib.office import texts_of

SPAN = ("--span", "2008Q1..2010Q4")


@pytest.fixture(scope="module")
def own_store(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of this module's own, for the register is written to."""
    return shutil.copytree(store, tmp_path_factory.mktemp("own") / "store")


def written(own_store: Path, out: Path, *more: str) -> list[Path]:
    assert main(["brief", *SPAN, "--out", str(out), "--store", str(own_store), *more]) == 0
    return sorted(out.iterdir())


def test_it_writes_the_three_files_and_registers_every_figure(
    own_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = written(own_store, tmp_path / "new" / "folder", "--who", "办公室")
    said = capsys.readouterr().out
    assert [file.name for file in files] == [
        f"示例县总工会工作报告（2008—2010年）.{end}" for end in ("docx", "pptx", "xlsx")
    ]
    assert all(str(file) in said for file in files) and "已登记71处" in said
    refs = {mention.ref for file in files for mention in mentions_in(file.read_bytes(), file.name)}
    assert set(look_up(own_store, refs)) == refs
    paper = papers(own_store)[0]
    assert (paper.title, paper.who) == ("示例县总工会工作报告（2008—2010年）", "办公室") and set(paper.printed) == refs


@pytest.mark.parametrize("end", ["docx", "pptx", "xlsx"])
def test_what_it_wrote_can_be_cited(
    end: str, own_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = next(found for found in written(own_store, tmp_path, "--topic", "organisation") if found.suffix == f".{end}")
    capsys.readouterr()
    assert main(["cite", "--in", str(file), "--store", str(own_store)]) == 0
    said = capsys.readouterr().out
    assert "没有登记过" not in said and said.rstrip().endswith("0 处数字已更正。") and "工会会员人数" in said


def test_a_township_can_have_its_own(own_store: Path, tmp_path: Path) -> None:
    files = written(own_store, tmp_path, "--unit", "T01", "--outline", "quarterly_bulletin")
    assert "蒋家嘴镇" in files[0].name
    texts = "\n".join(texts_of(files[0].read_bytes()))
    assert "单位：蒋家嘴镇" in texts


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--topic", "aidd"), "是不是“aid”"),
        (("--topic", "zzz"), "有这些："),
        (("--outline", "work_reprot"), "是不是“work_report”"),
        (("--unit", "T99"), "没有代码为“T99”的单位"),
    ],
)
def test_what_it_does_not_know_it_says(
    more: Sequence[str], words: str, own_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["brief", *SPAN, "--out", str(out), "--store", str(own_store), *more]) == 2
    assert words in capsys.readouterr().err and not out.exists()


def test_a_folder_that_cannot_be_written_is_told(
    own_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")
    assert main(["brief", *SPAN, "--out", str(taken), "--store", str(own_store), "--topic", "organisation"]) == 2
    assert "写不进去" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("title", "name"),
    [("甲/乙镇\\报告：“一”?", "甲乙镇报告：“一”.docx"), ("..", "材料.docx"), ("长" * 200, "长" * 80 + ".docx")],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title, "docx") == name
