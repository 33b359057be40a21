"""数字来源: the formula, the definition, and cells that add up to the figure."""

from pathlib import Path

import pytest

from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from tests.pages.conftest import OpenPage, words

PAGE = "trace.py"


def test_a_count_is_the_sum_of_its_cells(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, span="2010Q1..2010Q4")
    app.selectbox(key="figure").select("union_members").run()
    page = words(app)
    assert "工会会员人数：369格相加得38,124人，与读数一致" in page
    assert "共369格，现在是第1至100格" in page
    assert len(app.dataframe[-1].value) == 100
    (copied,) = [row for row in app.expander if row.label == "可以复制的表"]
    assert not copied.children


def test_a_rate_says_both_its_parts(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, span="2010Q1..2010Q4")
    app.selectbox(key="figure").select("worker_membership_rate").run()
    page = words(app)
    assert "工会会员人数 38,124人 ÷ 全部职工人数 " in page
    assert page.count("与读数一致") == 2


def test_the_definition_stands_beside_it(open_page: OpenPage, store: Path, catalogue: Catalogue) -> None:
    app = open_page(store, PAGE)
    chosen = catalogue.indicators[app.selectbox(key="figure").value]
    page = words(app)
    for part in (chosen.question, chosen.why, chosen.base, chosen.trap or "", "首次定义"):
        assert part in page


def test_cells_can_be_filtered(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, span="2010Q1..2010Q4")
    app.text_input(key="words").input("蒋家嘴镇 .xlsx").run()
    assert 0 < len(app.dataframe[-1].value) < 100
    app.text_input(key="words").input("没有这样的词").run()
    assert "369格中没有含“没有这样的词”的。" in words(app)


def test_the_picked_cell_stands_in_its_sheet(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE)
    first = app.dataframe[-1].value.iloc[0]
    page = words(app)
    assert f"<b>{first['格']}</b>" in page
    assert f"<td class=here>{first['原文']}</td>" in page


@pytest.mark.parametrize("kind", ["streak_years", "per_year"])
def test_every_kind_of_figure_can_be_traced(kind: str, open_page: OpenPage, store: Path, catalogue: Catalogue) -> None:
    asked = _first_of(catalogue, kind)
    app = open_page(store, PAGE)
    app.selectbox(key="figure").select(asked.code).run()
    assert not app.error and not app.exception and not app.warning
    assert asked.question in words(app)


def _first_of(catalogue: Catalogue, kind: str) -> Indicator:
    return next(found for found in catalogue.indicators.values() if found.summary == kind)
