"""Targets: the one in force at the time applies, none is set twice unconfirmed, and every verdict is the same."""

from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_quarter, parse_span
from etl.intake import confirm, load_paths
from etl.journal.outcomes import Summary
from stats.attainment import Attainment, attainments
from stats.attainment.attainment_words import say_attainment, say_others, say_pace, say_states
from stats.attainment.shortfall import close_shortfall
from stats.attainment.shortfall_figure import say_closing
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.judging.pace import season_shares
from stats.judging.verdicts import misses
from stats.papers.lists import sentences_of
from stats.readings import read
from stats.readings.sentences import formula_of, judge
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, Row, address, write_book
from tests.lib.county import REPORTER, town_one, write_register, write_roster

FIRST, SECOND = "2008年一季度", "2008年二季度"
OLD, NEW = "《年初要点》", "《关于调整目标的通知》"
CONTEST, CASES, STUDENTS = "ankang_cup_coverage", "influential_rights_cases", "students_aided"


def goal(value: object, document: str = OLD, **other: object) -> Row:
    """Return a row that sets the target of 甲镇 for members."""
    row: Row = {
        "indicator": "工会会员人数", "unit": "甲镇", "year": 2008, "comparator": "≥", "value": value, "measure": "人",
        "document": document, "owner": "组织部", "due": "2008-12-31", "date": "2008-03-10",
    }  # fmt: skip
    return row | other


def file_targets(folder: Path, quarter: str, *rows: Row, name: str = "") -> Path:
    return write_book(folder / (name or f"目标{quarter}.xlsx"), Form("R13", REPORTER, quarter, list(rows)))


def load(folder: Path, store: Path) -> Summary:
    """Load a folder after adding two quarters of 甲镇 to its files."""
    write_register(folder)
    for members, quarter in ((50, FIRST), (60, SECOND)):
        write_roster(folder, "甲镇", quarter, town_one(members))
    return load_paths([folder], store)


def in_force(store: Path, catalogue: Catalogue, quarter: str) -> Attainment:
    with closing(open_warehouse(store)) as warehouse:
        [found] = attainments(warehouse, catalogue, "T01", parse_quarter(quarter))
    return found


def asked(summary: Summary) -> list[str]:
    return [one.sentence() for outcome in summary.outcomes for one in outcome.findings if one.rule == "target_changed"]


def test_a12_what_was_in_force_at_the_time_governs(tmp_path: Path, catalogue: Catalogue) -> None:
    later = goal(130, NEW, issued="2008-05-20", date="2008-06-20")
    file_targets(tmp_path / "sent", SECOND, goal(105, issued="2008-01-05"), later)
    assert not asked(load(tmp_path / "sent", tmp_path / "store"))
    then, now = (in_force(tmp_path / "store", catalogue, quarter) for quarter in ("2008Q1", "2008Q2"))
    assert (then.goal.value, [one.value for one in then.later]) == (105, [130])
    assert (now.goal.value, [one.value for one in now.replaced], now.later) == (130, [105], ())
    assert say_attainment(then, catalogue).count("105人") and say_attainment(now, catalogue).count("130人")


def test_a12_a_document_does_not_govern_before_it_is_issued(tmp_path: Path, catalogue: Catalogue) -> None:
    file_targets(tmp_path / "sent", SECOND, goal(130, NEW, issued="2008-05-20"))
    load(tmp_path / "sent", tmp_path / "store")
    early = in_force(tmp_path / "store", catalogue, "2008Q1")
    assert (early.state, early.reason) == ("unknown", "not_begun")
    assert in_force(tmp_path / "store", catalogue, "2008Q2").reason == ""
    with closing(open_warehouse(tmp_path / "store")) as warehouse:
        reading = read(warehouse, catalogue, "T01", parse_span("2008Q1"), ["union_members"])[0]
    assert reading.judged is not None and reading.judged.reason == "not_begun"


