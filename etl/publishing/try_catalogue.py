"""Try a catalogue: what publishing it would change in the figures, read from a working copy that nobody else sees."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from base.errors import UserError
from etl.journal import Entry
from etl.journal.outcomes import ACCEPTED
from etl.load import Build
from etl.pipeline.session import Session, open_session
from etl.publishing.publish_catalogue import demand_forms
from stats.catalogue import Catalogue
from stats.catalogue_changes import EntryChange, catalogue_changes
from stats.catalogue_declared import Declared
from stats.catalogue_in_force import catalogue_from
from stats.editing.meanings import changed_meanings
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.papers.cited_figures import papers_with
from stats.readings import Reading, read
from stats.readings.sentences import say_reading
from stats.totals import county_of
from stats.totals.present import present_span
from stats.warehouse import Warehouse, open_warehouse
from store.catalogue_versions import new_version, newest


@dataclass(frozen=True)
class FigureChange:
    """A figure of the county that would read differently: its code and name, and both texts, "" where it is not."""

    code: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Trial:
    """What publishing would change: entries, figures of the county over the year so far, and the papers naming them.

    `meanings` are the codes that would mean something else, each in a sentence. `drawn` are the figures of the panels
    asked for, by board and panel.
    """

    changes: tuple[EntryChange, ...]
    figures: tuple[FigureChange, ...] = ()
    papers: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    drawn: Mapping[tuple[str, str], Figure] = field(default_factory=dict)


def try_catalogue(store: Path, wanted: Declared, who: str = "", panels: Sequence[tuple[str, str]] = ()) -> Trial:
    """Return what publishing would change, with some panels drawn, each as its board and code.

    Raises UserError as publishing does; nothing is recorded or kept.
    """
    with open_session(store, who) as session, TemporaryDirectory(prefix="mingshu-") as apart:
        session.reconcile()
        draft = new_version(newest(store), wanted.packs, wanted.files, changes=(), who="", why="")
        before, after = session.catalogue, catalogue_from(Path(apart), draft)
        changes = tuple(catalogue_changes(before, after))
        accepted = [entry for entry in session.journal.entries() if entry.what == ACCEPTED]
        meanings = tuple(changed_meanings(store, before, after))
        if not accepted:
            return Trial(changes, meanings=meanings)
        demand_forms(after, accepted, before)
        session.catalogue = after
        with closing(open_warehouse(store)) as now, _figures_of(session, accepted) as then:
            figures = tuple(_compare(_texts(now, before), _texts(then, after)))
            drawn = {place: _draw(then, after, *place) for place in panels}
    changed = {figure.code for figure in figures if figure.before}
    papers = tuple(papers_with(store, changed))
    return Trial(changes, figures, papers, meanings=meanings, drawn=drawn)


@contextmanager
def _figures_of(session: Session, accepted: Sequence[Entry]) -> Iterator[Warehouse]:
    """Yield the figures of some receipts alone, in a working copy that is discarded."""
    build = Build(session.store, session.catalogue, fresh=True)
    try:
        session.take_in_rest(build, list(accepted))
        build.refresh()
        declared, read_from = session.catalogue.version, build.connection
        yield Warehouse(store=session.store, build=0, built_at="", catalogue=declared, connection=read_from)
    finally:
        build.discard()


def _texts(warehouse: Warehouse, catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Return name and text of each figure of the county over the year so far, by indicator."""
    span = present_span(warehouse, catalogue)
    readings: Iterable[Reading] = read(warehouse, catalogue, county_of(warehouse), span)
    return {
        reading.indicator: (reading.name, say_reading(reading, catalogue.indicators[reading.indicator]))
        for reading in readings
    }


def _draw(warehouse: Warehouse, catalogue: Catalogue, board: str, code: str) -> Figure:
    """Return the figure of a panel of the county over the year so far."""
    panel = catalogue.board(board).panel(code)
    if panel is None:
        raise UserError(f"看板“{catalogue.board(board).name}”里没有代码为“{code}”的图")
    span = present_span(warehouse, catalogue)
    return make_figure(Source(warehouse, catalogue), panel, Selection(county_of(warehouse), span))


def _compare(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]) -> Iterable[FigureChange]:
    for code in sorted(before.keys() | after.keys()):
        name, old = before.get(code, (after.get(code, ("", ""))[0], ""))
        new = after.get(code, ("", ""))[1]
        if old != new:
            yield FigureChange(code, name, old, new)
