"""Target verdicts: a number that tells what is to be reached, against the register of targets."""

from collections.abc import Iterator
from decimal import Decimal

from base.periods import year_of
from stats.claims.from_data.data_verdict import DataVerdict
from stats.claims.from_data.judged_readings import ToldNumber
from stats.claims.from_data.told_readings import AskedOfData, ToldReadings
from stats.claims.phrases.phrase_model import Amount
from stats.judging.targets import Target, read_targets

NOT_SET = "目标登记里没有这个数。"


def judge_by_targets(number: ToldNumber, readings: ToldReadings) -> DataVerdict:
    """Return the verdict on a number that tells what is to be reached, by the register of targets."""
    asked = readings.asked
    known = {each.indicator for each in number.candidates if each.fits}
    goals = [goal for goal in goals_of(asked) if goal.indicator in known]
    agreeing = next((goal for goal in goals if _is_set(number.amount, goal)), None)
    if agreeing:
        return agreeing_target(agreeing, asked)
    best = [goal for goal in goals if goal.indicator in {each.indicator for each in number.sure}]
    if len({(goal.indicator, goal.value) for goal in best}) == 1:
        return _other_target(best[0], number, asked)
    return DataVerdict(candidates=number.names, reason=NOT_SET, of_target=True)


def agreeing_target(goal: Target, asked: AskedOfData) -> DataVerdict:
    """Return the verdict that a target is registered."""
    name = asked.catalogue.indicators[goal.indicator].name
    reason = f"{name}，{goal.year}年的目标，与登记的相符。"
    return DataVerdict(
        indicator=goal.indicator, span=str(goal.year), unit=goal.unit, agrees=True, reason=reason, of_target=True
    )


def _other_target(goal: Target, number: ToldNumber, asked: AskedOfData) -> DataVerdict:
    entry = asked.catalogue.indicators[goal.indicator]
    unit = asked.catalogue.unit_of(entry)
    value = Decimal(str(goal.value)) * (100 if unit == "%" else 1)
    written = f"{value.normalize():f}{unit}"
    return DataVerdict(
        indicator=goal.indicator,
        span=str(goal.year),
        unit=goal.unit,
        agrees=False,
        expected=written,
        reason=f"{entry.name}，{goal.year}年的目标登记的是{written}。",
        candidates=number.names,
        of_target=True,
    )


def goals_of(asked: AskedOfData) -> Iterator[Target]:
    """Yield the targets that are set for the unit and the last year of the span or a later one."""
    for goal in read_targets(asked.warehouse, asked.catalogue):
        if goal.unit == asked.unit and goal.year >= year_of(asked.span.last):
            yield goal


def _is_set(amount: Amount, goal: Target) -> bool:
    if goal.value is None:
        return False
    value, high = Decimal(str(goal.value)), Decimal(str(goal.high if goal.high is not None else goal.value))
    return amount.value == value and (amount.upper or amount.value) == high
