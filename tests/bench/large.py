"""A store as large as a province's: the sample county's build, multiplied.

The unions are repeated under their own areas, each copy with the returns, contracts and activities of its original,
and the quarters are repeated backwards; every register goes back to the first quarter. That is done by one SQL file on
the raw tables alone. Then the project's own refresh works out every table that is read: as real as after a load.
Employers are repeated less often than unions. A cell still leads to the original it was copied from.
"""

import shutil
from itertools import chain
from pathlib import Path

import duckdb

from etl.load import Build
from etl.load.sql_files import statements_of
from stats.catalogue import load_catalogue
from store.builds import current_build

UNIONS, QUARTERS, EMPLOYER_COPIES = 45_000, 40, 20
_GROW = Path(__file__).with_name("grow.sql")
_ORGANISATIONS = ("100_active.sql", "150_order.sql", "200_units.sql")  # a refresh alone does not number them again


def write_large(store: Path, into: Path, unions: int = UNIONS, quarters: int = QUARTERS) -> None:
    """Write the enlarged copy of a store; it has at least so many unions, over so many quarters."""
    shutil.copytree(store, into)
    path = current_build(into)
    assert path is not None, "no build to enlarge"
    with duckdb.connect(str(path)) as connection:
        counted = connection.execute("select count(distinct code) from core.placement where level = 'union'").fetchone()
        copies = -(-unions // counted[0]) if counted else 1
        named = {"copies": copies, "quarters": quarters, "employers": EMPLOYER_COPIES, "since": 0}
        grow = duckdb.extract_statements(_GROW.read_text(encoding="utf-8"))
        for statement in chain(grow, *map(statements_of, _ORGANISATIONS)):
            connection.execute(statement, {name: named[name] for name in statement.named_parameters})
    build = Build(into, load_catalogue())
    build.refresh()
    build.publish()
    path.unlink()
