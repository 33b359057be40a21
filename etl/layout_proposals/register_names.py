"""The names in a store's register, by which the columns of a table that name organisations are known."""

from contextlib import closing
from pathlib import Path

from base.text import normalise
from stats.warehouse import open_warehouse, run_query
from store.builds import current_build

_COUNTY = "county"


def levels_in_register(store: Path) -> tuple[str, dict[str, str]]:
    """Return the name of the county federation, and the level of each organisation by its normalised name.

    "" and nothing before there is a register.
    """
    if current_build(store) is None:
        return "", {}
    with closing(open_warehouse(store)) as warehouse:
        rows = run_query(warehouse, "organisations.sql")
    county = next((row["name"] for row in rows if row["level"] == _COUNTY), "")
    return county, {normalise(row["name"]): row["level"] for row in rows}
