"""Who decides: asked once a session, kept in the journal beside each decision."""

import streamlit as st

_KEY = "who"


def ask_who() -> str:
    """Draw the field for the name; return what stands in it."""
    return st.text_input(
        "经办人",
        placeholder="填姓名，记入收退记录",
        key=_KEY,
        width=260,
        max_chars=20,
        persist_state="session",
        help="收下、撤回、确认都记下是谁经办的，一次填好即可",
    ).strip()


def may_decide(reason: str | None = None) -> bool:
    """Return whether there is a name, and a reason where one is asked; say what is missing."""
    named = bool(str(st.session_state.get(_KEY, "")).strip())
    if not named:
        st.warning("请先填写经办人姓名。", icon=":material/person:")
    elif reason is not None and not reason.strip():
        st.warning("请先写明理由。", icon=":material/edit:")
    return named and (reason is None or bool(reason.strip()))


def who() -> str:
    """Return the name given in this session."""
    return str(st.session_state.get(_KEY, "")).strip()
