"""Phrases: the numbers of a draft with what each says and where it stands."""

from dataclasses import dataclass
from decimal import Decimal

from stats.claims.grammar.words import Comparator, Kind

NOT_A_FIGURE = "not_a_figure"
MONEY = "money"


@dataclass(frozen=True)
class Place:
    """Where a phrase stands: the number of its paragraph, from 0, and its first and last character (exclusive)."""

    paragraph: int
    start: int
    end: int


@dataclass(kw_only=True, frozen=True)
class Amount:
    """A number as written. `value` is in the measure itself: 元 for 万元, 0.85 for 85%; `upper` ends a range.

    `step` is the unit of the last written place, `round_step` that of the last place that is not zero: 1万 and 1万 of
    3万, 1 and 100 of 400. `start` and `end` are places in the folded text, the words of its comparator included, and
    `number` is where the number itself begins.
    """

    start: int
    number: int
    end: int
    kind: Kind
    value: Decimal
    step: Decimal
    round_step: Decimal
    comparator: Comparator
    measure: str
    counted: str
    numeral: bool = False
    upper: Decimal | None = None
    scaled: bool = False
    decimals: int = 0
    spoken: bool = False


@dataclass(frozen=True)
class WrittenDate:
    """A date as far as it is written; `closes` says that the end of the year or month is meant."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    closes: bool = False


@dataclass(kw_only=True, frozen=True)
class MarkedText:
    """A text with a number that is no amount: a date, a rank, a remark, or no figure at all, and then what it is.

    `says` is 2024, 2024-05, 2024-05-01, 2024Q1, 2024H1 or 2023..2025 for a date, and the number of a rank.
    """

    start: int
    end: int
    name: str = NOT_A_FIGURE
    says: str = ""
    comparator: Comparator | None = None
    unit: str = ""
    why: str = ""
    date: WrittenDate | None = None


@dataclass(kw_only=True, frozen=True)
class NumberPhrase:
    """A number of a draft: what it says (`name`, a class of the grammar) and where it stands.

    It is an amount or a mark. `before` is the text between the number before and this one, within the clause.
    """

    place: Place
    text: str
    name: str
    amount: Amount | None = None
    mark: MarkedText | None = None
    before: str = ""

    @property
    def is_figure(self) -> bool:
        """Return whether it is a number that may be checked."""
        return self.amount is not None

    @property
    def value(self) -> Decimal | None:
        """Return the value of a figure: negative for a decrease."""
        return self.amount.value if self.amount else None

    @property
    def comparator(self) -> Comparator | None:
        """Return how the value lies to the number, None for what has no value."""
        return self.amount.comparator if self.amount else self.mark.comparator if self.mark else None

    @property
    def says(self) -> str:
        """Return what a date or a rank says."""
        return self.mark.says if self.mark else ""

    @property
    def unit(self) -> str:
        """Return the measure word, with 元 for 万元."""
        return self.amount.measure if self.amount else self.mark.unit if self.mark else ""
