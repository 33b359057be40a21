"""A few readers for a few seconds: nobody sees an error, everybody is answered, memory levels off."""

from pathlib import Path

import pytest

from tests.bench.pages import ninety_fifth
from tests.load.sessions import put_under_load

SESSIONS, SECONDS = 6, 30.0
MOST_SECONDS = 10.0  # wide of the aim of 2 s, for a slow machine; the aim is measured by `make load`
MOST_GROWTH = 0.35  # in the second half: caches still fill, but what is not let go would double


@pytest.mark.soak
def test_several_readers_at_once(store: Path) -> None:
    load = put_under_load(store, SESSIONS, SECONDS, every=SECONDS / 10)
    assert load.faults == []
    assert len(load.changes) >= SESSIONS
    assert ninety_fifth(load.changes) < MOST_SECONDS
    assert load.growth < MOST_GROWTH, load.memory
