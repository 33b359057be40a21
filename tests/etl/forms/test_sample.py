"""The sample county: the same on every run, in accord with itself, and with the work report's figures in it."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from base.periods import parse_quarter
from etl.sample import LEGACY
from etl.sample.books import write_file
from etl.sample.county.calendar import FIRST, LAST, QUARTERS, YEAR_END, last_day
from etl.sample.draw_sheets import DrawnSheet, Filled
from etl.sample.faulty_files import write_returned
from etl.sample.returns import Sample
from stats.catalogue import Catalogue

NONPUBLIC = {"170", "200", "300", "600", "700"}
PETITIONS = {"visit", "letter"}
Row = dict[str, Any]


@pytest.fixture(scope="module")
def sample(catalogue: Catalogue) -> Sample:
    return Sample(catalogue)


@pytest.fixture(scope="module")
def sheets(sample: Sample) -> list[Filled]:
    """The sheets that count: a corrected return takes the place of the one before it."""
    found = [sheet for book in sample.books() for sheet in book.sheets]
    return list({(sheet.form.code, sheet.reporter, sheet.quarter): sheet for sheet in found}.values())


def rows_of(sheets: list[Filled], form: str, first: int, last: int, **wanted: Any) -> Iterator[Row]:
    """Yield the rows of a form in the quarters first to last that hold the wanted values."""
    for sheet in sheets:
        if sheet.form.code == form and first <= sheet.quarter <= last:
            for row in sheet.rows:
                if all(
                    row.get(column) in (value if isinstance(value, set) else {value})
                    for column, value in wanted.items()
                ):
                    yield row


def total(sheets: list[Filled], form: str, column: str, **wanted: Any) -> float:
    """Add up a column over 2008 to 2010."""
    return sum(row.get(column) or 0 for row in rows_of(sheets, form, FIRST, YEAR_END, **wanted))


def count(sheets: list[Filled], form: str, **wanted: Any) -> int:
    """Count the rows of 2008 to 2010."""
    return len(list(rows_of(sheets, form, FIRST, YEAR_END, **wanted)))


def employers(sheets: list[Filled], quarter: int) -> list[Row]:
    """Return each employer's last row up to a quarter."""
    rows = sorted(rows_of(sheets, "R00E", FIRST, quarter), key=lambda row: row["effective"])
    return list({row["employer_code"]: row for row in rows}.values())


SUMS = [  # form, column, conditions, the report's figure
    ("R02", "times", {"kind": "contest"}, 128),
    ("R02", "proposed", {"kind": "proposal"}, 412),
    ("R02", "adopted", {"kind": "proposal"}, 258),
    ("R02", "times", {"kind": "innovation"}, 62),
    ("R05", "person_times", {"kind": PETITIONS}, 92),
    ("R07", "amount", {"kind": "model_senior"}, 420000),
    ("R07", "amount", {"kind": "model_city"}, 210000),
    ("R07", "rice", {}, 25),
    ("R07", "persons", {"kind": "school"}, 70),
    ("R08", "sessions", {"kind": "session"}, 10),
    ("R08", "person_times", {"kind": "session"}, 1000),
    ("R08", "pairs", {"kind": "pair"}, 30),
    ("R08", "sessions", {"kind": "cadre"}, 3),
    ("R08", "person_times", {"kind": "sent"}, 30),
]


AWARDS = {  # won from 2008 to 2010
    "award_city_wuyi_pioneer_team": 6,
    "award_city_worker_pioneer": 8,
    "award_city_wuyi_pioneer_person": 4,
    "award_prov_furong_post": 1,
    "award_prov_furong_star": 2,
    "award_city_furong_post": 1,
    "award_city_furong_star": 3,
    "national_wuyi_medal": 2,
    "prov_model_workers": 2,
    "city_model_workers": 9,
    "award_prov_six_good_town": 1,
    "award_prov_model_home": 3,
    "award_city_model_home": 11,
    "county_awards": 6,
}


@pytest.mark.parametrize(("form", "column", "wanted", "figure"), SUMS)
def test_three_year_totals_are_the_reports(
    sheets: list[Filled], form: str, column: str, wanted: Row, figure: int
) -> None:
    assert total(sheets, form, column, **wanted) == figure


@pytest.mark.parametrize(("award", "figure"), AWARDS.items())
def test_awards_are_the_reports(sheets: list[Filled], award: str, figure: int) -> None:
    assert total(sheets, "R09", "count", award=award) == figure


