"""Numbers that fall to zero: senders without data write 0, as a blank is refused."""

from pathlib import Path
from typing import Any

import pytest

from etl.intake import ACCEPTED, HELD, Outcome, load_paths
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, UNITS, copy_of, union_row, write_roster

Q1, Q2, Q3 = "2008年一季度", "2008年二季度", "2008年三季度"
NAMES = [f"甲{number}厂工会" for number in range(1, 7)]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(_with_unions, tmp_path)


def _with_unions(folder: Path) -> None:
    unions: list[Row] = [
        {"unit_code": f"T019{number:02}", "unit_name": name, "level": "基层工会", "parent": "T01", "category": "私营",
         "org_type": "单一", "status": "在册", "effective": "2008-01-01"}
        for number, name in enumerate(NAMES)
    ]  # fmt: skip
    register = write_book(folder / "名册.xlsx", Form("R00", REPORTER, Q1, [*UNITS, *unions]))
    load_paths([register], folder / "store")


def send(store: Path, period: str, *rows: Row) -> Outcome:
    return load_paths([write_roster(store.parent / period, "甲镇", period, list(rows))], store).outcomes[0]


def union(name: str = NAMES[0], members: int = 198, workers: int = 200, **other: Any) -> Row:
    return union_row(name, members, workers, **other)


def told(outcome: Outcome) -> list[str]:
    return [finding.problem for finding in outcome.findings if finding.rule == "vanished"]


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
        f"“{NAMES[0]}”“{NAMES[1]}”“{NAMES[2]}”3行的会员人数·女会员是0，以前合计270人"
    ]


def test_a16_names_that_were_cut_are_said_to_be_so(store: Path) -> None:
    filled = {"members_women": 90, "workers_women": 100}
    send(store, Q1, *(union(name, **filled) for name in NAMES))
    rows = [union(name, **(filled | {"members_women": 0})) for name in NAMES[:4]]
    assert told(send(store, Q2, *rows, *(union(name, **filled) for name in NAMES[4:]))) == [
        f"“{NAMES[0]}”“{NAMES[1]}”“{NAMES[2]}”等4行的会员人数·女会员是0，以前合计360人"
    ]


def test_a16_a_whole_column_of_zeros_is_asked_however_small(store: Path) -> None:
    send(store, Q1, *(union(name, 5, 9, cadres_part=1) for name in NAMES))
    outcome = send(store, Q2, *(union(name, 5, 9, cadres_part=0) for name in NAMES))
    assert told(outcome) == ["6行的工会干部·兼职都是0，上期有6行有数，合计6人"]


def test_a16_a_later_quarter_of_zero_that_came_first_is_told_of(store: Path) -> None:
    send(store, Q2, union(members=0))
    assert told(send(store, Q1, union())) == [f"“{NAMES[0]}”会员人数·合计这次198人，已收下的2008年二季度是0"]


def test_a16_small_numbers_new_rows_and_zeros_as_before_are_left_alone(store: Path) -> None:
    assert send(store, Q1, union(members=12, workers=15), union(NAMES[1], 0, 30)).what == ACCEPTED
    rows = union(members=0, workers=15), union(NAMES[1], 0, 30), union(NAMES[2], 0, 40)
    assert send(store, Q2, *rows).what == ACCEPTED


def fees(tmp_path: Path, period: str, wages: int, paid: int, before: int) -> Path:
    due = wages // 50
    row = {"union": NAMES[0], "wages": wages, "due": due, "paid": paid, "due_year": due + before}
    form = Form("R11", "甲镇", period, [row | {"paid_year": paid + before}])
    return write_book(tmp_path / period / "经费.xlsx", form)


def test_a16_a_flow_may_be_zero_in_a_quarter(store: Path, tmp_path: Path) -> None:
    assert load_paths([fees(tmp_path, Q1, 50_000, 1000, 0)], store).outcomes[0].what == ACCEPTED
    assert told(load_paths([fees(tmp_path, Q2, 50_000, 0, 1000)], store).outcomes[0]) == []


def test_a16_wages_of_zero_are_asked_without_a_roster_beside_them(store: Path, tmp_path: Path) -> None:
    assert load_paths([fees(tmp_path, Q1, 50_000, 1000, 0)], store).outcomes[0].what == ACCEPTED
    outcome = load_paths([fees(tmp_path, Q2, 0, 0, 1000)], store).outcomes[0]
    assert outcome.what == HELD and told(outcome) == [
        f"“{NAMES[0]}”职工工资总额2008年一季度5万元、本季·应缴经费2008年一季度1000元，这次是0"
    ]


def congress(period: str, *delegates: int | None, path: Path) -> Path:
    rows = [
        {"union": name, "congress": "是", "delegates": many, "openness": "是", "contract": "是", "women_org": "否",
         "women_contract": "否"}
        for name, many in zip(NAMES, delegates, strict=False)
    ]  # fmt: skip
    return write_book(path / period / "民主管理.xlsx", Form("R04", "甲镇", period, rows))


@pytest.mark.parametrize("order", [(Q1, Q2), (Q2, Q1)])
def test_a16_a_blank_where_there_were_delegates_is_asked_in_either_order(
    store: Path, tmp_path: Path, order: tuple[str, str]
) -> None:
    sent = {Q1: (40, 30, 12), Q2: (None, 30, 12)}
    outcomes = [load_paths([congress(one, *sent[one], path=tmp_path)], store).outcomes[0] for one in order]
    assert [one.what for one in outcomes] == [ACCEPTED, HELD]
    assert "职工代表人数" in told(outcomes[1])[0] and "没有填" in told(outcomes[1])[0]


def test_a16_a_column_left_blank_or_left_out_is_asked(store: Path, tmp_path: Path) -> None:
    load_paths([congress(Q1, 40, 30, 9, 8, 7, path=tmp_path)], store)
    outcome = load_paths([congress(Q2, None, None, None, None, None, path=tmp_path)], store).outcomes[0]
    assert "职工代表人数都没有填，上期有5行有数，合计94人" in told(outcome)[0]


def test_a16_blanks_as_before_and_one_small_blank_are_left_alone(store: Path, tmp_path: Path) -> None:
    load_paths([congress(Q1, 9, None, 40, path=tmp_path)], store)
    assert told(load_paths([congress(Q2, None, None, 41, path=tmp_path)], store).outcomes[0]) == []


def instructors(path: Path, period: str, **numbers: int) -> Path:
    row = {"area": "甲镇", "cadres_full": 3, "cadres_part": 30, "instructors": 11, "enterprises": 9} | numbers
    return write_book(path / period / "干部.xlsx", Form("R12", "甲镇", period, [row]))


@pytest.mark.parametrize("column", ["instructors", "enterprises"])
def test_a16_a_small_number_of_the_only_row_is_asked(store: Path, tmp_path: Path, column: str) -> None:
    load_paths([instructors(tmp_path, Q1)], store)
    outcome = load_paths([instructors(tmp_path, Q2, **{column: 0})], store).outcomes[0]
    assert outcome.what == HELD and len(told(outcome)) == 1


def test_a16_a_tiny_number_of_the_only_row_may_be_zero(store: Path, tmp_path: Path) -> None:
    load_paths([instructors(tmp_path, Q1)], store)
    assert told(load_paths([instructors(tmp_path, Q2, cadres_full=0, instructors=8)], store).outcomes[0]) == []
