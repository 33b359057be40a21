"""How far a file has come since its last answer: what counts as fixed, left and new."""

from dataclasses import replace

import pytest

from etl.journal import Entry
from etl.model.finding import Finding
from etl.model.receipt_state import ReceiptState
from etl.replies.answer import previous_findings
from etl.replies.answer_progress import Progress, compare


def wrong(address: str, problem: str = "填的是“约三百”", rule: str = "bad_value", column: str = "会员人数") -> Finding:
    return Finding(
        rule=rule,
        severity="return",
        file="表.xlsx",
        sheet="会员",
        address=address,
        problem=problem,
        requirement="这里要一个整数",
        todo="请改正",
        column=column,
        about="R01|T01|8032",
    )


BLANK = "没有填"
BEFORE = [wrong("C7"), wrong("C8", "填的是“120多”"), wrong("D9", BLANK, "blank", "职工人数")]
BLANKS = [wrong(f"C{row}", BLANK, "blank") for row in (7, 8, 12)]


@pytest.mark.parametrize(("before", "now", "progress"), [
    (BEFORE, [], Progress(3, 3, 0, 0)),
    (BEFORE, BEFORE, Progress(3, 0, 3, 0)),
    (BEFORE, [BEFORE[0], wrong("E9")], Progress(3, 2, 1, 1)),
    (BEFORE, [replace(one, address=f"{one.address[0]}{int(one.address[1:]) + 2}") for one in BEFORE],
     Progress(3, 0, 3, 0)),
    (BEFORE, [wrong("C7", "填的是“三百左右”")], Progress(3, 2, 1, 0)),
    (BEFORE, [wrong("C7", "会员人数填的是400，职工人数填的是300", "relation", "")], Progress(3, 2, 1, 0)),
    (BLANKS, [wrong(f"C{row}", BLANK, "blank") for row in (8, 9, 13)], Progress(3, 0, 3, 0)),
    (BLANKS, [wrong("C20", BLANK, "blank")], Progress(3, 3, 0, 1)),
    ([wrong("C7")] * 2, [wrong("C7")], Progress(2, 1, 1, 0)),
    ([wrong("", "缺“会员人数”一栏", "missing_column")], [wrong("", "没有写填报单位", "unknown_reporter")],
     Progress(1, 1, 0, 1)),
    ([wrong("", "填报单位写的是“丙镇”", "unknown_reporter")], [wrong("", "填报单位写的是“丁镇”", "unknown_reporter")],
     Progress(1, 0, 1, 0)),
    ([], BEFORE, Progress(0, 0, 0, 3)),
], ids=["all fixed", "none fixed", "fixed and new", "rows moved", "another wrong value", "another rule in the cell",
        "blanks moved", "a blank elsewhere", "one of two", "another fault of the sheet", "still unknown",
        "the first"])  # fmt: skip
def test_progress(before: list[Finding], now: list[Finding], progress: Progress) -> None:
    assert compare(before, now) == progress


def test_hints_do_not_count() -> None:
    hint = replace(BEFORE[0], severity="note")
    assert compare([hint, *BEFORE], [hint]) == Progress(3, 3, 0, 0)


def test_progress_is_said_in_a_sentence() -> None:
    assert Progress(12, 10, 2, 1).sentence() == "上次 12 处，已改 10 处，新增 1 处"
    assert Progress(12, 12, 0, 0).sentence() == "上次 12 处，已改 12 处"


def entry(seq: int, what: str, *findings: Finding, name: str = "表.xlsx", returns: tuple[str, ...] = ()) -> Entry:
    return Entry(
        seq=seq,
        sha=str(seq),
        name=name,
        file="inbox/x",
        at="",
        received_by="",
        what=ReceiptState(what),
        findings=findings,
        returns=returns,
    )


def test_the_last_answer_is_that_of_the_same_return() -> None:
    other = replace(BEFORE[0], about="R04|T01|8032")
    entries = [entry(1, "returned", BEFORE[0]), entry(2, "held", BEFORE[1]), entry(3, "returned", other)]
    now = entry(4, "accepted", name="改好.xlsx", returns=("R01|T01|8032",))
    assert previous_findings([*entries, now], now, {}) == (BEFORE[1],)
    assert previous_findings(entries, entries[0], {}) == ()
    assert previous_findings([entry(1, "accepted", BEFORE[0]), now], now, {}) == ()


def test_s02_without_a_return_the_name_tells_among_what_was_sent_for_the_same_area() -> None:
    unknown = replace(BEFORE[0], rule="unknown_form", about="")
    entries = [entry(1, "returned", unknown, name="甲镇.xls"), entry(2, "returned", unknown, name="乙乡.xls")]
    now, others = entry(3, "accepted", name="甲镇（退改）.xlsx"), entry(3, "accepted", name="丙乡.xlsx")
    assert previous_findings(entries, now, {1: "T01", 2: "T02", 3: "T01"}) == (unknown,)
    assert previous_findings(entries, others, {1: "T01", 2: "T02", 3: "T01"}) == ()


@pytest.mark.parametrize("areas", [{}, {1: "T02", 2: "T01"}, {1: "", 2: ""}, {2: "T01"}])
def test_s02_by_its_name_alone_a_file_is_nobodys(areas: dict[int, str]) -> None:
    unknown = replace(BEFORE[0], rule="unknown_form", about="")
    theirs = entry(1, "returned", unknown, name="报表.xlsx")
    for now in (entry(2, "accepted", name="报表.xlsx", returns=("R01|T01|8032",)), entry(2, "returned", unknown)):
        now = replace(now, name="报表.xlsx")
        assert previous_findings([theirs, now], now, areas) == ()
