"""Contents: what a published build was made from: the catalogue by its fingerprint, and the submissions in it."""

import hashlib
from functools import cache
from pathlib import Path

import duckdb

from stats.catalogue import Catalogue
from stats.catalogue.layers import files_of
from stats.warehouse import connect_build
from store.builds import STORE_VERSION, current_build
from store.disk_errors import plain_faults


@cache
def catalogue_print(catalogue: Catalogue) -> str:
    """Return a fingerprint of a catalogue's files and the build's format; a build with another one is rebuilt.

    It is taken once a process, as the catalogue is read once: a build is not made from files that changed meanwhile.
    """
    digest = hashlib.sha256(str(STORE_VERSION).encode())
    for layer in catalogue.layers:
        for path in files_of(layer):
            name = f"{layer.name}/{path.relative_to(layer.folder).as_posix()}"
            digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()


def built_from(store: Path) -> str | None:
    """Return the fingerprint of the catalogue the current build was made from, or None when there is no build.

    Raises UserError when the build can't be opened.
    """
    if (path := current_build(store)) is None:
        return None
    with connect_build(path) as connection:
        return built_with(connection)


def built_with(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the fingerprint of the catalogue that an open build was made from; "" when it states none."""
    try:
        rows = connection.execute("select catalogue from core.build").fetchall()
    except duckdb.Error:  # an old format without a fingerprint
        return ""
    return str(rows[0][0]) if rows else ""


def submissions_in(path: Path) -> set[int]:
    """Return the numbers of the submissions in a published build. Raises UserError when it can't be opened."""
    with plain_faults(), connect_build(path) as connection:
        return {row[0] for row in connection.execute("select id from raw.submission").fetchall()}
