"""What is said of a reading: value, change, target, base and coverage, each only when known."""

from collections import Counter
from dataclasses import replace

from base.periods import parse_quarter, parse_span
from stats.catalogue import Catalogue
from stats.organisations import Missing
from stats.readings import read
from stats.readings.coverage_words import say_overdue, say_uncovered
from stats.readings.movements import NOT_COMPARED, sign_movement
from stats.readings.sentences import (
    headline,
    judge,
    overview_title,
    say_context,
    say_formula,
    say_implausible,
    say_movement,
    say_sum,
    say_target,
    say_target_note,
)
from stats.warehouse import Warehouse
from tests.stats.made_readings import first_indicator, make_reading, with_target

PEOPLE = first_indicator("person", name="会员", base="全部基层工会")
RATE = first_indicator("percent", name="入会率", base="全部职工")


def test_headline_says_value_change_base_and_coverage() -> None:
    reading = make_reading(PEOPLE, 38124, previous=36920, change=1204, comparable_change=1100, reported=366)
    assert headline(reading, PEOPLE) == (
        "2010年末，示例县总工会的会员为38,124人，与2009年末相比，两期都报的单位增加1,100人"
        "（口径：全部基层工会；已报366/369份）。"
    )


def test_a_flow_speaks_of_the_whole_span() -> None:
    reading = make_reading(PEOPLE, 70, as_of=None, span="2008Q1..2010Q4")
    assert headline(reading, PEOPLE).startswith("2008—2010年，示例县总工会的会员为70人（")


def test_a_missing_value_is_said_to_be_missing() -> None:
    reading = make_reading(PEOPLE, None, reported=0)
    assert headline(reading, PEOPLE) == "2010年末，示例县总工会的会员没有数据（已报0/369份）。"


def test_an_equal_comparable_change_is_not_said_twice() -> None:
    reading = make_reading(RATE, 0.853, change=0.0401, comparable_change=0.0399)
    assert say_movement(reading, RATE) == "比2009年末提高4.0个百分点"


def test_no_change_is_said_without_a_span_before() -> None:
    assert say_movement(make_reading(PEOPLE, 5), PEOPLE) == ""


def test_target_and_verdict() -> None:
    behind, reached = with_target(RATE, 0.74, 0.8, False), with_target(RATE, 0.81, 0.8, True)
    assert say_target(behind, RATE) == "2012年目标≥80.0%"
    assert judge(behind, RATE).words == "2012年到期，还差6.0个百分点，按进度推进"
    assert (judge(reached, RATE).state, judge(reached, RATE).words) == ("met", "已达到")


def test_who_has_time_left_is_not_behind() -> None:
    early, late = with_target(RATE, 0.74, 0.8, False), with_target(RATE, 0.74, 0.8, False, "behind")
    assert (judge(early, RATE).state, judge(late, RATE).state) == ("open", "behind")
    assert judge(late, RATE).words == "到期没有达到，还差6.0个百分点"
    hardly = with_target(RATE, 0.74, 0.8, False, "unlikely")
    assert (judge(hardly, RATE).state, judge(hardly, RATE).words[-6:]) == ("behind", "预计难以完成")
    task = with_target(PEOPLE, 0, None, False, "behind", comparator="task", state_told="doing")
    assert judge(task, PEOPLE).state == "behind"


def test_a_gap_that_rounds_to_nothing_is_still_a_gap() -> None:
    said = judge(with_target(RATE, 0.79996, 0.8, False), RATE).words
    assert said == "2012年到期，还差不到0.1个百分点，按进度推进"


def test_no_verdict_without_direction() -> None:
    plain = first_indicator("person", "none")
    assert judge(with_target(plain, 3960, 4000, False, "unknown"), plain).words == ""


def test_a_range_and_a_target_without_number() -> None:
    span = with_target(PEOPLE, 0, 1, False, comparator="range", high=2.0)
    assert say_target(span, PEOPLE) == "2012年目标1—2人"
    assert say_target(with_target(PEOPLE, 3, None, False, comparator="text"), PEOPLE) == "2012年目标未定数量"


