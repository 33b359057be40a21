"""目标完成: what stands on the screen is what the command says, the gap is listed, a breakdown is filed as a return."""

import csv
import shutil
from html import escape
from pathlib import Path

import pytest

from access.accounts.roles import Role
from base.formats import say_value
from base.periods import parse_quarter, parse_span
from etl.intake import load_paths
from stats.attainment import attainments
from stats.attainment.attainment_words import STATES, say_needed, say_pace, say_state, say_states
from stats.attainment.shortfall import close_shortfall
from stats.attainment.target_cell import cell_of_target
from stats.catalogue import Catalogue
from stats.figures.elements.figure_model import Source
from stats.judging.targets import read_targets
from stats.readings.sentences import say_when
from stats.readings.trace import trace
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, write_book
from tests.pages.conftest import OpenPage, words

PAGE, HALF = "targets.py", "2011Q1..2011Q2"


def test_every_target_stands_on_the_page_with_its_state_and_numbers(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    page = words(open_page(store, PAGE, span=HALF))
    found = attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))
    assert len(found) == 22 and f"截至2011年二季度末，{say_states(found)}" in page
    for one in found:
        indicator = catalogue.indicators[one.goal.indicator]
        when = f"<small>{say_when(one.reading)}；"
        for said in (one.reading.name, one.goal.document, say_pace(one, indicator), say_needed(one, catalogue)):
            assert escape(said) in page and when in page, one.goal.indicator
        assert say_value(one.reading.value, one.reading.measure, indicator.decimals) in page
    assert all(f"{sign} {said}" in page for sign, said in STATES.values())


def report_targets() -> list[dict[str, str]]:
    with (Path(__file__).parents[2] / "report_targets.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_all_21_targets_of_the_report_and_its_status_stand_on_the_page_with_the_right_rule(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    page = words(open_page(store, PAGE, span=HALF))
    goals = {one.indicator: one for one in read_targets(county, catalogue) if one.unit == "COUNTY"}
    assert len(report_targets()) == len(goals) == 22
    signs = {">=": "年目标≥", "=": "年目标", "range": "年目标", "task": "年任务", "text": "年目标未定数量"}
    for asked in report_targets():
        goal, indicator = goals[asked["indicator"]], catalogue.indicators[asked["indicator"]]
        value, high = (float(asked[key]) if asked[key] else None for key in ("value", "high"))
        assert (goal.comparator, goal.value, goal.high) == (asked["rule"], value, high), asked["quote"]
        line = next(part for part in page.split("<li>") if f">{escape(indicator.name)}</a>" in part)
        said = say_value(value, catalogue.unit_of(indicator), indicator.decimals) if value is not None else ""
        said = f"{value:g}—{high:g}" if high and value else said
        assert f"{signs[asked['rule']]}{said}" in line, asked["quote"]


def test_one_target_is_told_with_its_course_and_the_cell_it_was_set_in(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    app = open_page(store, PAGE, span=HALF)
    app.selectbox(key="gap").select("students_aided").run()
    page = words(app)
    assert "截至2011年二季度末，助学资助人数6人，按时间进度应到20人，慢14人" in page
    goal = next(one for one in read_targets(county, catalogue) if one.indicator == "students_aided")
    cell = cell_of_target(Source(county, catalogue), goal)
    assert cell is not None and (cell.raw, cell.unit) == ("40", "COUNTY") and Path(cell.file).is_file()
    app.selectbox(key="gap").select("task_publicity_month").run()
    assert "工人阶级宣传月：2011年任务，2011-05-31前完成，已达到" in words(app)


def test_of_two_documents_both_stand_on_the_page_and_the_later_counts(
    open_page: OpenPage, own_store: Path, tmp_path: Path
) -> None:
    later = {
        "indicator": "助学资助人数", "unit": "示例县总工会", "year": 2011, "comparator": "≥", "value": 60,
        "measure": "人", "document": "《补充通知》", "issued": "2011-05-20", "owner": "保障部", "due": "2011-12-31",
        "date": "2011-06-29",
    }  # fmt: skip
    file = write_book(tmp_path / "补充.xlsx", Form("R13", "示例县总工会", "2011年三季度", [later]))
    load_paths([file], own_store)
    app = open_page(own_store, PAGE, span=HALF)
    app.selectbox(key="gap").select("students_aided").run()
    listed = words(app).split('<section class="aims">', 1)[1]
    line = next(part for part in listed.split("<li>") if ">助学资助人数</a>" in part)
    assert "目标≥60人，完成10.0%" in line and "依据《补充通知》" in line
    assert "《县工会工作会议报告》原定40人，以发文在后的为准" in line
    labels = [found.label for found in app.expander]
    assert "《补充通知》：原表中的目标" in labels
    assert "《县工会工作会议报告》：原表中的目标（已由发文在后的代替）" in labels


def test_a_target_leads_to_its_document_and_the_document_to_its_targets(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store, PAGE, span=HALF))
    row = next(part for part in page.split("<li>") if "县工会工作会议报告（示例县总工会，2011-03-10发文）" in part)
    assert ">2011年助学资助人数（40人）</a>" in row and "gap=" in row and "没有登记：" not in page
    assert "《关于全面推进职工工资集体协商工作的意见》（示例办〔2008〕12号，示例县委办公室，2008-04-18发文）" in page


def test_the_list_of_whom_to_call_is_that_of_the_reckoning(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    found = {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))}
    code = "enterprise_unionization_rate"
    app = open_page(store, PAGE, span=HALF)
    app.selectbox(key="gap").select(code).run()
    listed = next(table.value for table in app.dataframe if "能增加（家）" in table.value)
    wanted = close_shortfall(Source(county, catalogue), found[code]).chosen
    assert list(listed["名称"]) == [one.name for one in wanted]
    assert f"若这{len(wanted)}家都建立工会" in words(app)


