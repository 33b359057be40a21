"""Parts: what comes back from the process that reads is what the whole sheet would have told."""

from pathlib import Path

import pytest

from etl.intake import load_paths
from etl.matching.sheet_parts import SheetPart, read_parts, take_apart
from etl.read import read_sheets, reader
from etl.recognise.extra_sheets import is_answer_list
from stats.catalogue import Catalogue, load_catalogue
from tests.lib.contents import contents

EVERY = 40  # of the sample county's files


@pytest.fixture(scope="module")
def some_files(county_files: Path) -> list[Path]:
    files = sorted(path for path in county_files.rglob("*") if path.is_file())[::EVERY]
    assert len(files) > 5
    return files


def _told(part: SheetPart) -> list[object]:
    """Everything a part tells, with each cell of a form as it stands in the sheet."""
    cells = [dict(row.cells) for row in (*part.filed.rows, *part.filed.totals)] if part.filed else []
    values = [row.values for row in part.filed.rows] if part.filed else []
    found = (part.filed.form.code, part.filed.reporter, part.filed.period, part.filed.nil) if part.filed else None
    findings = (part.findings, part.values, part.persons, part.blank)
    return [part.name, part.height, part.width, part.shape, found, values, cells, *findings]


def test_nothing_that_is_asked_for_later_is_left_behind(some_files: list[Path], catalogue: Catalogue) -> None:
    for path in some_files:
        sheets = [sheet for sheet in read_sheets(path) if sheet.cells and not is_answer_list(sheet)]
        whole = [take_apart(sheet, path.name, catalogue) for sheet in sheets]
        sent = reader().start_with(read_parts, path, path.name)()
        assert [_told(part) for part in sent] == [_told(part) for part in whole], path.name


def test_a_form_travels_by_its_code(some_files: list[Path]) -> None:
    catalogue = load_catalogue()  # as this process has it now: what others published may have taken its place
    parts = [part for path in some_files for part in reader().start_with(read_parts, path, path.name)()]
    forms = [part.filed.form for part in parts if part.filed]
    assert forms
    assert all(form is catalogue.forms[form.code] for form in forms)


def test_large_files_are_taken_last_and_nothing_else_changes(
    some_files: list[Path], county_files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registers = sorted(county_files.glob("**/*名册*"))
    assert registers
    load_paths([*registers, *some_files], tmp_path / "usual")
    sizes = sorted(path.stat().st_size for path in some_files)
    monkeypatch.setattr("etl.pipeline.reading_ahead._LARGE", sizes[len(sizes) // 2])
    summary = load_paths([*registers, *some_files], tmp_path / "sorted")
    names = [outcome.name for outcome in summary.outcomes]
    assert names != sorted(names)
    assert contents(tmp_path / "sorted") == contents(tmp_path / "usual")
