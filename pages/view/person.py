"""The signed-in person, read from the database once a run. It decides what is drawn; acts decide what is allowed."""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import streamlit as st

from access.accounts.people import Person
from access.accounts.roles import Action
from access.acts import Acts
from access.acts.permitted import who_is
from pages.view.declared_now import catalogue_now
from serving.streamlit_internals import get_script_run_ctx, this_run
from stats.catalogue.models import Form
from store.builds import store_path

_OF_RUNS: WeakKeyDictionary[object, Person] = WeakKeyDictionary()  # a page asks up to thirty times in a run


def person() -> Person:
    """Return the signed-in person. Raises UserError when there is none, as without the gate."""
    run = this_run()
    signed_in = _OF_RUNS.get(run) if run else None
    if signed_in is None:
        signed_in = who_is(store_path(), _session())
        if run:
            _OF_RUNS[run] = signed_in
    return signed_in


def may(action: Action, areas: Sequence[str | None] | None = None) -> bool:
    """Return whether the signed-in person may do something, so that it should be offered."""
    return person().may(action, areas)


def is_sender() -> bool:
    """Return whether the signed-in person reports for one area, so that the page speaks to a sender."""
    return person().own_area is not None


def forms_filled() -> list[Form]:
    """Return the forms that the signed-in person may send in: all, or those that are a clerk's to report."""
    forms = catalogue_now().forms.values()
    return [form for form in forms if "clerk" in form.speaks] if is_sender() else list(forms)


def acts() -> Acts:
    """Return the acts of the signed-in person; they can be passed to work in another thread."""
    return Acts(store_path(), _session())


def has_reason(reason: str) -> bool:
    """Return whether a reason was given; show a notice if not."""
    if not reason.strip():
        st.warning("请先写明理由。", icon=":material/edit:")
    return bool(reason.strip())


def _session() -> str:
    # `st.user` looks for a file of secrets at every question, and every download on a page asks
    context = get_script_run_ctx()
    return str(context.user_info.get("session") or "") if context else ""
