"""考核: the ranking, one organisation's lines, freezing and what was corrected since, objections; and with nothing."""

import io
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from base.formats import say_points
from etl.intake import load_paths
from etl.journal.frozen_scores import frozen_scores
from etl.journal.objections import objections
from etl.pipeline.freeze import freeze
from stats.catalogue import Catalogue
from stats.exports.workbook.scores import scores_xlsx
from stats.scoring import score_units
from stats.warehouse import Warehouse, open_warehouse
from tests.etl.journal.test_freezing import correct, today
from tests.lib.county import town_one, write_register, write_roster
from tests.lib.scores import SCHEME, score_row, write_scores
from tests.pages.conftest import OpenPage, holds_accounts_alone, words

PAGE = "scoring.py"


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a township's returns of two years and its score sheet. Read only: `small` is a copy."""
    folder = tmp_path_factory.mktemp("scored")
    files = [
        write_register(folder),
        write_roster(folder, "甲镇", "2009年四季度", town_one(20)),
        write_roster(folder, "甲镇", "2010年四季度", town_one(75)),
        write_scores(folder, score_row("困难职工档案", self=7, checked=6, basis="@1+1")),
    ]
    load_paths(files, folder / "store")
    return folder / "store"


@pytest.fixture
def small(scored: Path, tmp_path: Path) -> Path:
    """A store of one's own with a township's returns of two years and its score sheet."""
    return copytree(scored, tmp_path / "store")


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception and not app.error
    return app


def table(app: AppTest, kind: str) -> str:
    return next(found.proto.body for found in app.get("html") if kind in found.proto.body)


