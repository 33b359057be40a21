"""Adding up: a number that is exactly the sum of those beside it is their total, and they are its parts."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from stats.claims.phrases.phrase_model import NumberPhrase

_MOST_PARTS = 12
_LEAST = 10  # below, numbers add up by chance
_ALIKE: Mapping[str, str] = {"household": "person"}  # both are counted among those who were helped
_TOTALS = {"count", "cumulative", "as_of", "respectively"}
_PARTS = {"count", "respectively", "as_of"}


def totals_and_parts(phrases: Sequence[NumberPhrase]) -> dict[int, str]:
    """Return which phrases of a paragraph are totals and which parts of them, by their numbers in it."""
    names: dict[int, str] = {}
    for alike in _of_one_kind(phrases):
        for place in range(len(alike)):
            for total, parts in _sums(phrases, alike, place):
                names |= {part: "subset" for part in parts if phrases[part].name in _PARTS}
                names |= {total: "sum_total"} if phrases[total].name in _TOTALS else {}
    return names


def _of_one_kind(phrases: Sequence[NumberPhrase]) -> Iterator[list[int]]:
    kinds: dict[str, list[int]] = {}
    for place, phrase in enumerate(phrases):
        amount = phrase.amount
        if amount and amount.kind == "amount" and amount.comparator == "=" and amount.upper is None:
            kinds.setdefault(_ALIKE.get(amount.counted, amount.counted), []).append(place)
    yield from kinds.values()


def _sums(phrases: Sequence[NumberPhrase], alike: Sequence[int], place: int) -> Iterator[tuple[int, list[int]]]:
    """Yield the number at a place as a total, with the numbers right after or right before it that add up to it."""
    total = _value(phrases, alike[place])
    if total < _LEAST:
        return
    after, before = alike[place + 1 : place + 1 + _MOST_PARTS], alike[max(0, place - _MOST_PARTS) : place][::-1]
    for run in (after, before):
        sums = accumulate(_value(phrases, part) for part in run)
        count = next((number for number, reached in enumerate(sums, 1) if reached == total), 0)
        if count > 1:
            yield alike[place], list(run[:count])


def _value(phrases: Sequence[NumberPhrase], place: int) -> Decimal:
    return abs(phrases[place].value or Decimal(0))
