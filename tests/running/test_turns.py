"""Turns: few pages are drawn at once, and nobody waits for ever."""

import os
from contextlib import ExitStack
from threading import Lock, Thread
from time import sleep

import pytest

from pages.frame import draw_limit as turns
from pages.frame.draw_limit import limited_drawing

MOST = (os.cpu_count() or 1) + 1


def test_no_more_pages_are_drawn_at_once_than_there_are_turns() -> None:
    lock, drawn, seen = Lock(), 0, []

    def draw() -> None:
        nonlocal drawn
        with limited_drawing():
            with lock:
                drawn += 1
                seen.append(drawn)
            sleep(0.005)
            with lock:
                drawn -= 1

    threads = [Thread(target=draw) for _ in range(MOST * 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == MOST * 5 and max(seen) <= MOST


def test_a_page_that_waited_long_is_drawn_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 0.01)
    with ExitStack() as held:
        for _ in range(MOST + 1):
            held.enter_context(limited_drawing())


def test_a_page_that_fails_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(MOST * 2):
        with pytest.raises(ZeroDivisionError), limited_drawing():
            raise ZeroDivisionError
    monkeypatch.setattr(turns, "_PATIENCE", 0.0)
    assert turns._AT_ONCE.acquire(timeout=0)
    turns._AT_ONCE.release()
