"""A22: the unions of a township that ends move somewhere: confirmed first, then applied from that day on."""

from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import confirm, load_paths, rebuild
from etl.journal.outcomes import Outcome
from stats.catalogue import Catalogue
from stats.readings import read
from stats.warehouse import open_warehouse, run_query
from tests.lib.books import Row
from tests.lib.county import copy_of, town_one, town_two, union_row, write_changes, write_register, write_roster

QUARTERS = ("2008年一季度", "2008年二季度", "2008年三季度", "2008年四季度")


def town(code: str, name: str, status: str, day: str, into: str = "") -> Row:
    return {"unit_code": code, "unit_name": name, "level": "乡镇", "parent": "COUNTY", "cluster": "东片",
            "status": status, "successor": into, "effective": day}  # fmt: skip


def union(code: str, name: str, parent: str, day: str, status: str = "在册") -> Row:
    return {"unit_code": code, "unit_name": name, "level": "基层工会", "parent": parent, "category": "私营",
            "org_type": "单一", "status": status, "effective": day}  # fmt: skip


MERGED = town("T02", "乙乡", "合并", "2008-04-01", "T01")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The small county after its first quarter, with a third township."""
    return copy_of(_after_a_quarter, tmp_path)


def _after_a_quarter(folder: Path) -> None:
    sent = folder / "sent"
    write_register(sent, town("T03", "丙镇", "在册", "2008-01-01"))
    write_roster(sent, "甲镇", QUARTERS[0], town_one())
    write_roster(sent, "乙乡", QUARTERS[0], town_two())
    assert load_paths([sent], folder / "store").count("accepted") == 3


def load(store: Path, path: Path) -> Outcome:
    (outcome,) = load_paths([path], store).outcomes
    return outcome


def ask(store: Path, path: Path) -> Outcome:
    """Load a register that is held because of the organisations it leaves behind, and confirm it."""
    outcome = load(store, path)
    assert (outcome.what, [found.rule for found in outcome.findings]) == ("held", ["register_left_behind"])
    assert outcome.seq
    assert confirm(store, outcome.seq, "已核实", "办公室").count("accepted") == 1
    return outcome


def members(store: Path, catalogue: Catalogue, quarter: int) -> dict[str, tuple[float | None, int, int]]:
    """Return members, received returns and expected returns, by organisation."""
    with closing(open_warehouse(store)) as found:
        span = parse_span(f"2008Q{quarter}")
        told = {unit: read(found, catalogue, unit, span, ["union_members"])[0] for unit in ("COUNTY", "T01", "T02")}
    return {unit: (one.value, one.reported, one.expected) for unit, one in told.items()}


def all_five() -> list[Row]:
    return [*town_one(), *town_two()]


def test_a22_the_merger_asks_where_the_unions_go_and_then_they_go_there(
    store: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    outcome = ask(store, write_changes(tmp_path, QUARTERS[1], MERGED))
    (finding,) = outcome.findings
    assert "名下还有2家单位没有写去向（乙一厂工会、乙政府工会）" in finding.problem
    assert finding.requirement == "按并入单位代码，从2008年二季度起都归“甲镇”"
    before = write_roster(tmp_path, "乙乡", QUARTERS[1], town_two(), name="乙.xlsx")
    refused = load(store, before)
    assert (refused.what, [found.rule for found in refused.findings]) == ("returned", ["closed_reporter"])
    assert "请由“甲镇”填报" in refused.findings[0].sentence()
    assert load(store, write_roster(tmp_path, "甲镇", QUARTERS[1], all_five(), name="甲.xlsx")).what == "accepted"
    for _ in ("as loaded", "as made anew"):
        assert members(store, catalogue, 1) == {"COUNTY": (118, 5, 5), "T01": (100, 3, 3), "T02": (18, 2, 2)}
        assert members(store, catalogue, 2) == {"COUNTY": (118, 5, 5), "T01": (118, 5, 5), "T02": (None, 0, 0)}
        rebuild(store)
    with closing(open_warehouse(store)) as found:
        first, last = (parse_span(f"2008Q{quarter}").first for quarter in (1, 2))
        for unit, part, total in (("T01", "moved_in", 18), ("T02", "moved_out", -18)):
            asked = {"item": "union_members", "unit": unit, "before": first, "now": last, "most": 9}
            rows = run_query(found, "change_parts.sql", **asked)
            assert {row["part"]: row["total"] for row in rows if row["total"]} == {part: total}


def test_a22_unions_whose_way_is_told_are_not_asked_about(store: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    told = [
        union("T02001", "乙一厂工会", "T03", "2008-04-01"),
        union("T02002", "乙政府工会", "T02", "2008-04-01", "撤销"),
    ]
    assert load(store, write_changes(tmp_path, QUARTERS[1], MERGED, *told)).what == "accepted"
    rows = [*town_one()[:2], union_row("甲中学工会", 20, 20, category="事业")]
    assert load(store, write_roster(tmp_path, "甲镇", QUARTERS[1], rows, name="甲.xlsx")).what == "accepted"
    assert members(store, catalogue, 2) == {"COUNTY": (100, 3, 4), "T01": (100, 3, 3), "T02": (None, 0, 0)}


def test_a22_a_chain_of_mergers_leads_to_its_end(store: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    ask(store, write_changes(tmp_path, QUARTERS[1], MERGED))
    on = town("T01", "甲镇", "合并", "2008-07-01", "T03")
    (finding,) = ask(store, write_changes(tmp_path, QUARTERS[2], on)).findings
    assert "名下还有5家单位" in finding.problem
    assert load(store, write_roster(tmp_path, "丙镇", QUARTERS[2], all_five())).what == "accepted"
    assert members(store, catalogue, 3) == {"COUNTY": (118, 5, 5), "T01": (None, 0, 0), "T02": (None, 0, 0)}


def test_a22_both_mergers_told_at_once_come_to_the_same(store: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    both = write_changes(tmp_path, QUARTERS[2], town("T01", "甲镇", "合并", "2008-07-01", "T03"), MERGED)
    outcome = load(store, both)
    assert [found.rule for found in outcome.findings] == ["register_left_behind"] * 2
    assert outcome.seq and confirm(store, outcome.seq, "已核实", "办公室").count("accepted") == 1
    assert load(store, write_roster(tmp_path, "丙镇", QUARTERS[2], all_five())).what == "accepted"
    assert members(store, catalogue, 3)["COUNTY"] == (118, 5, 5)


@pytest.mark.parametrize("into", ["", "T99", "T02", "T01001"])
def test_a22_without_a_township_to_go_to_it_is_asked_and_nobody_is_lost(
    store: Path, tmp_path: Path, catalogue: Catalogue, into: str
) -> None:
    outcome = load(store, write_changes(tmp_path, QUARTERS[1], town("T02", "乙乡", "撤销", "2008-04-01", into)))
    assert outcome.what == "held"
    left = next(found for found in outcome.findings if found.rule == "register_left_behind")
    assert "直接列在“示例县总工会”名下" in left.todo
    assert outcome.seq and confirm(store, outcome.seq, "已核实", "办公室").count("accepted") == 1
    rows = [union_row("乙一厂工会", 10, 25), union_row("乙政府工会", 8, 8, category="机关")]
    assert load(store, write_roster(tmp_path, "示例县总工会", QUARTERS[1], rows)).what == "accepted"
    assert members(store, catalogue, 2) == {"COUNTY": (18, 2, 5), "T01": (None, 0, 3), "T02": (None, 0, 0)}
    assert members(store, catalogue, 1)["T02"] == (18, 2, 2)


def test_a22_a_union_set_under_a_township_that_has_ended_is_asked_about(store: Path, tmp_path: Path) -> None:
    ask(store, write_changes(tmp_path, QUARTERS[1], MERGED))
    outcome = load(store, write_changes(tmp_path, QUARTERS[2], union("T02009", "乙新厂工会", "T02", "2008-07-05")))
    assert (outcome.what, [found.rule for found in outcome.findings]) == ("held", ["register_under_ended"])
    assert "由“甲镇”接管" in outcome.findings[0].requirement
