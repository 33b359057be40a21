"""Who is looking: asked of the database at every run, never kept. What may be drawn; what may be done is up to acts."""

from collections.abc import Sequence

import streamlit as st

from access.acts import Acts, who_is
from access.people import Person
from access.roles import Action
from stats.warehouse import store_path


def person() -> Person:
    """Return who is signed in. Raises UserError when nobody is, as where no gate stands before the page."""
    return who_is(store_path(), _session())


def may(action: Action, areas: Sequence[str | None] | None = None) -> bool:
    """Return whether who is signed in may do something, so that it is worth offering."""
    return person().may(action, areas)


def acts() -> Acts:
    """Return what who is signed in may do; it can be handed to work that goes on in another thread."""
    return Acts(store_path(), _session())


def has_reason(reason: str) -> bool:
    """Return whether a reason was given; ask for it where none was."""
    if not reason.strip():
        st.warning("请先写明理由。", icon=":material/edit:")
    return bool(reason.strip())


def _session() -> str:
    return str(st.user.get("session") or "")
