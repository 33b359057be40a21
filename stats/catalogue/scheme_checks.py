"""Validating schemes: what they refer to is declared, and the points of the plain items add up to a hundred."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Protocol

from base.errors import suggest
from stats.catalogue.code_lists import Measure
from stats.catalogue.models import Indicator
from stats.catalogue.schemes import FULL, PLAIN, BandRule, Basis, BonusRule, DeductionRule, Scheme, SchemeItem


class SchemeNames(Protocol):
    """What a scheme may refer to."""

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """Return the indicators by code."""

    @property
    def measures(self) -> Mapping[str, Measure]:
        """Return the units of measure by code."""


def check_schemes(schemes: Iterable[Scheme], names: SchemeNames) -> Iterator[str]:
    """Yield one sentence per fault, with the file, the item and the nearest known word."""
    listed = list(schemes)
    for scheme in listed:
        yield from (f"schemes/{scheme.code}.yml：{fault}" for fault in _check_scheme(scheme))
        for item in scheme.items.values():
            yield from (f"schemes/{scheme.code}.yml “{item.name}”：{fault}" for fault in _check_item(item, names))
    yield from (f"考核办法名称“{name}”重复" for name in _repeated(scheme.name for scheme in listed))
    yield from _check_names(listed)


def _check_scheme(scheme: Scheme) -> Iterator[str]:
    items = [placed.item for placed in scheme.placed]
    yield from (f"项目代码“{code}”重复" for code in _repeated(item.code for item in items))
    yield from (f"“{group.name}”里没有项目" for group in scheme.groups if not group.items and not group.parts)
    total = sum((item.points for item in items if item.kind in PLAIN), Decimal(0))
    if total != FULL:
        yield f"各项满分加起来是{total.normalize():f}分，应正好是{FULL}分"
    yield from (f"等级“{name}”重复" for name in _repeated(grade.name for grade in scheme.grades))
    bounds = [grade.least for grade in scheme.grades]
    if any(low >= high for high, low in zip(bounds, bounds[1:], strict=False)):
        yield "等级（grades）要从高到低排，分数线一级比一级低"


def _check_names(schemes: Iterable[Scheme]) -> Iterator[str]:
    """Yield faults of ambiguous item names: score sheets refer to items by name."""
    pairs = {(item.code, item.name) for scheme in schemes for item in scheme.items.values()}
    for code in _repeated(code for code, _ in pairs):
        yield f"考核项目“{code}”在各个办法里的名称不一样：{'、'.join(sorted(n for c, n in pairs if c == code))}"
    for name in _repeated(name for _, name in pairs):
        yield f"考核项目“{name}”有几个代码：{'、'.join(sorted(c for c, n in pairs if n == name))}"


def _check_item(item: SchemeItem, names: SchemeNames) -> Iterator[str]:
    if item.kind in PLAIN and item.points <= 0:
        yield "没有写满分（points）"
    if item.kind not in PLAIN and item.points:
        yield "扣分、加分、否决的项目在100分以外，不写满分（points）"
    if isinstance(item.rule, BandRule):
        yield from _check_bands(item, item.rule)
    if isinstance(item.rule, DeductionRule):
        yield from _check_deduction(item.rule)
    if isinstance(item.rule, BonusRule) and (item.rule.basis is None) != (item.rule.each is None):
        yield "按数加分的，依据（basis）和每次加分（each）要一起写"
    if item.basis:
        yield from _check_basis(item.basis, names)


def _check_bands(item: SchemeItem, rule: BandRule) -> Iterator[str]:
    pairs = [(band.least, band.points) for band in rule.bands]
    if any(low[0] >= high[0] or low[1] >= high[1] for high, low in zip(pairs, pairs[1:], strict=False)):
        yield "各档要从高到低排，分数也要一档比一档低"
    if pairs[0][1] != item.points:
        yield f"最高一档是{pairs[0][1].normalize():f}分，应等于满分{item.points.normalize():f}分"


def _check_deduction(rule: DeductionRule) -> Iterator[str]:
    if bool(rule.values) == (rule.each is not None):
        yield "扣分要么列出可扣的分（values），要么写每次扣几分（each），只写一种"
    if (rule.each is None) != (rule.most is None):
        yield "每次扣几分（each）和最多扣几分（most）要一起写"
    if rule.values and rule.basis:
        yield "列出可扣的分（values）时，扣几分由考核人员定，不写依据（basis）"


def _check_basis(basis: Basis, names: SchemeNames) -> Iterator[str]:
    if bool(basis.indicator) == bool(basis.what):
        yield "依据（basis）要么写指标（indicator），要么写看什么（what）和计量单位（measure），只写一种"
    if basis.quarters[0] > basis.quarters[1]:
        yield "起止季度（quarters）的起点晚于终点"
    if basis.indicator and basis.indicator not in names.indicators:
        yield f"没有指标“{basis.indicator}”{suggest(basis.indicator, names.indicators)}"
    if basis.what and basis.measure not in names.measures:
        yield f"没有计量单位“{basis.measure}”{suggest(basis.measure, names.measures)}"


def _repeated(words: Iterable[str]) -> list[str]:
    return sorted(word for word, count in Counter(words).items() if count > 1)
