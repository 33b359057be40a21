"""Parquet: the rows of accepted submissions are passed to the warehouse through Parquet files.

DuckDB 2.0.0 gave wrong results when it scanned frames in memory. Files also bound its memory use, so we keep them.
"""

import math
from array import array
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from etl.model.examination import Examination
from etl.model.nouns import Return
from etl.model.observe import Observer

_PER_SUBMISSION = 1_000_000  # row numbers of a submission start at its number times this
_BATCH = 300_000  # observations handed over at once, which bounds the memory of a load
_TEXT, _INT, _LONG = pa.string(), pa.int32(), pa.int64()
_SCHEMAS = {
    "submission": {"id": _INT, "sha": _TEXT, "name": _TEXT, "file": _TEXT},
    "return": {
        "id": _LONG, "submission": _INT, "form": _TEXT, "reporter": _TEXT, "period": _INT, "sheet": _TEXT,
        "nil": pa.bool_(), "act": _TEXT,
    },
    "record": {
        "id": _LONG, "return": _LONG, "form": _TEXT, "unit": _TEXT, "key": _TEXT, "day": pa.date32(),
        "first": _INT, "last": _INT, "fields": _TEXT,
    },
    "datum": {
        "id": _LONG, "record": _LONG, "item": _INT, "value": pa.float64(), "row": _INT, "column": _INT,
        "distinct_key": _TEXT, "raw": _TEXT, "first": _INT, "last": _INT,
    },
}  # fmt: skip
# Integer columns of the largest table that are never blank, stored in the file's own type, by array type code.
_PACKED = {"datum": {"id": "q", "record": "q", "item": "i", "row": "i", "column": "i"}}
_Column = MutableSequence[Any]


@dataclass(frozen=True)
class Sent:
    """A hand-over file and the number of rows in it."""

    path: Path
    rows: int


class HandOver:
    """Gathers rows table by table, as columns, and writes them to files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.clear()

    @property
    def full(self) -> bool:
        """Return whether enough rows wait to be written."""
        return len(self._columns["datum"]["id"]) > _BATCH

    def add(self, examination: Examination, observer: Observer) -> None:
        """Gather the rows of one submission."""
        submission = examination.submission
        self._extend("submission", [submission.seq], [submission.sha], [submission.name], [submission.path.name])
        numbers = {name: submission.seq * _PER_SUBMISSION for name in ("return", "record", "datum")}
        for filed in examination.returns:
            self._add_return(filed, submission.seq, numbers, observer)

    def write_files(self) -> dict[str, Sent]:
        """Write one file a table."""
        return {name: self._write(name) for name in _SCHEMAS}

    def clear(self) -> tuple[int, float]:
        """Drop the rows; return how many data were among them and their sum."""
        values: Sequence[float] = self._columns["datum"]["value"] if hasattr(self, "_columns") else []
        self._columns: dict[str, dict[str, _Column]] = {name: _columns_of(name) for name in _SCHEMAS}
        return len(values), math.fsum(values)

    def _add_return(self, filed: Return, seq: int, numbers: dict[str, int], observer: Observer) -> None:
        number = _take(numbers, "return", 1)[0]
        columns = (number, seq, filed.form.code, filed.reporter, filed.period, filed.sheet, filed.nil, filed.act)
        self._extend("return", *([value] for value in columns))
        count = filed.size
        records = _take(numbers, "record", count)
        self._extend(
            "record", records, [number] * count, [filed.form.code] * count, filed.units, filed.keys, filed.days,
            filed.firsts, filed.lasts, _fields(filed),
        )  # fmt: skip
        whole = array("q", records)
        for data in observer.observe(filed):
            count = len(data.rows)
            self._extend(
                "datum", _take(numbers, "datum", count), _numbered(whole, data.rows), array("i", [data.item]) * count,
                data.values, data.down, data.right, data.keys, data.texts, data.firsts, data.lasts,
            )  # fmt: skip

    def _extend(self, name: str, *columns: Sequence[Any]) -> None:
        for held, more in zip(self._columns[name].values(), columns, strict=True):
            held.extend(more)

    def _write(self, name: str) -> Sent:
        schema = pa.schema(list(_SCHEMAS[name].items()))
        arrays = [_as_arrow(column, schema.field(code).type) for code, column in self._columns[name].items()]
        path = self._folder / f"{name}.parquet"
        pq.write_table(
            pa.table(arrays, schema=schema), path, compression="none", use_dictionary=False, write_statistics=False
        )
        return Sent(path, len(arrays[0]))


def _columns_of(name: str) -> dict[str, _Column]:
    packed = _PACKED.get(name, {})
    return {code: array(packed[code]) if code in packed else [] for code in _SCHEMAS[name]}


def _as_arrow(column: _Column, kind: pa.DataType) -> pa.Array:
    if isinstance(column, array):
        return pa.Array.from_buffers(kind, len(column), [None, pa.py_buffer(column)])
    return pa.array(column, kind)


def _numbered(records: Sequence[int], rows: Sequence[int]) -> Sequence[int]:
    return records if len(rows) == len(records) else array("q", [records[row] for row in rows])


def _fields(filed: Return) -> list[str]:
    """Return each row's values as JSON, without those that are blank."""
    codes, whole = [*filed.columns], zip(*filed.columns.values(), strict=True)
    if any(None in column for column in filed.columns.values()):
        rows = ({code: value for code, value in zip(codes, row, strict=True) if value is not None} for row in whole)
    else:
        rows = (dict(zip(codes, row, strict=True)) for row in whole)
    return [orjson.dumps(row).decode() for row in rows]


def _take(numbers: dict[str, int], name: str, count: int) -> range:
    """Return the next `count` numbers of a table's rows."""
    first = numbers[name] + 1
    numbers[name] += count
    return range(first, first + count)
