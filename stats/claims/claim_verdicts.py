"""The verdict on each number of a draft, as the command prints it and a page can show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from stats.claims.checks import CheckedDraft
from stats.claims.checks.check_model import TextCheck
from stats.claims.phrases.phrase_model import NumberPhrase


class ClaimVerdict(Enum):
    """What is told of a number. `word` is for the screen."""

    AGREES = "agrees", "相符"
    DIFFERS = "does_not_add_up", "对不上"
    CONTRADICTS = "contradicts", "前后不一"
    IMPOSSIBLE = "impossible", "不可能"
    CONFIRM = "to_confirm", "请核实"
    NOT_JUDGED = "not_judged", "文中无从核对"
    NO_FIGURE = "no_figure", "不是数据"

    def __init__(self, code: str, word: str) -> None:
        self.code, self.word = code, word


TO_MEND = (ClaimVerdict.IMPOSSIBLE, ClaimVerdict.DIFFERS, ClaimVerdict.CONTRADICTS, ClaimVerdict.CONFIRM)
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

    @property
    def reason(self) -> str:
        """Return why: the proof of the check, or what the number is if it is no figure."""
        if self.check:
            return self.check.reason
        return self.phrase.mark.why if self.phrase.mark else ""


def judged_numbers(checked: CheckedDraft) -> Iterator[JudgedNumber]:
    """Yield every number of a draft with its verdict, in their order."""
    checks = checked.by_place
    for phrase in checked.phrases:
        check = checks.get(phrase.place)
        where = checked.draft.paragraphs[phrase.place.paragraph].where
        yield JudgedNumber(where=where, phrase=phrase, verdict=_verdict(phrase, check), check=check)


def _verdict(phrase: NumberPhrase, check: TextCheck | None) -> ClaimVerdict:
    if check is None:
        return ClaimVerdict.NOT_JUDGED if phrase.is_figure else ClaimVerdict.NO_FIGURE
    if check.holds:
        return ClaimVerdict.AGREES
    return _OF_RULE.get(check.rule, ClaimVerdict.DIFFERS) if check.certain else ClaimVerdict.CONFIRM


def as_row(number: JudgedNumber) -> dict[str, object]:
    """Return a number as an entry of the command's JSON list."""
    phrase, check, place = number.phrase, number.check, number.phrase.place
    amount = phrase.amount
    return {
        "place": {"where": number.where, "paragraph": place.paragraph, "start": place.start, "end": place.end},
        "text": phrase.text,
        "class": phrase.name,
        "value": _value(amount.value, amount.upper) if amount else phrase.says or None,
        "comparator": phrase.comparator,
        "unit": phrase.unit,
        "indicator": None,
        "span": None,
        "verdict": number.verdict.code,
        "expected": check.expected if check else "",
        "difference": check.difference if check and not check.holds else "",
        "reason": number.reason,
        "candidates": [],
    }


def _value(value: Decimal, upper: Decimal | None) -> int | float | list[int | float]:
    """Return a value as JSON has it; a range as a list of its two ends."""
    plain: int | float = int(value) if value == int(value) else float(value)
    return plain if upper is None else [plain, int(upper) if upper == int(upper) else float(upper)]
