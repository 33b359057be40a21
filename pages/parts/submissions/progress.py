"""The reporting status of a quarter, in sentences for leaders."""

from base.errors import UserError
from base.formats import say_value
from base.periods import Span, say_quarter
from pages.returns.quarter_choice import Collecting
from pages.view import cached
from pages.view.declared_now import catalogue_now


def say_progress(collection: Collecting) -> str:
    """Return the finding: expected, received, returned, missing."""
    status = collection.status
    quarter = say_quarter(status.period)
    if not status.expected:
        return f"{quarter}没有应报的报表"
    lacking = status.expected - status.received
    if not lacking:
        return f"{quarter}应报 {status.expected:,} 份，已经报齐"
    asides = "，".join(
        f"{word} {count:,} 份" for word, count in (("退回", status.returned), ("待核实", status.held)) if count
    )
    within = f"（其中{asides}）" if asides else ""
    return f"{quarter}应报 {status.expected:,} 份，已收下 {status.received:,} 份，还缺 {lacking:,} 份{within}"


def say_lacking(collection: Collecting) -> str:
    """Return the due day, how many were on time, and the size of the missing ones."""
    texts = [_say_due(collection), _say_size(collection)]
    return "；".join(words for words in texts if words) + "。" if any(texts) else ""


def _say_due(collection: Collecting) -> str:
    status = collection.status
    due = f"{status.due.year}年{status.due.month}月{status.due.day}日"
    if status.on_time is None:
        return f"{due}到期；历史补录，不考核是否按时"
    return f"{due}到期，按时 {status.on_time:,} 份"


def _say_size(collection: Collecting) -> str:
    """Return the size of the missing unions when they last reported, and their share of the county.

    A township with a missing form of its own is left out, because its size is that of its unions.
    """
    sizes = {
        missing.unit: missing.size
        for missing in collection.status.missing
        if missing.size is not None and missing.unit != missing.area
    }
    if not sizes:
        return ""
    catalogue = catalogue_now()
    item = catalogue.items[catalogue.reporting.size]
    measure = collection.status.missing[0].size_measure
    whole = _county_size(collection)
    share = f"，占全县 {say_value(sum(sizes.values()) / whole, '%', 1)}" if whole else ""
    return f"缺报的 {len(sizes):,} 家基层工会上次报的{item.name}共 {say_value(sum(sizes.values()), measure)}{share}"


def _county_size(collection: Collecting) -> float | None:
    """Return the same item of the whole county in the quarter before, when an indicator counts it."""
    catalogue = catalogue_now()
    code = next(
        (
            indicator.code
            for indicator in catalogue.indicators.values()
            if indicator.numerator == catalogue.reporting.size and not indicator.denominator
        ),
        None,
    )
    before = collection.status.period - 1
    try:
        readings = (
            cached.readings_of(collection.build, (collection.county.code,), Span(before, before), (code,))
            if code
            else []
        )
    except UserError:  # no quarter before this one is known
        return None
    return readings[0].value if readings else None
