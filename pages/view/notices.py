"""Notices when there is nothing to show or something went wrong: a sentence, never a traceback."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from base.errors import UserError
from etl.privacy.numbers import hide
from pages.view.foreign_text import as_written
from serving.logs import LOG, extra
from serving.metrics import ERRORS
from store.disk_errors import say_fault

_LOG = logging.getLogger(LOG)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Show errors inside the block as a sentence; the page ends there, its frame stays."""
    try:
        yield
    except Exception as error:
        show_error(error)


def show_error(error: Exception) -> bool:
    """Show an error as a sentence and return True, so that Streamlit shows nothing else. Internal errors are logged."""
    text = str(error) if isinstance(error, UserError) else say_fault(error)
    if text:
        st.warning(as_written(hide(text)), icon=":material/info:")
        return True
    number = f"{secrets.randbelow(10**6):06d}"
    ERRORS.inc()
    _LOG.error("错误 %s", number, exc_info=error, extra=extra(number=number))
    st.error(f"这一页没有显示出来。请把编号 {number} 告诉管理员，原因记在日志里。", icon=":material/error:")
    return True


def show_empty(words: str) -> None:
    """Say that there is nothing here yet, and what to do about it."""
    st.info(as_written(hide(words)), icon=":material/inbox:")
