"""总览: headline figures, what needs attention, the areas, the other figures."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest

from base.periods import Span, parse_quarter
from stats.attainment import attainments
from stats.catalogue import Catalogue
from stats.judging.imputed import missing_share
from stats.organisations import missing
from stats.readings import read
from stats.warehouse import Warehouse
from tests.pages.conftest import OpenPage, as_read, words

COUNTY_INDICATOR = f"indicator?unit={quote('示例县总工会')}&"


def test_first_line_says_county_span_date_coverage_and_example(open_page: OpenPage, store: Path) -> None:
    first = open_page(store, span="2010Q1..2010Q4").get("html")[0].proto.body
    for said in ("示例县总工会", "2010年", "数据截至2011年二季度", "已报369/369", "示例数据"):
        assert said in first


def test_title_says_the_finding(open_page: OpenPage, store: Path) -> None:
    assert "2010年末工会组织数369家、工会会员人数38,124人" in words(open_page(store, span="2010Q1..2010Q4"))


def test_every_headline_figure_has_its_card_in_order(open_page: OpenPage, store: Path, catalogue: Catalogue) -> None:
    asked = sorted((found for found in catalogue.indicators.values() if found.headline), key=lambda i: i.headline or 0)
    shown = re.findall(r'<div class="name">([^<]+)<', words(open_page(store)))
    assert shown == [indicator.name for indicator in asked]


def test_every_other_figure_is_in_a_table(open_page: OpenPage, store: Path, catalogue: Catalogue) -> None:
    page = words(open_page(store))
    assert [found.name for found in catalogue.indicators.values() if f"{found.name}" not in page] == []


def test_a_target_says_its_year_source_and_verdict(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store))
    assert "2012年目标≥80.0%" in page
    assert "报告原文为20xx年，按2012年计" in page
    assert re.search(r'class="open"> 2012年到期，还差\d+\.\d个百分点', page)


def test_late_returns_are_named_by_area(open_page: OpenPage, store: Path) -> None:
    assert re.search(r"2011年二季度\d+家单位未报《基层工会组织情况表》等\d张表：", words(open_page(store)))


def test_three_years_give_the_figures_of_the_report(open_page: OpenPage, store: Path) -> None:
    app = open_page(store)
    app.selectbox(key="span").select("2008Q1..2010Q4").run()
    page = words(app)
    assert "2008—2010年" in page
    assert "25吨" in page and "92人次" in page


def test_a_township_shows_its_unions(open_page: OpenPage, store: Path) -> None:
    app = open_page(store)
    app.selectbox(key="unit").select("T01").run()
    assert "各基层工会" in words(app)
    assert len(rows_of(words(app))) > 5


def rows_of(page: str) -> list[list[str]]:
    """Return the texts of the table of organisations."""
    body = as_read(page).split('sortable">')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [re.findall(r"(?:<td[^>]*>)(?:<a[^>]*>)?([^<]*)", row) for row in re.split("<tr[^>]*>", body)[1:]]


def test_a_single_union_has_cards_too(open_page: OpenPage, store: Path) -> None:
    app = open_page(store)
    app.selectbox(key="unit").select("T01001").run()
    assert not app.error and not app.exception
    assert "工会会员人数" in words(app)


def test_w29_areas_are_rows_the_lowest_first_and_missing_is_not_zero(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store))
    rows = rows_of(page)
    first = re.findall(r">([^<>]+)</button>", page.split("sortable")[1])[1]
    assert f"按{first}从低到高" in page
    known = [float(row[1].removesuffix("%")) for row in rows if row[1] != "—"]
    assert known == sorted(known) and [row[1] for row in rows[len(known) :]] == ["—"] * (len(rows) - len(known))
    assert any(cell == "—" for row in rows for cell in row)


def test_free_ends_are_offered(open_page: OpenPage, store: Path) -> None:
    app = open_page(store)
    app.selectbox(key="span").select("自选起止").run()
    app.selectbox(key="from").select("2009Q2").run()
    assert app.selectbox(key="to").options[0] == "2009年二季度"
    app.selectbox(key="to").select("2009Q3").run()
    assert "2009年二季度至2009年三季度" in words(app)


def test_changes_lead_to_their_indicators(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store, span="2010Q1..2010Q4"))
    moves = page.split('<ol class="moves">')[1].split("</ol>")[0]
    assert 3 <= moves.count("<li>") <= 6
    assert moves.count(COUNTY_INDICATOR) == moves.count("<li>")
    assert "比2009年" in moves and "向好" in moves


def test_every_sentence_about_a_target_leads_to_its_indicator_or_to_all_of_them(
    open_page: OpenPage, store: Path
) -> None:
    for span, behind in (("2010Q1..2010Q4", 0), ("2011Q1..2011Q2", 8)):
        targets = words(open_page(store, span=span)).split("<h3>目标</h3>")[1].split("</section>")[0]
        assert (targets.count(COUNTY_INDICATOR), targets.count('href="goals?')) == (behind, 1)
        assert targets.count("<li>") == behind + 1, "a target whose time has not begun is not missed"


def test_late_returns_lead_to_the_collection_of_that_quarter(open_page: OpenPage, store: Path) -> None:
    assert 'href="submissions?quarter=2011Q2"' in words(open_page(store))


def test_every_domain_leads_to_its_board(open_page: OpenPage, store: Path, catalogue: Catalogue) -> None:
    page = words(open_page(store))
    led = set(re.findall(r'<h3><a href="([a-z_]+)\?', page))
    assert led <= set(catalogue.boards) and len(led) > len(catalogue.boards) / 2


def test_three_things_to_ask_come_first_each_with_whom(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    page = words(open_page(store))
    asked = page.split('<ol class="asks">')[1].split("</ol>")[0]
    assert page.index('class="asks"') < page.index('class="cards"')
    assert re.findall(r"<b>(..)</b>", asked) == ["目标", "报送", "变化"] and asked.count("<small>问：") == 3
    lacking = missing(county, parse_quarter("2011Q2"))
    late = Counter({one.unit: one.area_name for one in lacking}.values()).most_common(1)[0][0]
    assert re.search(rf"<small>问：{late}、", asked)
    behind = [one for one in attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))
              if one.state in ("behind", "unlikely")]  # fmt: skip
    assert f"22项目标中{len(behind)}项完成有困难" in asked
    assert any(f"问：{one.goal.owner}<" in asked and f"是{one.reading.name}" in asked for one in behind)


def test_the_weight_of_who_is_late_is_what_they_last_reported(county: Warehouse, catalogue: Catalogue) -> None:
    """Reckoned from the readings: what the same organisations held a quarter before."""
    quarter = parse_quarter("2011Q2")
    late = sorted({one.unit for one in missing(county, quarter) if one.form == "R01"})
    held = [read(county, catalogue, unit, Span(quarter - 1, quarter - 1), ["union_members"])[0].value for unit in late]
    (now,) = read(county, catalogue, "COUNTY", Span(quarter, quarter), ["union_members"])
    before = sum(value or 0 for value in held)
    share = missing_share(county, catalogue, "COUNTY", quarter)
    assert before > 0 and share == pytest.approx(before / ((now.value or 0) + before))
