"""建库: a county's own table becomes a form on the page, and the very file goes in with right figures."""

from pathlib import Path

from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from etl.intake import load_paths
from stats.catalogue_in_force import catalogue_in_force
from store.catalogue_versions import newest
from tests.etl.form_proposals.test_form_command import begin
from tests.etl.own_layouts.test_own_tables import COUNTS, PAID, values
from tests.etl.own_layouts.written_tables import write_fees, write_roster
from tests.lib.county import copy_of
from tests.pages.conftest import OpenPage, words
from tests.pages.moving_in.fields import field

PAGE = "move_in.py"


def drop(app: AppTest, path: Path, **chosen: str) -> AppTest:
    app.file_uploader(key="move-in-example").set_value([(path.name, path.read_bytes(), "")])
    app = app.run()
    for label, value in chosen.items():
        field(app, label).set_value(value)
    return app.run()


def test_a_table_becomes_a_form(open_page: OpenPage, tmp_path: Path) -> None:
    store = copy_of(begin, tmp_path)
    path = write_roster(tmp_path / "工会花名册.xlsx", COUNTS)
    app = drop(open_page(store, PAGE), path, 各栏的数是="stock", 也数有几行="家")
    page = words(app)
    assert (
        not app.exception and "没有要定的了" in page and "职工数·总数：数，人" in page and "职工数·总数共 135人" in page
    )
    assert "不用：所属乡镇(系统)、单位性质、统一社会信用代码、建会时间、本届换届时间" in page, "the register has them"
    assert app.button[-1].label == "立下这张报表" and not app.button[-1].disabled and newest(store) == 0
    app = app.button[-1].click().run()
    assert "这份表已经按《工会花名册》认好了" in app.success[0].value and not app.warning and not app.button
    assert catalogue_in_force(store).forms["L01"].name == "工会花名册"
    assert load_paths([path], store).count("accepted") == 1
    assert values(store, "2026Q2", "l01_rows", "l01_c3", "l01_c5") == [4, 135, 103]


def test_what_the_table_leaves_open_is_asked(open_page: OpenPage, tmp_path: Path) -> None:
    store = copy_of(begin, tmp_path)
    path = write_fees(tmp_path / "经费收缴.xlsx", PAID)
    app = drop(open_page(store, PAGE), path)
    assert "处要定" in "".join(caption.value for caption in app.caption)
    for box in [box for box in app.selectbox if "是期末的数，还是" in box.label]:
        box.set_value("这一期里发生的数")
    app = app.run()
    assert "没有要定的了" in words(app)
    app.button[-1].click().run()
    assert load_paths([path], store).count("accepted") == 1
    assert values(store, "2026M02", "l01_c2", "l01_c3") == [300_000, 172_500]


def test_money_without_a_unit_is_asked_about_and_may_be_of_ten_thousands(open_page: OpenPage, tmp_path: Path) -> None:
    store = copy_of(begin, tmp_path)
    path = write_fees(tmp_path / "经费收缴.xlsx", PAID)
    book = load_workbook(path)
    [place] = [cell for row in book.worksheets[0] for cell in row if cell.value == "单位：万元"]
    place.value = None
    book.save(path)
    app = drop(open_page(store, PAGE), path, 各栏的数是="flow")
    for box in [box for box in app.selectbox if "没有写计量单位" in box.label]:
        box.set_value("万元")
    app = app.run()
    assert "实缴共 205,000元" in words(app)
    app.button[-1].click().run()
    assert load_paths([path], store).count("accepted") == 1
    assert values(store, "2026M02", "l01_c2", "l01_c3") == [300_000, 172_500]


def test_a_name_that_another_form_has_is_said(open_page: OpenPage, tmp_path: Path) -> None:
    store = copy_of(begin, tmp_path)
    name = next(iter(catalogue_in_force(store).forms.values())).name
    app = drop(open_page(store, PAGE), write_fees(tmp_path / f"{name}.xlsx", PAID))
    assert f"已经有《{name}》这张报表了" in words(app) and not app.button and not app.warning
