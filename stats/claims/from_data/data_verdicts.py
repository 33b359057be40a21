"""Verdicts by the data: a number of a draft against the reading or the target that it tells of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from base.periods import Span, say_span, year_of
from stats.catalogue import Catalogue
from stats.claims.checks import CheckedDraft
from stats.claims.checks.check_words import has_any
from stats.claims.checks.intervals import interval_of, is_exact
from stats.claims.from_data.claimed_indicators import ClaimedIndicator, candidates_for
from stats.claims.from_data.known_sentences import source_words
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.phrase_model import NumberPhrase, Place
from stats.judging.targets import Target, read_targets
from stats.readings import Reading, read
from stats.readings.sentences import say_reading
from stats.warehouse import Warehouse

_CHANGES = {"abs_change", "pct_change", "pp_change", "pp_difference", "from_to", "multiple", "proportion", "average"}
_HEADING = 30  # characters of a heading
_STOPS = "。；！？\n"
_CLOSE = 0.5  # candidates whose score is by no more behind the best may be meant as well
_SURE = 0.9
_FAR = Decimal("0.1")


@dataclass(frozen=True)
class AskedOfData:
    """For whom and when a draft tells its figures."""

    warehouse: Warehouse
    catalogue: Catalogue
    unit: str
    span: Span


@dataclass(kw_only=True, frozen=True)
class DataVerdict:
    """What the data say of a number: the figure it is, whether they `agree` (None: not judged), and why.

    Of what is not `certain` the number may be right as it is written.
    """

    indicator: str = ""
    span: str = ""
    agrees: bool | None = None
    expected: str = ""
    reason: str = ""
    certain: bool = True
    candidates: tuple[str, ...] = ()


def judge_by_data(checked: CheckedDraft, asked: AskedOfData) -> dict[Place, DataVerdict]:
    """Return what the data say of the figures of a draft, by their places."""
    readings: dict[str, Reading] = {}
    verdicts: dict[Place, DataVerdict] = {}
    for paragraph, plans in _with_heading(checked):
        for phrase in paragraph.phrases:
            if phrase.is_figure and phrase.name not in _CHANGES:
                candidates = candidates_for(phrase, paragraph, asked.catalogue)
                _read_missing(readings, candidates, asked)
                planned = plans or phrase.name == "target"
                verdicts[phrase.place] = (
                    _by_targets(phrase, candidates, asked)
                    if planned
                    else _by_readings(phrase, paragraph, candidates, readings, asked)
                )
    return verdicts


def _with_heading(checked: CheckedDraft) -> Iterator[tuple[ReadParagraph, bool]]:
    """Yield the paragraphs, each with whether it stands where a draft tells what is to be done."""
    words, plans = source_words(), False
    for paragraph in checked.paragraphs:
        if len(paragraph.text) <= _HEADING and "。" not in paragraph.text:
            plans = has_any(paragraph.text, words.plan_headings) or (
                plans and not has_any(paragraph.text, words.past_headings)
            )
        yield paragraph, plans


def _read_missing(readings: dict[str, Reading], candidates: Iterable[ClaimedIndicator], asked: AskedOfData) -> None:
    missing = [each.indicator for each in candidates if each.indicator not in readings]
    if missing:
        new_readings = read(asked.warehouse, asked.catalogue, asked.unit, asked.span, missing)
        readings.update({reading.indicator: reading for reading in new_readings})


def _by_readings(
    phrase: NumberPhrase,
    paragraph: ReadParagraph,
    candidates: Sequence[ClaimedIndicator],
    readings: dict[str, Reading],
    asked: AskedOfData,
) -> DataVerdict:
    names = tuple(each.indicator for each in candidates)
    if not candidates:
        return _in_another_measure(phrase, paragraph, readings, asked) or DataVerdict(reason="库里没有这个数。")
    if _is_of_another_span(phrase, paragraph):
        return DataVerdict(candidates=names, reason="说的是别的时间，没有核对。")
    near = [each for each in candidates if each.score >= candidates[0].score - _CLOSE]
    for each in near if not near[0].sure else [each for each in near if each.sure]:
        if _states(phrase, readings[each.indicator], asked.catalogue):
            return _far_below(phrase, readings[each.indicator], asked) or _agreeing(readings[each.indicator], asked)
    return _differing(candidates, readings, names, asked)


def _in_another_measure(
    phrase: NumberPhrase, paragraph: ReadParagraph, readings: dict[str, Reading], asked: AskedOfData
) -> DataVerdict | None:
    """Return the verdict on a right number with the measure word of another one: 人 for 人次."""
    others = candidates_for(phrase, paragraph, asked.catalogue, same_measure=False)
    _read_missing(readings, others, asked)
    for each in others:
        reading, amount = readings[each.indicator], phrase.amount
        plain = amount and amount.kind == "amount" and reading.value is not None and not amount.scaled
        if amount and plain and each.sure and amount.value == Decimal(str(reading.value)):
            reason = f"{reading.name}的计量单位是“{reading.measure}”，文中写的是“{amount.measure}”。"
            written = say_reading(reading, asked.catalogue.indicators[each.indicator])
            return DataVerdict(
                indicator=each.indicator,
                span=reading.span,
                agrees=False,
                expected=written,
                reason=reason,
                certain=False,
            )
    return None


def _far_below(phrase: NumberPhrase, reading: Reading, asked: AskedOfData) -> DataVerdict | None:
    """Return the verdict on a bound that holds, but says far less than is true: 58%以上 of 85%."""
    amount = phrase.amount
    if amount is None or amount.kind != "percent" or amount.comparator != ">=" or reading.value is None:
        return None
    if Decimal(str(reading.value)) - amount.value < _FAR:
        return None
    written = say_reading(reading, asked.catalogue.indicators[reading.indicator])
    reason = f"{reading.name}是{written}，文中的“{phrase.text}”低了很多。"
    return DataVerdict(
        indicator=reading.indicator, span=reading.span, agrees=False, expected=written, reason=reason, certain=False
    )


def _agreeing(reading: Reading, asked: AskedOfData) -> DataVerdict:
    written = say_reading(reading, asked.catalogue.indicators[reading.indicator])
    reason = f"{reading.name}，{say_span(asked.span)}：{written}，相符。"
    return DataVerdict(indicator=reading.indicator, span=reading.span, agrees=True, expected=written, reason=reason)


def _differing(
    candidates: Sequence[ClaimedIndicator], readings: Mapping[str, Reading], names: tuple[str, ...], asked: AskedOfData
) -> DataVerdict:
    """Return the verdict on a number that no candidate has: wrong only where it can be one figure alone."""
    best, lead = candidates[0], source_words().least_lead
    reading = readings[best.indicator]
    single = len(candidates) == 1 or best.score - candidates[1].score >= lead
    if reading.value is None:
        return DataVerdict(indicator=best.indicator, candidates=names, reason=f"{reading.name}没有数据，没有核对。")
    if not (single and best.sure and best.score >= _SURE):
        likely = "、".join(readings[name].name for name in names[:3])
        return DataVerdict(candidates=names, reason=f"可能是{likely}，认不准，没有核对。")
    written = say_reading(reading, asked.catalogue.indicators[best.indicator])
    reason = f"{reading.name}，{say_span(asked.span)}应是{written}（{reading.base}）。"
    return DataVerdict(
        indicator=best.indicator, span=reading.span, agrees=False, expected=written, reason=reason, candidates=names
    )


def _is_of_another_span(phrase: NumberPhrase, paragraph: ReadParagraph) -> bool:
    """Return whether the sentence of a number tells of another time than the whole span."""
    amount = phrase.amount
    end = amount.start if amount else 0
    sentence = paragraph.text[max(paragraph.text.rfind(stop, 0, end) for stop in _STOPS) + 1 : end]
    dated = any(
        other.mark and other.mark.date and other.mark.date.year and other.text in sentence
        for other in paragraph.phrases
    )
    return dated or has_any(sentence, source_words().other_spans)


def _states(phrase: NumberPhrase, reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether a number tells the value of a reading, rounded or bounded as its words say."""
    amount = phrase.amount
    if amount is None or reading.value is None:
        return False
    factor = catalogue.spellings(catalogue.indicators[reading.indicator]).get(amount.measure, 1.0)
    value = Decimal(str(reading.value)) / Decimal(str(factor))
    interval = interval_of(amount, phrase.text)
    low = amount.value if amount.comparator in (">=", ">") else interval.low
    cut_off = amount.comparator == "=" and not is_exact(amount)
    return low <= value <= interval.high and not (cut_off and value == interval.high)


