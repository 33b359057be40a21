"""Acceptance order: in which order receipts were accepted, so that a rebuild judges each by its time's register."""

from collections.abc import Iterable

from etl.journal import ACCEPTED, ACCEPTING, Entry
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole

_LAST = 10**9  # after every build and quarter


def in_order_accepted(entries: Iterable[Entry], catalogue: Catalogue) -> list[Entry]:
    """Return receipts load by load, and within each load the registers of organisations first, the earliest first.

    A receipt may have been held while later ones were accepted, so its number does not say when it was accepted.
    Receipts that were never accepted come last.
    """

    def place(entry: Entry) -> tuple[int, int, int]:
        registered = [period for form, period in _returns(entry) if catalogue.forms[form].role == FormRole.UNITS]
        return _first_build(entry), max(registered, default=_LAST), entry.seq

    return sorted(entries, key=place)


def _returns(entry: Entry) -> list[tuple[str, int]]:
    named = [about.split("|") for about in entry.returns]
    return [(form, int(period)) for form, _, period in named]


def _first_build(entry: Entry) -> int:
    """Return the number of the build since which a receipt has been in the figures without interruption."""
    first = _LAST
    for step in reversed(entry.steps):
        if step.what == ACCEPTED:
            first = step.build or first
        elif step.what != ACCEPTING:
            break
    return first