def test_a12_an_earlier_document_filed_later_does_not_come_into_force_again(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    file_targets(tmp_path / "sent", FIRST, goal(105, issued="2008-02-05"))
    file_targets(tmp_path / "sent", SECOND, goal(90, NEW, issued="2008-01-05", date="2008-06-20"))
    assert not asked(load(tmp_path / "sent", tmp_path / "store"))
    assert in_force(tmp_path / "store", catalogue, "2008Q2").goal.value == 105


@pytest.mark.parametrize("document", [OLD, "年初要点", "〈年初要点〉 "])
def test_a12_one_document_with_another_value_is_asked_with_both_cells(document: str, tmp_path: Path) -> None:
    file_targets(tmp_path / "sent", FIRST, goal(105))
    load(tmp_path / "sent", tmp_path / "store")
    again = file_targets(tmp_path, SECOND, goal(150, document, date="2008-06-20"))
    summary = load_paths([again], tmp_path / "store")
    [said] = asked(summary)
    assert [one.what for one in summary.outcomes] == ["held"]
    cell = address("R13", "value")
    assert said.startswith(f"“目标{SECOND}.xlsx”表“R13”{cell}：") and "填的是≥150人" in said
    assert f"“目标{FIRST}.xlsx”表“R13”{cell}填的是≥105人" in said


def test_a12_two_values_in_one_document_are_asked(tmp_path: Path) -> None:
    file_targets(tmp_path / "sent", FIRST, goal(105), goal(150))
    [said] = asked(load(tmp_path / "sent", tmp_path / "store"))
    assert f"{address('R13', 'value', 1)}：" in said and f"{address('R13', 'value')}填的是≥105人" in said


def test_a12_a_correction_of_the_same_return_is_asked_too(tmp_path: Path) -> None:
    file_targets(tmp_path / "sent", FIRST, goal(105))
    load(tmp_path / "sent", tmp_path / "store")
    assert asked(load_paths([file_targets(tmp_path, FIRST, goal(150), name="更正.xlsx")], tmp_path / "store"))


def test_a12_two_documents_of_one_day_are_asked(tmp_path: Path) -> None:
    file_targets(tmp_path / "sent", FIRST, goal(105), goal(150, NEW))
    [said] = asked(load(tmp_path / "sent", tmp_path / "store"))
    assert "分不出哪一份在后" in said and "请写清各自的发文日期" in said


@pytest.mark.parametrize("values", [(105, 150), (150, 105)])
def test_a12_of_two_documents_of_one_day_the_confirmed_one_holds(
    values: tuple[int, int], tmp_path: Path, catalogue: Catalogue
) -> None:
    store = tmp_path / "store"
    file_targets(tmp_path / "sent", FIRST, goal(values[0], NEW))
    load(tmp_path / "sent", store)
    later = file_targets(tmp_path, SECOND, goal(values[1]))
    summary = load_paths([later], store)
    assert len(asked(summary)) == 1 and "以后报的一份为准" in asked(summary)[0]
    assert in_force(store, catalogue, "2008Q2").goal.value == values[0]
    assert confirm(store, summary.outcomes[0].seq or 0, "已核实", "办公室").count("accepted") == 1
    assert in_force(store, catalogue, "2008Q2").goal.value == values[1]


def test_a12_what_says_the_same_is_not_asked(tmp_path: Path) -> None:
    money: Row = {"indicator": "筹措帮扶资金", "measure": "万元"}
    task: Row = {"indicator": "工人阶级宣传月", "unit": REPORTER, "comparator": "完成任务", "measure": "件"}
    file_targets(tmp_path / "sent", FIRST, goal(105), goal(6, **money), goal(None, state="未开始", **task))
    in_yuan = goal(60000, date="2008-06-20", **(money | {"measure": "元"}))
    file_targets(tmp_path / "sent", SECOND, goal(105), in_yuan, goal(None, state="已完成", date="2008-06-20", **task))
    summary = load(tmp_path / "sent", tmp_path / "store")
    assert not asked(summary) and summary.count("accepted") == len(summary.outcomes)


@pytest.mark.parametrize("span", ["2010Q1..2010Q4", "2011Q1", "2011Q1..2011Q2"])
def test_a23_every_place_tells_one_verdict(span: str, county: Warehouse, catalogue: Catalogue) -> None:
    view, source = Selection("COUNTY", parse_span(span)), Source(county, catalogue)
    found = attainments(county, catalogue, "COUNTY", view.span.last)
    stands = {one.goal.indicator: (one.goal, one.state, one.reason) for one in found}
    readings = [one for one in read(county, catalogue, "COUNTY", view.span) if one.judged]
    assert readings
    for one in readings:
        assert one.judged is not None
        assert (one.goal, one.judged.state, one.judged.reason) == stands[one.indicator]
        if one.judged.reason == "":
            assert one.met == (one.judged.state == "met")
    in_paper = "".join(one.words for one in sentences_of("未达目标", source, view, readings, view.span.last))
    off_track = [one for one in found if one.state in ("behind", "unlikely")]
    assert all(one.reading.name in in_paper for one in off_track) and say_others(found).rstrip("。") in in_paper
    for board in catalogue.boards.values():
        for panel in (panel for panel in board.panels if panel.kind == "rates"):
            for mark in make_figure(source, panel, view).marks():
                told = next((one for one in readings if one.indicator == mark.key), None)
                assert told is None or judge(told, catalogue.indicators[mark.key]).words in mark.note


def test_a23_there_is_no_board_of_shares_of_targets(catalogue: Catalogue) -> None:
    assert not {"targets", "target_completion_rate"} & {*catalogue.boards, *catalogue.domains, *catalogue.indicators}


def test_a23_pace_and_forecast_do_not_contradict_each_other(county: Warehouse, catalogue: Catalogue) -> None:
    for quarter in ("2011Q1", "2011Q2"):
        for one in attainments(county, catalogue, "COUNTY", parse_quarter(quarter)):
            if one.state == "on_pace" and one.forecast:
                assert not misses(one.goal, catalogue.indicators[one.goal.indicator], one.forecast.value, 0.5)
            if one.state == "behind" and one.forecast and "可以赶上" not in say_attainment(one, catalogue):
                assert misses(one.goal, catalogue.indicators[one.goal.indicator], one.forecast.value)


def test_a23_the_pace_is_that_of_earlier_years_where_they_show_a_season(
    county: Warehouse, catalogue: Catalogue
) -> None:
    first, half = (
        {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", parse_quarter(quarter))}
        for quarter in ("2011Q1", "2011Q2")
    )
    assert (first[STUDENTS].pace, first[STUDENTS].state) == (0.0, "on_pace"), "金秋助学 begins in the second quarter"
    assert half[STUDENTS].pace == pytest.approx(40 * 35 / 70)
    assert half[CASES].pace == 2.5, "one or two a year show no season"


def test_a23_years_that_differ_show_no_season(catalogue: Catalogue) -> None:
    rule = catalogue.reporting.season
    assert season_shares([[0, 11, 9, 0], [0, 11, 12, 0]], rule) == pytest.approx((0, 22 / 43, 1, 1))
    assert season_shares([[0, 11, 9, 0]], rule) == (), "one year is no season"
    assert season_shares([[96, 88, 0, 96], [104, 0, 112, 104]], rule) == ()
    assert season_shares([[1, 0, 0, 0], [1, 0, 0, 0]], rule) == ()


@pytest.fixture(scope="module")
def half_year(county: Warehouse, catalogue: Catalogue) -> dict[str, Attainment]:
    return {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))}


