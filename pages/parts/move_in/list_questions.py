"""What a list of organisations leaves open: a field for each question that an answer settles, the others in words."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

import streamlit as st

from base.text import normalise
from etl.unit_lists.register_questions import RegisterQuestion, Settled
from etl.unit_lists.settled_names import Answers
from pages.view.foreign_text import as_written

_NONE, _SAME, _SEVERAL = "不归哪一类", "是一个单位", "是几个单位"
_ASKED = {Settled.KIND, Settled.LEVEL, Settled.DOUBLE, Settled.APART}  # in a field; all else in words
_ROUNDS = 3  # an answer may bring up a further question
Given = dict[RegisterQuestion, str]


def settle(left_open: Callable[[Answers], Sequence[RegisterQuestion]]) -> Answers:
    """Ask what can be settled here, and return what was answered; `left_open` are the questions after some answers."""
    given: Given = {}
    for _ in range(_ROUNDS):
        fresh = [asked for asked in left_open(_answers(given)) if asked.settled in _ASKED and asked not in given]
        if not fresh:
            break
        for question in fresh:
            given[question] = _ask(question)
    return _answers(given)


def draw_in_list(questions: Sequence[RegisterQuestion]) -> None:
    """Draw what has to be mended in the list itself, or that nothing is open."""
    left = [question.about for question in questions if question.settled not in _ASKED]
    if left:
        st.html(f'<ul class="told">{"".join(f"<li>{escape(about)}</li>" for about in left)}</ul>')
    if not questions:
        st.caption("没有要定的了。")


def _ask(question: RegisterQuestion) -> str:
    """Return the answer to a question, "" for none yet."""
    choices = {
        Settled.KIND: [_NONE, *question.choices],
        Settled.LEVEL: [*question.choices],
        Settled.DOUBLE: [_SAME, _SEVERAL],
        Settled.APART: [_SEVERAL],
    }[question.settled]
    key = f"move-in-{question.settled}-{'-'.join(question.names)}"
    answer = st.selectbox(as_written(question.about), choices, index=None, placeholder="请选择", key=key)
    return answer or ""


def _answers(given: Given) -> Answers:
    return Answers(
        kinds={name: "" if answer == _NONE else answer for name, answer in _words(given, Settled.KIND)},
        levels=dict(_words(given, Settled.LEVEL)),
        same=frozenset(name for name, answer in _words(given, Settled.DOUBLE) if answer == _SAME),
        apart=frozenset(
            name for how in (Settled.DOUBLE, Settled.APART) for name, answer in _words(given, how) if answer == _SEVERAL
        ),
    )


def _words(given: Given, settled: Settled) -> Iterable[tuple[str, str]]:
    """Yield the words of the answered questions of a kind, normalised, each with its answer."""
    for question, answer in given.items():
        if question.settled == settled and answer:
            for name in question.names:
                yield normalise(name), answer
