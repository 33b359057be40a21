"""Each fault on each page: figures stay readable where there are any, else a sentence says what is the matter."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from access.accounts.roles import Role
from serving.probes import check_store
from stats.catalogue import load_catalogue
from store import engine
from store.audit import entries
from tests.contracts.source import ROOT
from tests.lib.contents import contents
from tests.lib.faults import OF_BUILD, OF_JOURNAL, READ_ON, UNHURT, disk
from tests.lib.people import session_for
from tests.pages.conftest import new_app, words

from pages.view.cached import close_warehouses  # isort: skip

# The pages with figures, and all others; a board stands for all of them, which are one file.
FIGURES = ("overview.py", "targets.py", "papers.py", "indicator.py", "unit.py", "trace.py", "board.py", "show.py")
FRAME = {"__init__.py", "navigation.py"}
OTHERS = tuple(sorted({path.name for path in (ROOT / "pages").glob("*.py")} - FRAME - {*FIGURES}))
ALL = (*FIGURES, *OTHERS)
NUMBER = re.compile(r"\d[\d,.]*(?:%|人|个|家|元)")
STYLES = re.compile("<(style|script).*?</\\1>", re.DOTALL)
DO = re.compile("请[^。]*。")


@pytest.fixture(scope="module")
def kept(loaded_towns: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store with two townships' returns on a small disk of its own. Every fault ends with its test."""
    with disk(tmp_path_factory.mktemp("kept") / "disk", 32) as place:
        yield Path(shutil.copytree(loaded_towns, place / "store"))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, kept: Path) -> None:
    monkeypatch.setenv("MINGSHU_STORE", str(kept))
    monkeypatch.setattr(engine, "_READ_PATIENCE", 0.2)
    monkeypatch.setattr(engine, "_PATIENCE", 0.3)
    engine._LOCKED.clear()


@pytest.fixture
def app(kept: Path) -> AppTest:
    """The dashboard open in a browser that has signed in."""
    app = new_app()
    app.user["session"] = session_for(kept, Role.ADMIN)
    return app


def numbers(app: AppTest) -> list[str]:
    return NUMBER.findall(STYLES.sub("", words(app)))


def look(app: AppTest, page: str) -> AppTest:
    """Turn to a page; a board is found by the last part of its address."""
    board, _, code = page.partition(" ")
    if board != "board.py":
        return app.switch_page(page).run()
    app._page_hash = calc_hash(code or next(iter(load_catalogue().boards)))
    return app.run()


def see_figures(app: AppTest, page: str, before: list[str], fault: str) -> None:
    """See that a page says its figures as it did before."""
    look(app, page)
    assert not app.exception and not app.error, (fault, page)
    missing = set(before) - set(numbers(app))
    assert not missing, (fault, page, missing, [one.value for one in app.warning])


def see_sentence(app: AppTest, page: str, fault: str) -> None:
    """See that a page shows something, or says what is the matter and what to do."""
    look(app, page)
    assert not app.exception and not app.error, (fault, page, app.exception, app.error)
    assert not app.warning or DO.search(app.warning[0].value), (fault, page)
    assert app.warning or len(words(app)) > 100, (fault, page)


def see_sentence_alone(app: AppTest, page: str, fault: str) -> None:
    """See that a page without journal or build says so, where it needs it."""
    look(app, page)
    assert not app.exception and not app.error, (fault, page, app.exception, app.error)
    without = fault in OF_JOURNAL or page.startswith(FIGURES)
    assert not without or DO.search(app.warning[0].value), (fault, page)


@pytest.mark.parametrize("page", FIGURES)
def test_s04_figures_stay_readable_through_every_fault_of_the_disk_and_a_journal_in_use(
    page: str, app: AppTest, kept: Path
) -> None:
    look(app, page)
    before = numbers(look(app, page))
    noted = len(entries(kept))
    assert before or page == "targets.py"  # no targets are set in this county
    for name, fault in (UNHURT | READ_ON).items():
        with fault(kept):
            see_figures(app, page, before, name)
    assert len(entries(kept)) == noted


@pytest.mark.parametrize("page", OTHERS)
def test_s04_the_other_pages_show_or_say_what_is_the_matter(page: str, app: AppTest, kept: Path) -> None:
    look(app, page)
    before = entries(kept), contents(kept)
    for name, fault in (UNHURT | READ_ON).items():
        with fault(kept):
            see_sentence(app, page, name)
    assert (entries(kept), contents(kept)) == before


SHUT = OF_JOURNAL | OF_BUILD


@pytest.mark.parametrize("number", range(len(SHUT)))
def test_s04_without_journal_or_build_a_sentence_says_what_to_do(number: int, app: AppTest, kept: Path) -> None:
    """Each page meets one of these faults here, and all of them in the soak."""
    name, fault = list(SHUT.items())[number]
    app.run()
    with fault(kept):
        close_warehouses()
        for page in {FIGURES[number % len(FIGURES)], *ALL[number :: len(SHUT)]}:
            see_sentence_alone(app, page, name)
    close_warehouses()
    assert numbers(look(app, "overview.py"))


@pytest.mark.soak
@pytest.mark.parametrize("name", UNHURT | READ_ON | SHUT)
def test_s04_every_page_and_board_through_every_fault(name: str, app: AppTest, kept: Path) -> None:
    pages = (*ALL, *(f"board.py {code}" for code in load_catalogue().boards))
    before = {page: numbers(look(app, page)) for page in pages}
    held = entries(kept), contents(kept)
    with (UNHURT | READ_ON | SHUT)[name](kept):
        if name in SHUT:
            close_warehouses()
        told = check_store(kept)
        assert all(told.values()) == (name in UNHURT), told
        for page in pages:
            if name in SHUT:
                see_sentence_alone(app, page, name)
            elif page.startswith(FIGURES):
                see_figures(app, page, before[page], name)
            else:
                see_sentence(app, page, name)
    close_warehouses()
    assert (entries(kept), contents(kept)) == held and numbers(look(app, "overview.py"))
