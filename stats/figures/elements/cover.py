"""Cover: the returns behind a figure made of rows, received and expected, and in words for its title."""

from collections.abc import Iterable
from dataclasses import dataclass

from base.formats import NO_DATA, say_unreported
from stats.catalogue.models import Form
from stats.figures.elements.figure_model import Selection, Source
from stats.figures.elements.lines import cover_line
from stats.readings.coverage_words import say_returns_received
from stats.totals import totals_of
from stats.totals.coverage import reported_since, within_data


@dataclass(frozen=True)
class Cover:
    """The received and expected returns of a form; `single_return` means that every reporter sends one in all.

    `level` is the share below which a title says who reported.
    """

    form: Form
    reported: int
    expected: int
    single_return: bool
    level: float

    @property
    def nobody(self) -> bool:
        """Return whether returns were expected and none was received: then nothing is known, and no count is zero."""
        return bool(self.expected) and not self.reported

    @property
    def share(self) -> float:
        """Return the share of expected returns that were received, 1 if none was expected."""
        return self.reported / self.expected if self.expected else 1.0

    @property
    def words(self) -> str:
        """Return who reported, as a prefix to the figure; "" if coverage is sufficient."""
        thin = 0 < self.reported < self.level * self.expected
        return say_returns_received(self.form, self.reported, self.expected, self.single_return) if thin else ""

    @property
    def among(self) -> str:
        """Return the same as a prefix to a count among those who reported."""
        return f"{self.words}中，" if self.words and self.single_return else self.words

    @property
    def absence(self) -> str:
        """Return why there is nothing to show."""
        return say_unreported(self.expected) if self.nobody else NO_DATA

    def line(self, name: str) -> str:
        """Return the line of coverage under the figure."""
        return cover_line([(name, self.reported, self.expected)])


def cover_of(source: Source, form: str, view: Selection, reported: int, expected: int, as_of: int | None) -> Cover:
    """Return a cover from what is counted already; `as_of` is the quarter a stock was taken from."""
    declared = source.catalogue.forms[form]
    of_one = view.span.length == 1 and view.span.each <= declared.months
    single_return = of_one if as_of is None else not declared.ledger or expected == 1
    return Cover(
        form=declared,
        reported=reported,
        expected=expected,
        single_return=single_return,
        level=source.catalogue.reporting.say_below,
    )


def cover_of_rows(source: Source, form: str, view: Selection, as_of: int | None) -> Cover:
    """Return the cover of rows: those in force at the end of `as_of`, or if it is None those dated within the span.

    A ledger's stock is built up quarter by quarter, so that a missing quarter makes it incomplete.
    """
    span = within_data(source.warehouse, view.span)
    since = reported_since(source.warehouse, source.catalogue.forms[form], as_of) if as_of is not None else None
    quarters = (
        range(span.first, span.last + 1) if as_of is None else range(as_of if since is None else since, as_of + 1)
    )
    reported, expected = _came(source, form, view, quarters)
    if as_of is not None and reported == expected:
        reported, expected = _came(source, form, view, [as_of])
    return cover_of(source, form, view, reported, expected, as_of)


def _came(source: Source, form: str, view: Selection, quarters: Iterable[int]) -> tuple[int, int]:
    return totals_of(source.warehouse, view.unit).count_returns(form, quarters)
