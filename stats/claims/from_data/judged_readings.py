"""Judged readings: a number that tells what was done or is, against the readings that it may tell of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from stats.claims.from_data.claimed_indicators import ClaimedIndicator, wording_of
from stats.claims.from_data.data_verdict import DataVerdict
from stats.claims.from_data.own_words import OwnWords
from stats.claims.from_data.times_in_force import TimeInForce
from stats.claims.from_data.told_readings import ToldReadings, difference, is_only_reached, say_time, states
from stats.claims.from_data.units_in_force import UnitInForce
from stats.claims.phrases.phrase_model import Amount, NumberPhrase
from stats.readings import Reading

NOT_KEPT = "库里没有这个数。"
_CLOSE = 0.5  # candidates whose score is by no more behind the best may be meant as well
_LISTED = 3
_FAR = Decimal("0.1")
_ROUND = Decimal("0.05")
_HALF = 2
_CUT_OFF = 1000  # below, nobody cuts a number off
_MEASURES = ({"person", "person_time"}, {"person", "household"}, {"household", "person_time"})


@dataclass(kw_only=True, frozen=True)
class ToldNumber:
    """A number of a draft with all that it may tell: its words, its indicators, its time and its organisation.

    One that is not `named` has but a label, and its indicators by what stands before it.
    """

    phrase: NumberPhrase
    amount: Amount
    words: OwnWords
    candidates: tuple[ClaimedIndicator, ...]
    time: TimeInForce
    unit: UnitInForce
    named: bool = True

    @property
    def wording(self) -> str:
        """Return the words by which a choice of its indicator is remembered; none of a label, as wholes differ."""
        return wording_of(self.words, self.amount) if self.named else ""

    @property
    def sure(self) -> list[ClaimedIndicator]:
        """Return the indicators in its measure of which its words are a sentence."""
        return [each for each in self.candidates if each.sure and each.fits]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the codes of the indicators in its measure."""
        return tuple(each.indicator for each in self.candidates if each.fits)


def judge_by_readings(number: ToldNumber, readings: ToldReadings) -> DataVerdict:
    """Return the verdict on a number that tells what was done or what there is."""
    if not number.candidates:
        return DataVerdict(reason=NOT_KEPT, wording=number.wording)
    if not number.unit.units:
        return DataVerdict(candidates=number.names, reason="说的是别的单位，没有核对。")
    if not number.time.spans:
        return DataVerdict(candidates=number.names, reason="说的是别的时间，没有核对。")
    near = number.sure or [each for each in number.candidates if each.fits]
    near = [each for each in near if each.score >= near[0].score - _CLOSE]
    agreeing = next((each for each in _readings(number, near, readings) if _is_stated(number, each, readings)), None)
    if agreeing:
        return _far_below(number, agreeing, readings) or _agreeing(agreeing, readings)
    if number.sure:
        return _differing(number, readings)
    return _in_another_measure(number, readings) or _unsure(number, readings)


def _readings(number: ToldNumber, candidates: Sequence[ClaimedIndicator], readings: ToldReadings) -> Iterator[Reading]:
    """Yield what the candidates are for each organisation and span of which the number may tell."""
    codes = [each.indicator for each in candidates]
    for unit, span in product(number.unit.units, number.time.spans):
        yield from readings.of(codes, unit, span)


def _is_stated(number: ToldNumber, reading: Reading, readings: ToldReadings) -> bool:
    return states(number.phrase, reading, readings.asked.catalogue)


def _agreeing(reading: Reading, readings: ToldReadings) -> DataVerdict:
    written = readings.written(reading)
    whose = f"{reading.unit_name}，" if reading.unit != readings.asked.unit else ""
    return DataVerdict(
        indicator=reading.indicator,
        span=reading.span,
        unit=reading.unit,
        agrees=True,
        expected=written,
        reason=f"{whose}{reading.name}，{say_time(reading)}：{written}，相符。",
    )


