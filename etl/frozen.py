"""Frozen scores: as known at the end of a day, in a build that is kept for them. Only ever added to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine, insert, select

from etl import journal_tables as tables
from stats.warehouse import journal_url


@dataclass(frozen=True)
class Frozen:
    """The scores of a scheme as known at the end of the day `cutoff`.

    `build` is the state of the data they come from; `scores` are the scores themselves, as stats.exports.score_record
    writes them, so that they stay known should that build be gone. `who` froze them `at` a time.
    """

    id: int
    scheme: str
    cutoff: date
    build: int
    scores: str
    who: str
    at: str


def append_frozen(store: Path, scheme: str, cutoff: date, build: int, scores: str, who: str) -> Frozen:
    """Note that scores are frozen, in one step, and return the note."""
    told = {"scheme": scheme, "cutoff": cutoff.isoformat(), "build": build, "scores": scores, "who": who}
    told["at"] = datetime.now(UTC).isoformat(timespec="seconds")
    with connected(store) as connection:
        added = connection.execute(insert(tables.frozen).values(**told))
        number = added.inserted_primary_key[0] if added.inserted_primary_key else 0
    return next(one for one in frozen_scores(store, scheme) if one.id == number)


def frozen_scores(store: Path, scheme: str) -> list[Frozen]:
    """Return what was frozen of a scheme, the latest first; nothing where there is no journal yet."""
    wanted = [tables.frozen.c[field.name] for field in fields(Frozen)]
    asked = select(*wanted).where(tables.frozen.c.scheme == scheme).order_by(tables.frozen.c.id.desc())
    with reading(store) as connection:
        rows = connection.execute(asked).mappings().all() if connection else []
    return [Frozen(**{**row, "cutoff": date.fromisoformat(row["cutoff"])}) for row in rows]


def frozen_builds(store: Path) -> frozenset[int]:
    """Return the numbers of the builds in which scores are frozen."""
    with reading(store) as connection:
        rows = connection.execute(select(tables.frozen.c.build)).all() if connection else []
    return frozenset(row.build for row in rows)


@contextmanager
def connected(store: Path) -> Iterator[Connection]:
    """Yield a connection to the journal's database in a transaction, its tables being there."""
    engine = create_engine(journal_url(store))
    try:
        tables.prepare(engine)
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def reading(store: Path) -> Iterator[Connection | None]:
    """Yield a connection, or None where there is no journal yet: looking makes none."""
    url = journal_url(store)
    if url.startswith("sqlite") and not (store / "journal.sqlite").is_file():
        yield None
        return
    with connected(store) as connection:
        yield connection
