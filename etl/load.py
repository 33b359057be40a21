"""Load: write accepted returns into a working copy of the warehouse and publish it as the next build.

A published build is never written to again. Data are handed to DuckDB through Parquet files, and row counts and sums
are compared after each hand-over, because DuckDB 2.0.0 is known to misread frames it scans in memory.
"""

import hashlib
import json
import os
import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.check import Known, key_of
from etl.declare import declarations
from etl.examine import Examination, registers_units
from etl.keys import KeyIndex
from etl.nouns import Return
from etl.observe import observer_of
from etl.publish import flush, point_to, prune
from etl.register import Placement, Register
from stats.catalogue import FOLDER, Catalogue
from stats.warehouse import BUILD_NAME, STORE_VERSION, builds_of, current_build

_SQL = Path(__file__).parent / "sql"
_PER_SUBMISSION = 1_000_000  # ids of a submission's rows start at its number times this
_SCHEMAS = {
    "cell": pa.schema(
        [
            ("submission", pa.int32()),
            ("sheet", pa.string()),
            ("row", pa.int32()),
            ("column", pa.int32()),
            ("raw", pa.string()),
        ]
    ),
    "return": pa.schema(
        [
            ("id", pa.int64()),
            ("submission", pa.int32()),
            ("form", pa.string()),
            ("reporter", pa.string()),
            ("period", pa.int32()),
            ("sheet", pa.string()),
            ("nil", pa.bool_()),
        ]
    ),
    "record": pa.schema(
        [
            ("id", pa.int64()),
            ("return", pa.int64()),
            ("form", pa.string()),
            ("unit", pa.string()),
            ("key", pa.string()),
            ("first", pa.int32()),
            ("last", pa.int32()),
            ("fields", pa.string()),
        ]
    ),
    "datum": pa.schema(
        [
            ("id", pa.int64()),
            ("record", pa.int64()),
            ("item", pa.int32()),
            ("value", pa.float64()),
            ("row", pa.int32()),
            ("column", pa.int32()),
            ("distinct_key", pa.string()),
        ]
    ),
}


class LoadError(Exception):
    """The build does not add up; it is thrown away and the last one stands."""


