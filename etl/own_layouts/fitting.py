"""Fitting: whether a table of a sheet has the headings of a declared layout, and what is different where it has not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from base.month_spans import YEAR
from base.text import normalise
from etl.layout.text_kinds import is_rate, sums_up
from etl.model.nouns import Header, Sheet
from etl.own_layouts.named_periods import general_path, names_longer_period, period_named
from etl.own_layouts.year_of_table import year_of_table
from etl.recognise.headers import IGNORED, filled_rows, find_headers, spellings_of
from stats.catalogue import Catalogue
from stats.catalogue.layouts import PERIOD, TableLayout
from stats.catalogue.models import Form

_NEAR = 0.7  # the share of a layout's headings that a changed table still has


@dataclass(kw_only=True, frozen=True)
class Fit:
    """A header held against a layout: the columns of the sheet by path, with the period each stands for, if any.

    `lacking` are paths of the layout that the table does not have, `more` those it has besides. `stated_year` is the
    year that the table states, if any.
    """

    layout: TableLayout
    header: Header
    places: dict[str, list[tuple[int, int | None]]]
    lacking: tuple[str, ...]
    more: tuple[str, ...]
    stated_year: int | None

    @property
    def of_its_year(self) -> bool:
        """Return whether the table is of the year that the layout is for, where it is for one."""
        return self.layout.is_for(self.stated_year)

    @property
    def exact(self) -> bool:
        """Return whether the table has the headings of the layout and no others, and is of its year."""
        return not self.lacking and not self.more and self.of_its_year

    def column(self, path: str | None) -> int | None:
        """Return the number of the column under a path, None where there is none."""
        return next((number for number, _ in self.places.get(path or "", ())), None)

    @property
    def doubled(self) -> Mapping[str, list[int]]:
        """Return the headings that fill a column and stand over several columns for the same period, by path."""
        used = {path: self.places.get(path, []) for path, heading in self.layout.paths.items() if heading.columns}
        return {
            path: [number for number, _ in places]
            for path, places in used.items()
            if len({period for _, period in places}) < len(places)
        }

    @property
    def share(self) -> float:
        """Return the share of the layout's headings that the table has."""
        whole = len(self.layout.headings) + len(self.layout.persons)
        return 1 - len(self.lacking) / whole


def best_fit(sheet: Sheet, file: str, catalogue: Catalogue) -> Fit | None:
    """Return the layout that fits a sheet best: exactly or nearly, None where none does; two may not fit alike."""
    level = (layout for layout in catalogue.layouts.values() if not layout.turned)
    fits = [fit for layout in level if (fit := fit_of(sheet, file, layout, catalogue))]
    return max(fits, key=lambda fit: (fit.exact, fit.share, -len(fit.more), fit.of_its_year), default=None)


def fit_of(sheet: Sheet, file: str, layout: TableLayout, catalogue: Catalogue) -> Fit | None:
    """Return how a layout fits a sheet; None where the table has too few of its headings."""
    months, spellings = months_across(layout, catalogue.forms[layout.form]), spellings_of(catalogue)
    words = {word for path in (*layout.paths, *layout.persons) for word in path.split("/")}
    if PERIOD in words:
        words |= {normalise(text) for text in sheet.grid.texts() if period_named(text, months) is not None}
    headers = find_headers(sheet, spellings, frozenset(words), filled_rows(sheet))
    fits = [_held(header, layout, months, year_of_table(sheet, header.top, file)) for header in headers]
    best = max(fits, key=lambda fit: (len(fit.places), -len(fit.more), -fit.header.depth), default=None)
    return best if best and best.share >= _NEAR else None


def months_across(layout: TableLayout, form: Form) -> int:
    """Return of how many months the periods are that a layout's paths name: a form's own or, of rows, a year."""
    return YEAR if layout.period_as else form.months


def _held(header: Header, layout: TableLayout, months: int, year: int | None) -> Fit:
    known = {*layout.paths, *layout.persons}
    places: dict[str, list[tuple[int, int | None]]] = {}
    more: list[str] = []
    for number, path in header.paths.items():
        own, (general, period) = "/".join(path), general_path(path, months)
        matched = own if own in known else general if general in known else ""
        if matched:
            places.setdefault(matched, []).append((number, period if matched != own else None))
        elif path[-1] not in IGNORED and not names_longer_period(path, months):
            more.append(own)
    lacking = tuple(path for path in known if path not in places and path.rpartition("/")[2] not in IGNORED)
    more_asked = tuple(_asked(more))
    return Fit(layout=layout, header=header, places=places, lacking=lacking, more=more_asked, stated_year=year)


def _asked(paths: Iterable[str]) -> Iterator[str]:
    """Yield the paths that hold something of their own: what is summed up or divided from other columns does not."""
    for path in paths:
        if not any(sums_up(text) or is_rate(text) for text in path.split("/")):
            yield path
