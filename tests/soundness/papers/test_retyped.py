"""A figure retyped in a paper is detected in Word, slides and workbooks, without false alarms."""

import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from etl.intake import load_paths
from stats.__main__ import main
from stats.papers.cited_figures import Registered
from stats.papers.retyped import retyped
from tests.lib.county import town_one, town_two, write_register, write_roster

PERIOD, SPAN = "2008年一季度", "2008Q1"
OUTLINE = "quarterly_bulletin"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two townships' rosters, 118 members in total, and a paper made from it."""
    folder, store = tmp_path_factory.mktemp("county"), tmp_path_factory.mktemp("store")
    write_register(folder)
    write_roster(folder, "甲镇", PERIOD, town_one())
    write_roster(folder, "乙乡", PERIOD, town_two())
    load_paths([folder], store)
    asked = ["--unit", "COUNTY", "--span", SPAN, "--outline", OUTLINE, "--out", str(store / "made"), "--who", "办公室"]
    assert main(["brief", *asked, "--store", str(store)]) == 0
    return store


def paper(store: Path, suffix: str) -> bytes:
    [path] = (store / "made").glob(f"*.{suffix}")
    return path.read_bytes()


def with_text(data: bytes, old: str, new: str, parts: str) -> bytes:
    """Return a file with a text replaced in some of its parts."""
    made, changed = BytesIO(), 0
    with ZipFile(BytesIO(data)) as packed, ZipFile(made, "w", ZIP_DEFLATED) as out:
        for name in packed.namelist():
            content = packed.read(name)
            if re.fullmatch(parts, name):
                changed += content.count(old.encode())
                content = content.replace(old.encode(), new.encode())
            out.writestr(name, content)
    assert changed, f"no {old} in {parts}"
    return made.getvalue()


