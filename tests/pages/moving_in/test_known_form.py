"""建库: a table is read as a form that is there; what its headings are is asked, and the next one goes in by itself."""

from pathlib import Path

from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from etl.intake import load_paths
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue_declared import Declared
from stats.catalogue_in_force import catalogue_in_force
from store.catalogue_versions import newest
from tests.etl.form_proposals.test_form_command import begin
from tests.etl.own_layouts.own_county import own_county
from tests.etl.own_layouts.test_own_tables import asked
from tests.etl.own_layouts.written_tables import COUNTY, write_fees, write_targets, write_turned
from tests.etl.unit_lists.test_found import records
from tests.lib.county import copy_of
from tests.pages.conftest import OpenPage, words
from tests.pages.moving_in.fields import field

PAGE, KNOWN = "move_in.py", "当作已有的一张报表收"
PAID = {"东街街道": [10.0, 8.0], "西乡": [10.0, 9.5], "教育系统": [1.0, 1.0]}
AIMS = {"东街街道": [4, 4000, "≥95%"], "西乡": [3, 2500, "96%以上"], "教育系统": [1, 0, "95%"]}


def begin_with_forms(folder: Path) -> None:
    begin(folder)
    declared = own_county(COUNTY)
    forms = {name: text for name, text in declared.files.items() if not name.startswith("layouts/")}
    publish_catalogue(folder / "store", Declared(declared.packs, forms), "甲", "本县的表")


def open_known(open_page: OpenPage, store: Path, path: Path, form: str) -> AppTest:
    app = open_page(store, PAGE)
    app.file_uploader(key="move-in-example").set_value([(path.name, path.read_bytes(), "")])
    app = field(app.run(), "这份表").set_value(KNOWN).run()
    return field(app, "当作哪张报表").set_value(form).run()


def test_a_table_with_the_forms_own_words_needs_no_answer(open_page: OpenPage, tmp_path: Path) -> None:
    store = copy_of(begin_with_forms, tmp_path)
    path = write_fees(tmp_path / "经费收缴.xlsx", PAID)
    app = open_known(open_page, store, path, "L02")
    assert not app.exception and "应缴共" in words(app) and newest(store) == 1
    app.button[-1].click().run()
    assert newest(store) == 2 and load_paths([path], store).count("accepted") == 1


def test_targets_are_asked_about_and_read_as_written(open_page: OpenPage, tmp_path: Path) -> None:
    store = copy_of(begin_with_forms, tmp_path)
    path = write_targets(tmp_path / "目标.xlsx", AIMS, [8, 6500, "95%以上"])
    app = open_known(open_page, store, path, "R13")
    assert not app.button and "还有 3 处要定" in "".join(each.value for each in app.caption)
    for heading, code in {
        "“帮扶户数”": "own_households",
        "“帮扶资金”": "own_aid_spent",
        "“经费收缴率”": "own_rate",
    }.items():
        field(app, heading).set_value(code)
    app = app.run()
    stated = {label: field(app, f"必填的“{label}”").value for label in ("年度", "文件依据")}
    assert stated == {"年度": "2026", "文件依据": "《清河县总工会2026年目标任务分解表》"}
    field(app, "必填的“责任部门”").set_value("办公室")
    app = field(app, "必填的“填报日期”").set_value("2026-01-15").run()
    assert field(app, "名册里没有“全县”").value == COUNTY
    assert "只收写明2026年的表" in words(app)
    app.button[-1].click().run()
    summary = load_paths([path], store)
    assert summary.count("accepted") == 1 and not asked(summary)
    rows = {(row["unit"], row["indicator"]): row for row in records(store) if "indicator" in row}
    assert len(rows) == 12 and rows[COUNTY, "own_households"]["value"] == 8


def test_the_next_years_targets_are_not_taken_for_this_years(open_page: OpenPage, tmp_path: Path) -> None:
    store = copy_of(begin_with_forms, tmp_path)
    path = write_targets(tmp_path / "目标.xlsx", AIMS, [8, 6500, "95%以上"])
    app = open_known(open_page, store, path, "R13")
    field(app, "“帮扶户数”").set_value("own_households")
    field(app, "“帮扶资金”").set_value("own_aid_spent")
    app = field(app, "“经费收缴率”").set_value("own_rate").run()
    field(app, "必填的“责任部门”").set_value("办公室")
    app = field(app, "必填的“填报日期”").set_value("2026-01-15").run()
    app.button[-1].click().run()
    book = load_workbook(path)
    book.worksheets[0]["A1"] = "清河县总工会2027年目标任务分解表"
    book.save(tmp_path / "2027年目标.xlsx")
    summary = load_paths([tmp_path / "2027年目标.xlsx"], store)
    assert summary.count("returned") == 1 and "layout_year" in asked(summary)
    [finding] = [finding for finding in summary.outcomes[0].findings if finding.rule == "layout_year"]
    assert "写的年份是2027年" in finding.sentence() and "只收2026年的" in finding.sentence()


def test_a_turned_table_is_said_to_be_one(open_page: OpenPage, tmp_path: Path) -> None:
    store = copy_of(begin_with_forms, tmp_path)
    path = write_turned(tmp_path / "建档.xlsx", {"东街街道": [12, 3.5], "西乡": [8, 1.25]})
    app = open_known(open_page, store, path, "L06")
    app = field(app, "横着排的名称是哪一栏").set_value("area").run()
    assert not app.exception and "建档户数共 20户" in words(app)
    app = app.button[-1].click().run()
    assert "这份表已经按《建档情况表》认好了" in app.success[0].value
    assert [layout.turned for layout in catalogue_in_force(store).layouts.values()] == ["area"]
    assert load_paths([path], store).count("accepted") == 1


def test_a_table_with_nothing_of_the_form_is_said(open_page: OpenPage, tmp_path: Path) -> None:
    store = copy_of(begin_with_forms, tmp_path)
    app = open_known(open_page, store, write_fees(tmp_path / "经费收缴.xlsx", PAID), "L04")
    assert "没有一栏认得出是《集体合同签订台账》的" in words(app) + "".join(each.value for each in app.error)
