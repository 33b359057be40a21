"""The store over time: the same file twice, a corrected return, any order, incremental against whole."""

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from base.periods import parse_span
from etl.intake import confirm, load_paths, rebuild, withdraw
from etl.journal import Journal
from stats.catalogue import Catalogue
from stats.readings import read
from stats.warehouse import open_warehouse
from store.builds import current_build
from tests.lib.contents import contents
from tests.lib.county import town_one, town_two, union_row, write_changes, write_register, write_roster

QUARTERS = ("2008年一季度", "2008年二季度", "2008年三季度")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The small county over three quarters; a union moves to the other township, another closes."""
    folder = tmp_path_factory.mktemp("files")
    moved = {"unit_code": "T01003", "unit_name": "甲中学工会", "level": "基层工会", "parent": "T02", "category": "事业",
             "org_type": "单一", "status": "在册", "effective": "2008-07-01"}  # fmt: skip
    closed = {"unit_code": "T02002", "unit_name": "乙政府工会", "level": "基层工会", "parent": "T02",
              "status": "撤销", "effective": "2008-07-01"}  # fmt: skip
    made = [write_register(folder), write_changes(folder, QUARTERS[2], moved, closed)]
    for quarter in QUARTERS[:2]:
        made += [write_roster(folder, "甲镇", quarter, town_one()), write_roster(folder, "乙乡", quarter, town_two())]
    made.append(write_roster(folder, "甲镇", QUARTERS[2], town_one()[:2]))
    rows = [town_two()[0], union_row("甲中学工会", 21, 22, category="事业")]
    return [*made, write_roster(folder, "乙乡", QUARTERS[2], rows)]


@pytest.fixture(scope="module")
def whole(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with all files, loaded at once. Read only."""
    store = tmp_path_factory.mktemp("whole")
    assert load_paths(files, store).count("accepted") == len(files)
    return store


def value_of(store: Path, catalogue: Catalogue, unit: str, span: str, code: str = "union_members") -> float | None:
    warehouse = open_warehouse(store)
    try:
        return read(warehouse, catalogue, unit, parse_span(span), [code])[0].value
    finally:
        warehouse.close()


def test_the_same_file_twice_changes_nothing(files: list[Path], whole: Path, tmp_path: Path) -> None:
    store = shutil.copytree(whole, tmp_path / "store")
    before = current_build(store)
    again = load_paths(files, store)
    assert {outcome.what for outcome in again.outcomes} == {"unchanged"}
    assert (again.build, current_build(store)) == (None, before)


