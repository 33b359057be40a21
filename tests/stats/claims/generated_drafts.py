"""Generated drafts: paragraphs that tell readings in the wording of the catalogue, some of them with a slip."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from random import Random

from base.chinese_numerals import say_numeral
from base.formats import PERCENT, bare_digits
from base.periods import Span, parse_span, say_span
from stats.catalogue import Catalogue
from stats.claims.claim_verdicts import TO_MEND, ClaimVerdict, JudgedNumber
from stats.claims.from_data.data_verdicts import AskedOfData
from stats.claims.phrases.phrase_model import Place
from stats.organisations import organisations_by_code
from stats.readings import Reading, read
from stats.warehouse import Warehouse
from tests.stats.claims.altered_figures import judged

WHOLE = parse_span("2008Q1..2010Q4")
SPANS = [WHOLE, *map(parse_span, ("2009", "2010", "2010", "2010H1", "2010Q4", "2010Q3"))]
UNITS = ("COUNTY", "COUNTY", "COUNTY", "T01", "T05", "P01", "S01")
HERE = ("全县", "我县", "县总工会", "")
MONEY = "元"


@dataclass(frozen=True)
class ToldReading:
    """A number in a draft: the paragraph, where it begins and ends, and whether it is a slip."""

    paragraph: int
    start: int
    end: int
    slip: bool

    def holds(self, place: Place) -> bool:
        return place.paragraph == self.paragraph and place.start < self.end and self.start < place.end


@dataclass(frozen=True)
class GeneratedDraft:
    text: str
    numbers: tuple[ToldReading, ...]


def generate(random: Random, warehouse: Warehouse, catalogue: Catalogue, slips: float) -> GeneratedDraft:
    """Return a draft of some paragraphs, each of one unit and span, with a share of slips."""
    paragraphs, numbers = [], []
    for place in range(random.randint(2, 5)):
        unit, span = random.choice(UNITS), random.choice(SPANS)
        known = [
            reading for reading in _readings(warehouse, catalogue, unit, span).values() if (reading.value or 0) > 0
        ]
        text = _opening(random, organisations_by_code(warehouse)[unit].name, unit, span)
        for reading in random.sample(known, min(len(known), random.randint(2, 5))):
            before, number, behind, is_slip = _told(random, reading, warehouse, catalogue, slips)
            start = len(text) + len(before)
            numbers.append(ToldReading(place, start, start + len(number), is_slip))
            text = f"{text}{before}{number}{behind}{random.choice('，；')}"
        paragraphs.append(f"{text[:-1]}。")
    return GeneratedDraft("\n".join(paragraphs), tuple(numbers))


@lru_cache(maxsize=50)
def _readings(warehouse: Warehouse, catalogue: Catalogue, unit: str, span: Span) -> dict[str, Reading]:
    return {reading.indicator: reading for reading in read(warehouse, catalogue, unit, span)}


def _opening(random: Random, name: str, unit: str, span: Span) -> str:
    when = "" if span == WHOLE else f"{say_span(span)}，"
    if span == WHOLE and random.random() < 0.5:
        when = "三年来，"
    who = random.choice(HERE) if unit == "COUNTY" else name
    return f"{when}{who}" if random.random() < 0.5 else f"{who}{when}"


def _told(
    random: Random, reading: Reading, warehouse: Warehouse, catalogue: Catalogue, slips: float
) -> tuple[str, str, str, bool]:
    entry = catalogue.indicators[reading.indicator]
    wordings = [wording for wording in (entry.phrase, *entry.spoken) if "“{}”" not in wording and wording]
    name = random.choice((entry.name, f"{entry.name}为", f"{entry.name}达", f"{entry.name}达到", f"{entry.name}是"))
    wording = random.choice([*wordings, f"{name}{{}}"])
    value, is_slip = reading.value or 0.0, False
    if random.random() < slips:
        value, is_slip = _slip(random, reading, warehouse, catalogue), True
    before, _, behind = wording.partition("{}")
    number = _written(random, value, reading.measure, exact=is_slip)
    return before, number, behind, is_slip


def _slip(random: Random, reading: Reading, warehouse: Warehouse, catalogue: Catalogue) -> float:
    """Return another value: one more, ten times, two digits swapped, or that of another year."""
    value = reading.value or 0.0
    others = [value * 10, value * 1.13]
    if reading.measure != PERCENT and reading.measure != MONEY:
        others += [value + 1, value - 1 if value > 1 else value + 2, value + 9]
    for year in ("2008", "2009"):
        other = _readings(warehouse, catalogue, reading.unit, parse_span(year))[reading.indicator]
        if other.value and abs(other.value - value) > 0.02 * value:
            others.append(other.value)
    if reading.measure == PERCENT:
        others = [other if other <= 1 else value - 0.1 for other in others if abs(other - value) > 0.02]
        others = [other for other in others if 0 < other <= 1] or [value / 2]
    chosen = random.choice(others)
    return (
        chosen if reading.measure in (PERCENT, MONEY) else float(round(chosen) if round(chosen) != value else value + 1)
    )


def _written(random: Random, value: float, measure: str, *, exact: bool) -> str:
    exactly = Decimal(str(value))
    if measure == PERCENT:
        places = random.choice((1, 1, 2, 0))
        return f"{round(exactly * 100, places)}%" if places else f"{round(exactly * 100, 1)}%"
    if measure == MONEY:
        return _money(random, exactly, exact)
    word = measure.split("/")[0]
    if value != int(value):
        return f"{round(exactly, 2)}{word}"
    number = int(value)
    ways = [f"{number}{word}", f"{number:,}{word}", f"{number}{word}"]
    if number <= 20:
        ways.append(say_numeral(number, word))
    if number >= 10_000:
        ways.append(f"{round(exactly / 10_000, 2)}万{word}" if not exact else f"{number}{word}")
    if not exact and number >= 100:
        ways += [f"{number // 10 * 10}多{word}" if number % 10 else f"{number}{word}"]
        ways += [f"超过{number // 10 * 10}{word}" if number % 10 else f"{number}{word}"]
        ways += [f"近{(number // 10 + 1) * 10}{word}"]
    return random.choice(ways)


def _money(random: Random, value: Decimal, exact: bool) -> str:
    if value >= 10_000 and (exact or random.random() < 0.8):
        return f"{bare_digits(round(value / 10_000, 2 if not exact else 4))}万元"
    return f"{bare_digits(round(value, 2))}元"


@dataclass
class Outcome:
    """What came of drafts: slips that were told and missed, right numbers that were blamed, and how many there were."""

    told: int = 0
    right: int = 0
    agreed: int = 0
    missed: list[str] = field(default_factory=list)
    blamed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.told / (self.told + len(self.blamed)) if self.told else 0.0

    @property
    def recall(self) -> float:
        return self.told / (self.told + len(self.missed)) if self.told else 0.0


def outcome_of(drafts: Iterable[GeneratedDraft], asked: AskedOfData) -> Outcome:
    """Return what the product says of drafts."""
    outcome = Outcome()
    for draft in drafts:
        _compare(draft, judged(draft.text, asked), outcome)
    return outcome


def _compare(draft: GeneratedDraft, verdicts: Sequence[JudgedNumber], outcome: Outcome) -> None:
    lines = draft.text.split("\n")
    for number in verdicts:
        place = number.phrase.place
        told = next((each for each in draft.numbers if each.holds(place)), None)
        flag = number.verdict in TO_MEND
        line = f"{number.phrase.text} | {lines[place.paragraph]} | {number.reason}"
        if told is None or not told.slip:
            outcome.right += told is not None
            outcome.agreed += number.verdict is ClaimVerdict.AGREES
            outcome.blamed += [line] if flag else []
        elif flag:
            outcome.told += 1
        else:
            outcome.missed.append(line)
