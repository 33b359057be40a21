"""A5: days and quarters decide what is in force, never the order of files, sheets or rows."""

import random
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from base.periods import parse_span
from etl.intake import confirm, load_paths, rebuild
from etl.journal.outcomes import HELD
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.readings import read
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.contents import contents
from tests.lib.county import REPORTER, town_one, town_two, union_row, write_changes, write_register, write_roster

QUARTERS = ("2008年一季度", "2008年二季度", "2008年三季度", "2008年四季度")


def unit(code: str, name: str, parent: str, day: str, status: str = "在册") -> Row:
    return {"unit_code": code, "unit_name": name, "level": "基层工会", "parent": parent, "category": "私营",
            "org_type": "单一", "status": status, "effective": day}  # fmt: skip


def offer(number: str, **stages: str) -> Row:
    return {"number": number, "employer_code": f"E{number}", "employer": "甲一厂", "unit": "甲一厂工会", "scale": "是",
            "workers": 100, "offered": "2008-01-10"} | stages  # fmt: skip


def write_offers(folder: Path, name: str, quarter: str, *rows: Row) -> Path:
    return write_book(folder / name, Form("R17", REPORTER, quarter, list(rows)))


FIRST, LATER = offer("约1"), offer("约1", replied="2008-02-01", met="2008-05-01", signed="2008-08-01")


def reached(store: Path, catalogue: Catalogue, last: str) -> dict[str, float | None]:
    """Return how many offers of the year had reached each stage."""
    panel = catalogue.board("bargaining").panel("funnel")
    assert panel
    with closing(open_warehouse(store)) as warehouse:
        view = Selection("COUNTY", parse_span(f"2008Q1..{last}"))
        steps = make_figure(Source(warehouse, catalogue), panel, view).series[0].marks
    return {mark.label: mark.value for mark in steps}


def members(store: Path, catalogue: Catalogue, unit: str, span: str) -> float | None:
    with closing(open_warehouse(store)) as warehouse:
        return read(warehouse, catalogue, unit, parse_span(span), ["union_members"])[0].value


def held(store: Path, path: Path, rule: str = "undecided") -> int:
    """Load a file that one rule alone must hold for confirmation; return its receipt's number."""
    (outcome,) = load_paths([path], store).outcomes
    assert (outcome.what, {finding.rule for finding in outcome.findings}) == (HELD, {rule})
    assert outcome.seq is not None
    return outcome.seq


def test_a05_the_later_quarter_tells_how_far_an_offer_has_come(tmp_path: Path, catalogue: Catalogue) -> None:
    """三 sorts before 二 and 四 after both: in name order the second quarter would undo the third."""
    write_register(tmp_path / "sent")
    write_offers(tmp_path / "sent", "要约一季度.xlsx", QUARTERS[0], FIRST)
    write_offers(tmp_path / "sent", "要约二季度.xlsx", QUARTERS[1], FIRST | {"replied": "2008-02-01"})
    write_offers(tmp_path / "sent", "要约三季度.xlsx", QUARTERS[2], LATER)
    load_paths([tmp_path / "sent"], tmp_path / "store")
    assert reached(tmp_path / "store", catalogue, "2008Q3") == {
        "要约": 1, "应约": 1, "首次协商": 1, "签订": 1, "审查备案": 0, "履行检查": 0,
    }  # fmt: skip


def test_a05_an_older_quarter_sent_again_changes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    write_register(tmp_path / "sent")
    write_offers(tmp_path / "sent", "要约一季度.xlsx", QUARTERS[0], FIRST)
    write_offers(tmp_path / "sent", "要约三季度.xlsx", QUARTERS[2], LATER)
    load_paths([tmp_path / "sent"], store)
    before = [row[:5] for row in contents(store)["observations"]]
    again = write_book(tmp_path / "更正.xlsx", Form("R17", REPORTER, QUARTERS[0], [FIRST], title="要约台账（更正）"))
    assert load_paths([again], store).count("accepted") == 1
    assert [row[:5] for row in contents(store)["observations"]] == before
    assert [row[6] for row in contents(store)["in_force"] if row[0] == "R17"] == [False, True]


