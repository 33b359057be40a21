"""What pages must show that no test of a single page shows: names, periods and numbers that are alike everywhere."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from access.accounts.roles import ROLE_NAMES
from base.formats import say_points
from base.periods import parse_quarter, parse_span
from etl.intake import check_paths
from etl.model.finding import Finding
from etl.sample.faulty_files import FOLDER
from pages.parts.help.handbook import FOR
from stats.attainment import attainments
from stats.attainment.attainment_words import say_states
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.readings import read
from stats.warehouse import Warehouse
from tests.contracts.source import ROOT
from tests.lib.county import begin_store, union_row, write_roster
from tests.pages.conftest import OpenPage, words

HALF = "2011Q1..2011Q2"
Told = Callable[[Path], list[Finding]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Return a function that returns the findings on a file, in a store that knows a register."""
    store = begin_store(tmp_path_factory.mktemp("told") / "store")
    return lambda path: [finding for one in check_paths([path], store) for finding in one.findings]


def test_w02_w14_w15_the_overview_opens_on_like_for_like_and_on_all_targets(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    page = words(open_page(store))
    card = page.split('<div class="cards">')[1].split("工会会员人数<")[1].split("</article>")[0]
    assert "已报347/375份" in card and "两期都报的单位" in card and "要注意" not in card.split('class="name"')[0]
    title = re.findall(r'<h1 class="finding">(.*?)</h1>', page)[0]
    assert say_states(attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))) in title
    yearly = [one.name for one in catalogue.indicators.values() if catalogue.measures[one.unit].name.endswith("/年")]
    moves = page.split('<ol class="moves">')[1].split("</ol>")[0]
    assert not [name for name in yearly if name in moves]


def test_w24_what_a_household_and_a_person_got_is_of_one_span_and_not_compared(
    county: Warehouse, catalogue: Catalogue
) -> None:
    panel = next(
        panel for panel in catalogue.boards["aid"].panels if "aid_per_household" in getattr(panel, "indicators", ())
    )
    readings = read(county, catalogue, "COUNTY", parse_span(HALF), list(panel.indicators))
    assert len({(one.span, one.as_of) for one in readings}) == 1
    assert "不可比" in make_figure(Source(county, catalogue), panel, Selection("COUNTY", parse_span(HALF))).note


def test_w36_a_definition_is_told_in_plain_words(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store, "indicator.py", figure="union_members", span=HALF))
    for heading in ("回答什么问题", "用途", "口径", "注意", "修订记录"):
        assert f"<dt>{heading}</dt>" in page


def test_w44_a_file_with_a_password_is_asked_for_without(told: Told) -> None:
    (finding,) = told(FOLDER / "encrypted.xlsx")
    assert (finding.problem, finding.todo) == ("文件加了密码，打不开", "请先去掉打开密码再报")


def test_w48_w49_a_finding_speaks_as_people_do(told: Told, tmp_path: Path) -> None:
    more, unknown = ([union_row(name, members, 20)] for name, members in (("甲一厂工会", 50), ("新办的厂工会", 10)))
    found = told(write_roster(tmp_path, "甲镇", "2008年一季度", more))
    assert any(re.fullmatch(r"会员人数.*不能多于职工人数.*", finding.requirement) for finding in found), found
    found = told(write_roster(tmp_path, "甲镇", "2008年一季度", unknown))
    assert any("新建的单位，请县总工会先在单位名册里添上" in finding.todo for finding in found), found


def test_w56_the_sample_is_loaded_by_nobodys_login_name() -> None:
    assert re.search(r"etl load data/sample-county --who 系统导入", (ROOT / "Makefile").read_text(encoding="utf-8"))


def test_w59_help_is_for_the_roles_under_their_names() -> None:
    assert {*FOR} == {*ROLE_NAMES.values()}


def test_w60_a_field_of_work_has_the_name_of_its_page(catalogue: Catalogue) -> None:
    named = {code: domain.name for code, domain in catalogue.domains.items()}
    assert named == {code: catalogue.fields[code].name for code in named}


def test_w61_a_kind_of_contract_is_not_called_as_all_are(catalogue: Catalogue) -> None:
    contracts = catalogue.indicators["collective_contracts"]
    assert contracts.name.startswith("综合") and "不含工资专项、女职工专项" in contracts.base
    for former in contracts.former:
        assert catalogue.vocabulary.read(f"{former}.增减").name == contracts.name, "papers of earlier versions"


def test_w75_points_have_two_places() -> None:
    given = [Decimal(points) for points in ("82.8", "-2", "69.215", "0")]
    assert [say_points(points) for points in given] == ["82.80分", "−2.00分", "69.22分", "0.00分"]
