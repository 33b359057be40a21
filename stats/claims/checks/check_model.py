"""What a check says: whether numbers of a draft agree with each other, with the arithmetic in a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stats.claims.checks.intervals import Interval, interval_of
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.phrase_model import Amount, NumberPhrase

SENTENCE_ENDS = "。！？\n"
_TEN_THOUSAND, _HUNDRED_MILLION = Decimal(10**4), Decimal(10**8)


@dataclass(kw_only=True, frozen=True)
class TextCheck:
    """A number checked by others of the draft: whether it `holds`, what it should be, and the proof in a sentence.

    Of what is not `certain` another meaning is possible, which the proof names.
    """

    rule: str
    phrase: NumberPhrase
    holds: bool
    expected: str
    difference: str = ""
    reason: str
    others: tuple[NumberPhrase, ...] = ()
    certain: bool = True


@dataclass(frozen=True)
class CheckedFigure:
    """A phrase that is an amount, with its place among the phrases of its paragraph, and among its figures."""

    place: int
    index: int
    phrase: NumberPhrase
    amount: Amount

    @property
    def before(self) -> str:
        """Return the text between the number before and this one, within the clause."""
        return self.phrase.before

    @property
    def rounded(self) -> Interval:
        """Return the values it may mean if it is rounded and not cut off."""
        interval = self.interval
        if self.amount.comparator != "=" or self.amount.upper is not None:
            return interval
        return Interval(interval.low, min(interval.high, abs(self.amount.value) + self.amount.step / 2))

    @property
    def interval(self) -> Interval:
        """Return the values it may mean, without its sign."""
        return interval_of(self.amount, self.phrase.text)

    def is_like(self, other: "CheckedFigure") -> bool:
        """Return whether it counts the same."""
        return (self.amount.kind, self.amount.counted) == (other.amount.kind, other.amount.counted)


@dataclass(frozen=True)
class ParagraphToCheck:
    """A paragraph as read, with its figures."""

    read: ReadParagraph
    figures: tuple[CheckedFigure, ...]

    def between(self, first: CheckedFigure, second: CheckedFigure) -> str:
        """Return the text between two figures."""
        return self.read.text[first.amount.end : second.amount.start]

    def sentence_before(self, figure: CheckedFigure) -> str:
        """Return what stands in the sentence before a figure."""
        start = max(self.read.text.rfind(end, 0, figure.amount.start) for end in SENTENCE_ENDS)
        return self.read.text[start + 1 : figure.amount.start]

    def are_in_one_sentence(self, first: CheckedFigure, second: CheckedFigure, ends: str = SENTENCE_ENDS) -> bool:
        """Return whether no sentence ends between two figures."""
        return not any(end in self.between(first, second) for end in ends)

    def after(self, figure: CheckedFigure, ends: str = SENTENCE_ENDS) -> Iterator[CheckedFigure]:
        """Yield the figures of the same sentence behind one."""
        for other in self.figures[figure.index + 1 :]:
            if not self.are_in_one_sentence(figure, other, ends):
                return
            yield other

    def linked(self, name: str) -> Iterator[tuple[CheckedFigure, CheckedFigure]]:
        """Yield the pairs of figures that belong together in one way."""
        by_place = {figure.place: figure for figure in self.figures}
        for link in self.read.links:
            if link.name == name and len(link.members) == 2:
                yield by_place[link.members[0]], by_place[link.members[1]]


def to_check(read: ReadParagraph) -> ParagraphToCheck:
    """Return a paragraph with its figures."""
    amounts = [(place, phrase, phrase.amount) for place, phrase in enumerate(read.phrases) if phrase.amount]
    figures = (CheckedFigure(place, index, phrase, amount) for index, (place, phrase, amount) in enumerate(amounts))
    return ParagraphToCheck(read, tuple(figures))


def check_value(
    rule: str,
    figure: CheckedFigure,
    interval: Interval,
    exact: Decimal,
    proof: str,
    others: Sequence[CheckedFigure],
) -> TextCheck:
    """Return the check of a figure that others determine."""
    holds = interval.meets(figure.interval)
    return judged(rule, figure, holds, say_amount(exact, figure.amount), proof, others, exact)


def judged(
    rule: str,
    figure: CheckedFigure,
    holds: bool,
    expected: str,
    proof: str,
    others: Sequence[CheckedFigure],
    exact: Decimal | None = None,
    doubt: str = "",
) -> TextCheck:
    """Return a check as judged; `proof` is the arithmetic without a stop, `doubt` what else may be meant."""
    wrong = f"，文中写的是{figure.phrase.text}" if expected else ""
    return TextCheck(
        rule=rule,
        phrase=figure.phrase,
        holds=holds,
        expected=expected,
        difference=say_amount(abs(figure.amount.value) - exact, figure.amount) if exact is not None else "",
        reason=f"{proof}{'，相符' if holds else wrong}。{f'{doubt}。' if doubt and not holds else ''}",
        others=tuple(other.phrase for other in others),
        certain=not doubt,
    )


def say_amount(value: Decimal, like: Amount) -> str:
    """Return a value as a text with the measure of an amount: 5.2万元, 38124人, 6.1%, 0.8个百分点."""
    if like.kind == "percent":
        return f"{_plain(value * 100, 2)}%"
    if like.kind == "points":
        return say_points(value)
    if like.kind == "times":
        return f"{_plain(value, 2)}倍"
    if abs(value) >= _HUNDRED_MILLION and like.scaled:
        return f"{_plain(value / _HUNDRED_MILLION, 4)}亿{like.measure}"
    if abs(value) >= _TEN_THOUSAND and like.scaled:
        return f"{_plain(value / _TEN_THOUSAND, 4)}万{like.measure}"
    return f"{_plain(value, 2)}{like.measure}"


def say_points(value: Decimal) -> str:
    """Return a difference of two rates in percentage points."""
    return f"{_plain(value * 100, 2)}个百分点"


def say_share(value: Decimal) -> str:
    """Return a rate in percent."""
    return f"{_plain(value * 100, 2)}%"


def _plain(value: Decimal, places: int) -> str:
    """Return a number with at most so many decimals; of a small one the first two places that aren't zero."""
    rounded = round(value, places)
    if not rounded and value:
        rounded = round(value, 1 - value.adjusted())
    return f"{rounded.normalize():f}" if rounded else "0"
