"""Papers that were handed in: opened in the child process once, however often the page is drawn meanwhile."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from base.errors import UserError
from etl.read import open_paper

T = TypeVar("T")
_OPENED = "opened"


def opened_once(file: str, work: Callable[..., T], *arguments: Any) -> T:
    """Return a function's result for an uploaded file, identified by Streamlit's file id; the last result is cached.

    Raises UserError as `open_paper` does, a second time without opening it again.
    """
    place = file, work.__name__
    kept = st.session_state.get(_OPENED)
    if kept is None or kept[0] != place:
        kept = st.session_state[_OPENED] = place, _open(work, *arguments)
    result: T | UserError = kept[1]
    if isinstance(result, UserError):
        raise result
    return result


def _open(work: Callable[..., T], *arguments: Any) -> T | UserError:
    try:
        return open_paper(work, *arguments)
    except UserError as error:
        return error
