"""The warehouse as a reader sees it: one published build, behind a locked-down connection."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from base.errors import UserError
from base.settings import settings
from store.builds import LOAD, REBUILD, STORE_VERSION, UPGRADE, current_build, kept_build, refuse_newer
from store.disk_errors import DAMAGED, say_fault

# As many rows as a list shows (200) are looked up in the blocks that can hold them, as DuckDB does by itself for 50; of
# more than that all blocks between the first and the last of them are searched.
# Without caching operators: on a large warehouse DuckDB 2.0.0 may otherwise fail in a join of text columns
# ("dict-surviving cache … changed identity"), and then refuses every query until the server is restarted.
_LOCKED: dict[str, Any] = {
    "enable_external_access": "false",
    "enable_caching_operators": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "dynamic_or_filter_threshold": "250",
    "lock_configuration": "true",
}
_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Warehouse:
    """One published build, open for reading only; `catalogue` is the version of the catalogue it was made under."""

    store: Path
    build: int
    built_at: str
    catalogue: int
    connection: duckdb.DuckDBPyConnection

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor for one call; cursors of one warehouse may be used from several threads."""
        return self.connection.cursor()

    def close(self) -> None:
        """Close the build's file."""
        self.connection.close()


def open_warehouse(store: Path, number: int | None = None) -> Warehouse:
    """Return the current build of a store, or the one of a number.

    Raises UserError when there is none or it can't be read by this version.
    """
    path = current_build(store) if number is None else kept_build(store, number)
    if path is None and number is not None:
        raise UserError(f"第{number:,}版数据已不再保存，只能看现在的数据。")
    if path is None:
        raise UserError(f"数据目录 {store} 里还没有数据。请先上报报表。", LOAD)
    connection = connect_build(path)
    try:
        number, version, built_at = _about(connection)
        catalogue = _catalogue_version(connection) if version == STORE_VERSION else 0
        _refuse_cut_short(connection, path)
    except (duckdb.Error, IndexError) as error:
        connection.close()
        raise _unreadable(path, error) from None
    if version != STORE_VERSION:
        connection.close()
        refuse_newer(version)
        raise UserError(f"数据是第 {version} 版格式，本程序要第 {STORE_VERSION} 版。请管理员升级数据。", UPGRADE)
    return Warehouse(store=store, build=number, built_at=built_at, catalogue=catalogue, connection=connection)


def build_version(path: Path) -> int:
    """Return the format version of a build, 0 if it states none. Raises UserError when it is unreadable."""
    with connect_build(path) as connection:
        try:
            return _about(connection)[1]
        except (duckdb.Error, IndexError):
            return 0


def connect_build(path: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection that can read this one file and reach nothing else. Raises UserError when it can't be opened.

    Every reader uses this function, because DuckDB opens a file twice in one process only with the same configuration.
    """
    try:
        return duckdb.connect(str(path), read_only=True, config=_LOCKED | resources())
    except duckdb.Error as error:
        raise _unreadable(path, error) from None


def resources() -> dict[str, Any]:
    """Return the limits of memory and threads as DuckDB's own options."""
    configured = settings()
    threads = {"threads": configured.threads} if configured.threads else {}
    return {"memory_limit": configured.memory_limit} | threads


def _about(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, str]:
    rows = connection.execute("select number, store_version, built_at from core.build").fetchall()
    number, version, built_at = rows[0]
    return number, version, built_at


def _catalogue_version(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute("select catalogue_version from core.build").fetchall()[0][0])


def _refuse_cut_short(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise duckdb.IOException where a file is smaller than the blocks in use; else only some figures would fail."""
    (size,) = connection.execute("select block_size * used_blocks from pragma_database_size()").fetchall()[0]
    if path.stat().st_size < size:
        raise duckdb.IOException("could not read all blocks")


def _unreadable(path: Path, error: Exception) -> UserError:
    text = say_fault(error)
    if text and text != DAMAGED:  # rebuilding would not help
        return UserError(text)
    return UserError(f"数据文件 {path.name} 打不开或不完整。请管理员重建数据。", REBUILD)


def run_query(warehouse: Warehouse, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """Return the rows of one file of stats/sql as mappings from column name to value. One cursor a call."""
    with warehouse.cursor() as cursor:
        cursor.execute(_query(name), parameters)
        columns = [column[0] for column in cursor.description or []]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


@cache
def _query(name: str) -> str:
    return (_SQL / name).read_text(encoding="utf-8")
