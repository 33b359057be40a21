"""Derived values: numbers that others of a sentence determine: what is left, what was before, the other share."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from stats.claims.checks.change_checks import plain_change
from stats.claims.checks.check_model import (
    CheckedFigure,
    ParagraphToCheck,
    TextCheck,
    check_value,
    judged,
    say_amount,
    say_share,
)
from stats.claims.checks.check_words import check_words, has_any
from stats.claims.checks.intervals import Interval

_ENDS = "。；！？\n"
_SIGNS = "，、（：；"
_LINKS = ("", "为", "是", "只有", "的")
_ALL_THERE_IS = Interval(Decimal(1), Decimal(1))
_ANOTHER_BASE = "如果分母不是这一个，请写明"
_LONGEST = 8  # characters of a label behind which a value of before stands
_CHANGED = {"abs_change", "pct_change", "pp_change", "average"}
_COMPARED = ("比", "较", "在")


def check_derived(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield the checks of values that follow from those before them."""
    figures = paragraph.figures
    for first, second in pairwise(figures):
        if paragraph.are_in_one_sentence(first, second, _ENDS):
            yield from _other_share(paragraph, first, second)
            yield from _bracketed(paragraph, first, second)
    for first, second, third in zip(figures, figures[1:], figures[2:], strict=False):
        if paragraph.are_in_one_sentence(first, third, _ENDS):
            yield from _left_over(first, second, third)
            yield from _share_of_named(first, second, third)
            yield from _rate_by_name(first, second, third)
            yield from _value_before(first, second, third)
            yield from _change_from_named(first, second, third)


