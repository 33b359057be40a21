"""Whether the figures of a county that moved in with its own tables equal those it was written with."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.read import read_all_sheets
from stats.catalogue_in_force import catalogue_in_force
from store.builds import current_build
from tests.etl.own_layouts.test_own_tables import OWN_COUNTY, values
from tests.etl.unit_lists.test_found import records

NAME = "清江县总工会"


def own_truth() -> dict[str, dict[str, Any]]:
    """Return the figures that the county's files were written with."""
    return json.loads((OWN_COUNTY / "truth.json").read_text("utf-8"))


def figures_equal_truth(store: Path) -> None:
    """Assert that roster, fees, aid, contracts and ten years, read as the forms L01 to L05, equal the truth."""
    truth = own_truth()
    roster, fees, aid = truth["roster"], truth["fees"], truth["aid"]
    counted = values(store, "2026Q2", "l01_rows", "l01_c3", "l01_c5", "l01_c6", "l01_c7", "l01_c8")
    wanted = ("unions", "workers", "members", "women_members", "migrant_members", "new_form_members")
    assert counted == [roster[code] for code in wanted]
    assert values(store, "2026H1", "l02_c2", "l02_c3") == pytest.approx([fees["due_yuan"], fees["paid_yuan"]])
    spent = values(store, "2026H1", "l03_c8", "l03_c6", "l03_c7")
    assert spent == [aid["aid_spent_yuan"], aid["households"], aid["persons"]]
    kinds = catalogue_in_force(store).codes["l03_c4"].entries
    by_kind = values(store, "2026H1", *(f"l03_c8_c4_{entry.code}" for entry in kinds))
    assert dict(zip((entry.name for entry in kinds), by_kind, strict=True)) == aid["by_kind"]
    kinds = catalogue_in_force(store).codes["l04_c3"].entries
    in_force = values(store, "2026Q2", *(f"l04_rows_c3_{entry.code}" for entry in kinds))
    assert dict(zip((entry.name for entry in kinds), in_force, strict=True)) == truth["contracts"]["in_force_2026Q2"]
    for year, numbers in truth["history"].items():
        read = values(store, year, "l01_rows", "l01_c3", "l01_c5", "l02_c3")
        assert read == pytest.approx([*numbers.values()])


def targets_equal_truth(store: Path) -> None:
    """Assert that the county's targets equal the truth, in the order of the table."""
    *numbers, bound = own_truth()["targets"].values()
    rows = [row for row in records(store) if "indicator" in row and row["unit"] == NAME]
    assert [row["value"] for row in rows[:-1]] == numbers
    assert f"{rows[-1]['comparator']}{rows[-1]['value']}" == bound


def names_no_person(store: Path) -> None:
    """Assert that no name or mobile number of the county's files is in a file of the store, or in its warehouse."""
    persons = {*_persons()}
    assert len(persons) > 100
    for where, content in _contents(store):
        for person in persons:
            assert person.encode() not in content and person.encode("utf-16-le") not in content, (person, where)


def _persons() -> Iterator[str]:
    for path in OWN_COUNTY.glob("*.xls*"):
        for sheet in read_all_sheets(path):
            columns = {
                place[1] for place, cell in sheet.cells.items() if cell.raw in ("工会主席", "联系电话", "受助人姓名")
            }
            texts = (cell.raw for place, cell in sheet.cells.items() if place[1] in columns)
            yield from (text for text in texts if re.fullmatch(r"\d{11}|\w{2,3}", text) and "姓名" not in text)


def _contents(store: Path) -> Iterator[tuple[object, bytes]]:
    """Yield what is in the files of a store, unpacked, and in each table of its warehouse."""
    for path in filter(Path.is_file, store.rglob("*")):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from ((path, archive.read(name)) for name in archive.namelist())
        else:
            yield path, path.read_bytes()
    with duckdb.connect(str(current_build(store)), read_only=True) as warehouse:
        tables = warehouse.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        for schema, table in tables:
            rows = warehouse.execute(f'select * from "{schema}"."{table}"').fetchall()
            yield table, repr(rows).encode()