def test_before_their_time_targets_are_not_called_missed(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store, PAGE, span="2010Q1..2010Q4"))
    assert "落后于进度0项" not in page and "△ 落后于进度" not in page and "按进度推进" not in page
    assert "要看进度，请在上面把期间选到2011年二季度" in page
    assert 'class="aims"' not in page and 'class="plain goals"' not in page, "nothing can be said of each yet"


def test_the_page_opens_on_the_targets_in_force_as_one_list(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    page = words(open_page(store, PAGE))
    rows = page.split('<table class="plain goals">')[1].split("</table>")[0].split("<tr")[2:]
    known = attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))
    assert len(rows) == len(known) and "截至2011年二季度末，22项目标中" in page
    for one in known:
        (row,) = (text for text in rows if f">{one.reading.name}</a>" in text)
        assert one.goal.owner in row and say_state(one) in row
    assert [row for row in rows if "△" in row] == [row for row in rows[:8] if "△" in row], "those behind first"


def test_who_has_no_targets_is_told_so(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store, PAGE, unit="T01", span=HALF))
    assert "没有定目标" in page


@pytest.fixture
def own_store(store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(store, tmp_path / "own"))


def test_a_breakdown_is_filed_and_every_part_has_a_file_behind_it(
    open_page: OpenPage, own_store: Path, catalogue: Catalogue
) -> None:
    app = open_page(own_store, PAGE, span=HALF)
    app.selectbox(key="part").select("students_aided").run()
    assert "✓ 够目标40人" in words(app)
    app.button(key="file-parts").click().run()
    assert "已收下" in app.success[0].value
    warehouse = open_warehouse(own_store)
    parts = [
        goal
        for goal in read_targets(warehouse, catalogue)
        if goal.indicator == "students_aided" and goal.unit != "COUNTY"
    ]
    tasks = [goal.state for goal in read_targets(warehouse, catalogue) if goal.comparator == "task"]
    cells = trace(warehouse, catalogue, "task_model_worker_forum", "COUNTY", parse_span("2011Q2"))
    warehouse.close()
    assert sum(goal.value or 0 for goal in parts) == 40
    assert sorted(tasks) == ["doing", "done", "done"], "what was filed for the quarter before still stands"
    assert cells and Path(cells[0].file).is_file() and cells[0].name.startswith("目标分解_")


def test_who_may_not_file_is_not_offered_to(open_page: OpenPage, own_store: Path) -> None:
    for role in (Role.LEADER, Role.CLERK):
        app = open_page(own_store, PAGE, role, span=HALF)
        assert "file-parts" not in [button.key for button in app.button] and not app.exception