def test_a_corrected_return_replaces_the_old_one_whole_and_the_old_is_kept(
    files: list[Path], whole: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    store = shutil.copytree(whole, tmp_path / "store")
    corrected = write_roster(tmp_path, "甲镇", QUARTERS[0], [union_row("甲一厂工会", 55, 100)], name="更正.xlsx")
    (asked,) = load_paths([corrected], store).outcomes
    assert asked.what == "held" and asked.seq, "two of three unions would go"
    confirm(store, asked.seq, "确已撤销", "办公室", choices=["更正"])
    assert value_of(store, catalogue, "T01", "2008Q1") == 55, "the other two unions were in the replaced return only"
    assert len(list((store / "inbox").iterdir())) == len(files) + 1
    assert len(Journal(store).entries()) == len(files) + 1


def test_a_moved_union_counts_where_it_stood_and_a_closed_one_no_longer(whole: Path, catalogue: Catalogue) -> None:
    assert value_of(whole, catalogue, "T01", "2008Q2") == 100
    assert value_of(whole, catalogue, "T01", "2008Q3") == 80
    assert value_of(whole, catalogue, "T02", "2008Q3") == 31
    assert value_of(whole, catalogue, "T01003", "2008Q3") == 21
    assert value_of(whole, catalogue, "COUNTY", "2008Q3", "union_orgs") == 4


def test_a_row_in_force_stands_where_its_union_does_and_what_ledgers_say_of_a_closed_one_at_its_last_parent(
    whole: Path,
) -> None:
    warehouse = open_warehouse(whole)
    found = warehouse.connection.execute(
        """
        select distinct s.form, s.unit, u.code, u.parent, s.since, s.until
        from core.in_force s left join core.unit u on u.node = s.node
        where s.form = 'R01' and s.unit in ('T01003', 'T02002') and s.first = $first
            or s.form = 'R00' and s.unit = 'T02002' and s.first < $first order by all""",
        {"first": parse_span("2008Q2").first},
    ).fetchall()
    torn = warehouse.connection.execute(
        """
        select count(*) from core.in_force s join raw.record d on d.id = s.record
        where s.fields is distinct from d.fields or s.day is distinct from d.day
        union all
        select count(*) from core.observation o join raw.datum m on m.id = o.datum
        where m.record is distinct from o.record
        union all
        select count(*) from core.observation o
        where not exists (select 1 from core.in_force s
            where s.record = o.record and s.node = o.unit and o.period between s.since and s.until)"""
    ).fetchall()
    warehouse.close()
    assert torn == [(0,), (0,), (0,)]
    second, end = parse_span("2008Q2").first, 2147483647
    begun = min(row[4] for row in found)
    assert begun <= second
    assert found == [
        ("R00", "T02002", "T02", "COUNTY", second + 1, end),
        ("R00", "T02002", "T02002", "T02", begun, second),
        ("R01", "T01003", "T01003", "T01", begun, second),
        ("R01", "T01003", "T01003", "T02", second + 1, end),
        ("R01", "T02002", "T02002", "T02", begun, second),
    ]


def test_quarters_that_nobody_reported_for_are_known_all_the_same(files: list[Path], tmp_path: Path) -> None:
    """A year later the next roster comes: what goes on in between counts there, and who was missing is known."""
    store = tmp_path / "store"
    load_paths(files[:3], store)
    roster = write_roster(tmp_path, "甲镇", "2009年三季度", town_one()[:2])
    assert load_paths([roster], store).count("accepted") == 1
    piecewise = contents(store)
    assert {row[3] for row in piecewise["coverage"]} == set(
        range(parse_span("2008Q1").first, parse_span("2009Q4").first)
    )
    rebuild(store)
    assert contents(store) == piecewise


@pytest.fixture(scope="module")
def expected(whole: Path) -> dict[str, list[object]]:
    """What all files come to, loaded at once."""
    return contents(whole)


@pytest.mark.property
@settings(
    max_examples=max(3, settings.default.max_examples // 8), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**6))
def test_files_in_any_order_and_in_any_portions_give_what_a_rebuild_gives(
    files: list[Path], expected: dict[str, list[object]], tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    portions = tmp_path_factory.mktemp("portions")
    register, others = files[:2], files[2:]
    rng = random.Random(seed)
    rng.shuffle(others)
    cut = rng.randrange(len(others) + 1)
    load_paths([*register, *others[:cut]], portions)
    if others[cut:]:
        load_paths(others[cut:], portions)
    assert contents(portions) == expected
    rebuild(portions)
    assert contents(portions) == expected


@pytest.mark.property
@settings(
    max_examples=max(2, settings.default.max_examples // 12),
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**6))
def test_what_is_withdrawn_might_never_have_been_sent(
    files: list[Path], whole: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("sent")
    corrections = [
        write_roster(folder, "甲镇", QUARTERS[0], town_one(51), name="一（更正）.xlsx"),
        write_roster(folder, "甲镇", QUARTERS[0], town_one(52)[:2], name="二（更正）.xlsx"),
        write_roster(folder, "乙乡", QUARTERS[1], town_two()[:1], name="三（更正）.xlsx"),
    ]
    portions = (files, corrections[:1], corrections[1:])
    never = tmp_path_factory.mktemp("never")
    store = shutil.copytree(whole, tmp_path_factory.mktemp("store"), dirs_exist_ok=True)
    for portion in portions[1:]:
        assert load_paths(portion, store).count("accepted") == len(portion)
    rng = random.Random(seed)
    gone = rng.sample([*files[2:], *corrections], rng.randrange(1, 5))  # the first two are registers
    numbers = {entry.name: entry.seq for entry in Journal(store).entries()}
    for path in gone:
        withdraw(store, numbers[path.name], "报错了", "")
    for portion in portions:
        if left := [path for path in portion if path not in gone]:
            load_paths(left, never)
    expected = contents(never)
    assert contents(store) == expected
    rebuild(store)
    assert contents(store) == expected


def test_a_register_that_comes_last_is_no_hindrance_within_one_load(
    files: list[Path], expected: dict[str, list[object]], tmp_path: Path
) -> None:
    renamed = [tmp_path / f"{9 - number}.xlsx" for number in range(len(files))]  # sorted the other way round
    for path, file in zip(renamed, files, strict=True):
        path.write_bytes(file.read_bytes())  # the registers, first before, now sort last
    assert load_paths(renamed, tmp_path / "two").count("returned") == 0
    assert contents(tmp_path / "two") == expected
