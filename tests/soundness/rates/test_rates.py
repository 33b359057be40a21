"""Rates and their comparisons: numerator and denominator cover the same organisations, or the rate is unknown."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue, load_catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.judging.imputed import supplied
from stats.readings import Reading, read, read_units
from stats.readings.sentences import headline
from stats.readings.standings import standings
from stats.readings.trace import trace
from stats.totals.series import series
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, town_one, town_two, write_register, write_roster

FIRST, SECOND = "2010年一季度", "2010年二季度"
RATE = "worker_membership_rate"
WORKERS = {"甲一厂": 100, "甲二厂": 40, "甲中学": 20, "乙一厂": 25, "乙政府": 8}
ALONE = 30  # workers of an employer of 甲镇 that no union covers


def employer(number: int, name: str, area: str, workers: int) -> Row:
    return {"employer_code": f"E{number}", "employer_name": name, "area": area, "category": "私营", "legal": "是",
            "scale": "是", "workers": workers, "unionised": "是", "union": f"{name}工会", "effective": "2008-01-01",
            "status": "在册"}  # fmt: skip


def write_employers(folder: Path, towns: tuple[str, ...] = ("甲镇", "乙乡")) -> None:
    """Write the towns' registers of employers; one employer of 甲镇 has no union."""
    rows = [
        employer(number, name, "甲镇" if name[0] == "甲" else "乙乡", workers)
        for number, (name, workers) in enumerate(WORKERS.items(), start=1)
    ]
    without = {"unionised": "否", "union": None}
    rows.append(employer(9, "甲三厂", "甲镇", ALONE) | without)
    for town in towns:
        own = [row for row in rows if row["area"] == town]
        write_book(folder / f"企业{town}.xlsx", Form("R00E", town, FIRST, own))


def write_county(folder: Path) -> None:
    """Write two quarters of the small county; in the second 乙一厂工会 sends no return."""
    write_register(folder)
    write_employers(folder)
    write_roster(folder, "甲镇", FIRST, town_one())
    write_roster(folder, "乙乡", FIRST, town_two())
    write_roster(folder, "甲镇", SECOND, town_one(55))
    write_roster(folder, "乙乡", SECOND, town_two()[1:])


def opened(folder: Path) -> Warehouse:
    summary = load_paths([folder / "sent"], folder / "store")
    told = [finding.sentence() for outcome in summary.outcomes for finding in outcome.findings]
    assert summary.count("returned") + summary.count("held") == 0, told
    return open_warehouse(folder / "store")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder = tmp_path_factory.mktemp("rates")
    write_county(folder / "sent")
    with closing(opened(folder)) as found:
        yield found


def one(warehouse: Warehouse, catalogue: Catalogue, code: str, span: str, unit: str = "COUNTY") -> Reading:
    return read(warehouse, catalogue, unit, parse_span(span), [code])[0]


def test_a06_who_sent_no_return_stands_neither_above_nor_below(warehouse: Warehouse, catalogue: Catalogue) -> None:
    before, now = (one(warehouse, catalogue, RATE, span) for span in ("2010Q1", "2010Q2"))
    assert (before.numerator, before.denominator, before.left_out) == (118, 223, 0)
    assert (now.numerator, now.denominator, now.left_out) == (113, 198, 1)
    assert now.value == pytest.approx(113 / 198)
    assert now.previous == before.value and now.part_left_out == (0, 25)
    assert "1家未报《基层工会组织情况表》，分子、分母都不计" in now.base and "未报" not in before.base


def test_a06_every_area_and_the_whole_speak_alike(warehouse: Warehouse, catalogue: Catalogue) -> None:
    town = one(warehouse, catalogue, RATE, "2010Q2", "T02")
    assert (town.numerator, town.denominator, town.left_out) == (8, 8, 1)
    union = one(warehouse, catalogue, RATE, "2010Q2", "T02001")
    assert (union.value, union.absent) == (None, "unreported")
    span = parse_span("2010Q2")
    placed = standings(warehouse, catalogue, [RATE], ["T01", "T02"], span)[RATE]
    assert {found.unit: found.value for found in placed} == {
        found.unit: found.value for found in read_units(warehouse, catalogue, ["T01", "T02"], span, [RATE])
    }


def test_a06_the_course_and_the_cells_say_the_same(warehouse: Warehouse, catalogue: Catalogue) -> None:
    now = one(warehouse, catalogue, RATE, "2010Q1..2010Q2")
    points = series(warehouse, catalogue, RATE, "COUNTY", parse_span(now.span))
    assert points[-1].value == now.value
    cells = trace(warehouse, catalogue, RATE, "COUNTY", parse_span(now.span))
    for role, whole in (("numerator", now.numerator), ("denominator", now.denominator)):
        assert sum(cell.value for cell in cells if cell.role == role) == whole


def test_a06_with_the_last_known_their_workers_count_again(warehouse: Warehouse, catalogue: Catalogue) -> None:
    now, span = one(warehouse, catalogue, RATE, "2010Q2"), parse_span("2010Q2")
    more = supplied(warehouse, catalogue, catalogue.indicators[RATE], now, span)
    assert more is not None and more.value == pytest.approx(123 / 223)


