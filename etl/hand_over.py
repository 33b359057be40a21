"""Hand-over: the rows of accepted submissions on their way into the warehouse, through Parquet files.

DuckDB 2.0.0 is known to give wrong results when it scans frames in memory, so data reach it through files.
"""

import json
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.check import key_of
from etl.examine import Examination
from etl.nouns import Return
from etl.observe import Observer

_PER_SUBMISSION = 1_000_000  # the numbers of a submission's rows start at its own number times this
_BATCH = 60_000
_TEXT, _INT, _LONG = pa.string(), pa.int32(), pa.int64()
_SCHEMAS = {
    "submission": {"id": _INT, "sha": _TEXT, "name": _TEXT, "file": _TEXT},
    "cell": {"submission": _INT, "sheet": _TEXT, "row": _INT, "column": _INT, "raw": _TEXT},
    "return": {
        "id": _LONG, "submission": _INT, "form": _TEXT, "reporter": _TEXT, "period": _INT, "sheet": _TEXT,
        "nil": pa.bool_(),
    },
    "record": {
        "id": _LONG, "return": _LONG, "form": _TEXT, "unit": _TEXT, "key": _TEXT, "first": _INT, "last": _INT,
        "fields": _TEXT,
    },
    "datum": {
        "id": _LONG, "record": _LONG, "item": _INT, "value": pa.float64(), "row": _INT, "column": _INT,
        "distinct_key": _TEXT,
    },
}  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """A hand-over file and the number of rows in it."""

    path: Path
    rows: int


class HandOver:
    """Gathers rows table by table and writes them to files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _SCHEMAS}

    @property
    def full(self) -> bool:
        """Return whether enough rows wait to be worth a trip."""
        return len(self._rows["cell"]) + len(self._rows["datum"]) > _BATCH

    def add(self, examination: Examination, observer: Observer) -> None:
        """Gather the rows of one submission."""
        submission = examination.submission
        self._rows["submission"].append((submission.seq, submission.sha, submission.name, submission.path.name))
        self._rows["cell"].extend(
            (submission.seq, sheet.name, cell.row, cell.column, cell.raw)
            for sheet in examination.sheets
            for cell in sheet.cells.values()
        )
        numbers = {name: submission.seq * _PER_SUBMISSION for name in ("return", "record", "datum")}
        for found in examination.returns:
            self._add_return(found, submission.seq, numbers, observer)

    def write_files(self) -> dict[str, Sent]:
        """Write one file a table."""
        return {name: Sent(self._write(name, rows), len(rows)) for name, rows in self._rows.items()}

    def clear(self) -> tuple[int, float]:
        """Forget the rows; return how many data were among them and what they add up to."""
        values = [row[3] for row in self._rows["datum"]]
        self._rows = {name: [] for name in _SCHEMAS}
        return len(values), math.fsum(values)

    def _add_return(self, found: Return, seq: int, numbers: dict[str, int], observer: Observer) -> None:
        number = _next(numbers, "return")
        self._rows["return"].append(
            (number, seq, found.form.code, found.reporter, found.period, found.sheet, found.nil)
        )
        for row in found.rows:
            record = _next(numbers, "record")
            fields = json.dumps({code: _plain(value) for code, value in row.values.items()}, ensure_ascii=False)
            self._rows["record"].append(
                (record, number, found.form.code, row.unit, key_of(row), row.first, row.last, fields)
            )
            self._rows["datum"].extend(
                (_next(numbers, "datum"), record, datum.item, datum.value, *datum.place, datum.distinct_key)
                for datum in observer.observe(row)
            )

    def _write(self, name: str, rows: list[tuple[Any, ...]]) -> Path:
        schema = pa.schema(list(_SCHEMAS[name].items()))
        columns = list(zip(*rows, strict=True)) or [()] * len(schema)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        path = self._folder / f"{name}.parquet"
        pq.write_table(pa.table(arrays, schema=schema), path)
        return path


def _next(numbers: dict[str, int], name: str) -> int:
    numbers[name] += 1
    return numbers[name]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
