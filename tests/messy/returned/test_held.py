"""Files that are asked about: held until the question is answered, and never asked the same again.

Each question has a file that raises it and a file that just does not. A confirmed one is in the figures; sent once more
with the same values it goes straight in.
"""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.intake import Outcome, confirm, load_paths
from store.builds import current_build
from tests.lib.county import union_row, write_register
from tests.lib.few import few_at_first
from tests.messy.questions import QUESTIONS, Question
from tests.messy.returns import MORE_TOWNS, Q2, book, roster

# The first question of each rule; `make soak` asks all of them. Each rule has tests of its own for what it finds.
ONE_OF_EACH = {question.rule: name for name, question in reversed(QUESTIONS.items())}.values()


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows the register. Read only: every test takes a copy."""
    store = tmp_path_factory.mktemp("registered")
    load_paths([write_register(tmp_path_factory.mktemp("register"), *MORE_TOWNS)], store)
    return store


@pytest.fixture
def store(registered: Path, tmp_path: Path) -> Path:
    """A copy of the store that knows the register."""
    return shutil.copytree(registered, tmp_path / "store")


def prepare(question: Question, store: Path, tmp_path: Path) -> None:
    """Take in what the question needs, all of it without a question."""
    for number, make in enumerate(question.before):
        assert load_one(make(tmp_path / f"before{number}"), store).what == "accepted"


def load_one(path: Path, store: Path) -> Outcome:
    (outcome,) = load_paths([path], store).outcomes
    return outcome


def saved_again(path: Path) -> Path:
    """Return another file with the same cells."""
    workbook = load_workbook(path)
    workbook.properties.title = "再报"
    workbook.save(path)
    return path


@pytest.mark.parametrize("name", few_at_first(QUESTIONS, ONE_OF_EACH))
def test_a_question_holds_the_file_until_it_is_answered_and_is_not_asked_again(
    name: str, store: Path, tmp_path: Path
) -> None:
    question = QUESTIONS[name]
    prepare(question, store, tmp_path)
    before = current_build(store)
    path = question.sent(tmp_path / "sent")
    held = load_one(path, store)
    assert (held.what, {finding.rule for finding in held.findings}) == ("held", {question.rule, *question.also})
    assert any(question.says in finding.problem for finding in held.findings), [one.problem for one in held.findings]
    assert all(finding.about.count("|") == 2 for finding in held.findings)
    assert current_build(store) == before
    assert held.seq is not None
    confirm(store, held.seq, "已向填报单位核实", "县总工会")
    assert current_build(store) != before
    again = load_one(saved_again(path), store)
    assert (again.what, again.findings) == ("accepted", ())


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_just_does_not_raise_the_question_goes_in(name: str, store: Path, tmp_path: Path) -> None:
    question = QUESTIONS[name]
    prepare(question, store, tmp_path)
    outcome = load_one(question.near(tmp_path / "sent"), store)
    assert outcome.what == "accepted", [finding.sentence() for finding in outcome.findings]
    assert question.rule not in {finding.rule for finding in outcome.findings}


def test_another_value_is_asked_about_again(store: Path, tmp_path: Path) -> None:
    question = QUESTIONS["a jump beside last quarter"]
    prepare(question, store, tmp_path)
    held = load_one(question.sent(tmp_path / "sent"), store)
    assert held.seq is not None
    confirm(store, held.seq, "已向填报单位核实", "县总工会")
    other = book(roster(union_row("甲一厂工会", 50, 402), period=Q2))(tmp_path / "other")
    assert load_one(other, store).what == "held"


def test_a_union_category_other_than_the_registers_is_noted_and_holds_nothing(store: Path, tmp_path: Path) -> None:
    outcome = load_one(book(roster(union_row("甲二厂工会", 5, 9, category="私营")))(tmp_path), store)
    assert outcome.what == "accepted"
    assert [(finding.rule, finding.severity) for finding in outcome.findings] == [("across", "note")]


def test_quarters_loaded_at_once_see_each_other(store: Path, tmp_path: Path) -> None:
    """The second is examined while the first is not yet handed over; whichever comes second is asked."""
    sent = tmp_path / "sent"
    book(roster(union_row("甲一厂工会", 50, 100)), name="一.xlsx")(sent)
    book(roster(union_row("甲一厂工会", 50, 900), period=Q2), name="二.xlsx")(sent)
    outcomes = load_paths([sent], store).outcomes
    assert sorted(outcome.what for outcome in outcomes) == ["accepted", "held"]
