"""A scheme's rules: for each kind the words and the formula for the points, side by side."""

from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from base.formats import PERCENT, POINTS, counts, say_bound, say_step
from stats.catalogue import Catalogue
from stats.catalogue.schemes import (
    BandRule,
    Basis,
    BonusRule,
    CountRule,
    DeductionRule,
    LinearRule,
    ManualRule,
    SchemeItem,
    VetoRule,
    YesNoRule,
)

NOTHING = Decimal(0)


def say_rule(item: SchemeItem, catalogue: Catalogue) -> str:
    """Return the rule of an item as a sentence without its full stop."""
    words: Callable[..., str] = _KINDS[type(item.rule)][0]
    basis = item.basis
    return words(item, item.rule, _subject(basis, catalogue), measure_of(basis, catalogue))


def points_of(item: SchemeItem, value: Decimal) -> Decimal:
    """Return the points for a value by the item's rule, exact, within the item's bounds.

    Rates are 0–1. A yes is anything above zero. For a manual rule, an entered bonus and a deduction by listed values
    the value is the points themselves. A veto gives none: it makes the score void.
    """
    formula: Callable[..., Decimal] = _KINDS[type(item.rule)][1]
    return formula(item, item.rule, value)


def bounds_of(item: SchemeItem) -> tuple[Decimal, ...]:
    """Return the bounds that a value is compared with."""
    if isinstance(item.rule, BandRule):
        return tuple(band.least for band in item.rule.bands)
    return (item.rule.bound,) if isinstance(item.rule, LinearRule) else ()


def measure_of(basis: Basis | None, catalogue: Catalogue) -> str:
    """Return the unit of measure of the number a rule is applied to, as written on screen."""
    if basis is None:
        return ""
    if basis.of == "coverage":
        return PERCENT
    if basis.indicator:
        return catalogue.unit_of(catalogue.indicators[basis.indicator])
    return catalogue.measures[basis.measure].name


def _subject(basis: Basis | None, catalogue: Catalogue) -> str:
    if basis is None:
        return ""
    name = catalogue.indicators[basis.indicator].name if basis.indicator else basis.what
    return {"value": name, "change": f"{name}比上年的增加数", "coverage": f"{name}的报送率（已报÷应报）"}[basis.of]


def _say_bands(item: SchemeItem, rule: BandRule, subject: str, measure: str) -> str:
    texts = [f"达到{say_bound(band.least, measure)}的得{_full(band.points)}" for band in rule.bands]
    return f"{subject}{'，'.join(texts)}，不到{say_bound(rule.bands[-1].least, measure)}的不得分"


def _give_band(item: SchemeItem, rule: BandRule, value: Decimal) -> Decimal:
    return next((band.points for band in rule.bands if value >= band.least), NOTHING)


def _say_linear(item: SchemeItem, rule: LinearRule, subject: str, measure: str) -> str:
    step = say_step(rule.per, measure)
    return (
        f"{subject}达到{say_bound(rule.bound, measure)}的得{_full(item.points)}，"
        f"每低{step}扣{_full(rule.less)}，不足{step}的按比例扣，扣完为止"
    )


def _give_linear(item: SchemeItem, rule: LinearRule, value: Decimal) -> Decimal:
    short = max(NOTHING, rule.bound - value)
    return max(NOTHING, item.points - rule.less * short / rule.per)


def _say_count(item: SchemeItem, rule: CountRule, subject: str, measure: str) -> str:
    every, rest = _every(rule.per, measure)
    return f"{subject}{every}得{_full(rule.each)}，{rest}最多得{_full(item.points)}"


def _give_count(item: SchemeItem, rule: CountRule, value: Decimal) -> Decimal:
    return min(item.points, rule.each * _whole(value, rule.per))


def _say_yes_no(item: SchemeItem, rule: YesNoRule, subject: str, measure: str) -> str:
    return (
        f"{subject}大于零的得{_full(item.points)}，否则不得分" if subject else f"是的得{_full(item.points)}，否的不得分"
    )


def _give_yes_no(item: SchemeItem, rule: YesNoRule, value: Decimal) -> Decimal:
    return item.points if value > 0 else NOTHING


def _say_manual(item: SchemeItem, rule: ManualRule, subject: str, measure: str) -> str:
    hint = f"看{rule.ask}，" if rule.ask else ""
    return f"{hint}由考核人员在0至{_full(item.points)}之间评定"


def _give_entered(item: SchemeItem, rule: Any, value: Decimal) -> Decimal:
    return min(item.most, max(item.least, value))


def _say_deduction(item: SchemeItem, rule: DeductionRule, subject: str, measure: str) -> str:
    if rule.each is None:
        return f"视情形扣分，可扣{'、'.join(_full(-value) for value in rule.values)}，没有的填0"
    every, rest = _every(rule.per, measure or "次")
    return f"{subject}{every}扣{_full(rule.each)}，{rest}最多扣{_full(-item.least)}"


def _give_deduction(item: SchemeItem, rule: DeductionRule, value: Decimal) -> Decimal:
    if rule.each is None:
        return _give_entered(item, rule, value)
    return max(item.least, NOTHING - rule.each * _whole(value, rule.per))


def _say_bonus(item: SchemeItem, rule: BonusRule, subject: str, measure: str) -> str:
    if rule.each is None:
        return f"{f'{rule.ask}，' if rule.ask else ''}由考核人员加分，最多加{_full(rule.most)}"
    every, rest = _every(rule.per, measure)
    return f"{subject}{every}加{_full(rule.each)}，{rest}最多加{_full(rule.most)}"


def _give_bonus(item: SchemeItem, rule: BonusRule, value: Decimal) -> Decimal:
    if rule.each is None:
        return _give_entered(item, rule, value)
    return min(rule.most, rule.each * _whole(value, rule.per))


def _say_veto(item: SchemeItem, rule: VetoRule, subject: str, measure: str) -> str:
    return f"{subject}大于零即一票否决，总分作废" if subject else "有这种情形的一票否决，总分作废"


def _give_veto(item: SchemeItem, rule: VetoRule, value: Decimal) -> Decimal:
    return NOTHING


def _full(points: Decimal) -> str:
    """Return points of a rule with all their digits: a rule is never rounded."""
    return say_bound(points, POINTS)


def _every(per: Decimal, measure: str) -> tuple[str, str]:
    """Return the words for a step, and for fractions of it; a single whole unit needs none."""
    step = say_step(per, measure)
    return (f"每{step}", "") if per == 1 and counts(measure) else (f"每满{step}", f"不足{step}的不计，")


def _whole(value: Decimal, per: Decimal) -> Decimal:
    """Return the number of whole steps in a value; 0 if it is negative."""
    return max(NOTHING, (value / per).to_integral_value(ROUND_FLOOR))


_KINDS: dict[type, tuple[Callable[..., str], Callable[..., Decimal]]] = {
    BandRule: (_say_bands, _give_band),
    LinearRule: (_say_linear, _give_linear),
    CountRule: (_say_count, _give_count),
    YesNoRule: (_say_yes_no, _give_yes_no),
    ManualRule: (_say_manual, _give_entered),
    DeductionRule: (_say_deduction, _give_deduction),
    BonusRule: (_say_bonus, _give_bonus),
    VetoRule: (_say_veto, _give_veto),
}