def test_counted_events_are_the_reports(sheets: list[Filled]) -> None:
    assert count(sheets, "R08", kind="base") == 5
    assert count(sheets, "R05", kind="dispute") == 18
    assert count(sheets, "R05", kind="organisation") == 65
    assert count(sheets, "R10", kind="problem", result="solved") == 78


def test_bounds_hold_strictly(sheets: list[Filled]) -> None:
    assert 120 < total(sheets, "R02", "times", kind="problem") < 130
    assert 100 < total(sheets, "R08", "certificates") < 110
    assert 600 < total(sheets, "R08", "person_times", kind="cadre") < 700
    assert 600_000 < total(sheets, "R07", "amount", direction="raised") < 700_000
    assert 1400 < total(sheets, "R07", "persons", kind="visit") < 1500
    assert 2000 < total(sheets, "R07", "persons", kind="job") < 2100


def test_awards_fall_into_the_reports_years(sheets: list[Filled]) -> None:
    for year in (2008, 2009, 2010):
        of_year = list(rows_of(sheets, "R09", year * 4, year * 4 + 3))
        assert sum(row["count"] for row in of_year if row["award"] == "county_awards") == 2
        assert sum(row["count"] for row in of_year if row["award"] == "county_top10_skill_workers") == 10
    meetings = {row["date"].year for row in rows_of(sheets, "R16", FIRST, LAST, kind="joint_meeting")}
    assert meetings == {2009, 2010}


def test_unions_at_the_end_of_2010(sheets: list[Filled]) -> None:
    rows = list(rows_of(sheets, "R01", YEAR_END, YEAR_END))
    assert len(rows) == len({row["union"] for row in rows}) == 369
    assert sum(row["members"] for row in rows) == 38124
    assert sum(row["category"] in NONPUBLIC for row in rows) == 144
    democracy = list(rows_of(sheets, "R04", YEAR_END, YEAR_END))
    assert 0.80 <= sum(row["congress"] == "yes" for row in democracy) / len(democracy) < 0.85
    assert 0.85 <= sum(row["openness"] == "yes" for row in democracy) / len(democracy) < 0.90


def test_employers_at_the_end_of_2010(sheets: list[Filled]) -> None:
    found = employers(sheets, YEAR_END)
    legal = [row for row in found if row["legal"] == "yes"]
    assert (len(legal), sum(row["unionised"] == "yes" for row in legal)) == (620, 459)
    assert sum(row["scale"] == "yes" for row in found) == 81
    large = sum(row["scale"] == "yes" and row["category"] in NONPUBLIC for row in found)
    reached = len(list(rows_of(sheets, "R01", YEAR_END, YEAR_END, scale="yes", standardized="yes", category=NONPUBLIC)))
    assert 0.85 < reached / large < 0.90
    assert 0.85 < 38124 / sum(row["workers"] for row in found) < 0.86


def test_contracts_in_force_at_the_end_of_2010(sheets: list[Filled]) -> None:
    in_force = [row for row in rows_of(sheets, "R03", FIRST, YEAR_END) if row["end"] >= last_day(YEAR_END)]
    numbers = {kind: sum(row["type"] == kind for row in in_force) for kind in ("collective", "wage", "women")}
    assert numbers == {"collective": 138, "wage": 186, "women": 152}
    large = [
        row["employer_code"]
        for row in in_force
        if row["type"] == "wage" and row["scope"] == "single" and row["scale"] == "yes"
    ]
    assert len(large) == len(set(large)) == 73
    for kind in numbers:
        assert sum(row["enterprises"] for row in in_force if row["type"] == kind) <= 459
        assert sum(row["workers"] for row in in_force if row["type"] == kind) <= 39940


def test_hardship_files_and_instructors(sheets: list[Filled]) -> None:
    last: dict[tuple[str, str], int] = {}
    for quarter in QUARTERS:
        for row in rows_of(sheets, "R06", quarter, quarter):
            assert row["opening"] + row["opened"] - row["closed"] == row["closing"]
            assert last.setdefault((row["area"], row["type"]), row["opening"]) == row["opening"]
            last[row["area"], row["type"]] = row["closing"]
        if quarter == YEAR_END:
            assert sum(last.values()) == 3960
    instructors = list(rows_of(sheets, "R12", YEAR_END, YEAR_END))
    assert [sum(row[column] for row in instructors) for column in ("instructors", "enterprises")] == [26, 48]


