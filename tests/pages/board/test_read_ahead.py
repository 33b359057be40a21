"""What is read ahead ends with the page it is read for, and its errors are those of the page alone."""

from contextlib import nullcontext
from threading import Event, Timer

import pytest
from pytest import raises

from pages.parts.board.read_ahead import read_ahead

PATIENCE, LATER = 10, 0.2  # seconds


def test_tasks_are_done_in_their_order_beside_the_block() -> None:
    done, last = list[int](), Event()
    with read_ahead([lambda: done.append(1), lambda: done.append(2), last.set]):
        assert last.wait(PATIENCE), "not while the block runs"
    assert done == [1, 2]


@pytest.mark.parametrize("error", [None, ValueError])
def test_the_block_ends_with_the_task_under_way_and_no_other_is_begun(error: type[Exception] | None) -> None:
    begun, goes_on, done = Event(), Event(), list[str]()

    def slow() -> None:
        begun.set()
        goes_on.wait(PATIENCE)
        done.append("slow")

    with raises(error) if error else nullcontext(), read_ahead([slow, lambda: done.append("next")]):
        assert begun.wait(PATIENCE)
        Timer(LATER, goes_on.set).start()
        if error:
            raise error
    assert done == ["slow"]


def test_a_task_that_fails_is_left_to_the_block() -> None:
    last = Event()

    def fails() -> None:
        raise ValueError

    with read_ahead([fails, last.set]):
        assert last.wait(PATIENCE)


def test_what_was_not_begun_for_others_is_never_read() -> None:
    begun, goes_on, done = Event(), Event(), list[str]()

    def slow() -> None:
        begun.set()
        goes_on.wait(PATIENCE)

    with read_ahead([slow]):
        assert begun.wait(PATIENCE)
        with read_ahead([lambda: done.append("other")]):
            pass  # drawn by itself meanwhile
        goes_on.set()
    assert not done
