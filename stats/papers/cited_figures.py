"""Cited figures: their register, each with its value, the state of the data, and the papers it is in.

It is in the journal's database and append-only. A figure is registered once under its reference; each paper that
contains it is recorded with it, and the audit records who made the paper.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, RowMapping, insert, select

from base.errors import UserError
from store.audit import NewAuditEntry, add
from store.engine import ask, writing
from store.schema import figure, figure_use, outcome, paper, speech_use
from store.verbs import Verb

_TAKEN_IN = "accepted"  # of an outcome
_NEXT = "\n"  # separates the wordings of one reference in one paper


@dataclass(kw_only=True, frozen=True)
class Registered:
    """A figure as it was when it went into a paper.

    `subject` is an indicator's code, or board:panel for a chart. `value` is in the stored unit (rates 0–1, 元), None
    for a chart and for a figure without data; `text` is the formatter's text, for a chart its title. `content` changes
    with anything that a correction can change. `build` and `built_at` identify the state of the data,
    `catalogue` the version of the catalogue it is defined in.
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
    catalogue: int = 0


@dataclass(kw_only=True, frozen=True)
class Paper:
    """A paper that was made: its title, by whom and when, and the references in it with the words printed first.

    `wordings` are all words printed for a reference, which may stand in several sentences. A speech that was marked
    final has an `occasion` and the day of it.
    """

    title: str
    who: str
    at: str
    printed: dict[str, str]
    wordings: dict[str, tuple[str, ...]]
    occasion: str = ""
    held_on: str = ""

    @property
    def used_on(self) -> str:
        """Return the day it is for, otherwise the one it was made on, such as 2011-02-18."""
        return self.held_on or self.at[:10]


@dataclass(frozen=True)
class Occasion:
    """What a speech that is marked final is for, and when. Raises UserError for one without a name."""

    name: str
    held_on: date

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UserError("请写明什么场合用，例如：县总工会七届三次全委会。")


def register(
    store: Path,
    title: str,
    figures: Sequence[tuple[Registered, str]],
    who: str = "",
    occasion: Occasion | None = None,
) -> None:
    """Record a paper, its figures with the words printed for each, and who made it, in one transaction.

    With an `occasion` it is a speech marked final.
    """
    with writing(store) as connection:
        _add_figures(connection, figures)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        made = connection.execute(insert(paper).values(title=title, who=who.strip(), at=at))
        number = made.inserted_primary_key[0] if made.inserted_primary_key else 0
        uses: dict[str, dict[str, None]] = {}
        for registered, printed in figures:
            uses.setdefault(registered.ref, {})[printed] = None
        if uses:
            rows = [{"paper": number, "ref": ref, "printed": _NEXT.join(words)} for ref, words in uses.items()]
            connection.execute(insert(figure_use), rows)
        if occasion:
            use = {"paper": number, "occasion": occasion.name.strip(), "held_on": f"{occasion.held_on}"}
            connection.execute(insert(speech_use).values(use))
        verb, about = (Verb.CLOSED_SPEECH, f"{title}，{occasion.name}") if occasion else (Verb.EXPORTED, title)
        add(connection, [NewAuditEntry(who, verb, about)])


def register_working_copy(store: Path, title: str, figures: Sequence[tuple[Registered, str]], who: str = "") -> None:
    """Record figures whose references stand in a file that is no paper yet, so that they are found, and who took it."""
    with writing(store) as connection:
        _add_figures(connection, figures)
        add(connection, [NewAuditEntry(who, Verb.EXPORTED, title)])


def _add_figures(connection: Connection, figures: Sequence[tuple[Registered, str]]) -> None:
    known = {row.ref for row in connection.execute(select(figure.c.ref))}
    fresh = {registered.ref: asdict(registered) for registered, _ in figures if registered.ref not in known}
    if fresh:
        connection.execute(insert(figure), list(fresh.values()))


def look_up(store: Path, refs: Iterable[str]) -> dict[str, Registered]:
    """Return the figures registered under references; unknown references are left out."""
    rows = ask(store, select(figure).where(figure.c.ref.in_(list(refs))))
    return {row["ref"]: Registered(**row) for row in rows}


def papers(store: Path, ref: str = "") -> list[Paper]:
    """Return the papers that were made, the latest first; with a reference only those that contain it."""
    made = ask(store, select(paper).order_by(paper.c.id.desc()))
    used = ask(store, select(figure_use).where(figure_use.c.paper <= max((row["id"] for row in made), default=0)))
    printed: dict[int, dict[str, tuple[str, ...]]] = {row["id"]: {} for row in made}
    for row in used:
        printed[row["paper"]][row["ref"]] = tuple(row["printed"].split(_NEXT))
    occasions = {row["paper"]: row for row in ask(store, select(speech_use))}
    listed = [_paper(row, printed[row["id"]], occasions.get(row["id"])) for row in made]
    return [made_paper for made_paper in listed if not ref or ref in made_paper.printed]


def wordings(store: Path, refs: Collection[str]) -> dict[str, list[str]]:
    """Return all words that papers printed for references, each wording once."""
    by_reference: dict[str, dict[str, None]] = {}
    for made_paper in papers(store):
        for ref in made_paper.wordings.keys() & set(refs):
            by_reference.setdefault(ref, {}).update(dict.fromkeys(made_paper.wordings[ref]))
    return {ref: list(words) for ref, words in by_reference.items()}


def papers_with(store: Path, subjects: Collection[str]) -> list[str]:
    """Return the titles of the papers that contain a figure of some indicators, each once, the latest first."""
    rows = ask(store, select(figure.c.ref).where(figure.c.subject.in_(list(subjects))))
    refs = {row["ref"] for row in rows}
    return list(dict.fromkeys(made.title for made in papers(store) if refs & made.printed.keys()))


def _paper(row: RowMapping, printed: dict[str, tuple[str, ...]], use: RowMapping | None) -> Paper:
    return Paper(
        title=row["title"],
        who=row["who"],
        at=row["at"],
        printed={ref: words[0] for ref, words in printed.items()},
        wordings=printed,
        occasion=use["occasion"] if use else "",
        held_on=use["held_on"] if use else "",
    )


def builds_cited(store: Path) -> set[int]:
    """Return the numbers of the builds that registered figures came from."""
    return {row["build"] for row in ask(store, select(figure.c.build).distinct())}


def files_taken_in(store: Path, after: int, until: int) -> list[int]:
    """Return the numbers of the files that came into the data after one build, up to another one."""
    taken = select(outcome.c.seq).where(outcome.c.what == _TAKEN_IN, outcome.c.build > after, outcome.c.build <= until)
    return sorted({row["seq"] for row in ask(store, taken)})
