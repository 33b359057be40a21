"""The names in a store's register, by which the columns of a table that name organisations are known."""

import re
from contextlib import closing
from pathlib import Path

from base.text import normalise
from stats.warehouse import open_warehouse, run_query
from store.builds import current_build

_COUNTY = "county"
_WITHIN = re.compile(r"\([^()]{1,20}\)$")


def levels_in_register(store: Path) -> tuple[str, dict[str, str]]:
    """Return the name of the county federation, and the level of each organisation by its normalised name.

    A name that several areas have is known without the area that stands in brackets behind it, too. "" and nothing
    before there is a register.
    """
    if current_build(store) is None:
        return "", {}
    with closing(open_warehouse(store)) as warehouse:
        rows = run_query(warehouse, "organisations.sql")
    county = next((row["name"] for row in rows if row["level"] == _COUNTY), "")
    levels = {normalise(row["name"]): row["level"] for row in rows}
    bare = {_WITHIN.sub("", name): level for name, level in levels.items()}
    return county, bare | levels