def test_fees_are_two_percent_and_not_all_paid(sheets: list[Filled]) -> None:
    for year in (2008, 2009, 2010):
        rows = list(rows_of(sheets, "R11", year * 4, year * 4 + 3))
        assert all(row["due"] * 50 == row["wages"] and row["paid"] <= row["due"] for row in rows)
        assert 0.88 < sum(row["paid"] for row in rows) / sum(row["due"] for row in rows) < 0.94


def test_rosters_agree_with_the_registers(sample: Sample, sheets: list[Filled]) -> None:
    for quarter in QUARTERS:
        workers: dict[str | None, int] = {}
        for row in employers(sheets, quarter):
            workers[row["union"]] = workers.get(row["union"], 0) + row["workers"]
        for row in rows_of(sheets, "R01", quarter, quarter):
            assert row["workers"] == workers[row["union"]]
            assert row["members"] <= row["workers"] and row["members_women"] <= row["workers_women"]
            assert row["members_migrant"] <= row["workers_migrant"]


def test_each_open_union_reports_once(sample: Sample, sheets: list[Filled]) -> None:
    for quarter in range(FIRST, LAST):
        reported = [row["union"] for row in rows_of(sheets, "R01", quarter, quarter)]
        left_out = 4 if quarter == parse_quarter("2010Q3") else 0
        assert len(reported) == len(set(reported)) == len(sample.county.open_unions(quarter)) - left_out
        assert set(reported) <= {union.code for union in sample.county.open_unions(quarter)}
    missing = len(sample.county.open_unions(LAST)) - len(list(rows_of(sheets, "R01", LAST, LAST)))
    assert missing > 20


def test_all_targets_of_the_report_are_filed(sheets: list[Filled]) -> None:
    first = list(rows_of(sheets, "R13", parse_quarter("2011Q1"), parse_quarter("2011Q1")))
    assert len({row["indicator"] for row in first}) == len(first) == 22  # 21 targets and one state of affairs
    assert sorted({row["year"] for row in first}) == [2011, 2012]


def test_same_words_same_county_in_another_process(sample: Sample) -> None:
    script = "from tests.etl.forms.test_sample import digest; print(digest())"
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=Path(__file__).resolve().parents[3],
    )
    assert found.stdout.strip() == digest()


def digest() -> str:
    """Return the hash of what every fifth of the sample's files holds."""
    from stats.catalogue import load_catalogue

    sample = Sample(load_catalogue())
    told = hashlib.sha256()
    for book in list(sample.books())[::5]:
        told.update(f"{book.path}{[(grid.name, grid.cells, grid.merges) for grid in sample.draw(book)]}".encode())
    return told.hexdigest()


def test_same_bytes_twice(sample: Sample, county_files: Path, tmp_path: Path) -> None:
    written = [book for book in sample.books() if not book.legacy][::25]
    for place, book in enumerate(written):
        again = tmp_path / f"{place}{Path(book.path).suffix}"
        write_file(again, sample.draw(book))
        assert again.read_bytes() == (county_files / book.path).read_bytes(), book.path


def test_shipped_xls_hold_what_the_county_says(sample: Sample) -> None:
    books = [book for book in sample.books() if book.legacy]
    assert len(books) == 3
    for book in books:
        workbook = CalamineWorkbook.from_path(LEGACY / book.legacy)
        for grid in sample.draw(book):
            rows = workbook.get_sheet_by_name(grid.name).to_python(skip_empty_area=False)
            for (row, column), value in values_of(grid).items():
                assert _plain(rows[row][column]) == _plain(value), (book.legacy, grid.name, row, column)


def values_of(grid: DrawnSheet) -> dict[tuple[int, int], Any]:
    """Return the values of a drawn sheet by place, prepared blank cells left out."""
    merged = {(top, left): value for top, left, _, _, value, _ in grid.merges}
    return {place: value for place, (value, _) in grid.cells.items() if value != ""} | merged


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    return float(value) if isinstance(value, int | float) and not isinstance(value, date) else value


def test_files_that_must_be_sent_back_lie_apart(sample: Sample, tmp_path: Path) -> None:
    folder = tmp_path / "甲-退回样例"
    assert write_returned(sample, folder) == len(list(folder.iterdir())) == 10
    assert (folder / "空文件.xlsx").stat().st_size == 0
