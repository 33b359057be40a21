"""Insurance, budgets and audits: rates, ages and who is missing, counted by hand on a small county."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import load_paths
from etl.model.receipt_state import ReceiptState
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.readings import read
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, town_one, town_two, write_register, write_roster

QUARTER = "2010年二季度"


@dataclass(frozen=True)
class Small:
    """The small county, and what its board shows."""

    source: Source

    def figure(self, board: str, panel: str, span: str = "2010Q2") -> Figure:
        shown = self.source.catalogue.board(board).panel(panel)
        assert shown is not None
        return make_figure(self.source, shown, Selection("COUNTY", parse_span(span)))

    def value(self, indicator: str, span: str = "2010Q2", unit: str = "COUNTY") -> float | None:
        (found,) = read(self.source.warehouse, self.source.catalogue, unit, parse_span(span), [indicator])
        return found.value


INSURANCE: list[Row] = [
    {"number": "1", "date": "2010-04-02", "union": "甲一厂工会",
     "kind": "补充医疗", "step": "参保", "insured": 80, "premium": 3200},
    {"number": "2", "date": "2010-04-02", "union": "甲一厂工会",
     "kind": "女工特病", "step": "参保", "insured": 20, "premium": 400},
    {"number": "3", "date": "2010-05-02", "union": "乙一厂工会",
     "kind": "补充医疗", "step": "续保", "insured": 15, "premium": 600},
    {"number": "4", "date": "2010-06-02", "union": "甲一厂工会",
     "kind": "补充医疗", "step": "理赔", "claims": 2, "paid": 2100},
]  # fmt: skip
DUE: Row = {"date": "2010-04-01", "kind": "审计计划", "account": "是"}  # 乙一厂工会 has an account and is not listed
AUDITS: list[Row] = [
    DUE | {"number": "01", "union": "甲一厂工会"},
    DUE | {"number": "02", "union": "甲二厂工会"},
    {"number": "1", "date": "2010-04-08", "union": "甲一厂工会",
     "kind": "年度审计", "account": "是", "problems": 2, "amount": 900},
    {"number": "2", "date": "2010-05-08", "union": "甲一厂工会",
     "kind": "专项审计", "account": "是", "problems": 0, "amount": 0},
    {"number": "3", "date": "2010-05-09", "union": "乙政府工会",
     "kind": "年度审计", "account": "否", "problems": 1, "amount": 50},
    {"number": "4", "date": "2010-06-09", "union": "甲二厂工会",
     "kind": "整改复查", "account": "是", "recovered": 300},
]  # fmt: skip
PROBLEM: Row = {"date": "2010-04-08", "unit": "甲一厂工会", "kind": "票据"}
PROBLEMS: list[Row] = [
    PROBLEM | {"number": "1", "amount": 400},
    PROBLEM | {"number": "2", "amount": 500, "kind": "超预算"},
    PROBLEM | {"number": "3", "date": "2010-05-09", "unit": "乙政府工会", "amount": 50, "mended": "2010-06-01"},
]
BUDGET: list[Row] = [
    {"unit": unit, "head": head, "budget": budget, "done": done, "done_year": year}
    for unit, head, budget, done, year in (
        (REPORTER, "税务代收", 1000, 300, 500), (REPORTER, "财政拨付", 500, 100, 200),
        (REPORTER, "留成", 800, 60, 60), (REPORTER, "上解", 600, 40, 40),
        (REPORTER, "职工活动支出", 400, 90, 150), (REPORTER, "维权支出", 100, 10, 30), ("甲镇", "业务费", 100, 0, 0),
    )
]  # fmt: skip
ARREARS: list[Row] = [
    {"number": "1", "date": "2009-03-31", "unit": "甲一厂工会", "amount": 700},
    {"number": "2", "date": "2010-03-31", "unit": "甲二厂工会", "amount": 200},
    {"number": "3", "date": "2010-03-31", "unit": "乙一厂工会", "amount": 90, "settled": "2010-05-04"},
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Small]:
    """Five unions, three of them with an account of their own; a problem is mended in the next quarter."""
    folder = tmp_path_factory.mktemp("funds")
    accounts = {"甲一厂工会": "是", "甲二厂工会": "是", "乙一厂工会": "是"}
    rows = [row | {"account": accounts.get(row["union"], "否")} for row in (*town_one(), *town_two())]
    rows[0] |= {"workers_women": 40}
    for town, quarter in (("甲镇", QUARTER), ("乙乡", QUARTER), ("甲镇", "2011年一季度"), ("乙乡", "2011年一季度")):
        write_roster(folder, town, quarter, rows[:3] if town == "甲镇" else rows[3:])
    mended = [PROBLEMS[0] | {"mended": "2010-08-01"}]
    for code, quarter, told in (
        ("R31", QUARTER, INSURANCE), ("R33", QUARTER, AUDITS), ("R33E", QUARTER, PROBLEMS), ("R32", QUARTER, BUDGET),
        ("R32E", QUARTER, ARREARS), ("R33E", "2010年三季度", mended),
        ("R33", "2010年三季度", [AUDITS[2] | {"number": "5", "date": "2010-07-08", "union": "甲二厂工会"}]),
        ("R31", "2011年一季度", [INSURANCE[2] | {"number": "5", "date": "2011-01-08"}]),
    ):  # fmt: skip
        write_book(folder / f"{code}{quarter}.xlsx", Form(code, REPORTER, quarter, told))
    yield from _loaded(folder, catalogue)


def _loaded(folder: Path, catalogue: Catalogue) -> Iterator[Small]:
    register = write_register(folder)
    files = [register, *sorted(path for path in folder.glob("*.xlsx") if path != register)]
    files.sort(key=lambda path: (path != register, "2011" in path.name, "三季度" in path.name))
    summary = load_paths(files, folder / "store")
    assert summary.count(ReceiptState.ACCEPTED) == len(files), [outcome.findings for outcome in summary.outcomes]
    warehouse = open_warehouse(folder / "store")
    yield Small(Source(warehouse, catalogue))
    warehouse.close()


def names(figure: Figure) -> set[str]:
    return {mark.text for series in figure.series if series.name == "单位" for mark in series.marks}


def marks(figure: Figure) -> dict[str, float | None]:
    return {mark.label: mark.value for series in figure.series for mark in series.marks if mark.value}


def test_s31_the_insured_rate_is_of_all_workers_and_of_women(small: Small) -> None:
    assert small.value("mutual_medical_rate") == pytest.approx((80 + 15) / (100 + 40 + 20 + 25 + 8))
    assert small.value("mutual_women_rate") == pytest.approx(20 / 40)
    assert small.value("mutual_medical_rate", unit="T02") == pytest.approx(15 / 33)


def test_s31_a_claim_is_no_policy_and_both_kinds_make_the_loss_ratio(small: Small) -> None:
    assert small.value("mutual_loss_ratio") == pytest.approx(2100 / (3200 + 400 + 600))
    assert small.value("mutual_claims") == 2


def test_s31_who_is_not_in_is_asked_anew_each_year(small: Small) -> None:
    assert names(small.figure("insurance", "not_in")) == {"甲二厂工会", "甲中学工会", "乙政府工会"}
    assert "甲一厂工会" in names(small.figure("insurance", "not_in", "2011Q1"))
    assert small.value("mutual_medical_rate", "2011Q1") == pytest.approx(15 / 193)


def test_s33_a_union_audited_twice_or_without_an_account_does_not_add(small: Small) -> None:
    assert small.value("audit_coverage_rate") == pytest.approx(1 / 2)
    assert names(small.figure("fund_audit", "not_audited")) == {"甲二厂工会"}
    assert names(small.figure("fund_audit", "not_listed")) == {"乙一厂工会"}
    assert [small.value(code) for code in ("audits", "audit_problems", "audit_amount", "audit_recovered")] == [
        3,
        3,
        950,
        300,
    ]


def test_s33_a_missing_roster_takes_no_union_out_of_the_base(small: Small) -> None:
    assert small.value("independent_account_rate", "2010Q3") is None
    assert small.value("audit_coverage_rate", "2010Q3") == 1


def test_s33_what_was_mended_later_was_open_then(small: Small) -> None:
    assert sum(value or 0 for value in marks(small.figure("fund_audit", "ages")).values()) == 1
    assert small.figure("fund_audit", "ages").title.startswith("2010年二季度末，还没有整改的审计问题2个")
    assert small.figure("fund_audit", "ages", "2010Q3").title.startswith("2010年三季度末，还没有整改的审计问题1个")


def test_s32_spending_shares_and_channels_are_kept_apart(small: Small) -> None:
    assert small.value("fund_budget_used") == pytest.approx((150 + 30) / (400 + 100 + 100))
    assert small.value("fund_own_share") == pytest.approx(60 / 100)
    assert (small.value("fund_income"), small.value("fund_spent")) == (400, 100)
    assert marks(small.figure("fund_use", "spending")) == {"职工活动支出": 90, "维权支出": 10}
    assert marks(small.figure("fund_use", "channels")) == {"税务代收": 300, "财政划拨": 100}


def test_s32_arrears_settled_are_out_and_the_rest_have_their_age(small: Small) -> None:
    assert marks(small.figure("fund_use", "arrears_ages")) == {"366至1095天": 700, "91至365天": 200}