def cited(store: Path, data: bytes, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    file = store / name
    file.write_bytes(data)
    capsys.readouterr()
    assert main(["cite", "--in", str(file), "--store", str(store)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["docx", "pptx", "xlsx"])
def test_a20_a_paper_as_it_was_made_holds_nothing_retyped(
    suffix: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = cited(store, paper(store, suffix), f"原稿.{suffix}", capsys)
    assert "没有变化" in said and "文中写的是" not in said and "文中没有写数" not in said


@pytest.mark.parametrize(
    ("suffix", "parts"),
    [
        ("docx", r"word/document\.xml"),
        ("pptx", r"ppt/slides/slide\d+\.xml"),
        ("pptx", r"ppt/notesSlides/notesSlide\d+\.xml"),
        ("xlsx", r"xl/sharedStrings\.xml"),
    ],
)
@pytest.mark.parametrize("new", ["818人", "８１８人", "1.18万人", "约200人", "117人"])
def test_a20_a_retyped_figure_is_told(
    suffix: str, parts: str, new: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = cited(store, with_text(paper(store, suffix), "118人", new, parts), f"改稿.{suffix}", capsys)
    assert f"文中写的是 {new}，登记的是 118人" in said and "1 处文中写的和登记的不一样" in said


@pytest.mark.parametrize("suffix", ["docx", "pptx"])
@pytest.mark.parametrize("new", ["１１８人", "118 人", "0.0118万人", "一百一十八人", "100多人", "约120人"])
def test_a20_the_same_number_in_other_words_is_no_change(
    suffix: str, new: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = {"docx": r"word/document\.xml", "pptx": r"ppt/slides/slide\d+\.xml"}[suffix]
    said = cited(store, with_text(paper(store, suffix), "118人", new, parts), f"换写法.{suffix}", capsys)
    assert "文中写的是" not in said and "文中没有写数" not in said


def test_a20_a_number_in_a_workbooks_cell_is_looked_at(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = load_workbook(BytesIO(paper(store, "xlsx")))
    cell = next(cell for row in book["数字"].iter_rows() for cell in row if cell.value == 118)
    cell.value = 818
    made = BytesIO()
    book.save(made)
    assert "文中写的是 818人，登记的是 118人" in cited(store, made.getvalue(), "改数.xlsx", capsys)
    cell.value = None
    book.save(made := BytesIO())
    assert "文中没有写数，登记的是 118人" in cited(store, made.getvalue(), "删数.xlsx", capsys)


def test_a20_a_place_that_lost_its_number_is_told(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    emptied = with_text(paper(store, "docx"), "118人", "", r"word/document\.xml")
    assert "文中没有写数，登记的是 118人" in cited(store, emptied, "空.docx", capsys)
    reworded = with_text(paper(store, "docx"), "118人", "很多人", r"word/document\.xml")
    assert "文中写的是 很多人，登记的是 118人" in cited(store, reworded, "无数.docx", capsys)


def test_a20_a_number_before_a_reference_in_a_text_is_looked_at(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cited(store, paper(store, "docx"), "原稿.docx", capsys)
    assert main(["cite", "--in", str(store / "原稿.docx"), "--json", "--store", str(store)]) == 0
    found = json.loads(capsys.readouterr().out)["figures"]
    ref = next(one["registered"]["ref"] for one in found if one["registered"]["text"] == "118人")
    assert "文中写的是" not in cited(store, f"会员118人〔{ref}〕。".encode(), "a.txt", capsys)
    assert "文中写的是 181人，登记的是 118人" in cited(store, f"会员181人〔{ref}〕。".encode(), "b.txt", capsys)


@pytest.mark.parametrize("suffix", ["docx", "pptx"])
def test_a20_a_number_of_a_chart_is_looked_at(suffix: str, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = {"docx": "word", "pptx": "ppt"}[suffix]
    edited = with_text(paper(store, suffix), "<c:v>118.0</c:v>", "<c:v>818</c:v>", rf"{folder}/charts/chart\d+\.xml")
    said = cited(store, edited, f"改图.{suffix}", capsys)
    assert re.search(r"文中写的是 图中工会会员人数（2008年一季度）818人，登记的是 118人", said), said


def test_a20_a_number_of_a_workbooks_chart_is_looked_at(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = load_workbook(BytesIO(paper(store, "xlsx")))
    sheet = book["图表"]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "工会会员人数")
    below = sheet.cell(head.row + 1, head.column)
    assert below.value == 118
    below.value = 818
    book.save(made := BytesIO())
    said = cited(store, made.getvalue(), "改图数.xlsx", capsys)
    assert "文中写的是 图中工会会员人数（2008年一季度）818人，登记的是 118人" in said


def registered(value: float | None, text: str) -> Registered:
    return Registered(
        ref="7K2M-Q9XT4",
        subject="subject",
        name="名称",
        unit="COUNTY",
        span=SPAN,
        build=1,
        built_at="",
        value=value,
        text=text,
        content="",
    )


@pytest.mark.parametrize(
    ("written", "value", "text", "printed", "right"),
    [
        ("88,124人", 38124, "38,124人", [], False),
        ("38124人", 38124, "38,124人", [], True),
        ("3.8万人", 38124, "38,124人", [], True),
        ("3.9万人", 38124, "38,124人", [], False),
        ("3.8万多人", 38124, "38,124人", [], True),
        ("85.2%", 0.852, "85.2%", ["85%以上"], True),
        ("85%以上", 0.852, "85.2%", ["85%以上"], True),
        ("90%以上", 0.852, "85.2%", ["85%以上"], False),
        ("63.8万元", 638000, "63.8万元", ["60多万元"], True),
        ("638,000元", 638000, "63.8万元", ["60多万元"], True),
        ("63.8元", 638000, "63.8万元", ["60多万元"], False),
        ("80多万元", 638000, "63.8万元", ["60多万元"], False),
        ("比2009年末增加25家", 369, "369家", ["369家", "比2009年末增加25家"], True),
        ("比2009年末增加52家", 369, "369家", ["369家", "比2009年末增加25家"], False),
        ("比2009年末增加369家", 369, "369家", ["369家", "比2009年末增加25家"], False),
        ("比2008年末增加25家", 369, "369家", ["369家", "比2009年末增加25家"], False),
        ("六", 5, "5个", ["五"], False),
        ("两", 2, "2年", ["两年"], True),
        ("120人", None, "—", ["没有数据"], False),
        ("没有数据", None, "—", ["没有数据"], True),
        ("", 5, "5个", ["五"], False),
        ("陆拾叁万捌仟元整", 638000, "63.8万元", [], True),
    ],
)
def test_a20_words_are_held_against_what_was_registered(
    written: str, value: float | None, text: str, printed: list[str], right: bool
) -> None:
    assert (retyped([written], registered(value, text), printed) == []) == right
