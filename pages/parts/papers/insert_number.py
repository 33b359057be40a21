"""插入数字: a figure is chosen by its name and a way to write it; what belongs in the paper is there to copy."""

import streamlit as st

from base.errors import UserError
from pages.view import cached
from pages.view.filters import View
from pages.view.foreign_text import as_written
from stats.catalogue.placeholder_syntax import FORMS, Named, Vocabulary
from stats.papers.fill_placeholders import Writer
from stats.papers.paper_model import Cited

_AS_REPORTED = ""


def draw_insert_number(view: View) -> None:
    """Draw the choice of a figure and of how it is written, the text to copy, and what it is filled with now."""
    writer = Writer(cached.source(view.build), view.selection)
    known = {named.indicator_name: named for named in writer.vocabulary.listed}
    with st.popover("插入数字", icon=":material/add:", key="insert-number"):
        name = st.selectbox("哪个数", list(known), index=None, placeholder="打字查找，例如 会员", key="insert-name")
        if name is None:
            st.caption("选一个数，再选怎么写，整段复制到讲稿里，不用自己写符号。")
            return
        form = st.selectbox(
            "怎么写", forms_of(known[name], writer.vocabulary), format_func=say_form, key=f"insert-form-{name}"
        )
        text = placeholder(known[name], form or _AS_REPORTED)
        st.code(text, language=None)
        st.caption(f"点右上角复制，粘贴到讲稿里。现在会填成：{as_written(_filled(writer, text))}")


def forms_of(named: Named, vocabulary: Vocabulary) -> list[str]:
    """Return the ways in which a figure may be written, first as it is reported."""
    return [form for form in (_AS_REPORTED, *FORMS) if _suits(placeholder(named, form), vocabulary)]


def placeholder(named: Named, form: str) -> str:
    """Return what stands in a paper for a figure written in a form."""
    return f"{{{{ {named.name}{f'.{form}' if form else ''} }}}}"


def say_form(form: str) -> str:
    """Return what a form means, with an example."""
    if form == _AS_REPORTED:
        return "数和计量单位，例如 369家"
    return f"{FORMS[form].says}，例如 {FORMS[form].example}"


def _suits(text: str, vocabulary: Vocabulary) -> bool:
    try:
        vocabulary.read(text[2:-2])
    except UserError:
        return False
    return True


def _filled(writer: Writer, text: str) -> str:
    return "".join(piece.text if isinstance(piece, Cited) else piece for piece in writer.pieces(text))