def _differing(number: ToldNumber, readings: ToldReadings) -> DataVerdict:
    """Return the verdict on a number that none of its indicators has: wrong where it can be one figure alone."""
    known = [each for each in _readings(number, number.sure, readings) if each.value is not None]
    if not known:
        (first, *_) = _readings(number, number.sure[:1], readings)
        reason = f"{first.name}，{say_time(first)}没有数据，没有核对。"
        return DataVerdict(indicator=first.indicator, unit=first.unit, candidates=number.names, reason=reason)
    indicators = tuple(dict.fromkeys(each.indicator for each in known))
    if len(indicators) > 1:
        return _asked(number, known, indicators, readings)
    reading, written = known[0], readings.written(known[0])
    explained = readings.explaining(number.phrase, reading)
    other_base = explained.startswith("按")
    whose = f"{reading.unit_name}，" if reading.unit != readings.asked.unit else ""
    reason = f"{whose}{reading.name}，{say_time(reading)}应是{written}（口径：{reading.base}{_lacking(reading)}）。"
    return DataVerdict(
        indicator=reading.indicator,
        span=reading.span,
        unit=reading.unit,
        agrees=False,
        expected=written,
        difference=difference(number.amount, reading, readings.asked.catalogue),
        reason=f"{reason}{f'文中写的{number.phrase.text}：{explained}。' if explained else ''}",
        certain=number.time.sure and number.unit.sure and not (other_base or _lacking(reading)),
        candidates=indicators,
        wording=number.wording,
    )


def _lacking(reading: Reading) -> str:
    missing = reading.expected - reading.reported
    return f"；{reading.expected}家应报，还有{missing}家未报" if missing > 0 else ""


def _asked(
    number: ToldNumber, known: Sequence[Reading], indicators: tuple[str, ...], readings: ToldReadings
) -> DataVerdict:
    first = {reading.indicator: reading for reading in reversed(known)}
    listed = "，或是".join(f"{first[code].name}（{readings.written(first[code])}）" for code in indicators[:_LISTED])
    ask = "请选定说的是哪一个。" if number.named else "请写明说的是哪一个。"
    return DataVerdict(
        span=known[0].span,
        agrees=False,
        reason=f"文中写的{number.phrase.text}可能是{listed}，都不相符。{ask}",
        certain=False,
        candidates=indicators,
        wording=number.wording,
    )


def _unsure(number: ToldNumber, readings: ToldReadings) -> DataVerdict:
    names = number.names
    if not names:
        return DataVerdict(reason=NOT_KEPT, wording=number.wording)
    indicators = readings.asked.catalogue.indicators
    likely = "、".join(indicators[code].name for code in names[:_LISTED])
    reason = f"可能是{likely}，认不准，没有核对。请选定说的是哪一个。"
    return DataVerdict(candidates=names, reason=reason, wording=number.wording)


def _in_another_measure(number: ToldNumber, readings: ToldReadings) -> DataVerdict | None:
    """Return the verdict on a right number with the measure word of another one: 人 for 人次."""
    others = [each for each in number.candidates if each.sure and not each.fits]
    for reading in _readings(number, others, readings):
        if number.amount.counted in ("person", "person_time", "household") and _is_stated(number, reading, readings):
            reason = f"{reading.name}的计量单位是“{reading.measure}”，文中写的是“{number.amount.measure}”。"
            return DataVerdict(
                indicator=reading.indicator,
                span=reading.span,
                unit=reading.unit,
                agrees=False,
                expected=readings.written(reading),
                reason=reason,
                certain=False,
                wording=number.wording,
            )
    return None


def _far_below(number: ToldNumber, reading: Reading, readings: ToldReadings) -> DataVerdict | None:
    """Return the verdict on a bound that holds, but is none that anybody sets: 58%以上 or 81%以上 of 82.3%."""
    amount = number.amount
    if (
        amount.comparator not in (">=", ">")
        or reading.value is None
        or _bounds_well(amount, number.phrase.text, reading)
    ):
        return None
    written = readings.written(reading)
    return DataVerdict(
        indicator=reading.indicator,
        span=reading.span,
        unit=reading.unit,
        agrees=False,
        expected=written,
        reason=f"{reading.name}是{written}，文中的“{number.phrase.text}”说得不准。",
        certain=False,
        wording=number.wording,
    )


def _bounds_well(amount: Amount, text: str, reading: Reading) -> bool:
    """Return whether a bound is round and near, or the value itself cut off."""
    value, is_reached = Decimal(str(reading.value)), is_only_reached(text)
    if is_reached and (amount.decimals or (amount.kind == "amount" and not amount.scaled and value < _CUT_OFF)):
        return value - amount.value < amount.step
    if amount.kind != "percent":
        return value - amount.value < amount.round_step if is_reached else amount.value * _HALF > value
    round_one = amount.value % _ROUND == 0 and value - amount.value < _FAR
    return round_one or value - amount.value < amount.step
