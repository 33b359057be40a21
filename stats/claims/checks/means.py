"""Means: an amount over what it was paid or done for, a day's number over a year, and slips of the unit."""

from collections.abc import Iterator
from decimal import Decimal

from stats.claims.checks.check_model import CheckedFigure, ParagraphToCheck, TextCheck, judged, say_amount
from stats.claims.checks.check_words import check_words, has_any
from stats.claims.checks.intervals import Interval
from stats.claims.grammar.words import Words
from stats.claims.phrases.classes_of_amounts import is_oversized
from stats.claims.phrases.phrase_model import MONEY

_ENDS = "。；！？\n"
_VERB = 4  # characters between 日 and the number: 日服务
_DAYS = ((240, 262), (300, 314), (354, 376))
_CLOSE = Decimal("0.95")  # 近 of a whole year
_STANDARD = "如果写的是标准、不是平均数，请写明"
_NO_MEAN = "如果每天的数不是全年平均，请写明"
_PEOPLE = ("person", "person_time")
_SLIP = Decimal(10**4)


def check_means(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield the checks of means in a paragraph."""
    for figure in paragraph.figures:
        if figure.amount.kind == "amount" and figure.amount.upper is None:
            yield from _mean(paragraph, figure)
            yield from _daily(paragraph, figure)
            yield from _slip(paragraph, figure)


def _mean(paragraph: ParagraphToCheck, mean: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a mean by the amount and the number told right before it."""
    words = check_words()
    of = next((each.of for each in words.means if _is_of_all(mean.before, each.words)), None)
    if of is None or mean.index < 2 or has_any(mean.before, ("增加", "减少", "比", "较")):
        return
    pair = paragraph.figures[mean.index - 2 : mean.index]
    amount = next((figure for figure in pair if figure.amount.counted == mean.amount.counted), None)
    number = next((figure for figure in pair if figure.amount.counted in of), None)
    if amount is None or number is None or amount is number:
        return
    monthly = has_any(mean.before, words.months) and number.amount.counted != "person_time"
    if (
        monthly
        or not paragraph.are_in_one_sentence(pair[0], mean, _ENDS)
        or pair[0].phrase.name in ("abs_change", "average")
    ):
        return
    quotient = amount.interval.over(number.interval)
    if quotient is not None:
        value = amount.amount.value / number.amount.value
        proof = f"{amount.phrase.text}除以{number.phrase.text}是{say_amount(value, mean.amount)}"
        holds, expected = quotient.meets(_lenient(mean)), say_amount(value, mean.amount)
        yield judged("mean", mean, holds, expected, proof, pair, value, doubt=_STANDARD)


def _is_of_all(before: str, words: Words) -> bool:
    """Return whether a mean is told of what stands before it, and not of a part of it: 其中困难职工人均."""
    word = next((word for word in words if word in before), "")
    return bool(word) and before.partition(word)[0].strip("，、（") in check_words().before_means


def _lenient(mean: CheckedFigure) -> Interval:
    """Return the values of a mean, which is rounded or cut off in whole 元 too, as is one that a bound is told of."""
    interval, step = mean.interval, mean.amount.step
    if mean.amount.decimals or mean.amount.comparator not in (">", ">=", "="):
        return interval
    return Interval(interval.low - step / 2, interval.high + (step if mean.amount.comparator == "=" else 0))


def _daily(paragraph: ParagraphToCheck, day: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a year's number by a day's number of the same thing."""
    words = check_words()
    word = next((word for word in sorted(words.daily, key=len, reverse=True) if word in day.before), "")
    verb = day.before.rpartition(word)[2] if word else ""
    if day.phrase.name != "average" or not verb or len(verb) > _VERB:
        return
    for year in paragraph.figures[max(0, day.index - 2) : day.index + 3]:
        if year is not day and year.is_like(day) and verb in year.before and has_any(year.before, words.yearly):
            yield from _year_of(day, year)


def _year_of(day: CheckedFigure, year: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a year by its days: all of them, those without Sundays, or those of work."""
    if year.phrase.name == "average":
        return
    year_told = year.interval
    if year.amount.comparator == "<~":
        year_told = Interval(year.amount.value * _CLOSE, year.amount.value)
    days = year_told.over(day.interval)
    holds = days is None or any(days.meets(Interval(Decimal(low), Decimal(high))) for low, high in _DAYS)
    reached = day.amount.value * 365
    proof = f"每天{say_amount(day.amount.value, day.amount)}，一年365天是{say_amount(reached, year.amount)}"
    yield judged("daily", year, holds, say_amount(reached, year.amount), proof, [day], reached, doubt=_NO_MEAN)


def _slip(paragraph: ParagraphToCheck, money: CheckedFigure) -> Iterator[TextCheck]:
    """Yield an amount that is too large for the people told beside it, and would not be in 元."""
    if money.amount.counted != MONEY or not money.amount.scaled:
        return
    neighbours = [figure for figure in (_at(paragraph, money.index - 1), _at(paragraph, money.index + 1)) if figure]
    people = next((figure for figure in neighbours if figure.amount.counted in _PEOPLE), None)
    if people is None or people.amount.value <= 0:
        return
    first, second = sorted((people, money), key=lambda figure: figure.index)
    head = money.amount.value / people.amount.value
    if (
        head > check_words().most_a_head
        and paragraph.are_in_one_sentence(first, second, _ENDS)
        and is_oversized(money.amount)
    ):
        without = head / _SLIP
        proof = f"按{people.phrase.text}算，每人{round(head)}元；单位如果是元，每人{round(without, 2)}元"
        yield judged("unit", money, False, "", proof, [people])


def _at(paragraph: ParagraphToCheck, index: int) -> CheckedFigure | None:
    return paragraph.figures[index] if 0 <= index < len(paragraph.figures) else None
