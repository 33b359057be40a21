"""Settling: a build in which the decisions about own totals hold that the journal has."""

from pathlib import Path

from etl.load import Build
from etl.load.kept_in_build import kept_in, kept_in_journal, takes_totals
from stats.catalogue import Catalogue
from stats.warehouse import connect_build
from store.builds import current_build


def settle_totals(store: Path, catalogue: Catalogue) -> int | None:
    """Publish a build under the decisions that hold now; return its number, None where the current one is so already.

    A decision is recorded before its build is made, so one that was broken off is finished here. Own totals alone are
    computed anew.
    """
    current = current_build(store) if takes_totals(catalogue) else None
    if current is None:
        return None
    with connect_build(current) as connection:
        if kept_in(connection) == kept_in_journal(store):
            return None
    build = Build(store, catalogue)
    try:
        build.keep_totals()
        return build.publish()
    finally:
        build.discard()