def test_the_title_says_who_leads_and_the_ranking_shows_what_the_command_reads(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    app = open_page(store, PAGE)
    assert not app.exception and not app.error
    scores = score_units(county, catalogue, catalogue.scheme(SCHEME))
    page, ranking = words(app), table(app, "ranking scores")
    assert f"{scores[0].unit_name}居首，{say_points(scores[0].points)}；首末相差" in page
    assert "16家中6家评分齐全、排了名次；9家还缺分，共52项没有数据，不按零分算，也不排名；1家一票否决" in page
    for score in scores:
        assert score.unit_name in ranking and (score.void or say_points(score.points) in ranking)
    assert "✕ 一票否决" in ranking and "示例：项目、分值和标准都不是文件规定的" in page


def test_the_lines_of_one_organisation_say_rule_value_stages_and_cells(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, scored="T01")
    lines = table(app, "score-lines")
    assert "企业法人单位建会率达到82%的得10分" in lines and "81.6%" in lines and "按计算" in lines
    assert "全部企业法人单位" in lines and "已报12/12" in lines
    assert "评分表D12、E12、F12" in lines and "trace?unit=" in lines
    app.selectbox(key="score-cell").select("困难职工档案　核定").run()
    assert not app.exception and "表“考核评分表” <b>F12</b>" in words(app)


def test_a_vetoed_score_and_a_line_without_data_are_said_so(open_page: OpenPage, store: Path) -> None:
    assert "枫林乡因“因工会失职引发群体性事件”一票否决，总分作废" in words(open_page(store, PAGE, scored="T12"))
    app = open_page(store, PAGE, scored="T08")
    assert "已有分的项目满分合计93分，另有7分的项目没有数据" in words(app)
    assert "△ 没有数据" in table(app, "score-lines")


def test_scores_are_frozen_here_and_a_later_correction_stands_beside(
    open_page: OpenPage, small: Path, tmp_path: Path
) -> None:
    app = open_page(small, PAGE)
    assert "还没有冻结过" in words(app)
    press(app, "冻结得分")
    [frozen] = frozen_scores(small, SCHEME)
    assert (frozen.who, frozen.cutoff) == ("李梅", today()) and "冻结以后没有更正" in words(app)
    correct(small, tmp_path / "later")
    page = words(open_page(small, PAGE))
    assert "冻结后更正：1家的2项" in page
    assert '<td class="words">复核</td><td>6.00分</td><td class="strong">5.50分</td>' in page


def test_frozen_scores_stay_when_their_build_is_gone(open_page: OpenPage, small: Path, tmp_path: Path) -> None:
    frozen = freeze(small, SCHEME, today(), "办公室")
    correct(small, tmp_path / "later")
    (small / "warehouse" / f"{frozen.build:06d}.duckdb").unlink()
    page = words(open_page(small, PAGE))
    assert "冻结时的数据（第1版）已不再保存" in page and "冻结后更正：1家的2项" in page


def test_an_objection_and_its_answer_are_noted_here(open_page: OpenPage, small: Path) -> None:
    app = open_page(small, PAGE)
    assert "还没有申诉" in words(app)
    press(app, "记下申诉")
    assert "请先写明理由" in words(app) and objections(small, SCHEME) == []
    app.selectbox(key="objection-item").select("archives").run()
    app.text_area(key="objection-words").input("档案<b>已补齐</b>").run()
    press(app, "记下申诉")
    assert "甲镇　困难职工档案" in words(app) and "档案&lt;b&gt;已补齐&lt;/b&gt;" in words(app)
    assert "△ 申诉1次，1次还没有答复" in table(app, "score-lines")
    app.text_area(key="answer-words-1").input("已复核").run()
    app.radio(key="answer-verdict-1").set_value("不采纳").run()
    press(app, "记下答复")
    [one] = objections(small, SCHEME)
    assert [(answer.upheld, answer.words, answer.who) for answer in one.answers] == [(False, "已复核", "李梅")]
    assert "不采纳：已复核" in words(app) and "△ 申诉1次，已答复" in table(app, "score-lines")


def test_without_a_score_sheet_only_the_data_speak(open_page: OpenPage, tmp_path: Path) -> None:
    load_paths(
        [write_register(tmp_path), write_roster(tmp_path, "甲镇", "2010年四季度", town_one())], tmp_path / "store"
    )
    app = open_page(tmp_path / "store", PAGE)
    assert not app.exception and not app.error
    assert "还没有单位评分齐全，排不出名次" in words(app)
    assert "还没有收到这个单位的考核评分表" in words(app)


def test_a_scheme_with_grades_shows_its_scores_taken_together(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, scheme="劳动关系和谐企业评分（2010年）")
    assert not app.exception and not app.error
    page = words(app)
    assert "12家：示例A级3家、示例B级6家、示例C级1家、缺分1家、一票否决1家</h1>" in page
    assert "自评比复核平均每家高3.95分（10家的637项两次都有分）" in page
    assert "示例：等级和分数线不是文件规定的" in page and "示例：项目、分值和标准" not in page
    grades, stages, items, areas = (
        got.proto.body for got in app.get("html") if '"plain score-table"' in got.proto.body
    )
    assert 'data-name="分数线" class="words">90分以上</td>' in grades and "吉祥电子有限责任公司工会" in grades
    assert "全部，平均每家" in stages and "核定就是区三方评定" in stages
    assert "建立企业职业年金制度" in items and "这里列前15行，还有46行在下载的 Excel 里" in items
    assert "县经济开发区" in areas and 'data-name="参加（家）">5</td>' in areas


def test_the_page_opens_on_a_scheme_for_everyone(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE)
    assert app.selectbox(key="scheme").value == SCHEME
    assert "整体情况" not in words(app) and '"plain score-table"' not in words(app)


def test_nothing_received_yet(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_page(tmp_path / "none", PAGE)
    assert not app.exception and not app.error
    assert "还不能考核" in words(app) and "还没有数据" in words(app) and holds_accounts_alone(tmp_path / "none")


def test_the_workbook_holds_every_line_as_numbers_and_no_formula(small: Path, catalogue: Catalogue) -> None:
    warehouse = open_warehouse(copytree(small, small.parent / "copy"))
    scores = score_units(warehouse, catalogue, catalogue.scheme(SCHEME))
    warehouse.close()
    book = load_workbook(io.BytesIO(scores_xlsx(scores, "数据截至2010年四季度")))
    ranking, lines = book.worksheets
    assert (ranking.title, lines.title) == ("名次", "逐项得分")
    rows = [[cell.value for cell in row] for row in lines.iter_rows(min_row=4)]
    [archives] = [row for row in rows if row[0] == "甲镇" and row[3] == "困难职工档案"]
    assert archives[8:13] == [7, 6, "—", "—", 6] and archives[13] == "复核"
    assert archives[15] == "考核评分表.xlsx R18!D4、E4"
    assert archives[16] == "@1+1" and not any(cell.data_type == "f" for row in lines for cell in row)
    assert [cell.quotePrefix for row in lines for cell in row if cell.value == "@1+1"] == [True]
    assert len(rows) == len(scores) * len(scores[0].lines)