def test_a05_a_day_put_right_later_moves_the_offer_and_counts_it_once(tmp_path: Path, catalogue: Catalogue) -> None:
    store = tmp_path / "store"
    write_register(tmp_path)
    first = write_offers(tmp_path, "一.xlsx", QUARTERS[0], FIRST)
    for day, name in (("2008-04-02", "二.xlsx"), ("2007-12-30", "三.xlsx")):
        later = write_offers(tmp_path, name, QUARTERS[2], offer("约1", offered=day, signed="2008-08-01"))
        load_paths([tmp_path / "单位名册.xlsx", first, later], store)
        with closing(open_warehouse(store)) as warehouse:
            read_it = read(warehouse, catalogue, "COUNTY", parse_span("2008Q3"), ["bargaining_offers"])[0]
            early = read(warehouse, catalogue, "COUNTY", parse_span("2008Q1"), ["bargaining_offers"])[0]
        assert (read_it.value, early.value or 0) == (1, 1 if day < "2008" else 0)


def test_a05_two_events_of_a_union_in_a_quarter_count_by_their_day(tmp_path: Path, catalogue: Catalogue) -> None:
    """Listed in reverse: the union moved in April and was closed in June."""
    store = tmp_path / "store"
    write_register(tmp_path)
    closed = unit("T02001", "乙一厂工会", "T02", "2008-06-20", "撤销")
    moved = unit("T02001", "乙一厂工会", "T01", "2008-04-10")
    changes = write_changes(tmp_path, QUARTERS[1], closed, moved)
    load_paths([tmp_path / "单位名册.xlsx", changes], store)
    assert [row[1:] for row in contents(store)["units"] if row[0] == "T02001"] == [
        ("T02", "乙一厂工会", "union", *[parse_span("2008Q1").first] * 2)
    ]


def test_a05_a_register_tells_by_its_day_however_late_it_was_told(tmp_path: Path) -> None:
    """The third quarter's return states for the first quarter what the second had already changed."""
    store = tmp_path / "store"
    write_register(tmp_path)
    second = write_changes(tmp_path, QUARTERS[1], unit("T02001", "乙一厂工会", "T01", "2008-05-01"))
    third = write_changes(tmp_path, QUARTERS[2], unit("T02001", "乙一厂新工会", "T02", "2008-02-01"))
    for files in ([tmp_path / "单位名册.xlsx", second], [third]):
        assert load_paths(files, store).count("accepted") == len(files)
    first, after = parse_span("2008Q1").first, parse_span("2008Q2").first
    places = [row for row in contents(store)["units"] if row[0] == "T02001"]
    assert [(row[1], row[4], row[5]) for row in places] == [("T01", after, None), ("T02", first, first)]


@pytest.mark.parametrize("code", ["R00", "R17"])
def test_a05_rows_that_nothing_decides_between_are_asked_about(tmp_path: Path, code: str) -> None:
    write_register(tmp_path)
    load_paths([tmp_path / "单位名册.xlsx"], tmp_path / "store")
    rows = {
        "R00": [unit("T02001", name, "T02", "2008-05-01") for name in ("乙一新厂工会", "乙一老厂工会")],
        "R17": [FIRST, FIRST | {"replied": "2008-01-20"}],
    }[code]
    path = write_book(tmp_path / "两行.xlsx", Form(code, REPORTER, QUARTERS[1], rows))
    seq = held(tmp_path / "store", path)
    assert confirm(tmp_path / "store", seq, "已核实", "办公室").count("accepted") == 1
    same = write_book(tmp_path / "一样.xlsx", Form(code, REPORTER, QUARTERS[2], [rows[0], rows[0]]))
    assert load_paths([same], tmp_path / "store").count("accepted") == 1, "twice the same says nothing else"


def employer(workers: int, area: str, day: str) -> Row:
    return {"employer_code": "E1", "employer_name": "某厂", "area": area, "category": "私营", "legal": "是",
            "scale": "是", "workers": workers, "unionised": "否", "effective": day}  # fmt: skip


def test_a05_two_areas_that_claim_one_employer_are_asked_about(tmp_path: Path) -> None:
    store = tmp_path / "store"
    write_register(tmp_path)
    one = write_book(tmp_path / "甲.xlsx", Form("R00E", "甲镇", QUARTERS[0], [employer(50, "甲镇", "2008-01-01")]))
    load_paths([tmp_path / "单位名册.xlsx", one], store)
    two = write_book(tmp_path / "乙.xlsx", Form("R00E", "乙乡", QUARTERS[0], [employer(60, "乙乡", "2008-01-01")]))
    held(store, two)
    later = write_book(tmp_path / "迁.xlsx", Form("R00E", "乙乡", QUARTERS[1], [employer(60, "乙乡", "2008-04-01")]))
    seq = held(store, later, "taken_over")
    assert confirm(store, seq, "四月迁来", "县总工会").count("accepted") == 1, "moved in April: its day decides"