def _other_share(paragraph: ParagraphToCheck, first: CheckedFigure, second: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of two shares that are all there is: 男会员占58.8%，女会员占41.2%."""
    labels = [figure.before.lstrip(_SIGNS).removeprefix("其中") for figure in (first, second)]
    shares = all(figure.phrase.name in ("share", "respectively") for figure in (first, second))
    if not shares or not all("占" in label for label in labels) or paragraph.between(first, second)[:1] not in _SIGNS:
        return
    for pair in check_words().complements:
        for first_word, second_word in (pair, pair[::-1]):
            if _are_of_one(labels, (first_word, second_word)):
                exact = 1 - first.amount.value
                proof = f"100%减{first.phrase.text}是{say_share(exact)}"
                yield check_value("share", second, _ALL_THERE_IS - first.rounded, exact, proof, [first])


def _are_of_one(labels: Sequence[str], words: tuple[str, str]) -> bool:
    """Return whether two labels say the same of the two: 男会员占 and 女会员占."""
    rests = {label.removeprefix(word).partition("占")[0] for label, word in zip(labels, words, strict=True)}
    return len(rests) == 1 and all(label.startswith(word) for label, word in zip(labels, words, strict=True))


def _bracketed(paragraph: ParagraphToCheck, first: CheckedFigure, second: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a bound with the exact value in brackets behind it: 近八成（78.6%）."""
    is_bound = first.amount.comparator not in ("=",) and first.amount.upper is None
    if (
        is_bound
        and first.is_like(second)
        and second.amount.comparator == "="
        and paragraph.between(first, second) == "（"
    ):
        holds = first.interval.meets(second.interval)
        proof = f"{second.phrase.text}不合前面说的{first.phrase.text}" if not holds else f"{first.phrase.text}"
        yield judged("bound", second, holds, "", proof, [first])


def _left_over(income: CheckedFigure, spent: CheckedFigure, left: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of what is left: 收入86.4万元，支出72.1万元，结余14.3万元."""
    words = check_words()
    named = left.before.strip(_SIGNS) in words.left_over and has_any(income.before, words.received)
    if named and has_any(spent.before, words.spent) and income.is_like(spent) and income.is_like(left):
        exact = income.amount.value - spent.amount.value
        proof = f"{income.phrase.text}减{spent.phrase.text}是{say_amount(exact, left.amount)}"
        yield check_value("change", left, (income.interval - spent.interval).size(), exact, proof, [income, spent])


def _share_of_named(part: CheckedFigure, whole: CheckedFigure, share: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a share of a whole that is named with its value: 228家，占企业总数240家的95%."""
    is_named = whole.before.lstrip(_SIGNS).startswith("占") and share.before == "的" and share.amount.kind == "percent"
    quotient = part.interval.over(whole.interval) if is_named and part.is_like(whole) else None
    if quotient is not None and part.amount.kind == "amount":
        value = part.amount.value / whole.amount.value
        proof = f"{part.phrase.text}除以{whole.phrase.text}是{say_share(value)}"
        yield check_value("share", share, quotient, value, proof, [part, whole])


def _rate_by_name(whole: CheckedFigure, part: CheckedFigure, rate: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a rate whose part and whole are told before it: 职工4.5万人，会员3.6万人，入会率80%."""
    label = rate.before.strip(_SIGNS)
    for words in check_words().rates_of:
        named = label in (words.rate, f"{words.rate}为", f"{words.rate}是") and rate.amount.kind == "percent"
        if named and has_any(part.before, words.part) and has_any(whole.before, words.whole) and part.is_like(whole):
            quotient = part.interval.over(whole.interval)
            if quotient is not None and not has_any(whole.before, words.part):
                value = part.amount.value / whole.amount.value
                proof, others = f"{part.phrase.text}除以{whole.phrase.text}是{say_share(value)}", [part, whole]
                holds = quotient.meets(rate.interval)
                yield judged("share", rate, holds, say_share(value), proof, others, value, _ANOTHER_BASE)


def _value_before(now: CheckedFigure, change: CheckedFigure, before: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a value that was before: 1200人次，同比增长20%，去年为1000人次."""
    label = before.before.lstrip(_SIGNS)
    base = next((word for word in check_words().base_words if label.startswith(word)), None)
    if base is None or label.removeprefix(base) not in _LINKS or not now.is_like(before):
        return
    if not plain_change(True).fullmatch(change.before):
        return
    if now.phrase.name in _CHANGED or change.phrase.name not in _CHANGED or now.amount.kind == "points":
        return
    was = _before(now, change)
    if was is not None:
        exact, interval = was
        proof = f"{now.phrase.text}、变化{change.phrase.text}，原来是{say_amount(exact, before.amount)}"
        yield check_value("change", before, interval, exact, proof, [now, change])


def _before(now: CheckedFigure, change: CheckedFigure) -> tuple[Decimal, Interval] | None:
    """Return what a value was before a change; None where the change is of another kind."""
    value, signed = abs(now.amount.value), change.amount.value
    if (
        change.is_like(now)
        and now.amount.kind == "amount"
        or (change.amount.kind, now.amount.kind) == ("points", "percent")
    ):
        return value - signed, now.interval - change.interval if signed > 0 else now.interval + change.interval
    if change.amount.kind == "percent" and now.amount.kind == "amount" and signed > -1:
        low, high = change.interval.low, change.interval.high
        grown = Interval(1 + low, 1 + high) if signed > 0 else Interval(1 - high, 1 - low)
        interval = now.interval.over(grown)
        return (value / (1 + signed), interval) if interval else None
    return None


def _change_from_named(now: CheckedFigure, before: CheckedFigure, change: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a change from a value that is named: 38124人，比上年末的36308人增加1816人."""
    label = before.before.lstrip(_SIGNS)
    compared = label.startswith(_COMPARED) and has_any(label, check_words().base_words) and len(label) <= _LONGEST
    alike = now.is_like(before) and before.is_like(change) and now.amount.kind == "amount"
    plain = plain_change(False).fullmatch(change.before)
    if compared and alike and plain and change.phrase.name == "abs_change" and now.phrase.name not in _CHANGED:
        exact = now.amount.value - before.amount.value
        proof = f"{now.phrase.text}减{before.phrase.text}是{say_amount(exact, now.amount)}"
        if exact * change.amount.value > 0:
            exact = abs(exact)
            yield check_value("change", change, (now.interval - before.interval).size(), exact, proof, [now, before])
