"""A file made at a click stays until it can have been fetched, and no longer."""

from serving.download_cache import delayed


def test_a_file_goes_when_its_time_is_over_unless_it_is_in_use_again() -> None:
    now, deleted, in_use = [0.0], [], set[str]()
    delete = delayed(deleted.append, in_use, seconds=60, clock=lambda: now[0])
    delete("a")
    delete("b")
    now[0] = 59.0
    delete("c")
    assert deleted == []
    now[0], in_use = 61.0, in_use.add("b") or in_use
    delete("d")
    assert deleted == ["a"]
    now[0] = 200.0
    delete("e")
    assert deleted == ["a", "c", "d"]


def test_a_file_that_was_made_again_waits_anew() -> None:
    now, deleted = [0.0], []
    delete = delayed(deleted.append, set(), seconds=60, clock=lambda: now[0])
    delete("a")
    now[0] = 50.0
    delete("a")
    now[0] = 61.0
    delete("b")
    assert deleted == []
    now[0] = 300.0
    delete("c")
    assert deleted == ["a", "b"]
