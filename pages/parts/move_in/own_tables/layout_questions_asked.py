"""What a table leaves open about the form it is read as: a field for each question, the headings first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from base.text import normalise
from etl.layout_proposals.chosen_columns import Chosen
from etl.layout_proposals.layout_questions import LayoutAnswer, LayoutQuestion
from etl.layout_proposals.proposal import Proposal
from pages.view.foreign_text import as_written
from stats.catalogue import Catalogue
from stats.catalogue.models import Form, FormRole

_UNUSED = "不用这一栏"
_ROUNDS = 4  # an answer may bring up a further question
_LONGEST = 100  # characters of what stands in every row
Given = Mapping[LayoutQuestion, str]


def settle_layout(
    propose: Callable[[Chosen], Proposal],
    chosen: Chosen,
    form: Form,
    catalogue: Catalogue,
    stated: Mapping[str, str],
    mark: str,
) -> tuple[Chosen, Proposal]:
    """Ask what is open; return what is chosen then, and what is proposed by it.

    `stated` is suggested for what stands in every row; `mark` is the file's: of another file all is asked anew.
    """
    given: dict[LayoutQuestion, str] = {}
    for _ in range(_ROUNDS):
        proposal = propose(with_answers(chosen, given, form, catalogue))
        fresh = [asked for asked in in_turn(proposal.questions) if asked not in given]
        if not fresh:
            break
        for question in fresh:
            given[question] = _ask(question, form, catalogue, stated, mark)
    settled = with_answers(chosen, given, form, catalogue)
    return settled, propose(settled)


def in_turn(questions: Sequence[LayoutQuestion]) -> Sequence[LayoutQuestion]:
    """Return the questions to be answered first: those on headings while there are any, for what they fill is there."""
    headings = [question for question in questions if question.asks == LayoutAnswer.HEADING]
    return headings or questions


def with_answers(chosen: Chosen, given: Given, form: Form, catalogue: Catalogue) -> Chosen:
    """Return what is chosen with the answers to the questions."""
    columns, targets = dict(chosen.columns), dict(chosen.targets)
    words = {column: dict(meant) for column, meant in chosen.words.items()}
    fixed = dict(chosen.fixed)
    for question, answer in given.items():
        if question.asks == LayoutAnswer.HEADING and answer in catalogue.indicators and form.role == FormRole.TARGETS:
            targets[question.path] = answer
        elif question.asks == LayoutAnswer.HEADING and answer:
            columns[question.path] = () if answer == _UNUSED else (answer,)
        elif question.asks == LayoutAnswer.COLUMN and answer:
            fixed[question.column] = answer
        elif question.asks == LayoutAnswer.WORD and answer:
            words.setdefault(question.column, {})[normalise(question.word)] = answer
    return replace(chosen, columns=columns, targets=targets, words=words, fixed=fixed)


def _ask(question: LayoutQuestion, form: Form, catalogue: Catalogue, stated: Mapping[str, str], mark: str) -> str:
    """Return the answer to a question, "" for none yet."""
    key = f"layout-{question.asks}-{question.path}-{question.column}-{question.word}-{mark}"
    match question.asks:
        case LayoutAnswer.HEADING:
            return _choose(question, _headings(question, form, catalogue), key)
        case LayoutAnswer.WORD:
            return _choose(question, {word: word for word in question.choices}, key)
        case LayoutAnswer.COLUMN:
            return _fixed(question, form, catalogue, stated.get(question.column, ""), key)
        case LayoutAnswer.DOUBLE:
            st.caption(as_written(f"{question.about}请把不要的一栏列入“不用的栏”。"))
            return ""


def _headings(question: LayoutQuestion, form: Form, catalogue: Catalogue) -> dict[str, str]:
    """Return what a heading may be, by what is answered: a column, of a form of targets an indicator, or nothing."""
    names = {code: form.column(code).label for code in question.choices}
    if form.role == FormRole.TARGETS:
        names |= {code: f"{indicator.name}的目标" for code, indicator in catalogue.indicators.items()}
    return {_UNUSED: _UNUSED} | names


def _choose(question: LayoutQuestion, names: Mapping[str, str], key: str) -> str:
    answer = st.selectbox(
        as_written(question.about),
        list(names),
        index=None,
        placeholder="请选择",
        format_func=names.__getitem__,
        key=key,
    )
    return answer or ""


def _fixed(question: LayoutQuestion, form: Form, catalogue: Catalogue, stated: str, key: str) -> str:
    """Return what a column that no heading fills holds in every row."""
    column = form.column(question.column)
    label = as_written(f"{question.about}每行都是：")
    if column.codes:
        names = {name: name for name in catalogue.codes[column.codes].names()}
        return _choose(question, names, key)
    if column.type == "date":
        day = st.date_input(label, value=date.fromisoformat(stated) if stated else None, key=key)
        return day.isoformat() if isinstance(day, date) else ""
    return st.text_input(label, value=stated, max_chars=_LONGEST, key=key).strip()
