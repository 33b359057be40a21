"""报送进度: where a total and data below it are both there, somebody decides; own totals are named as such."""

from pathlib import Path

import pytest

from access.accounts.roles import Role
from tests.etl.published.test_own_totals import make
from tests.lib.county import copy_of
from tests.pages.conftest import OpenPage, as_read, words

PAGE = "submissions.py"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(make, tmp_path)


def test_staff_decide_which_number_counts_and_take_it_back(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, Role.STAFF)
    assert "总数和明细" in words(app) and "处还没有选定，暂用总数" in words(app)
    key = "T01-seen-8039"  # the last quarter of 2009
    for state, keep, text in (("", "below", "现在用的是单位报的总数"), ("below", "", "现在用的是下级汇总")):
        app.session_state[f"total-{key}-{state}"] = True
        app.run()
        assert text in words(app) and "下级汇总：<b>35人次</b>" in words(app)
        app.text_area(key=f"total-why-{keep}-{key}").input("明细更全").run()
        app.button(key=f"total-{keep}-{key}").click().run()
        assert not app.exception and not app.error
    app.session_state[f"total-{key}-"] = True
    assert "现在用的是单位报的总数" in words(app.run())


def test_a_clerk_decides_nothing(open_page: OpenPage, store: Path) -> None:
    assert "总数和明细" not in words(open_page(store, PAGE, Role.CLERK, "T01"))


def test_a_cell_of_an_own_total_is_named_as_one(open_page: OpenPage, store: Path) -> None:
    page = open_page(store, "trace.py", Role.STAFF, span="2007年", figure="走访量")
    assert "走访量为950人次（本单位总数）" in as_read(words(page))
    assert page.dataframe[0].value["数据项"].tolist() == ["走访人次（本单位总数）"]
