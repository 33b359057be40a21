"""The unit of measure above a column counts as a whole word: 百元 is not 元, and a column of people is not of 百人."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.intake import check_paths, load_paths, match
from etl.model.examination import Examination
from tests.lib.books import Form, address, header_row
from tests.lib.county import REPORTER, begin_store, town_one
from tests.messy.returns import aid, book

Q1 = "2008年一季度"
FEE = {"union": "甲一厂工会", "wages": 9000, "due": 180, "paid": 180, "due_year": 180, "paid_year": 180}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("store")
    begin_store(made)
    return made


def judge(store: Path, folder: Path, form: Form) -> Examination:
    return check_paths([book(form)(folder)], store)[0]


def told(judged: Examination, rule: str = "other_unit") -> list[str]:
    return [one.problem for one in judged.findings if one.rule == rule]


@pytest.mark.parametrize("money", ["百元", "十万元", "百万元", "千万元", "美元", "港元", "100元", "元、万元"])
def test_a04_sibling_another_unit_above_a_table_is_not_the_one_it_ends_with(
    money: str, store: Path, tmp_path: Path
) -> None:
    judged = judge(store, tmp_path, Form("R11", "甲镇", Q1, [FEE], money=money))
    assert judged.verdict == "returned"
    assert f"“职工工资总额”的计量单位写的是“{money}”" in told(judged)
    assert all(
        "应是元、千元、万元、亿元中的一个" in one.requirement for one in judged.findings if one.rule == "other_unit"
    )


@pytest.mark.parametrize("money", ["元、万吨", "元、百公斤", "元；千吨", "元、吨、公斤"])
def test_a04_sibling_goods_in_another_unit_are_told(money: str, store: Path, tmp_path: Path) -> None:
    judged = judge(store, tmp_path, aid({"amount": 12, "rice": 5}, money=money))
    assert told(judged) == [f"“大米”的计量单位写的是“{money.replace('；', ';')}”"]


@pytest.mark.parametrize(
    ("money", "amount", "rice"),
    [
        ("元、吨", 12, 5),
        ("人民币元，公吨", 12, 5),
        ("万元（大米：公斤）", 120_000, 0.005),
        ("人、户、千元、千克", 12_000, 0.005),
        ("吨 亿元", 1_200_000_000, 5),
        ("元/吨", 12, 5),
    ],
)
def test_a04_sibling_units_are_found_among_others(
    money: str, amount: float, rice: float, store: Path, tmp_path: Path
) -> None:
    judged = judge(store, tmp_path, aid({"amount": 12, "rice": 5}, money=money))
    assert told(judged) + told(judged, "no_unit") == []
    assert [judged.returns[0].column(code) for code in ("amount", "rice")] == [[amount], [rice]]


@pytest.mark.parametrize("money", ["百人", "万人", "户、千人"])
def test_a04_sibling_people_by_the_hundred_are_no_people(money: str, store: Path, tmp_path: Path) -> None:
    judged = judge(store, tmp_path, Form("R01", "甲镇", Q1, town_one(), money=money))
    assert judged.verdict == "returned" and told(judged)
    assert all("以“人”为单位" in one.todo for one in judged.findings if one.rule == "other_unit")


@pytest.mark.parametrize("money", ["人", "元、人", "万元", "万人次", "个"])
def test_a04_sibling_other_words_above_a_roster_are_no_matter(money: str, store: Path, tmp_path: Path) -> None:
    assert judge(store, tmp_path, Form("R01", "甲镇", Q1, town_one(), money=money)).verdict == "accepted"


@pytest.mark.parametrize(
    ("code", "heading", "said"), [("amount", "金额（百元）", "百元"), ("persons", "人数（百人）", "百人")]
)
def test_a04_sibling_who_says_which_column_it_is_does_not_change_its_unit(
    code: str, heading: str, said: str, store: Path, tmp_path: Path
) -> None:
    """The heading is not known; once a person has said which column it is, its own unit is still another."""
    form = Form("R07", REPORTER, Q1, [{"number": "F1", "date": "2008-02-01", "unit": "甲镇", "direction": "发放",
                "kind": "走访慰问", "amount": 12, "persons": 3}], omit=["rice"], money="元")  # fmt: skip
    path = book(form)(tmp_path)
    workbook = load_workbook(path)
    place = address("R07", code, omit=["rice"]).rstrip("0123456789")
    workbook.active[f"{place}{header_row()}"] = heading
    workbook.save(path)
    (held,) = load_paths([path], store).outcomes
    assert (held.what, [one.rule for one in held.findings]) == ("held", ["unknown_column"]) and held.seq
    column = {"amount": "金额", "persons": "人数"}[code]
    answer = {heading.replace("（", "(").replace("）", ")"): column}
    (after,) = match(store, held.seq, answer, "县总工会").outcomes
    told_of = [one.problem for one in after.findings if one.rule == "other_unit"]
    assert (after.what, told_of) == ("returned", [f"“{column}”的计量单位写的是“{said}”"])
