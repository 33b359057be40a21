"""The verdict on each number of a draft, as the command prints it and a page can show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from stats.claims.checks import CheckedDraft
from stats.claims.checks.check_model import TextCheck
from stats.claims.from_data.data_verdicts import DataVerdict
from stats.claims.phrases.phrase_model import NumberPhrase, Place


class ClaimVerdict(Enum):
    """What is told of a number. `word` is for the screen."""

    AGREES = "agrees", "相符"
    DIFFERS = "differs", "与数据不符"
    DOES_NOT_ADD_UP = "does_not_add_up", "对不上"
    CONTRADICTS = "contradicts", "前后不一"
    IMPOSSIBLE = "impossible", "不可能"
    CONFIRM = "to_confirm", "请核实"
    NOT_JUDGED = "not_judged", "无从核对"
    NO_FIGURE = "no_figure", "不是数据"

    def __init__(self, code: str, word: str) -> None:
        self.code, self.word = code, word


TO_MEND = (
    ClaimVerdict.DIFFERS,
    ClaimVerdict.IMPOSSIBLE,
    ClaimVerdict.DOES_NOT_ADD_UP,
    ClaimVerdict.CONTRADICTS,
    ClaimVerdict.CONFIRM,
)
_MEAN = "mean"
_OF_RULE: Mapping[str, ClaimVerdict] = {
    "repeated": ClaimVerdict.CONTRADICTS,
    "date": ClaimVerdict.IMPOSSIBLE,
    "impossible": ClaimVerdict.IMPOSSIBLE,
    "above_whole": ClaimVerdict.IMPOSSIBLE,
}


@dataclass(kw_only=True, frozen=True)
class JudgedNumber:
    """A number of a draft with its verdict; `where` is its place in words, such as 正文第3段."""

    where: str
    phrase: NumberPhrase
    verdict: ClaimVerdict
    check: TextCheck | None
    data: DataVerdict | None = None

    @property
    def reason(self) -> str:
        """Return why: the proof of the check and what the data say, or what the number is if it is no figure."""
        silent = self.data is None or (self.data.agrees is None and self.check is not None)
        reasons = [self.check.reason if self.check else "", "" if silent or not self.data else self.data.reason]
        if any(reasons):
            return "".join(reasons)
        return self.phrase.mark.why if self.phrase.mark else ""


def judged_numbers(
    checked: CheckedDraft, by_data: Mapping[Place, DataVerdict] = MappingProxyType({})
) -> Iterator[JudgedNumber]:
    """Yield every number of a draft with its verdict, in their order; by what the data say, if they were asked."""
    checks = checked.by_place
    without_number = {data.phrase.place: data.phrase for data in by_data.values() if data.phrase}
    phrases = {phrase.place: phrase for phrase in checked.phrases} | without_number
    for phrase in sorted(phrases.values(), key=lambda each: (each.place.paragraph, each.place.start)):
        check = checks.get(phrase.place)
        where = checked.draft.paragraphs[phrase.place.paragraph].where
        data = by_data.get(phrase.place)
        if check and not check.holds and not check.certain and data and data.agrees:
            check = None  # a doubt of the text that the data have settled
        verdict = _verdict(phrase, check, data)
        yield JudgedNumber(where=where, phrase=phrase, verdict=verdict, check=check, data=data)


def _verdict(phrase: NumberPhrase, check: TextCheck | None, data: DataVerdict | None) -> ClaimVerdict:
    """Return the verdict: what contradicts comes before what agrees, and the data before the text."""
    if data and data.agrees is False:
        divided = check is not None and check.holds and check.rule == _MEAN  # right by the numbers beside it
        return ClaimVerdict.DIFFERS if data.certain and not divided else ClaimVerdict.CONFIRM
    if check is not None and not check.holds:
        return _OF_RULE.get(check.rule, ClaimVerdict.DOES_NOT_ADD_UP) if check.certain else ClaimVerdict.CONFIRM
    if check is not None or (data is not None and data.agrees):
        return ClaimVerdict.AGREES
    return ClaimVerdict.NO_FIGURE if phrase.mark else ClaimVerdict.NOT_JUDGED


def as_row(number: JudgedNumber) -> dict[str, object]:
    """Return a number as an entry of the command's JSON list."""
    phrase, check, place = number.phrase, number.check, number.phrase.place
    amount, data = phrase.amount, number.data or DataVerdict()
    return {
        "place": {"where": number.where, "paragraph": place.paragraph, "start": place.start, "end": place.end},
        "text": phrase.text,
        "class": phrase.name,
        "value": _value(amount.value, amount.upper) if amount else phrase.says or None,
        "comparator": phrase.comparator,
        "unit": phrase.unit,
        "indicator": data.indicator or None,
        "span": data.span or None,
        "verdict": number.verdict.code,
        "expected": data.expected or (check.expected if check else ""),
        "difference": data.difference or (check.difference if check and not check.holds else ""),
        "reason": number.reason,
        "candidates": [*data.candidates],
    }


def _value(value: Decimal, upper: Decimal | None) -> int | float | list[int | float]:
    """Return a value as JSON has it; a range as a list of its two ends."""
    plain: int | float = int(value) if value == int(value) else float(value)
    return plain if upper is None else [plain, int(upper) if upper == int(upper) else float(upper)]
