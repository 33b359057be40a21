"""The register of figures that went into papers: which, of what value, from which state of the data, into which paper.

It lies in the journal's database and is only ever added to. A figure is registered under its reference, once; each
paper it goes into is noted beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    insert,
    select,
)

from stats.warehouse import journal_url

_METADATA = MetaData()
_FIGURE = Table(
    "figure",
    _METADATA,
    Column("ref", String(16), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("span", String(24), nullable=False),
    Column("build", Integer, nullable=False),
    Column("built_at", String(40), nullable=False),
    Column("value", Float),
    Column("text", Text, nullable=False),
    Column("content", Text, nullable=False),
)
_PAPER = Table(
    "paper",
    _METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("title", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
_USE = Table(
    "figure_use",
    _METADATA,
    Column("paper", Integer, ForeignKey("paper.id"), primary_key=True),
    Column("ref", String(16), ForeignKey("figure.ref"), primary_key=True),
    Column("printed", Text, nullable=False),
)


@dataclass(frozen=True)
class Registered:
    """A figure as it was when it went into a paper.

    `subject` is an indicator's code, or board:panel for a chart. `value` is in the stored unit (rates 0–1, 元),
    None for a chart and for a figure without data; `text` is as the one formatter says it, for a chart its title.
    `content` changes with anything that a correction can change. `build` and `built_at` name the state of the data.
    """

    ref: str
    subject: str
    name: str
    unit: str
    span: str
    build: int
    built_at: str
    value: float | None
    text: str
    content: str


@dataclass(frozen=True)
class Paper:
    """A paper that was made: its title, by whom and when, and the references in it with the words printed."""

    title: str
    who: str
    at: str
    printed: dict[str, str]


def register(store: Path, title: str, figures: Sequence[tuple[Registered, str]], who: str = "") -> None:
    """Note a paper and the figures in it, each with the words printed for it, all of them or none."""
    with _connect(store) as connection:
        _METADATA.create_all(connection)
        known = {row.ref for row in connection.execute(select(_FIGURE.c.ref))}
        fresh = {figure.ref: asdict(figure) for figure, _ in figures if figure.ref not in known}
        if fresh:
            connection.execute(insert(_FIGURE), list(fresh.values()))
        at = datetime.now(UTC).isoformat(timespec="seconds")
        made = connection.execute(insert(_PAPER).values(title=title, who=who.strip(), at=at))
        number = made.inserted_primary_key[0] if made.inserted_primary_key else 0
        uses = {figure.ref: printed for figure, printed in reversed(figures)}  # the words printed first count
        if uses:
            rows = [{"paper": number, "ref": ref, "printed": printed} for ref, printed in uses.items()]
            connection.execute(insert(_USE), rows)


def look_up(store: Path, refs: Iterable[str]) -> dict[str, Registered]:
    """Return what is registered under references; those that are not known are left out."""
    with _reading(store) as connection:
        if connection is None:
            return {}
        rows = connection.execute(select(_FIGURE).where(_FIGURE.c.ref.in_(list(refs)))).mappings().all()
    return {row["ref"]: Registered(**row) for row in rows}


def papers(store: Path, ref: str = "") -> list[Paper]:
    """Return the papers that were made, the latest first; with a reference only those it stands in."""
    with _reading(store) as connection:
        if connection is None:
            return []
        made = connection.execute(select(_PAPER).order_by(_PAPER.c.id.desc())).mappings().all()
        used = connection.execute(select(_USE)).mappings().all()
    printed: dict[int, dict[str, str]] = {row["id"]: {} for row in made}
    for row in used:
        printed[row["paper"]][row["ref"]] = row["printed"]
    found = [Paper(row["title"], row["who"], row["at"], printed[row["id"]]) for row in made]
    return [paper for paper in found if not ref or ref in paper.printed]


def builds_cited(store: Path) -> set[int]:
    """Return the numbers of the builds that registered figures came from."""
    with _reading(store) as connection:
        return set(connection.execute(select(_FIGURE.c.build).distinct()).scalars()) if connection else set()


@contextmanager
def _connect(store: Path) -> Iterator[Connection]:
    engine = create_engine(journal_url(store))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _reading(store: Path) -> Iterator[Connection | None]:
    """Yield a connection, or None where nothing was ever registered: looking makes no database."""
    url = journal_url(store)
    if url.startswith("sqlite") and not (store / "journal.sqlite").is_file():
        yield None
        return
    with _connect(store) as connection:
        yield connection if connection.dialect.has_table(connection, _FIGURE.name) else None
