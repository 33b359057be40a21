"""Characters that nobody sees come along when texts are copied: everything is read as it looks without them."""

from pathlib import Path

import pytest

from base.text import normalise, without_invisible
from etl.intake import check_paths
from etl.read import read_sheets
from tests.lib.county import begin_store
from tests.lib.files.formats import WRITERS, Table, write_table
from tests.messy.returns import aid, book

UNSEEN = ["\ufeff", "\u200b", "\u200d", "\u200e", "\u200f", "\u2060", "\u2063", "\u00ad", "\u202a", "\u202c", "\u2066",
          "\u2069", "\ufe0f", "\U000e0101", "\u061c"]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("store")
    begin_store(made)
    return made


@pytest.mark.parametrize("unseen", UNSEEN)
def test_b04_texts_are_the_same_without_what_nobody_sees(unseen: str) -> None:
    assert without_invisible(f"{unseen}甲{unseen} 镇{unseen}") == "甲 镇"
    assert normalise(f"甲{unseen} 镇\xa0") == "甲镇"


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_b04_it_is_taken_out_in_every_format(kind: str, tmp_path: Path) -> None:
    table = Table([["单位\u200b名称", "会\ufeff员"], ["甲\u200e镇", "\u202a1,234\u202c"]])
    if kind == "csv":
        table.rows[1][1] = "\u202a1234\u202c"
    (sheet,) = read_sheets(write_table(table, kind, tmp_path))
    assert [cell.raw.replace(",", "") for cell in sheet.cells.values()] == ["单位名称", "会员", "甲镇", "1234"]


def test_b04_names_numbers_headers_and_words_are_read(store: Path, tmp_path: Path) -> None:
    mark = "\u200e"
    row = {"number": f"一{mark}号", "date": f"2008-02-{mark}01", "unit": f"甲{mark}镇", "direction": f"发{mark}放",
           "amount": f"{mark}4800\u2060", "persons": f"1{mark}2"}  # fmt: skip
    form = aid(row, money=f"元{mark}、吨")
    form.extra = {"A3": f"编{mark}号", "L3": "金\ufeff额"}
    (judged,) = check_paths([book(form)(tmp_path)], store)
    assert judged.verdict == "accepted"
    found = judged.returns[0]
    assert (found.column("amount"), found.column("persons"), found.keys) == ([4800], [12], ["一号"])


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("¥4,800.00", 4800),
        ("￥4800", 4800),
        ("RMB 4,800", 4800),
        ("人民币4800元", 4800),
        ("¥ 0.48万元", 4800),
        ("CNY4800.5", 4800.5),
        ("4 800元", 4800),
        ("4\xa0800", 4800),
        ("4\u202f800.00 元", 4800),
        ("４，８００元", 4800),
        ("4800元整", 4800),
    ],
)
def test_b04_money_is_read_as_people_write_it(written: str, amount: float, store: Path, tmp_path: Path) -> None:
    (judged,) = check_paths([book(aid({"amount": written}))(tmp_path)], store)
    assert judged.verdict == "accepted" and judged.returns[0].column("amount") == [amount]


@pytest.mark.parametrize("written", ["$4800", "¥", "¥约4800", "4800¥5", "12 34元"])
def test_b04_what_is_no_money_of_ours_is_told(written: str, store: Path, tmp_path: Path) -> None:
    (judged,) = check_paths([book(aid({"amount": written}))(tmp_path)], store)
    assert [one.rule for one in judged.findings] == ["bad_value"]


def test_b04_a_count_is_no_money(store: Path, tmp_path: Path) -> None:
    (judged,) = check_paths([book(aid({"amount": 1, "persons": "¥12"}))(tmp_path)], store)
    assert [one.rule for one in judged.findings] == ["bad_value"]


@pytest.mark.parametrize("written", ["4800①", "4800²", "1 200¹", "人民币4800元①", "12⑵", "㊀"])
def test_b04_sibling_a_footnote_is_no_digit(written: str, store: Path, tmp_path: Path) -> None:
    (judged,) = check_paths([book(aid({"amount": written, "persons": written}))(tmp_path)], store)
    assert [(one.rule, one.problem) for one in judged.findings] == [("bad_value", f"填的是“{written}”")] * 2