def test_s15_a_run_of_years_is_not_named_by_what_happened_in_them(county: Warehouse, catalogue: Catalogue) -> None:
    indicator = next(one for one in catalogue.indicators.values() if one.summary == "streak_years")
    reading = read(county, catalogue, "COUNTY", parse_span("2009Q1..2010Q4"), [indicator.code])[0]
    assert formula_of(reading, indicator, catalogue).endswith("连续召开年数 ＝ 2年")


def test_s16_before_their_time_targets_are_not_counted(county: Warehouse, catalogue: Catalogue) -> None:
    found = attainments(county, catalogue, "COUNTY", parse_quarter("2010Q4"))
    assert say_others(found, "各项目标") == "2011年起的目标尚未开始考核。"
    assert say_states(found) == "2011年起的目标尚未开始考核"
    assert "无法判断" not in "".join(say_attainment(one, catalogue) for one in found)


def test_s16_before_their_time_what_adds_up_is_told_of_the_whole_year(county: Warehouse, catalogue: Catalogue) -> None:
    """Not of its last quarter; and what the year before reached is no part of what a target asks of the next."""
    early = {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", parse_quarter("2010Q4"))}
    codes = ["extreme_hardship_aid_times", "fee_collection_rate", "students_aided"]
    year = read(county, catalogue, "COUNTY", parse_span("2010Q1..2010Q4"), codes)
    assert [early[one.indicator].reading.value for one in year] == [one.value for one in year]
    assert {early[code].needed for code in codes} == {None}
    assert early["worker_membership_rate"].needed
    assert "265人次" in say_attainment(early[codes[0]], catalogue)


def test_s19_the_pace_keeps_its_half(half_year: dict[str, Attainment], catalogue: Catalogue) -> None:
    tasks = half_year["model_worker_tasks_done"]
    assert say_pace(half_year[CASES], catalogue.indicators[CASES]) == "按时间进度应到2.5件，已办2件"
    assert say_pace(tasks, catalogue.indicators["model_worker_tasks_done"]) == "按时间进度应到1.5件，已办2件"


def test_s20_what_is_entered_once_a_year_is_told_by_its_forecast(
    half_year: dict[str, Attainment], catalogue: Catalogue
) -> None:
    found = half_year[CONTEST]
    said = say_attainment(found, catalogue)
    assert (found.state, found.pace) == ("unlikely", None)
    assert "约43.6%" in said and "按时间进度" not in said
    assert "预计难以完成1项" in say_states(half_year.values())


def test_s21_no_list_where_more_is_not_better(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    source = Source(county, catalogue)
    closed = close_shortfall(source, half_year[CASES])
    assert not closed.chosen and "若这" not in say_closing(source, half_year[CASES], closed)


def test_s22_a_target_without_a_number_is_told_by_what_is_done(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    source = Source(county, catalogue)
    for one in (one for one in half_year.values() if one.goal.value is None):
        assert "没有定数量" not in say_attainment(one, catalogue)
        assert "任务类目标，按完成情况判断" in say_closing(source, one, close_shortfall(source, one))
