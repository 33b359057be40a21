"""Documents that set targets: each target leads to its document and back, whatever way its title is written."""

from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_quarter
from etl.intake import load_paths
from pages.parts.targets.document_list import say_document
from stats.catalogue import Catalogue
from stats.judging.documents import DocumentTargets, bases_of, disagreements
from stats.judging.targets import Target
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, town_one, write_register, write_roster

FIRST, SECOND = "2008年一季度", "2008年二季度"
OPINION = "《关于推进集体协商的意见》"


def goal(document: str, value: int = 100, **other: object) -> Row:
    row: Row = {
        "indicator": "工会会员人数", "unit": "甲镇", "year": 2008, "comparator": "≥", "value": value, "measure": "人",
        "document": document, "owner": "组织部", "due": "2008-12-31", "date": "2008-02-10",
    }  # fmt: skip
    return row | other


def document(title: str, **other: object) -> Row:
    row: Row = {"document": title, "number": "示例办〔2008〕3号", "issued": "2008-01-08", "issuer": "示例县委办公室"}
    return row | {"unit": REPORTER, "effective": "2008-01-08"} | other


def load(folder: Path, goals: list[Row], *registered: tuple[str, list[Row]]) -> Path:
    """Load two quarters of 甲镇, its targets and the register of documents."""
    sent = folder / "sent"
    write_register(sent)
    for members, quarter in ((50, FIRST), (60, SECOND)):
        write_roster(sent, "甲镇", quarter, town_one(members))
    write_book(sent / "目标.xlsx", Form("R13", REPORTER, FIRST, goals))
    for quarter, rows in registered:
        write_book(sent / f"文件{quarter}.xlsx", Form("R39", REPORTER, quarter, rows))
    assert {one.what for one in load_paths([sent], folder / "store").outcomes} == {"accepted"}
    return folder / "store"


def bases(store: Path, catalogue: Catalogue, quarter: str) -> list[DocumentTargets]:
    with closing(open_warehouse(store)) as warehouse:
        return bases_of(warehouse, catalogue, "T01", parse_quarter(quarter))


@pytest.mark.parametrize(
    "written", [OPINION, "关于推进集体协商的意见", "示例办[2008]3号", f"{OPINION}（示例办〔2008〕3号）"]
)
def test_a_target_is_led_to_its_document_and_back(tmp_path: Path, catalogue: Catalogue, written: str) -> None:
    store = load(tmp_path, [goal(written)], (FIRST, [document(OPINION), document("《别的文件》", number="别1号")]))
    found = {basis.title: basis for basis in bases(store, catalogue, "2008Q1")}
    assert [one.indicator for one in found[OPINION].targets] == ["union_members"] and not found["《别的文件》"].targets
    words = say_document(OPINION, found[OPINION].document)
    assert words == f"{OPINION}（示例办〔2008〕3号，示例县委办公室，2008-01-08发文）"


def test_a_document_that_is_not_registered_comes_first(tmp_path: Path, catalogue: Catalogue) -> None:
    store = load(tmp_path, [goal("《没有登记的办法》")], (FIRST, [document(OPINION)]))
    first = bases(store, catalogue, "2008Q1")[0]
    assert (first.document, len(first.targets)) == (None, 1)
    assert "没有登记" in say_document(first.title, first.document)


def test_a_document_is_in_force_until_the_day_it_is_replaced(tmp_path: Path, catalogue: Catalogue) -> None:
    after = document(OPINION, status="已被代替", replaced_by="《新的意见》", effective="2008-05-01")
    store = load(tmp_path, [goal(OPINION)], (FIRST, [document(OPINION)]), (SECOND, [after]))
    [then], [now] = (bases(store, catalogue, quarter) for quarter in ("2008Q1", "2008Q2"))
    assert then.document and then.document.in_force and now.document and not now.document.in_force
    assert say_document(now.title, now.document).endswith("不再有效，由《新的意见》代替）") and len(now.targets) == 1


def test_two_documents_that_disagree_are_told_with_the_one_that_counts(tmp_path: Path, catalogue: Catalogue) -> None:
    later = goal("《新的意见》", 130, issued="2008-03-01")
    same = goal("《第三份》", 60, indicator="工会组织数", measure="家", issued="2008-03-02")
    store = load(tmp_path, [goal(OPINION, issued="2008-01-08"), later, same])
    with closing(open_warehouse(store)) as warehouse:
        found: list[tuple[Target, ...]] = disagreements(warehouse, catalogue, "T01", parse_quarter("2008Q1"))
    assert [[(one.document, one.value) for one in goals] for goals in found] == [
        [(OPINION, 100), ("《新的意见》", 130)]
    ]
