"""What a page caches for a build is read from that build, even if another one was published meanwhile."""

from pathlib import Path

import pytest

from base.errors import UserError
from base.periods import parse_quarter, parse_span
from etl.intake import load_paths
from tests.lib.county import town_one, town_two, write_register, write_roster

PERIOD, QUARTER = "2008年一季度", parse_quarter("2008Q1")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with one township's members in its first build."""
    monkeypatch.setenv("MINGSHU_STORE", str(tmp_path / "store"))
    load_paths([write_register(tmp_path), write_roster(tmp_path, "甲镇", PERIOD, town_one())], tmp_path / "store")
    return tmp_path / "store"


def test_a26_a_page_reads_the_build_it_names(store: Path) -> None:
    from pages.view import cached

    first = cached.current()
    load_paths([write_roster(store.parent, "乙乡", PERIOD, town_two())], store)
    second = cached.current()
    span, codes = parse_span("2008Q1"), ("union_members",)
    members = {build: cached.readings_of(build, ("COUNTY",), span, codes)[0].value for build in (first, second)}
    missing = {build: len(cached.status(build, (0, 0), QUARTER).missing) for build in (first, second)}
    cached.close_warehouses()
    assert members == {first: 100, second: 118}
    assert missing[first] > missing[second]


def test_a26_a_build_that_is_no_longer_kept_is_said(store: Path) -> None:
    from pages.view import cached

    first = cached.current()
    load_paths([write_roster(store.parent, "乙乡", PERIOD, town_two())], store)
    Path(first.split("|")[0]).unlink()
    with pytest.raises(UserError, match="已不再保存"):
        cached.warehouse(first)
