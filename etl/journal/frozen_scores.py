"""Frozen scores: as known at the end of a day, with a build kept for them. Append-only."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import insert, select

from store import audit
from store import schema as tables
from store.engine import ask, writing
from store.verbs import Verb


@dataclass(kw_only=True, frozen=True)
class Frozen:
    """The scores of a scheme as known at the end of the day `cutoff`.

    `build` is the state of the data they come from; `scores` are the scores as stats.scoring.score_record writes them,
    so that they survive the loss of that build. `who` froze them `at` a time; the scheme is from version
    `catalogue` of the catalogue.
    """

    id: int
    scheme: str
    cutoff: date
    build: int
    scores: str
    who: str
    at: str
    catalogue: int = 0


def append_frozen(
    store: Path, scheme: str, cutoff: date, build: int, scores: str, who: str, about: str, *, catalogue: int = 0
) -> Frozen:
    """Record that scores are frozen, in the audit too (`about`, in plain words), and return the record."""
    values = {
        "scheme": scheme,
        "cutoff": cutoff.isoformat(),
        "build": build,
        "scores": scores,
        "who": who,
        "catalogue": catalogue,
    }
    values["at"] = datetime.now(UTC).isoformat(timespec="seconds")
    with writing(store) as connection:
        added = connection.execute(insert(tables.frozen).values(**values))
        audit.add(connection, [audit.NewAuditEntry(who, Verb.FROZE, about, {"build": build})])
        number = added.inserted_primary_key[0] if added.inserted_primary_key else 0
    return next(score for score in frozen_scores(store, scheme) if score.id == number)


def frozen_scores(store: Path, scheme: str) -> list[Frozen]:
    """Return the frozen scores of a scheme, the latest first; empty when there is no journal yet."""
    wanted = [tables.frozen.c[field.name] for field in fields(Frozen)]
    query = select(*wanted).where(tables.frozen.c.scheme == scheme).order_by(tables.frozen.c.id.desc())
    return [Frozen(**{**row, "cutoff": date.fromisoformat(row["cutoff"])}) for row in ask(store, query)]


def frozen_builds(store: Path) -> frozenset[int]:
    """Return the numbers of the builds in which scores are frozen."""
    return frozenset(row["build"] for row in ask(store, select(tables.frozen.c.build)))
