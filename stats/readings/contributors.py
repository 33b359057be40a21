"""What a figure is made of: the organisations below with the largest share in it, and all others together."""

from collections.abc import Sequence
from dataclasses import dataclass

from stats.catalogue.models import Indicator
from stats.readings import Reading


@dataclass(frozen=True)
class Contributors:
    """The readings with the largest shares in a whole, each with its share (0–1); of the others their number and share.

    The shares are those of the numerator and add up to 1; in the rest is also what the organisation reports itself.
    """

    largest: tuple[tuple[Reading, float], ...]
    others: int
    rest: float


def contributors_to(whole: Reading, parts: Sequence[Reading], indicator: Indicator, most: int) -> Contributors | None:
    """Return at most so many contributors, the largest first; None where the parts don't make up the whole."""
    if indicator.summary == "streak_years" or not whole.numerator or whole.value is None or whole.origin.whole:
        return None
    having = sorted((part for part in parts if part.numerator), key=lambda part: -(part.numerator or 0.0))
    shares = [(part, (part.numerator or 0.0) / whole.numerator) for part in having]
    if not shares:
        return None
    largest = tuple(shares[:most])
    return Contributors(largest, len(shares) - len(largest), 1.0 - sum(share for _, share in largest))
