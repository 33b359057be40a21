"""DuckDB reaches the file it is asked about and nothing else, whatever SQL would be slipped in."""

from pathlib import Path

import duckdb
import pytest

from base.settings import settings
from etl.load import Build
from stats.catalogue import Catalogue
from stats.warehouse import Warehouse

ATTEMPTS = {
    "read a file": "select * from read_text('{secret}')",
    "read a table": "select * from read_csv('{secret}')",
    "list a folder": "select * from glob('{folder}/*')",
    "read over the network": "select * from read_csv('http://127.0.0.1:9/x.csv')",
    "write a file": "copy (select 1) to '{folder}/out.csv'",
    "write a database": "attach '{folder}/other.duckdb'",
    "export everything": "export database '{folder}/all'",
    "import": "import database '{folder}'",
    "install an extension": "install httpfs",
    "load an extension": "load httpfs",
    "load one of its own": "load '{folder}/evil.duckdb_extension'",
    "keep a secret": "create persistent secret (type http)",
    "open the lock": "set lock_configuration = false",
    "allow it again": "set enable_external_access = true",
    "allow a folder": "set allowed_directories = ['{folder}']",
    "take more memory": "set memory_limit = '900GB'",
    "read Python's variables": "select * from frame",
}


@pytest.mark.parametrize("what", ATTEMPTS)
def test_a_reader_reaches_nothing_but_its_build(what: str, county: Warehouse, tmp_path: Path) -> None:
    with county.cursor() as cursor:
        _refused(cursor, what, tmp_path)


@pytest.mark.parametrize("what", [what for what in ATTEMPTS if "Python" not in what])
def test_a_load_reaches_nothing_but_its_working_copy(what: str, catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    build = Build(tmp_path / "store", catalogue)
    try:
        _refused(build.connection, what, tmp_path)
    finally:
        build.discard()


def test_the_settings_say_how_much_of_the_machine_it_takes(county: Warehouse) -> None:
    with county.cursor() as cursor:
        rows = cursor.execute(
            "select current_setting('memory_limit'), current_setting('lock_configuration')"
        ).fetchall()
    with duckdb.connect(config={"memory_limit": settings().memory_limit}) as other:
        assert other.execute("select current_setting('memory_limit')").fetchall()[0][0] == rows[0][0]
    assert rows[0][1] is True


def _refused(connection: duckdb.DuckDBPyConnection, what: str, folder: Path) -> None:
    secret = folder / "secret.txt"
    secret.write_text("a,b\n1,2\n")
    before = sorted(folder.rglob("*"))
    frame = "a Python variable of this name"
    with pytest.raises(duckdb.Error):
        connection.execute(ATTEMPTS[what].format(secret=secret, folder=folder)).fetchall()
    assert (sorted(folder.rglob("*")), frame) == (before, frame)
