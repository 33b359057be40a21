"""Cited numbers: each number of a draft with the figure that the data have for it, and the text that would be right."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from base.formats import round_half_up
from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.claims.claim_verdicts import TO_MEND, ClaimVerdict, JudgedNumber
from stats.claims.from_data.data_verdicts import AskedOfData
from stats.claims.phrases import read_phrases
from stats.claims.phrases.phrase_model import NumberPhrase, Place
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.fill_placeholders import Phrase, Writer
from stats.papers.paper_model import Cited
from stats.readings import Reading, read
from stats.readings.sentences import formula_of, say_cover, say_reading, say_when

_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
# Of two numbers of a text that contradict each other either may be the right one.
_CORRECTED = (ClaimVerdict.DIFFERS, ClaimVerdict.DOES_NOT_ADD_UP)
_TELLING = (ClaimVerdict.AGREES, ClaimVerdict.DIFFERS)
_BY_DATA = (ClaimVerdict.DIFFERS, ClaimVerdict.CONFIRM)  # what the figure is, is known; the writer decides
_WEIGHT = (*TO_MEND, ClaimVerdict.NOT_JUDGED, ClaimVerdict.AGREES, ClaimVerdict.NO_FIGURE)


@dataclass(kw_only=True, frozen=True)
class CitedNumber:
    """A number of a draft with its verdict; `cited` is the figure that it was compared with, if there is one.

    `formula`, `when` and `coverage` are words about that figure. `instead` is what would be right in the number's
    place, as the draft writes its numbers: 38124人, 3.9万元; "" if nothing can be put there without a decision.
    `earlier` is a sentence on what an earlier paper said otherwise, "" if none did.
    """

    number: JudgedNumber
    cited: Cited | None = None
    formula: str = ""
    when: str = ""
    coverage: str = ""
    instead: str = ""
    earlier: str = ""

    @property
    def expected(self) -> str:
        """Return what it should be, "" for a number that holds or of which that is not known."""
        data, check = self.number.data, self.number.check
        by_data = data.expected if data and data.agrees is False else ""
        return by_data or (check.expected if check and not check.holds else "")


def by_weight(numbers: Iterable[CitedNumber]) -> list[CitedNumber]:
    """Return numbers by their verdicts, what is wrong first, and within a verdict in the order of the draft."""
    return sorted(numbers, key=lambda number: _WEIGHT.index(number.number.verdict))


def cite_numbers(numbers: Iterable[JudgedNumber], asked: AskedOfData | None) -> list[CitedNumber]:
    """Return numbers with the figures that they were compared with; `asked` is None if the data were not."""
    if asked is None:
        return [CitedNumber(number=number, instead=_from_text(number)) for number in numbers]
    citing = _Citing(asked)
    return [citing.cite(number) for number in numbers]


def say_counts(numbers: Sequence[CitedNumber]) -> str:
    """Return how many numbers a draft has and how many there are of each verdict, what is wrong first."""
    counts = Counter(number.number.verdict for number in numbers)
    counted = "，".join(f"{verdict.word}{counts[verdict]:,}处" for verdict in _WEIGHT if counts[verdict])
    return f"共{len(numbers):,}处数：{counted}" if numbers else "文稿里没有数"


def figures_behind(numbers: Sequence[CitedNumber]) -> list[Cited]:
    """Return the figures that numbers were compared with, with the text that is right for each."""
    return [number.cited for number in numbers if number.cited]


def figures_said(numbers: Iterable[CitedNumber], accepted: Mapping[Place, str]) -> list[Cited]:
    """Return the figures that numbers tell, with the words that the draft has for each once what is accepted is in.

    A number that is only asked about may tell another figure, so it tells none.
    """
    return [
        replace(number.cited, text=accepted.get(number.number.phrase.place, number.number.phrase.text))
        for number in numbers
        if number.cited and (number.number.verdict in _TELLING or number.number.phrase.place in accepted)
    ]


class _Citing:
    """Finds the figures of one draft; each is read once."""

    def __init__(self, asked: AskedOfData) -> None:
        self._asked = asked
        self._writer = Writer(Source(asked.warehouse, asked.catalogue), Selection(asked.unit, asked.span))
        self._readings: dict[tuple[str, str, str], Reading] = {}

    def cite(self, number: JudgedNumber) -> CitedNumber:
        data = number.data
        if data is None or data.agrees is None or data.of_target or not data.indicator:
            return CitedNumber(number=number, instead=_from_text(number))
        asked, catalogue = self._asked, self._asked.catalogue
        reading = self._read(data.indicator, data.unit or asked.unit, data.span or str(asked.span))
        indicator = catalogue.indicators[data.indicator]
        right = number.phrase.text if data.agrees else say_reading(reading, indicator)
        return CitedNumber(
            number=number,
            cited=self._writer.cite(Phrase(right, reading)),
            formula=formula_of(reading, indicator, catalogue),
            when=say_when(reading),
            coverage=say_cover(reading),
            instead=_from_data(number, reading, catalogue),
        )

    def _read(self, indicator: str, unit: str, span: str) -> Reading:
        key = indicator, unit, span
        if key not in self._readings:
            asked = self._asked
            (reading,) = read(asked.warehouse, asked.catalogue, unit, parse_span(span), [indicator])
            self._readings[key] = reading
        return self._readings[key]


def _from_data(number: JudgedNumber, reading: Reading, catalogue: Catalogue) -> str:
    amount = number.phrase.amount
    if amount is None or reading.value is None or number.verdict not in _BY_DATA:
        return ""
    factor = catalogue.spellings(catalogue.indicators[reading.indicator]).get(amount.measure)
    return _written(number.phrase, Decimal(str(reading.value)) / Decimal(str(factor))) if factor else ""


def _from_text(number: JudgedNumber) -> str:
    """Return a number as the arithmetic of the text has it; "" where that is not one number of the same measure."""
    amount, check = number.phrase.amount, number.check
    if amount is None or check is None or number.verdict not in _CORRECTED or not check.expected:
        return ""
    expected = [phrase.amount for phrase in read_phrases(check.expected).phrases if phrase.amount]
    like = [each for each in expected if (each.kind, each.measure) == (amount.kind, amount.measure)]
    return _written(number.phrase, like[0].value) if len(expected) == len(like) == 1 else ""


def _written(phrase: NumberPhrase, value: Decimal) -> str:
    """Return a phrase with another value in it, with as many decimals; "" for one not written in plain digits."""
    amount, digits = phrase.amount, _DIGITS.findall(phrase.text)
    if amount is None or amount.comparator != "=" or amount.upper is not None or len(digits) != 1:
        return ""
    counted = round_half_up(abs(value) / amount.step.scaleb(amount.decimals), amount.decimals)
    written = f"{counted:,f}" if "," in digits[0] else f"{counted:f}"
    text = phrase.text.replace(digits[0], written)
    return text if text != phrase.text else ""
