"""Linked amounts: numbers of a sentence that belong together, as from and to, one by one, or part and whole."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from stats.claims.grammar import read_grammar
from stats.claims.grammar.word_patterns import any_of, ending_with
from stats.claims.phrases.measure_words import HALF
from stats.claims.phrases.phrase_model import Amount

LinkClass = Literal["from_to", "respectively", "two_measures", "subset", "listed"]
STOPS = "。；！？\n"
CLAUSE_STOPS = "，。；：！？\n"
_LONGEST = 40  # characters between two numbers that belong together
_REACH_OF_PARTS = 400  # characters behind 其中
_LABEL_OF_PART = 12
_MOST_WHOLES = 20  # numbers before 其中 of which those behind can be parts
_LABEL = 14  # characters of a label between two numbers of a list


@dataclass(frozen=True)
class Link:
    """Two or more amounts that belong together, by their numbers in the paragraph; of a subset the last is the part."""

    name: LinkClass
    members: tuple[int, ...]


@dataclass(kw_only=True, frozen=True)
class _Patterns:
    arrival: re.Pattern[str]
    starting: re.Pattern[str]
    respectively: re.Pattern[str]
    part: re.Pattern[str]
    part_after: re.Pattern[str]
    part_next: re.Pattern[str]
    all_next: re.Pattern[str]
    joining: re.Pattern[str]
    not_joining: re.Pattern[str]
    range: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    links = read_grammar().links
    return _Patterns(
        arrival=ending_with(links.arrivals),
        starting=any_of(links.starting),
        respectively=any_of(links.respectively),
        part=any_of(links.part),
        part_after=ending_with(links.part_after),
        part_next=any_of(links.part_next),
        all_next=any_of(links.all_next),
        joining=any_of(links.joining),
        not_joining=any_of(links.not_joining),
        range=any_of(links.range),
    )


def joined_ranges(text: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Return the amounts with the two ends of a range as one: 1—2个, 50人至百人."""
    joined: list[Amount] = []
    for amount in amounts:
        before = joined[-1] if joined else None
        if before and before.upper is None and _is_range(text, before, amount):
            joined[-1] = _range(before, amount)
        else:
            joined.append(amount)
    return [amount for amount in joined if amount.measure != HALF]


def _is_range(text: str, low: Amount, high: Amount) -> bool:
    between = text[low.end : high.start]
    starts = text[max(0, low.start - 1) : low.start]
    if not _patterns().range.fullmatch(between) or (between in "到至" and _patterns().starting.fullmatch(starts)):
        return False
    return (low.counted == high.counted or low.measure in ("", HALF)) and _inherited(low, high).value < high.value


def _inherited(low: Amount, high: Amount) -> Amount:
    """Return the lower end in the measure of the upper one: 3—5万人, 30—40%."""
    if low.kind != high.kind and high.kind == "percent":
        return replace(low, value=low.value / 100, step=low.step / 100, round_step=low.round_step / 100)
    times = high.step if high.scaled and not low.scaled and high.step > 1 else 1
    return replace(low, value=low.value * times, step=low.step * times, round_step=low.round_step * times)


def _range(low: Amount, high: Amount) -> Amount:
    lower = _inherited(low, high)
    return replace(
        high,
        start=low.start,
        number=low.number,
        value=lower.value,
        upper=high.value,
        numeral=low.numeral and high.numeral,
    )


def links_in(text: str, amounts: Sequence[Amount]) -> list[Link]:
    """Return the links between the amounts of a paragraph, in the order in which they decide what a number says."""
    return [
        *_one_by_one(text, amounts),
        *_from_to(text, amounts),
        *_two_measures(text, amounts),
        *_parts(text, amounts),
        *_lists(text, amounts),
    ]


def _same(first: Amount, second: Amount) -> bool:
    return (first.kind, first.counted) == (second.kind, second.counted)


def _between(text: str, first: Amount, second: Amount) -> str:
    return text[first.end : second.start]


def _are_near(between: str) -> bool:
    return len(between) <= _LONGEST and not any(stop in between for stop in STOPS)


def _from_to(text: str, amounts: Sequence[Amount]) -> Iterator[Link]:
    for place, (first, second) in enumerate(pairwise(amounts)):
        between = _between(text, first, second)
        if _same(first, second) and _are_near(between) and _patterns().arrival.search(between):
            yield Link("from_to", (place, place + 1))


