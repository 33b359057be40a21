"""Files that must be sent back.

Each has findings that say where, what stands there, what belongs there and what to do; nothing of it enters the
warehouse, and the file stays in the inbox.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import Outcome, load_paths
from etl.model.finding import Finding
from stats.catalogue import load_catalogue
from stats.readings import read
from stats.warehouse import open_warehouse
from store.builds import current_build
from tests.lib.books import Form, address, write_book
from tests.lib.county import REPORTER, copy_of, town_one, town_two, union_row, write_register, write_roster
from tests.lib.few import few_at_first

PERIOD = "2008年一季度"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Maker = Callable[[Path], Path]


def roster(*rows: dict[str, object], town: str = "甲镇", **options: object) -> Maker:
    return lambda folder: write_roster(folder, town, PERIOD, list(rows), **options)  # type: ignore[arg-type]


def raw_file(name: str, content: bytes) -> Maker:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def book(*forms: Form) -> Maker:
    return lambda folder: write_book(folder / "报表.xlsx", *forms)


def aid(money: str = "万元、吨", **values: object) -> Form:
    row = {"number": "F1", "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问"} | values
    return Form("R07", REPORTER, PERIOD, [row], money=money)


def training(**values: object) -> Form:
    row = {"number": "P1", "date": "2008-02-01", "unit": "甲镇", "kind": "职工培训班", "title": "技能"} | values
    return Form("R08", REPORTER, PERIOD, [row])


def target(**values: object) -> Form:
    row = {"indicator": "职工入会率", "unit": REPORTER, "year": 2008, "comparator": "≥", "measure": "%",
           "document": "文件", "owner": "组织部", "due": "2008-12-31", "date": "2008-03-01"} | values  # fmt: skip
    return Form("R13", REPORTER, PERIOD, [row])


NEW = {"unit_code": "T01009", "unit_name": "甲新厂工会", "level": "基层工会", "parent": "T01", "category": "私营",
       "org_type": "单一", "status": "在册", "effective": "2008-02-01"}  # fmt: skip
MISHAPS: dict[str, tuple[Maker, str, str]] = {
    "random bytes": (raw_file("坏.xlsx", b"PK\x03\x04" + bytes(range(256)) * 9), "unreadable", ""),
    "empty file": (raw_file("空.xlsx", b""), "unreadable", ""),
    "only white space": (raw_file("空.csv", b"\r\n , \r\n"), "unreadable", ""),
    "locked by a password": (raw_file("密.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") * 9), "unreadable", ""),
    "an image": (raw_file("图.xls", b"\x89PNG\r\n\x1a\n\x00\x00"), "unreadable", ""),
    "some other table": (raw_file("菜单.csv", "品名,价格\n大米,3\n".encode()), "unknown_form", ""),
    "a column left out": (roster(*town_one(), omit=["members"]), "missing_column", ""),
    "nobody named as sender": (roster(*town_one(), town=""), "unknown_reporter", ""),
    "a sender nobody knows": (roster(*town_one(), town="丙镇"), "unknown_reporter", ""),
    "a union nobody knows": (roster(union_row("丁厂工会", 1, 2)), "unknown_unit", address("R01", "union")),
    "a union of another township": (roster(*town_two()), "foreign_unit", address("R01", "union")),
    "words for a number": (roster(union_row("甲一厂工会", "约三百", 400)), "bad_value", address("R01", "members")),
    "a bound for a number": (roster(union_row("甲一厂工会", "120多", 400)), "bad_value", address("R01", "members")),
    "a fraction of a person": (roster(union_row("甲一厂工会", 12.5, 400)), "bad_value", address("R01", "members")),
    "a negative number": (roster(union_row("甲一厂工会", -3, 400)), "bad_value", address("R01", "members")),
    "a word off the list": (roster(union_row("甲一厂工会", 1, 2, audit="大概")), "bad_value", address("R01", "audit")),
    "a blank where a number must be": (roster(union_row("甲一厂工会", None, 400)), "blank", address("R01", "members")),
    "a dash where a number must be": (roster(union_row("甲一厂工会", "—", 400)), "blank", address("R01", "members")),
    "a formula without a result": (
        roster(union_row("甲一厂工会", "=1/0", 400)),
        "bad_value",
        address("R01", "members"),
    ),
    "more members than workers": (roster(union_row("甲一厂工会", 9, 4)), "relation", address("R01", "members")),
    "the same union twice": (
        roster(*town_one(), union_row("甲一厂工会", 1, 2)),
        "repeated",
        address("R01", "union", 3),
    ),
    "a total that does not add up": (
        roster(*town_one(), total={"members": 101}),
        "total",
        address("R01", "members", 3),
    ),
    "no data rows": (roster(), "empty", ""),
    "title and period disagree": (roster(*town_one(), title="2009年一季度基层工会组织情况表"), "period_conflict", "B2"),
    "a quarter nobody can tell": (
        book(Form("R01", "甲镇", "上个季度", town_one(), title="基层工会组织情况表")),
        "no_period",
        "B2",
    ),
    "money without its unit": (book(aid(money="吨", amount=3)), "no_unit", ""),
    "a date after the quarter": (book(aid(date="2008-05-01")), "future_date", address("R07", "date")),
    "a quarter that has not come yet": (
        lambda folder: write_roster(folder, "甲镇", "2199年一季度", town_one()),
        "future_period",
        "",
    ),
    "a register whose parent nobody knows": (
        lambda folder: write_register(folder, NEW | {"parent": "T77"}),
        "register_parent",
        address("R00", "parent", 8),
    ),
    "a union under a union": (
        lambda folder: write_register(folder, NEW | {"parent": "T01001"}),
        "register_parent",
        address("R00", "parent", 8),
    ),
    "two unions of one name": (
        lambda folder: write_register(folder, NEW | {"unit_name": "甲一厂工会"}),
        "register_name",
        address("R00", "unit_name", 0 + 3),
    ),
    "a rate's target without its percent sign": (book(target(value=80)), "target_size", address("R13", "value")),
    "a target in another measure": (
        book(target(indicator="工会会员人数", value=4, measure="千家")),
        "target_measure",
        address("R13", "measure"),
    ),
    "more certificates than people trained": (
        book(training(certificates=31, person_times=30)),
        "relation",
        address("R08", "certificates"),
    ),
    "a register without its names": (
        book(Form("R00", REPORTER, PERIOD, [NEW], omit=["unit_name"])),
        "missing_column",
        "",
    ),
    "an identity number": (
        roster(union_row("甲一厂工会", 1, 2), union_row("甲二厂工会", 1, 2), extra={"U5": "11010519491231002X"}),
        "personal_data",
        "U5",
    ),
    "a mobile number": (roster(union_row("甲一厂工会", 1, 2), extra={"U5": "联系 13800138000"}), "personal_data", "U5"),
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that knows the register and one good roster."""
    return copy_of(_with_a_roster, tmp_path)