def test_a_task_is_done_or_not() -> None:
    task = with_target(PEOPLE, 0, None, False, comparator="task", state_told="doing")
    assert judge(task, PEOPLE).words == "正在进行"
    assert say_target(task, PEOPLE) == "2012年任务，2012-12-31前完成"


def test_the_year_read_into_a_target_is_said() -> None:
    noted = with_target(RATE, 0.74, 0.8, False, remark="报告原文为20xx年，按2012年计")
    assert say_target_note(noted) == "依据《县工会工作会议报告》；报告原文为20xx年，按2012年计"


def test_context_leaves_out_what_is_not_known() -> None:
    assert say_context(make_reading(PEOPLE, 5), PEOPLE) == ""
    behind = with_target(RATE, 0.74, 0.8, False)
    said = "2012年目标≥80.0%，2012年到期，还差6.0个百分点，按进度推进；依据《县工会工作会议报告》"
    assert say_context(behind, RATE) == said


def test_formula_has_every_number() -> None:
    reading = make_reading(RATE, 0.8525, numerator=38124, denominator=44720)
    assert say_formula(reading, RATE, ("会员", "人"), ("职工", "人")) == "会员 38,124人 ÷ 职工 44,720人 ＝ 85.3%"
    assert say_formula(make_reading(PEOPLE, 38124), PEOPLE, ("会员", "人"), ("", "")) == "会员 ＝ 38,124人"


def test_cells_that_add_up_and_cells_that_do_not() -> None:
    assert say_sum("会员", [38000, 124], 38124, "人").words == "会员：2格相加得38,124人，与读数一致"
    wrong = say_sum("会员", [38000], 38124, "人")
    assert (wrong.state, wrong.words) == ("behind", "会员：1格相加得38,000人，读数用的是38,124人，两者不一致")


def test_title_says_how_the_targets_stand() -> None:
    readings = [make_reading(PEOPLE, 38124), with_target(RATE, 0.74, 0.8, False)]
    known = {PEOPLE.code: PEOPLE, RATE.code: RATE}
    assert overview_title(readings, known, "没有定目标") == "2010年末会员38,124人、入会率74.0%；没有定目标"
    assert overview_title([make_reading(PEOPLE, None)], known, "没有定目标") == "这一期间还没有数据"


def test_title_says_who_is_not_in_the_figures() -> None:
    lacking = {"reported": 347, "expected": 375, "previous": 38360, "change": -2499, "against": "2009Q1..2009Q4"}
    reading = replace(make_reading(PEOPLE, 35861, **lacking), comparable_change=130)
    title = overview_title([reading], {PEOPLE.code: PEOPLE}, "没有定目标")
    assert title == "2010年末已报347/375份，会员合计35,861人，与2009年末相比，两期都报的单位增加130人；没有定目标"


def test_overdue_names_the_areas_with_most() -> None:
    counts = Counter({"甲镇": 2, "乙乡": 1})
    missing = [
        Missing(form="R01", form_name="情况表", unit=f"U{area}{n}", unit_name=f"第{n}工会", area=area, area_name=area)
        for area, count in counts.items()
        for n in range(count)
    ]
    assert say_overdue(missing, parse_quarter("2011Q2")) == ["2011年二季度3家单位未报《情况表》：甲镇2家、乙乡1家。"]


def test_uncovered_and_implausible() -> None:
    known = {PEOPLE.code: PEOPLE, RATE.code: RATE}
    partial = make_reading(PEOPLE, 5, reported=366)
    assert say_uncovered([partial, make_reading(RATE, 0.5)]) == ["会员：按已报366/369份计算，未报的不在内。"]
    assert len(say_implausible([make_reading(RATE, 1.04), make_reading(RATE, 0.99)], known)) == 1


def test_w02_a_cell_never_shows_a_fall_that_is_only_missing_returns(county: Warehouse, catalogue: Catalogue) -> None:
    span = parse_span("2011Q1..2011Q2")
    for reading in read(county, catalogue, "COUNTY", span):
        cell = sign_movement(reading, catalogue.indicators[reading.indicator])
        if reading.change is not None and not reading.complete:
            assert cell == NOT_COMPARED or cell.startswith("两期都报的"), reading.name
    whole = read(county, catalogue, "COUNTY", parse_span("2010Q1..2010Q4"))
    assert any(reading.complete and reading.change for reading in whole)
