"""Numbers of persons are found in every writing, and nothing that is kept or said holds their digits."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from etl.intake import load_paths
from etl.journal import Journal
from etl.model.grid import Grid
from etl.model.nouns import Sheet
from etl.privacy.numbers import HIDDEN, find_numbers, hide, plain_digits
from etl.privacy.person_labels import labels_a_person, names_persons
from etl.privacy.split_numbers import split_numbers
from etl.replies.answer import answer_receipt
from tests.lib.contents import texts_in
from tests.lib.county import begin_store, town_one, write_roster

IDENTITY = "11010519491231002X"  # the specimen number of GB 11643
MOBILE, CARD, OLD = "13800138000", "6222021234567890128", "430722680521301"
NUMBERS = {IDENTITY: (6, 8, 4), "350102198001010011": (6, 4, 2, 2, 4), MOBILE: (3, 4, 4), CARD: (4, 4, 4, 4, 3)}
FULL = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)} | {"X": "\uff38"})
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
CIRCLED = str.maketrans({str(digit): chr(0x245F + digit) for digit in range(1, 10)} | {"0": "\u24ea"})
BETWEEN = ("", " ", "  ", "\u00a0", "\u3000", "\n", "\r\n", "\t", "\u200b", "\ufeff", "\u2060", "\u3164", ".", "．",
           "·", "/", "／", "-", "－", "—", " - ", "_")  # fmt: skip
WORDS = ("", "身份证", "电话：", "星期一", "编号12、", "第3号 ", "（", "张某，")
_DATA = json.loads((Path(__file__).parent / "person_writings.json").read_text(encoding="utf-8"))
WRITINGS: dict[str, str] = _DATA["found"]
HARMLESS: list[str] = _DATA["let_go"]


def digits_of(text: str) -> str:
    return re.sub(r"\W|_", "", text)


@st.composite
def variants(draw: st.DrawFn) -> tuple[str, str]:
    """A number as somebody may write it, and the words and digits before it."""
    number, shape = draw(st.sampled_from(list(NUMBERS.items())))
    shape = draw(st.sampled_from([shape, (len(number),), (1,) * len(number)]))
    ends = [sum(shape[:count]) for count in range(len(shape) + 1)]
    joint = draw(st.sampled_from(BETWEEN))
    written = joint.join(number[one:other] for one, other in zip(ends, ends[1:], strict=False))
    table = draw(st.sampled_from([{}, FULL, CIRCLED if number == MOBILE else FULL]))
    return written.translate(table), draw(st.sampled_from(WORDS))


@given(variants())
def test_s07_no_variant_keeps_its_digits(variant: tuple[str, str]) -> None:
    written, before = variant
    assert find_numbers(before + written + "，低保户"), before + written
    assert hide(before + written + "，低保户") == f"{before}{HIDDEN}，低保户"


@pytest.mark.parametrize("name", WRITINGS)
def test_s07_each_writing_is_found(name: str) -> None:
    assert find_numbers(WRITINGS[name])
    assert HIDDEN in hide(WRITINGS[name])


@pytest.mark.parametrize("text", HARMLESS)
def test_s07_what_is_no_number_of_a_person_is_let_go(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    "begun",
    ["1 ", "1", "1      ", "13800138000 ", "１", "1．", "一", "1 1X", "1\u200b", "138*0013*", "张三", "1.3800138E10 "],
)
def test_s07_looking_takes_as_long_as_the_text_is(begun: str) -> None:
    def taken(length: int) -> float:
        started = time.process_time()
        hide((begun * length)[:length])
        return time.process_time() - started

    taken(1000)
    assert taken(40_000) < 30 * taken(5_000) + 0.5


@pytest.mark.parametrize(
    "row",
    [
        ["甲厂", "110105", "19491231", "002X"],
        [110105.0, 19491231.0, "002X"],
        [1.0, "110105", "1949", "12", "31", "002X"],
        ["低保", *IDENTITY],
        ["110105194", "91231002X"],
        ["１１０１０５１９４９１２３１００２", "X"],
    ],
)
def test_s07_an_identity_number_over_several_cells_is_found(row: list[object]) -> None:
    sheet = Sheet(name="名单", cells=Grid([["说明"], row, ["完"]]))
    assert [place[0] for place, _ in split_numbers(sheet, (), ())] == [2]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([["见下"], ["110105"], ["19491231"], ["002X"]], (2, 1, 1, 4)),
        ([["a", 110105.0], ["b", 19491231.0], ["c", "002X"]], (1, 2, 2, 3)),
        ([["电话", "138", "1234", "5678"]], (1, 2, 4, 1)),
        ([["甲", "138", "0013", "8000"]], (1, 2, 4, 1)),
        ([["手机", *"13800138000"]], (1, 2, 12, 1)),
        ([["卡号", "6222", "0212", "3456", "7890", "128"]], (1, 2, 6, 1)),
    ],
)
def test_s07_a_number_over_rows_or_of_another_kind_is_found(rows: list[list[object]], where: tuple[int, ...]) -> None:
    assert [place for place, _ in split_numbers(Sheet(name="名单", cells=Grid(rows)), (), ())] == [where]


@pytest.mark.parametrize(
    "rows",
    [
        [["138", "1234", "5678"]],
        [[138.0, 1234.0, 5678.0], [139.0, 1000.0, 2000.0]],
        [["430722"], ["430723"], ["430724"]],
        [[str(digit)] for digit in range(10)] * 3,
    ],
)
def test_s07_figures_beside_and_below_one_another_are_let_go(rows: list[list[object]]) -> None:
    assert list(split_numbers(Sheet(name="表", cells=Grid(rows)), (), ())) == []


def test_s07_figures_side_by_side_are_no_identity_number() -> None:
    sheet = Sheet(
        name="表",
        cells=Grid([[110105.0, 19491231.0, 28.0], ["甲", 1101.0, 5194.0, 9123.0, 1002.0, 5.0], ["2008", "12"]]),
    )
    assert list(split_numbers(sheet, (), ())) == []


@pytest.mark.parametrize(
    "label",
    [
        "被慰问人",
        "慰问对象",
        "申请人",
        "家庭成员",
        "救助对象姓名",
        "姓名（签字）",
        "患病职工姓名",
        "领取人签字",
        "姓名(签名)",
    ],
)
def test_s07_a_label_over_names_is_known(label: str) -> None:
    assert labels_a_person(label) and names_persons(label, ["某甲"])
    assert not names_persons(label, [])


@pytest.mark.parametrize("filled", ["困难职工", "农民工", "12", "甲一厂工会", "劳模", "3人"])
def test_s07_a_label_over_groups_or_counts_names_nobody(filled: str) -> None:
    assert not names_persons("慰问对象", [filled])


@pytest.mark.parametrize("label", ["负责人姓名", "填表人", "联系人", "帮扶人数", "审核人（签章）"])
def test_s07_the_labels_of_an_office_are_let_go(label: str) -> None:
    assert not labels_a_person(label)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that every writing was sent to and noted in, each in a cell of a file of its own, and in names."""
    store, folder = tmp_path_factory.mktemp("store"), tmp_path_factory.mktemp("sent")
    begin_store(store)
    written = list(WRITINGS.values())
    batches = [written[at : at + 10] for at in range(0, len(written), 10)]
    for number, texts in enumerate([*batches, [f"填表人：电话{MOBILE}，身份证{IDENTITY}"]]):
        path = write_roster(folder / "cells", "甲镇", "2008年一季度", town_one(), name=f"甲镇{number}.xlsx")
        book = load_workbook(path)
        for at, text in enumerate(texts):
            book["R01"][f"U{5 + at}" if number < len(batches) else "A20"] = text
        book["R01"]["A30"] = f"第{number}份"
        book.save(path)
    named = write_roster(
        folder / "names", "甲镇", "2008年一季度", town_one(), name=f"甲镇{MOBILE.translate(FULL)}.xlsx"
    )
    titled = write_roster(folder / "names", "甲镇", "2008年一季度", town_one(), name="表名.xlsx")
    book = load_workbook(titled)
    book["R01"].title = f"R01 {IDENTITY}"
    book.save(titled)
    outcomes = load_paths([folder / "cells", named, titled], store).outcomes
    assert {outcome.what for outcome in outcomes} == {"returned"}, [o for o in outcomes if o.what != "returned"]
    assert {outcome.name for outcome in outcomes} >= {f"甲镇{HIDDEN}.xlsx"}
    return store


def test_s07_nothing_that_is_kept_holds_the_digits(sent: Path) -> None:
    kept = [texts_in(file.read_bytes()) for file in sent.rglob("*") if file.is_file()]
    for told in (*WRITINGS.values(), IDENTITY, MOBILE, CARD, MOBILE.translate(FULL)):
        assert not any(told in content for content in kept), told
    plain = [re.sub(r"\W|_", "", plain_digits(content)) for content in kept]
    for told in (IDENTITY[:-1], MOBILE, CARD):
        assert not any(told in content for content in plain), told


def test_s07_no_answer_holds_the_digits(sent: Path, tmp_path: Path) -> None:
    for seq in [entry.seq for entry in Journal(sent).entries() if entry.what == "returned"]:
        path = answer_receipt(sent, seq).write(tmp_path / f"{seq}.xlsx")
        book = load_workbook(path)
        shown = [
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert not [text for text in [*shown, *book.sheetnames] if find_numbers(text)]