def catalogue_print(folder: Path = FOLDER) -> str:
    """Return a fingerprint of the catalogue's files; a build made from another catalogue is rebuilt whole."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def built_from(store: Path) -> str | None:
    """Return the fingerprint of the catalogue the current build was made from, or None when there is no build."""
    path = current_build(store)
    if path is None:
        return None
    connection = duckdb.connect(str(path), read_only=True)
    try:
        return str(connection.execute("select catalogue from core.build").fetchall()[0][0])
    finally:
        connection.close()


class Build:
    """A working copy of the warehouse: written to, refreshed, then published or thrown away."""

    def __init__(self, store: Path, catalogue: Catalogue, fresh: bool = False) -> None:
        self._folder = store / "warehouse"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._catalogue = catalogue
        self._observer = observer_of(catalogue)
        self._work = Path(tempfile.mkdtemp(prefix="work-", dir=self._folder))
        self._path = self._work / "build.duckdb"
        current = current_build(store)
        if current and not fresh:
            shutil.copyfile(current, self._path)
        self._connection = duckdb.connect(str(self._path), config={"storage_compatibility_version": "v1.5.0"})
        self._run("010_tables.sql")
        self._run("020_catalogue.sql", **declarations(catalogue))
        self._since: int | None = None
        self._keys = KeyIndex(self._fetch_file("known_keys.sql"))

    def submissions(self) -> set[int]:
        """Return the running numbers of the submissions this build holds."""
        return {row[0] for row in self._fetch("select id from raw.submission")}

    def register(self) -> Register:
        """Return the register of organisations as this build knows it."""
        rows = self._fetch("select code, name, level, parent, category, first, last from core.placement")
        return Register([Placement(*row) for row in rows], self._catalogue.aliases)

    def known(self, found: Return) -> Known:
        """Return the row keys that other returns of the same form hold."""
        return self._keys.known(found)

    def write(self, examination: Examination) -> None:
        """Write one accepted submission in a transaction of its own. Raises LoadError when what arrived differs."""
        tables = self._tables(examination)
        submission = examination.submission
        self._connection.execute("begin transaction")
        self._connection.execute(
            "insert into raw.submission values ($id, $sha, $name, $file)",
            {"id": submission.seq, "sha": submission.sha, "name": submission.name, "file": submission.path.name},
        )
        for name, rows in tables.items():
            self._hand_over(name, rows)
        self._connection.execute("commit")
        self._touch(examination)
        self._keys.add(examination)
        if examination.registers:
            self.refresh_units()

    def refresh_units(self) -> None:
        """Work out anew which returns are in force and which organisations there are."""
        self._connection.execute("begin transaction")
        self._run("100_active.sql")
        self._run("200_units.sql")
        self._connection.execute("commit")

    def refresh(self) -> None:
        """Work out anew what the touched quarters and all later ones hold. Raises LoadError if it does not add up."""
        self.refresh_units()
        self._connection.execute("begin transaction")
        for name in ("300_observations.sql", "400_coverage.sql", "500_rollup.sql"):
            self._run(name, since=self._since or 0)
        self._connection.execute("commit")
        faults = self._fetch_file("900_reconcile.sql")
        if faults:
            raise LoadError("；".join(str(row[0]) for row in faults[:5]))

    def publish(self) -> int:
        """Publish: checkpoint, close, flush to disk, rename, and last of all move CURRENT. Return the number."""
        number = max((int(path.stem) for path in builds_of(self._folder)), default=0) + 1
        self._connection.execute("delete from core.build")
        self._connection.execute(
            "insert into core.build values ($number, $version, $at, $catalogue)",
            {
                "number": number,
                "version": STORE_VERSION,
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "catalogue": catalogue_print(),
            },
        )
        self._connection.execute("checkpoint")
        self._connection.close()
        flush(self._path)
        os.replace(self._path, self._folder / BUILD_NAME.format(number))
        point_to(self._folder, number)
        self.discard()
        prune(self._folder, number)
        return number

    def discard(self) -> None:
        """Throw the working copy away."""
        self._connection.close()
        shutil.rmtree(self._work, ignore_errors=True)

    def _tables(self, examination: Examination) -> dict[str, list[tuple[Any, ...]]]:
        start = examination.submission.seq * _PER_SUBMISSION
        tables: dict[str, list[tuple[Any, ...]]] = {
            "return": [],
            "record": [],
            "datum": [],
            "cell": [
                (examination.submission.seq, sheet.name, cell.row, cell.column, cell.raw)
                for sheet in examination.sheets
                for cell in sheet.cells.values()
            ],
        }
        for found in examination.returns:
            self._add_return(found, examination.submission.seq, start, tables)
        return tables

    def _add_return(self, found: Return, seq: int, start: int, tables: dict[str, list[tuple[Any, ...]]]) -> None:
        number = start + len(tables["return"])
        tables["return"].append((number, seq, found.form.code, found.reporter, found.period, found.sheet, found.nil))
        for row in found.rows:
            record = start + len(tables["record"])
            fields = json.dumps({code: _plain(value) for code, value in row.values.items()}, ensure_ascii=False)
            tables["record"].append(
                (record, number, found.form.code, row.unit, key_of(row), row.first, row.last, fields)
            )
            for datum in self._observer.observe(row):
                tables["datum"].append(
                    (
                        start + len(tables["datum"]),
                        record,
                        datum.item,
                        datum.value,
                        datum.cell.row,
                        datum.cell.column,
                        datum.distinct_key,
                    )
                )

    def _hand_over(self, name: str, rows: list[tuple[Any, ...]]) -> None:
        schema = _SCHEMAS[name]
        columns = list(zip(*rows, strict=True)) or [()] * len(schema)
        path = self._work / f"{name}.parquet"
        pq.write_table(
            pa.table(
                [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
            ),
            path,
            compression="none",
            use_dictionary=False,
        )
        arrived = self._fetch_file(f"insert_{name}.sql", path=str(path))[0][0]
        if arrived != len(rows):
            raise LoadError(f"交接数据时行数不符：{name} 应有 {len(rows)} 行，只到了 {arrived} 行")

    def _touch(self, examination: Examination) -> None:
        """Remember the first quarter this submission can change: its rows' own, or all when organisations move."""
        firsts = [min([found.period, *(row.first for row in found.rows)]) for found in examination.returns]
        if any(registers_units(found.form) for found in examination.returns):
            firsts = [0]
        self._since = min([*firsts, *([self._since] if self._since is not None else [])], default=0)

    def _run(self, file: str, **parameters: Any) -> None:
        for statement in duckdb.extract_statements((_SQL / file).read_text(encoding="utf-8")):
            named = {name: parameters[name] for name in statement.named_parameters}
            self._connection.execute(statement, named)

    def _fetch(self, sql: str) -> list[Any]:
        return self._connection.execute(sql).fetchall()

    def _fetch_file(self, file: str, **parameters: Any) -> list[Any]:
        return self._connection.execute((_SQL / file).read_text(encoding="utf-8"), parameters).fetchall()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