def _by_targets(phrase: NumberPhrase, candidates: Sequence[ClaimedIndicator], asked: AskedOfData) -> DataVerdict:
    """Return the verdict on a number that tells what is to be reached, by the register of targets."""
    goals = [goal for goal in _goals(asked) if goal.indicator in {each.indicator for each in candidates}]
    names = tuple(each.indicator for each in candidates)
    agreeing = next((goal for goal in goals if _is_set(phrase, goal)), None)
    if agreeing:
        name = asked.catalogue.indicators[agreeing.indicator].name
        reason = f"{name}，{agreeing.year}年的目标，与登记的相符。"
        return DataVerdict(indicator=agreeing.indicator, span=str(agreeing.year), agrees=True, reason=reason)
    best = [goal for goal in goals if candidates and goal.indicator == candidates[0].indicator]
    if len({goal.value for goal in best}) == 1 and candidates[0].sure and candidates[0].score >= _SURE:
        return _other_target(best[0], names, asked)
    return DataVerdict(candidates=names, reason="目标登记里没有这个数。")


def _other_target(goal: Target, names: tuple[str, ...], asked: AskedOfData) -> DataVerdict:
    name, unit = (
        asked.catalogue.indicators[goal.indicator].name,
        asked.catalogue.unit_of(asked.catalogue.indicators[goal.indicator]),
    )
    value = Decimal(str(goal.value)) * (100 if unit == "%" else 1)
    written = f"{value.normalize():f}{unit}"
    reason = f"{name}，{goal.year}年的目标登记的是{written}。"
    return DataVerdict(
        indicator=goal.indicator, span=str(goal.year), agrees=False, expected=written, reason=reason, candidates=names
    )


def _goals(asked: AskedOfData) -> Iterator[Target]:
    """Yield the targets with a number that are set for the unit and the last year of the span or a later one."""
    for goal in read_targets(asked.warehouse, asked.catalogue):
        if goal.unit == asked.unit and goal.year >= year_of(asked.span.last) and goal.value is not None:
            yield goal


def _is_set(phrase: NumberPhrase, goal: Target) -> bool:
    amount = phrase.amount
    if amount is None or goal.value is None:
        return False
    value, high = Decimal(str(goal.value)), Decimal(str(goal.high if goal.high is not None else goal.value))
    return amount.value == value and (amount.upper or amount.value) == high