def _one_by_one(text: str, amounts: Sequence[Amount]) -> Iterator[Link]:
    """Yield the lists behind 分别: 分别为50.92%、45.09%、35.41%, 分别由89.6%、75.0%上升到90.8%、95.9%."""
    for match in _patterns().respectively.finditer(text):
        first = bisect_left(amounts, match.end(), key=_start)
        members = [*_run(text, amounts, range(first, len(amounts)), match.end())]
        if len(members) > 1:
            yield Link("respectively", tuple(members))


def _start(amount: Amount) -> int:
    return amount.start


def _run(text: str, amounts: Sequence[Amount], places: Sequence[int], since: int) -> Iterator[int]:
    """Yield the amounts that follow each other as a list, with a verb of arrival between its halves."""
    end, before = since, None
    for place in places:
        between = text[end : amounts[place].start]
        if before is None and (len(between) > _LABEL or any(stop in between for stop in CLAUSE_STOPS)):
            return
        if before and not (_same(before, amounts[place]) and (_joins(between) or _patterns().arrival.search(between))):
            return
        yield place
        end, before = amounts[place].end, amounts[place]


def _joins(between: str) -> bool:
    """Return whether what stands between two numbers makes them a list."""
    plain = _patterns().not_joining.sub("", between)
    stops = any(stop in between for stop in CLAUSE_STOPS)
    return 0 < len(between) <= _LABEL and bool(_patterns().joining.search(plain)) and not stops


def _two_measures(text: str, amounts: Sequence[Amount]) -> Iterator[Link]:
    for place, (first, second) in enumerate(pairwise(amounts)):
        if first.end == second.start and first.kind == second.kind == "amount" and not _same(first, second):
            yield Link("two_measures", (place, place + 1))


def _parts(text: str, amounts: Sequence[Amount]) -> Iterator[Link]:
    for place, (whole, part) in enumerate(pairwise(amounts)):
        between = _between(text, whole, part)
        if _same(whole, part) and part.value <= whole.value and _are_near(between):
            named = _patterns().part_after.search(between) or re.search("中(?:，|有)", between)
            if named or (between == "，" and _patterns().part_next.match(text, part.end)):
                yield Link("subset", (place, place + 1))
    yield from _parts_named(text, amounts)
    for place, amount in enumerate(amounts):
        if amount.kind == "amount" and _patterns().all_next.match(text, amount.end):
            yield Link("subset", (place,))


def _parts_named(text: str, amounts: Sequence[Amount]) -> Iterator[Link]:
    """Yield the parts behind 其中: those of its sentence, and later ones of which a greater whole was named before."""
    for match in _patterns().part.finditer(text):
        after = bisect_left(amounts, match.end(), key=_start)
        ends = _until_stop(text, match.end(), "。\n"), _until_stop(text, match.end(), STOPS)
        before = [*range(max(0, after - _MOST_WHOLES), after)][::-1]
        for place in range(after, bisect_left(amounts, ends[0], key=_start)):
            part = amounts[place]
            if part.start - text.rfind("；", match.end(), part.start) > _LABEL_OF_PART and part.start > ends[1]:
                break  # behind a semicolon only a label stands before a part
            wholes = [whole for whole in before if _same(amounts[whole], part)]
            greater = next((whole for whole in wholes if amounts[whole].value >= part.value), None)
            if greater is not None:
                yield Link("subset", (greater, place))
            elif part.start < ends[1]:
                yield Link("subset", (*wholes[:1], place))


def _until_stop(text: str, start: int, stops: str) -> int:
    """Return where a text stops first after a place, at most as far as parts are looked for."""
    limit = min(len(text), start + _REACH_OF_PARTS)
    ends = [text.find(stop, start, limit) for stop in stops]
    return min((end for end in ends if end >= 0), default=limit)


def _lists(text: str, amounts: Sequence[Amount]) -> Iterator[Link]:
    """Yield pairs of alike numbers side by side: 专职71人、兼职7929人."""
    for place, (first, second) in enumerate(pairwise(amounts)):
        between = _between(text, first, second)
        if _same(first, second) and (_joins(between) or _have_like_labels(text, first, between)):
            yield Link("listed", (place, place + 1))


def _have_like_labels(text: str, first: Amount, between: str) -> bool:
    """Return whether the labels of two numbers parted by a comma end alike: 行政人员4人，参公人员2人."""
    left = text[max(0, first.start - 2) : first.start]
    return between.startswith("，") and len(between) <= _LABEL and len(left) == 2 and between.endswith(left)
