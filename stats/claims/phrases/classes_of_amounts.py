"""Classes: what a number says, by the conditions of data/claims/classes.yml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stats.claims.grammar import read_grammar
from stats.claims.grammar.word_patterns import any_of
from stats.claims.grammar.words import ClassRule, Templates
from stats.claims.phrases.linked_amounts import CLAUSE_STOPS, STOPS
from stats.claims.phrases.phrase_model import MONEY, Amount

_OVERSIZED = 10**10  # 元: more than a county's federation ever handles, written in whole 万元
_WINDOW = 240  # characters of a sentence before a number that are looked at
_TEN_THOUSAND = 10**4
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class WordsAround:
    """What stands around a number: since the number before, in its clause and sentence, and right behind it."""

    near: str
    clause: str
    sentence: str
    next: str


def words_around(text: str, amounts: Sequence[Amount], place: int) -> WordsAround:
    """Return what stands around one of the amounts of a text."""
    amount = amounts[place]
    clause = _after_last(text, CLAUSE_STOPS, amount.start)
    sentence = _after_last(text, STOPS, amount.start)
    before = (amounts[earlier] for earlier in range(place - 1, -1, -1) if not amounts[earlier].numeral)
    near = max(clause, next((earlier.end for earlier in before), 0))
    return WordsAround(
        text[min(near, amount.start) : amount.start],
        text[clause : amount.number],
        text[sentence : amount.number],
        text[amount.end :][:20],
    )


def _after_last(text: str, stops: str, end: int) -> int:
    begin = max(0, end - _WINDOW)
    return max(begin - 1, *(text.rfind(stop, begin, end) for stop in stops)) + 1


def class_of(text: str, amounts: Sequence[Amount], place: int, linked: Mapping[int, frozenset[str]]) -> str:
    """Return the class of one of the amounts of a text. `linked` are the links each is in."""
    if amounts[place].counted == "proportion":
        return "proportion"
    links = linked.get(place, frozenset())
    for name in ("respectively", "from_to", "two_measures"):
        if name in links:
            return name
    if amounts[place].upper is not None and amounts[place].comparator != "~":
        return "range"
    around = words_around(text, amounts, place)
    rules = read_grammar().classes
    return next(rule.name for rule in rules if _holds(rule, amounts, place, around, links))


def _holds(rule: ClassRule, amounts: Sequence[Amount], place: int, around: WordsAround, links: frozenset[str]) -> bool:
    amount = amounts[place]
    kind = "percent" if amount.kind == "points" and "points" not in rule.of and not rule.of else amount.kind
    if (rule.of and kind not in rule.of) or (rule.comparators and amount.comparator not in rule.comparators):
        return False
    if (rule.numeral is not None and amount.numeral != rule.numeral) or not _shaped(rule, amounts, place, links):
        return False
    return (
        _in(rule.near, around.near)
        and _in(rule.clause, around.clause)
        and _in(rule.sentence, around.sentence)
        and (not rule.next or any_of(rule.next).match(around.next) is not None)
    )


def _in(templates: Templates, text: str) -> bool:
    return not templates or any_of(templates).search(text) is not None


def _shaped(rule: ClassRule, amounts: Sequence[Amount], place: int, links: frozenset[str]) -> bool:
    """Return whether the conditions hold that ask for no words."""
    amount = amounts[place]
    conditions = {
        "above_whole": amount.value > 1,
        "tenths": amount.step == _TENTH,
        "part": "subset" in links,
        "paired_money": _is_paired(amounts, place),
        "listed": "listed" in links,
        "spoken": amount.spoken,
        "oversized": is_oversized(amount),
    }
    return all(conditions[name] for name in conditions if getattr(rule, name))


def is_oversized(amount: Amount) -> bool:
    """Return whether an amount in whole 万元 is larger than any that a federation handles: 元 may be meant."""
    in_ten_thousands = amount.scaled and not amount.decimals and amount.step == _TEN_THOUSAND
    return amount.counted == MONEY and in_ten_thousands and amount.value >= _OVERSIZED


def _is_paired(amounts: Sequence[Amount], place: int) -> bool:
    """Return whether a number of person-times and an amount of money stand side by side: 1508人次，123.0385万元."""
    sides = [(place, place + 1), (place - 1, place)]
    return any(
        first >= 0
        and second < len(amounts)
        and amounts[first].counted == "person_time"
        and amounts[second].counted == MONEY
        and amounts[second].start - amounts[first].end == 1
        for first, second in sides
    )
