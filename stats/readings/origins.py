"""Origins in words: which numbers an area or the county reported of itself, instead of those below it."""

from collections.abc import Iterable
from dataclasses import replace

from base.formats import MISSING, say_coverage
from stats.readings.reading_model import Reading
from stats.totals.item_parts import ItemPart
from stats.totals.own_totals import ADDED_UP, Origin

OWN = "本单位上报的总数"
_OF_RETURNS = "由所属单位的报表汇总"


def with_origins(reading: Reading, top: ItemPart, bottom: ItemPart | None) -> Reading:
    """Return a reading with what own totals stand in it, and its base with the words for them."""
    origins = (top.origin, _before(top), *((bottom.origin, _before(bottom)) if bottom else (None, None)))
    words = say_origins(top, bottom, compared=reading.previous is not None) if reading.value is not None else ""
    return replace(reading, origins=origins, base=reading.base + words)


def say_origins(top: ItemPart, bottom: ItemPart | None, *, compared: bool) -> str:
    """Return what the base adds about own totals in a number, in both parts of a rate, and in what it is compared with.

    "" where everything is added up from returns.
    """
    parts = [top.origin, *([bottom.origin] if bottom else [])]
    words = [_say_parts(parts)] if any(parts) else []
    named = [("", top), ("分母", bottom)] if bottom else [("", top)]
    for part_name, part in named if compared else ():
        if part and changes_origin(part.origin, _before(part)):
            words.append(f"上期{part_name}{_say(_before(part))}，来源有变，升降不全是实际的增减")
    return "".join(f"；{each}" for each in words)


def _before(part: ItemPart) -> Origin:
    return part.own.before if part.own else ADDED_UP


def _say_parts(parts: list[Origin]) -> str:
    if len(parts) == 1:
        return _say(parts[0])
    if parts[0] == parts[1]:
        return f"分子、分母都{_say(parts[0])}"
    return f"分子{_say(parts[0])}，分母{_say(parts[1])}，来源不同"


def _say(origin: Origin) -> str:
    if origin.whole:
        return f"是{OWN}，不是逐家汇总"
    own = f"有的时期是{OWN}" if origin.partly else ""
    below = f"有{origin.below}个单位用的是其上报的总数，不是逐家汇总" if origin.below else ""
    return "，".join(filter(None, (own, below))) or _OF_RETURNS


def changes_origin(now: Origin, before: Origin) -> bool:
    """Return whether two numbers come from different kinds of sources."""
    return now.kind != before.kind


def mark_own(reading: Reading) -> str:
    """Return what follows the value in a sentence: that it is the organisation's own total, or that some are in it."""
    if reading.origin_below is not None and reading.origin_below.kind != reading.origin.kind:
        return "（分子、分母来源不同）"
    return {"own": "（本单位总数）", "partly": "（含单位总数）", "": ""}[reading.origin.kind]


def of_own(reading: Reading) -> str:
    """Return the same as a note beside a number among others; "" where it is added up from returns."""
    return mark_own(reading).strip("（）") if reading.value is not None else ""


def mark_changed_origin(reading: Reading) -> str:
    """Return what follows a change in a sentence where the two numbers come from different kinds of sources."""
    return "（前后来源不同）" if reading.origin_changed else ""


def say_own_totals(readings: Iterable[Reading]) -> list[str]:
    """Return a sentence that names the numbers in which own totals stand, those of each kind; empty without any."""
    named: dict[str, dict[str, None]] = {}
    for reading in readings:
        if reading.value is not None and reading.has_own:
            named.setdefault("own" if reading.is_own else "partly", {})[reading.name] = None
    words = {"own": f"是{OWN}，不是逐家汇总", "partly": "里有单位上报的总数，不全是逐家汇总"}
    return [f"{'、'.join(names)}{words[kind]}。" for kind, names in sorted(named.items())]


def cover_in_short(reading: Reading) -> str:
    """Return the returns that came of those due for a table: 366/369, 总数 for an own total, a dash where none was."""
    if reading.origin.whole and reading.value is not None:
        return "总数"
    return f"{reading.reported:,}/{reading.expected:,}" if reading.expected else MISSING


def cover_of(reading: Reading) -> str:
    """Return how many of the returns came; where own totals stand, that it is one, or how many of what came are."""
    if reading.origin.whole and reading.value is not None:
        return OWN
    cover = say_coverage(reading.reported, reading.expected)
    return f"{cover}，其中{reading.origin.below}份是单位总数" if reading.origin.below else cover
