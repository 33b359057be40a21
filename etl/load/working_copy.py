"""Working copy: how the file is opened that a build is written into."""

from pathlib import Path
from typing import Any

import duckdb

from etl.load.sql_files import statements_of
from stats.warehouse import resources

# DuckDB gives every column a block of its own: with its usual 262,144 bytes a county of a few rows takes ten megabytes,
# which are copied and flushed at each publishing. A large county takes a quarter less with these, and reads as fast.
_OPTIONS: dict[str, Any] = {"storage_compatibility_version": "v1.5.0", "default_block_size": 65_536}


def open_copy(path: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection that writes to this file, made if it isn't there, and reaches nothing beside its folder."""
    connection = duckdb.connect(str(path), config=_OPTIONS | resources())
    for statement in statements_of("005_confine.sql"):
        named = {"folder": str(path.parent)} if statement.named_parameters else {}
        connection.execute(statement, named)  # the hand-over files lie in the folder
    return connection
