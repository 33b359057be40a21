"""What an example leaves open about its form: a field for each question that an answer settles, the others in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from etl.form_proposals.example_columns import WantedForm
from etl.form_proposals.form_questions import FormAnswer, FormQuestion
from etl.form_proposals.proposed_form import ProposedForm, propose_form
from etl.layout_proposals.own_table import OwnTable
from pages.view.foreign_text import as_written
from stats.catalogue import Catalogue

_STOCK, _FLOW, _UNUSED = "期末的数", "这一期里发生的数", "不用这一栏"
_ROUNDS = 3  # an answer may bring up a further question
_ASKED = {FormAnswer.TIME, FormAnswer.MEASURE, FormAnswer.ITEM}
Given = Mapping[FormQuestion, str]


def settle_form(
    tables: Sequence[OwnTable], wanted: WantedForm, levels: Mapping[str, str], catalogue: Catalogue, mark: str
) -> tuple[WantedForm, ProposedForm]:
    """Ask what can be settled here; return what is said of the form then, and what is proposed by it.

    `mark` is the file's: of another file all is asked anew.
    """
    given: dict[FormQuestion, str] = {}
    for _ in range(_ROUNDS):
        proposed = propose_form(tables, with_answers(wanted, given), levels, catalogue)
        fresh = [asked for asked in proposed.questions if asked.asks in _ASKED and asked not in given]
        if not fresh:
            break
        for question in fresh:
            given[question] = _ask(question, catalogue, mark)
    settled = with_answers(wanted, given)
    proposed = propose_form(tables, settled, levels, catalogue)
    left = [question.about for question in proposed.questions if question.asks not in _ASKED]
    if left:
        st.html(f'<ul class="told">{"".join(f"<li>{escape(about)}</li>" for about in left)}</ul>')
    if not proposed.questions:
        st.caption("没有要定的了。")
    return settled, proposed


def with_answers(wanted: WantedForm, given: Given) -> WantedForm:
    """Return what is said of a form with the answers to its questions."""
    of = {asks: {q.path: answer for q, answer in given.items() if q.asks == asks and answer} for asks in _ASKED}
    times, items = of[FormAnswer.TIME], of[FormAnswer.ITEM]
    unused = {path for answers in of.values() for path, answer in answers.items() if answer == _UNUSED}
    return replace(
        wanted,
        stocks=frozenset(path for path, answer in times.items() if answer == _STOCK),
        flows=frozenset(path for path, answer in times.items() if answer == _FLOW),
        measures={path: answer for path, answer in of[FormAnswer.MEASURE].items() if path not in unused},
        known={path: answer for path, answer in items.items() if path not in unused},
        unused=wanted.unused | unused,
    )


def _ask(question: FormQuestion, catalogue: Catalogue, mark: str) -> str:
    """Return the answer to a question, "" for none yet."""
    choices = {
        FormAnswer.TIME: {_STOCK: _STOCK, _FLOW: _FLOW},
        FormAnswer.MEASURE: {
            word: word for each in catalogue.measures.values() for word in (each.name, *each.spellings)
        },
        FormAnswer.ITEM: {code: item.name for code, item in catalogue.items.items()},  # two may have one name
    }[question.asks] | {_UNUSED: _UNUSED}
    answer = st.selectbox(
        as_written(question.about),
        list(choices),
        index=None,
        placeholder="请选择",
        format_func=choices.__getitem__,
        key=f"form-{question.asks}-{question.path}-{mark}",
    )
    return answer or ""
