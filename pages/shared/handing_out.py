"""What leaves the program: nothing is handed out that can't be noted, and only to whose session still stands."""

from collections.abc import Callable
from functools import partial
from typing import Literal

import streamlit as st

from access.acts import Acts
from access.roles import Action
from pages.shared.foreign_text import as_written
from pages.shared.person import acts
from stats.warehouse import store_path
from store.audit import note
from store.verbs import Verb

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_file(
    label: str,
    name: str,
    mime: str,
    make: Callable[[], bytes],
    kind: Literal["secondary", "tertiary"] = "secondary",
    registers: bool = False,
) -> None:
    """Draw the button for one file, which is made when somebody takes it; `kind` is how much the button stands out.

    A file that registers its figures notes with them who takes it out; any other is noted before it is made.
    """
    st.download_button(
        as_written(label),
        data=handing_out(Verb.EXPORTED, name, make, registers),
        file_name=name,
        mime=mime,
        on_click="ignore",
        type=kind,
        icon=":material/download:" if kind == "secondary" else None,
        key=f"take-{name}",
    )


def handing_out(verb: Verb, about: str, make: Callable[[], bytes], registers: bool = False) -> Callable[[], bytes]:
    """Return what a download button calls when it is clicked: it notes who takes what, then makes it.

    Where what it makes `registers` its figures, that notes it.
    """
    return partial(permitted, acts(), make) if registers else partial(hand_out, acts(), verb, about, make)


def permitted(doing: Acts, make: Callable[[], bytes]) -> bytes:
    """Return what `make` makes and notes. Raises UserError when the session is over."""
    doing.permit(Action.VIEW)
    return make()


def hand_out(doing: Acts, verb: Verb, about: str, make: Callable[[], bytes]) -> bytes:
    """Note who takes what, then return it.

    Raises UserError when the session is over or it can't be noted: then nothing is handed out.
    """
    note(store_path(), doing.permit(Action.VIEW).shown, verb, about)
    return make()
