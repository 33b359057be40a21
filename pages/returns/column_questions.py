"""Unknown headers: each is asked about once; the answers are stored for the unit and its layout."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from etl.matching.questions import Question
from pages.view.foreign_text import as_written

NOT_USED = ""
Answers = dict[str, str]  # by header as shown: the code of the form's column, "" for not used
_NOT_USED, _OPEN = "这一栏不用", "还没有定"
_KEPT = "选好点“按这样认定”，这份报表就重新核对，没有别的问题就收下。认定会记住，同一单位再报同样的表式不再问。"
_NO_UNIT = "这份表是哪个单位报的还没有认出来。先报单位名册，或请对方写明填报单位，再重新上报，才能认定栏目。"


def draw_questions(key: str, questions: Sequence[Question], decide: Callable[[Answers], None]) -> None:
    """Draw a choice for each unknown header and the button that submits the answers."""
    st.html(f'<div class="told"><h3><span class="asked">认定</span> 认不出来的 {len(by_path(questions))} 栏</h3></div>')
    if not all(question.reporter for question in questions):
        st.caption(_NO_UNIT)
        return
    st.caption(_KEPT)
    fields = {path: f"column-{key}-{path}" for path in by_path(questions)}
    chosen = {path: _choose(fields[path], same) for path, same in by_path(questions).items()}
    answers = {path: code for path, code in chosen.items() if code is not None}
    with st.container(horizontal=True, key=f"columns-{key}"):
        if st.button("按这样认定", type="primary", key=f"match-{key}") and _may_match(answers):
            decide(answers)
        if len(answers) < len(fields):
            st.button("其余的都不用", key=f"rest-{key}", on_click=_set_rest, args=(fields,))


def by_path(questions: Sequence[Question]) -> dict[str, list[Question]]:
    """Return the questions by header: a file of two quarters asks twice about the same header and needs one answer."""
    by_header: dict[str, list[Question]] = {}
    for question in questions:
        by_header.setdefault(question.path, []).append(question)
    return by_header


def _choose(field: str, same: Sequence[Question]) -> str | None:
    labels: dict[str | None, str] = {code: label for question in same for code, label in question.candidates}
    names = {None: _OPEN, **labels, NOT_USED: _NOT_USED}
    question = same[0]
    return st.selectbox(
        f"表里的“{as_written(question.path)}”（{as_written(question.address)}）是报表的哪一栏",
        list(names),
        format_func=names.__getitem__,
        key=field,
        width=480,
    )


def _set_rest(fields: Mapping[str, str]) -> None:
    for field in fields.values():
        if st.session_state.get(field) is None:
            st.session_state[field] = NOT_USED


def _may_match(answers: Answers) -> bool:
    """Return whether there is an answer and no two headers share a column; show what is wrong."""
    used = [code for code in answers.values() if code != NOT_USED]
    if not answers:
        st.warning("请先选定至少一栏。", icon=":material/edit:")
    elif len(set(used)) < len(used):
        st.warning("两栏不能认定为报表的同一栏，请改选其中一栏。", icon=":material/edit:")
    else:
        return True
    return False
