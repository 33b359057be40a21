"""Each fault on each page: figures stay readable where there are any, else a sentence says what is the matter."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts.roles import Role
from etl.intake import load_paths
from store import engine
from store.audit import entries
from tests.contracts.source import ROOT
from tests.lib.contents import contents
from tests.lib.county import town_one, town_two, write_register, write_roster
from tests.lib.faults import OF_BUILD, OF_JOURNAL, READ_ON, disk
from tests.lib.people import session_for
from tests.pages.conftest import words

from pages.view.cached import close_warehouses  # isort: skip

FIGURES = ("overview.py", "targets.py", "papers.py", "indicator.py", "unit.py", "trace.py")
OTHERS = (
    "scoring.py",
    "upload.py",
    "submissions.py",
    "templates.py",
    "my_account.py",
    "leave.py",
    "accounts.py",
    "audit.py",
    "help.py",
)
NUMBER = re.compile(r"\d[\d,.]*(?:%|人|个|家|元)")
STYLES = re.compile("<(style|script).*?</\\1>", re.DOTALL)
DO = re.compile("请[^。]*。")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store with two townships' returns on a small disk of its own. Every fault ends with its test."""
    folder = tmp_path_factory.mktemp("kept")
    files = [write_register(folder), *_rosters(folder)]
    load_paths(files, folder / "store")
    with disk(folder / "disk", 32) as place:
        yield Path(shutil.copytree(folder / "store", place / "store"))


def _rosters(folder: Path) -> list[Path]:
    quarter = "2008年一季度"
    return [write_roster(folder, "甲镇", quarter, town_one()), write_roster(folder, "乙乡", quarter, town_two())]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, kept: Path) -> None:
    monkeypatch.setenv("MINGSHU_STORE", str(kept))
    monkeypatch.setattr(engine, "_READ_PATIENCE", 0.2)
    monkeypatch.setattr(engine, "_PATIENCE", 0.3)
    engine._LOCKED.clear()


@pytest.fixture
def app(kept: Path) -> AppTest:
    """The dashboard open in a browser that has signed in."""
    app = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=60)
    app.user["session"] = session_for(kept, Role.ADMIN)
    return app


def numbers(app: AppTest) -> list[str]:
    return NUMBER.findall(STYLES.sub("", words(app)))


def look(app: AppTest, page: str) -> AppTest:
    return app.switch_page(page).run()


@pytest.mark.parametrize("page", FIGURES)
def test_s04_figures_stay_readable_through_every_fault_of_the_disk_and_a_journal_in_use(
    page: str, app: AppTest, kept: Path
) -> None:
    look(app, page)
    before = numbers(look(app, page))
    noted = len(entries(kept))
    for name, fault in READ_ON.items():
        with fault(kept):
            look(app, page)
            assert not app.exception and not app.error, name
            missing = set(before) - set(numbers(app))
            assert not missing, (name, missing, [one.value for one in app.warning])
    assert len(entries(kept)) == noted


@pytest.mark.parametrize("page", OTHERS)
def test_s04_the_other_pages_show_or_say_what_is_the_matter(page: str, app: AppTest, kept: Path) -> None:
    look(app, page)
    before = entries(kept), contents(kept)
    for name, fault in READ_ON.items():
        with fault(kept):
            look(app, page)
            assert not app.exception and not app.error, (name, app.exception, app.error)
            assert not app.warning or DO.search(app.warning[0].value), name
            assert app.warning or len(words(app)) > 100, name
    assert (entries(kept), contents(kept)) == before


ALL = (*FIGURES, *OTHERS)


@pytest.mark.parametrize("number", range(len(OF_JOURNAL | OF_BUILD)))
def test_s04_without_journal_or_build_a_sentence_says_what_to_do(number: int, app: AppTest, kept: Path) -> None:
    name, fault = list((OF_JOURNAL | OF_BUILD).items())[number]
    app.run()
    with fault(kept):
        close_warehouses()
        for page in {ALL[number % len(FIGURES)], ALL[number % len(ALL)]}:
            look(app, page)
            assert not app.exception and not app.error, (name, page, app.exception, app.error)
            without = name in OF_JOURNAL or page in FIGURES
            assert not without or DO.search(app.warning[0].value), (name, page)
    close_warehouses()
    assert numbers(look(app, "overview.py"))
