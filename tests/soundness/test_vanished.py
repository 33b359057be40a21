"""Numbers that fall to zero: who has none at hand writes 0, and a blank is refused."""

from pathlib import Path
from typing import Any

import pytest

from etl.intake import ACCEPTED, HELD, Outcome, load_paths
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, UNITS, union_row, write_roster

Q1, Q2, Q3 = "2008年一季度", "2008年二季度", "2008年三季度"
NAMES = [f"甲{number}厂工会" for number in range(1, 7)]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    unions: list[Row] = [
        {"unit_code": f"T019{number:02}", "unit_name": name, "level": "基层工会", "parent": "T01", "category": "私营",
         "org_type": "单一", "status": "在册", "effective": "2008-01-01"}
        for number, name in enumerate(NAMES)
    ]  # fmt: skip
    register = write_book(tmp_path / "名册.xlsx", Form("R00", REPORTER, Q1, [*UNITS, *unions]))
    load_paths([register], tmp_path / "store")
    return tmp_path / "store"


def send(store: Path, period: str, *rows: Row) -> Outcome:
    return load_paths([write_roster(store.parent / period, "甲镇", period, list(rows))], store).outcomes[0]


def union(name: str = NAMES[0], members: int = 198, workers: int = 200, **other: Any) -> Row:
    return union_row(name, members, workers, **other)


def told(outcome: Outcome) -> list[str]:
    return [finding.found for finding in outcome.findings if finding.rule == "vanished"]


def test_a16_a_zero_where_there_were_members_is_asked(store: Path) -> None:
    assert send(store, Q1, union()).what == ACCEPTED
    outcome = send(store, Q2, union(members=0))
    assert outcome.what == HELD
    assert told(outcome) == [f"“{NAMES[0]}”会员人数·合计2008年一季度198人，这次是0"]


def test_a16_the_last_filled_quarter_counts_when_one_is_missing(store: Path) -> None:
    send(store, Q1, union())
    assert told(send(store, Q3, union(members=0)))


def test_a16_zeros_of_one_row_are_one_question_and_of_one_column_too(store: Path) -> None:
    filled = {"members_women": 90, "workers_women": 100}
    send(store, Q1, *(union(name, **filled) for name in NAMES[:4]))
    one = send(store, Q2, union(**(filled | {"members_women": 0})), *(union(name, **filled) for name in NAMES[1:4]))
    assert told(one) == [f"“{NAMES[0]}”会员人数·女会员2008年一季度90人，这次是0"]
    rows = [union(name, **(filled | {"members_women": 0})) for name in NAMES[:3]]
    assert told(send(store, Q3, *rows, union(NAMES[3], **filled))) == [
        f"“{NAMES[0]}”“{NAMES[1]}”“{NAMES[2]}”等3行的会员人数·女会员是0，以前合计270人"
    ]


def test_a16_a_whole_column_of_zeros_is_asked_however_small(store: Path) -> None:
    send(store, Q1, *(union(name, 5, 9, cadres_part=1) for name in NAMES))
    outcome = send(store, Q2, *(union(name, 5, 9, cadres_part=0) for name in NAMES))
    assert told(outcome) == ["6行的工会干部·兼职都是0，上季度有6行有数，合计6人"]


def test_a16_a_later_quarter_of_zero_that_came_first_is_told_of(store: Path) -> None:
    send(store, Q2, union(members=0))
    assert told(send(store, Q1, union())) == [f"“{NAMES[0]}”会员人数·合计这次198人，已收的2008年二季度是0"]


def test_a16_small_numbers_new_rows_and_zeros_as_before_are_left_alone(store: Path) -> None:
    assert send(store, Q1, union(members=12, workers=15), union(NAMES[1], 0, 30)).what == ACCEPTED
    rows = union(members=0, workers=15), union(NAMES[1], 0, 30), union(NAMES[2], 0, 40)
    assert send(store, Q2, *rows).what == ACCEPTED


def test_a16_a_flow_may_be_zero_in_a_quarter(store: Path, tmp_path: Path) -> None:
    def fees(period: str, wages: int, before: int) -> Path:
        due = wages // 50
        row = {"union": NAMES[0], "wages": wages, "due": due, "paid": due, "due_year": due + before}
        form = Form("R11", "甲镇", period, [row | {"paid_year": due + before}])
        return write_book(tmp_path / period / "经费.xlsx", form)

    assert load_paths([fees(Q1, 50_000, 0)], store).outcomes[0].what == ACCEPTED
    assert told(load_paths([fees(Q2, 0, 1000)], store).outcomes[0]) == []
