"""What goes wrong on a page: a sentence with a number on the screen, the same number in the log, no traceback."""

import logging
import re
import sys

import pytest
from streamlit.testing.v1 import AppTest

from serving.metrics import ERRORS


def _page_that_breaks() -> None:
    from pages.view.notices import plain_errors

    with plain_errors():
        raise KeyError("约三百人")


def test_the_number_on_the_screen_stands_in_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Streamlit leaves the script it ran as the main module, and the child that reads spreadsheets would run it again.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    before = ERRORS._value.get()
    with caplog.at_level(logging.ERROR, "mingshu"):
        page = AppTest.from_function(_page_that_breaks).run()
    assert not page.exception
    said = page.error[0].value
    shown = re.search(r"编号 (\d{6})", said)
    assert shown
    assert [record.number for record in caplog.records if hasattr(record, "number")] == [shown[1]]
    assert caplog.records[-1].exc_info is not None
    assert not {"KeyError", "Traceback", "约三百人"} & set(re.split(r"\W+", said))
    assert ERRORS._value.get() == before + 1