def write_all(folder: Path, shuffled: random.Random) -> list[Path]:
    """Write the small county over three quarters, the rows of each sheet in any order; the registers come first."""

    def mixed(rows: list[Row]) -> list[Row]:
        return shuffled.sample(rows, len(rows))

    moved = unit("T01003", "甲中学工会", "T02", "2008-07-01")
    moved_again = unit("T02001", "乙一厂工会", "T01", "2008-07-10")
    closed = unit("T02001", "乙一厂工会", "T01", "2008-09-20", "撤销")
    made = [write_register(folder), write_changes(folder, QUARTERS[2], *mixed([moved, moved_again, closed]))]
    for quarter in QUARTERS[:2]:
        made += [
            write_roster(folder, "甲镇", quarter, mixed(town_one())),
            write_roster(folder, "乙乡", quarter, mixed(town_two())),
        ]
    made.append(write_roster(folder, "甲镇", QUARTERS[2], mixed(town_one()[:2])))
    rest = [town_two()[1], union_row("甲中学工会", 21, 22, category="事业")]
    made.append(write_roster(folder, "乙乡", QUARTERS[2], mixed(rest)))
    for number, quarter in enumerate(QUARTERS[:3]):
        stages = dict(list({"replied": "2008-02-01", "met": "2008-05-01", "signed": "2008-08-01"}.items())[:number])
        rows = [offer("约1", **stages), offer(f"约{number + 2}")]
        made.append(write_offers(folder, f"要约{quarter}.xlsx", quarter, *mixed(rows)))
    return made


def renamed(files: list[Path], folder: Path, shuffled: random.Random) -> list[Path]:
    """Return the files under names that sort in another order."""
    copies = [folder / f"{number:02d}.xlsx" for number in shuffled.sample(range(len(files)), len(files))]
    for copy, file in zip(copies, files, strict=True):
        copy.write_bytes(file.read_bytes())
    return copies


def told(store: Path) -> dict[str, list[object]]:
    """Return the contents of a store, without cell addresses, which move with the rows."""
    found = contents(store)
    return found | {"observations": [row[:7] for row in found["observations"]]}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """What the files say in the order in which they are written, loaded at once."""
    plain, whole = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("whole")
    load_paths(write_all(plain, random.Random(0)), whole)
    return told(whole)


@pytest.mark.property
@settings(
    max_examples=max(3, settings.default.max_examples // 8),
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**6))
def test_a05_any_order_of_files_and_rows_and_any_portions_give_one_warehouse(
    expected: dict[str, list[object]], tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    rng = random.Random(seed)
    mixed, names, portions = (tmp_path_factory.mktemp(name) for name in ("mixed", "names", "portions"))
    files = renamed(write_all(mixed, rng), names, rng)
    registers, others = files[:2], files[2:]
    cut = rng.randrange(len(others) + 1)
    for portion in ([*registers, *others[:cut]], others[cut:], files):
        if portion:
            assert load_paths(portion, portions).count("returned") == 0
    assert told(portions) == expected
    rebuild(portions)
    assert told(portions) == expected


def test_a05_a_return_that_rests_on_a_register_named_after_it_is_judged_by_it(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    """By the earlier register the roster would be accepted: the closed union was still open in it."""
    store, again = tmp_path / "store", tmp_path / "again"
    load_paths([write_register(tmp_path / "first")], store)
    sent = tmp_path / "sent"
    write_roster(sent, "乙乡", QUARTERS[1], town_two(), name="一乙乡.xlsx")
    roster = write_roster(sent, "甲镇", QUARTERS[1], town_one(), name="一甲镇.xlsx")
    changes = write_changes(sent, QUARTERS[1], unit("T02001", "乙一厂工会", "T02", "2008-04-10", "撤销"))
    changes.rename(sent / "变动.xlsx")
    summary = load_paths([sent], store)
    assert {one.name: one.what for one in summary.outcomes} == {
        "一乙乡.xlsx": "returned", roster.name: "accepted", "变动.xlsx": "accepted",
    }  # fmt: skip
    assert len(summary.outcomes) == 3
    load_paths([write_register(tmp_path / "first"), sent / "变动.xlsx"], again)
    load_paths([sent], again)
    assert told(again) == told(store)
    assert members(store, catalogue, "T02", "2008Q2") is None
