"""The throttle: who tries on and on waits, and nobody else waits long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.gate.throttle import ACCOUNT, ADDRESS, PAIR, Throttle
from tests.access.office import Clock

TRIES = 10_000


def tried(throttle: Throttle, account: str = "limei", address: str = "10.0.0.9", browser: str = "") -> bool:
    return throttle.begin(account, address, browser).wait == 0


def test_ten_thousand_at_once_get_a_handful_through() -> None:
    throttle = Throttle(Clock())
    assert sum(tried(throttle) for _ in range(TRIES)) == PAIR.free


def test_a_day_of_trying_gets_few_through_and_the_wait_is_bounded() -> None:
    clock = Clock()
    throttle, through, waits = Throttle(clock), 0, []
    end = clock.now + 24 * 3600
    while clock.now < end:
        one = throttle.begin("limei", "10.0.0.9")
        through += one.wait == 0
        waits.append(one.wait)
        clock.now += one.wait or 0.1
    assert through < 120 and PAIR.longest - 1 < max(waits) <= PAIR.longest


def test_others_are_let_in_meanwhile() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(TRIES):
        tried(throttle)
    assert tried(throttle, "wangqiang", "10.0.0.7"), "another account, another address"
    assert tried(throttle, "limei", "10.0.0.7"), "the same account, another address"
    assert tried(throttle, "limei", "10.0.0.9", browser="known"), "the owner's own browser, wherever it is"
    assert throttle.begin("wangqiang", "10.0.0.9").wait <= ADDRESS.longest, "another account, the same address"


def test_an_account_tried_from_everywhere_keeps_its_owner_waiting_for_moments_only() -> None:
    throttle = Throttle(Clock())
    for number in range(TRIES):
        tried(throttle, "limei", f"10.{number // 250}.{number % 250}.1")
    assert throttle.begin("limei", "10.200.0.1").wait <= ACCOUNT.longest
    assert tried(throttle, "limei", "10.200.0.1", browser="known")


def test_names_from_one_address_are_throttled_together() -> None:
    throttle = Throttle(Clock())
    assert sum(tried(throttle, f"name{number}") for number in range(TRIES)) == ADDRESS.free


def test_addresses_of_one_line_count_as_one() -> None:
    throttle = Throttle(Clock())
    assert sum(tried(throttle, address=f"2001:db8:0:1::{number:x}") for number in range(1, 500)) == PAIR.free


def test_memory_is_bounded() -> None:
    throttle = Throttle(Clock())
    for number in range(60_000):
        tried(throttle, f"name{number}", f"10.{number % 200}.{number // 200 % 250}.{number % 7}")
    assert len(throttle) <= 20_000


def test_coming_in_forgets_what_was_counted() -> None:
    throttle = Throttle(Clock())
    for _ in range(PAIR.free * 10):
        one = throttle.begin("limei", "10.0.0.9")
        assert one.wait == 0
        throttle.succeed(one)


def test_tries_are_forgotten_after_an_hour() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(100):
        tried(throttle)
    clock.now += 3601
    assert [tried(throttle) for _ in range(PAIR.free)] == [True] * PAIR.free


@pytest.mark.property
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["10.0.0.1", "10.0.0.2"]), st.floats(0, 100))))
def test_a_refused_try_never_lengthens_the_wait(steps: list[tuple[str, str, float]]) -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for account, address, pause in steps:
        clock.now += pause
        first = throttle.begin(account, address).wait
        if first:
            assert throttle.begin(account, address).wait == first