def _with_a_roster(folder: Path) -> None:
    sent = folder / "good"
    load_paths([write_register(sent), write_roster(sent, "乙乡", PERIOD, town_two())], folder / "store")


def load_one(path: Path, store: Path) -> Outcome:
    summary = load_paths([path], store)
    assert len(summary.outcomes) == 1
    return summary.outcomes[0]


# The first mishap of each rule; `make soak` tries all of them.
ONE_OF_EACH = {rule: mishap for mishap, (_, rule, _) in reversed(MISHAPS.items())}.values()


@pytest.mark.parametrize("mishap", few_at_first(MISHAPS, ONE_OF_EACH))
def test_a_mishap_is_answered_and_changes_nothing(mishap: str, tmp_path: Path, store: Path) -> None:
    make, rule, place = MISHAPS[mishap]
    (tmp_path / "sent").mkdir()
    path = make(tmp_path / "sent")
    before = current_build(store)
    outcome = load_one(path, store)
    assert outcome.what == "returned"
    told = [finding for finding in outcome.findings if finding.rule == rule]
    assert told, [finding.rule for finding in outcome.findings]
    assert told[0].address == place
    assert_complete(told[0], path)
    assert current_build(store) == before
    kept_whole = any(kept.read_bytes() == path.read_bytes() for kept in (store / "inbox").iterdir())
    assert kept_whole == (rule != "personal_data")


def assert_complete(finding: Finding, path: Path) -> None:
    assert finding.file == path.name
    assert finding.problem and finding.requirement and finding.todo
    assert "！" not in finding.sentence() and "。。" not in finding.sentence()


def test_a_finding_is_said_in_one_sentence(tmp_path: Path, store: Path) -> None:
    path = write_roster(tmp_path, "甲镇", PERIOD, [union_row("甲一厂工会", "约三百", 400)], name="二季度.xlsx")
    sentence = load_one(path, store).findings[0].sentence()
    assert sentence == (
        f"“二季度.xlsx”表“R01”{address('R01', 'members')}（会员人数·合计）：填的是“约三百”；"
        "这里要一个整数。请改为具体的数，例如 300。"
    )


def test_a_returned_file_goes_in_once_the_register_explains_it(tmp_path: Path, store: Path) -> None:
    roster_path = write_roster(tmp_path, "甲镇", PERIOD, [union_row("甲新厂工会", 5, 9)])
    assert load_one(roster_path, store).what == "returned"
    new = {
        "unit_code": "T01004",
        "unit_name": "甲新厂工会",
        "level": "基层工会",
        "parent": "T01",
        "category": "私营",
        "org_type": "单一",
        "status": "在册",
        "effective": "2008-02-01",
    }
    load_one(write_register(tmp_path / "again", new), store)
    assert load_one(roster_path, store).what == "accepted"
    with closing(open_warehouse(store)) as found:
        value = read(found, load_catalogue(), "T01004", parse_span("2008Q1"), ["union_members"])[0].value
    assert value == 5