def test_a06_a_lacking_register_of_employers_takes_its_members_out(tmp_path: Path, catalogue: Catalogue) -> None:
    """The other way round: 乙乡 never sent its list of employers, so its members have no denominator."""
    write_register(tmp_path / "sent")
    write_employers(tmp_path / "sent", ("甲镇",))
    write_roster(tmp_path / "sent", "甲镇", FIRST, town_one())
    write_roster(tmp_path / "sent", "乙乡", FIRST, town_two())
    with closing(opened(tmp_path)) as found:
        now = one(found, catalogue, RATE, "2010Q1")
        assert (now.numerator, now.denominator, now.part_left_out) == (100, 190, (18, 0))
        assert "1家未报《企业名录》" in now.base
        assert one(found, catalogue, "union_members", "2010Q1").value == 118, "a count of its own leaves nobody out"
        assert one(found, catalogue, RATE, "2010Q1", "T02").value is None


def test_a10_an_old_figure_has_no_new_date(warehouse: Warehouse, catalogue: Catalogue) -> None:
    union = one(warehouse, catalogue, "union_members", "2010Q2", "T02001")
    assert (union.value, union.reported, union.expected, union.absent) == (None, 0, 1, "unreported")
    assert headline(union, catalogue.indicators["union_members"]).startswith(
        "2010年二季度末，乙一厂工会的工会会员人数未报送"
    )
    panel = catalogue.board("organisation").panel("unions")
    assert panel is not None
    figure = make_figure(Source(warehouse, catalogue), panel, Selection("T02001", parse_span("2010Q2")))
    assert "2010年二季度末未报送" in figure.title and "2010年一季度末为10人" in figure.title


def test_a21_one_meaning_of_those_who_reported_both_times(warehouse: Warehouse, catalogue: Catalogue) -> None:
    panel = catalogue.board("organisation").panel("why")
    assert panel is not None
    figure = make_figure(Source(warehouse, catalogue), panel, Selection("COUNTY", parse_span("2010Q2")))
    grown = next(mark.value for mark in figure.series[0].marks if mark.key == "growth")
    assert grown == one(warehouse, catalogue, "union_members", "2010Q2").comparable_change == 5


def test_a24_a_share_in_a_title_is_its_own(tmp_path: Path, catalogue: Catalogue) -> None:
    """42.9, 28.6 and 28.6 add up to 100.1: the table balances them, the title does not."""
    write_register(tmp_path / "sent")
    rows = [row | {"members": count, "workers": 9} for row, count in zip(town_one(), (3, 2, 2), strict=True)]
    write_roster(tmp_path / "sent", "甲镇", FIRST, [row | {"industry": name} for row, name in _industries(rows)])
    panel = catalogue.board("organisation").panel("industries")
    assert panel is not None
    with closing(opened(tmp_path)) as found:
        figure = make_figure(Source(found, catalogue), panel, Selection("COUNTY", parse_span("2010Q1")))
    shares = [mark.note for mark in figure.series[0].marks]
    assert sum(round(float(share.rstrip("%")) * 10) for share in shares) == 1000
    assert "42.9%" in figure.title


def _industries(rows: list[Row]) -> list[tuple[Row, str]]:
    return list(zip(rows, ("制造业", "教育", "建筑业"), strict=True))


def test_a25_no_row_is_none_where_the_return_came(tmp_path: Path, catalogue: Catalogue) -> None:
    write_register(tmp_path / "sent")
    contract = {"number": "H1", "type": "女职工专项集体合同", "scope": "单独", "unit": "甲一厂工会",
                "employer": "甲一厂", "employer_code": "E1", "scale": "是", "enterprises": 1, "workers": 10,
                "start": "2010-05-01", "end": "2011-12-31"}  # fmt: skip
    other = contract | {"number": "H0", "type": "集体合同", "start": "2010-01-01"}
    write_book(tmp_path / "sent" / "一.xlsx", Form("R03", REPORTER, FIRST, [other]))
    write_book(tmp_path / "sent" / "二.xlsx", Form("R03", REPORTER, SECOND, [contract]))
    with closing(opened(tmp_path)) as found:
        now = one(found, catalogue, "women_special_contracts", "2010Q2")
        assert (now.value, now.previous, now.change, now.comparable_change) == (1, 0, 1, 1)


MEMBERS = st.lists(st.none() | st.integers(0, 8), min_size=5, max_size=5).filter(lambda told: any(told))


@pytest.mark.property
@settings(max_examples=max(6, settings.default.max_examples // 4))
@given(told=MEMBERS)
def test_a06_a_rate_lies_between_its_parts_whoever_is_lacking(told: list[int | None]) -> None:
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_register(folder / "sent")
        write_employers(folder / "sent")
        for town, rows, counts in (("甲镇", town_one(), told[:3]), ("乙乡", town_two(), told[3:])):
            sent = [row | {"members": count} for row, count in zip(rows, counts, strict=True) if count is not None]
            if sent:
                write_roster(folder / "sent", town, FIRST, sent)
        with closing(opened(folder)) as found:
            whole = one(found, catalogue, RATE, "2010Q1")
            parts = read_units(found, catalogue, ["T01", "T02"], parse_span("2010Q1"), [RATE])
    shares = [part.value or 0.0 for part in parts if part.denominator]
    assert whole.numerator == sum(count or 0 for count in told)
    missing = sum(worker for worker, count in zip(WORKERS.values(), told, strict=True) if count is None)
    assert whole.denominator == sum(WORKERS.values()) + ALONE - missing
    assert whole.value is not None and min(shares) <= whole.value <= max(shares)
