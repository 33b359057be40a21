"""Strange drafts: one of which hardly a number is in the data tells of somebody else or of another time."""

from collections.abc import Mapping
from dataclasses import replace

from stats.claims.from_data.data_verdict import DataVerdict
from stats.claims.phrases.phrase_model import Place

_FEWEST = 3  # numbers that differ in a draft of another office
_SPEECH = 6  # numbers of a draft that is no single sentence
_TO_ONE = 4  # numbers that differ for each one that agrees by chance
_NONE_AGREES = "文稿里没有一个数和库里相同，也可能说的不是本单位或这一期。"
_STRANGE = "这份文稿的数大多和库里的不同，可能说的不是本单位或这一期，没有逐个核对。"


def without_strangers(verdicts: Mapping[Place, DataVerdict]) -> dict[Place, DataVerdict]:
    """Return the verdicts on a draft: none differs where hardly a number agrees, and it is asked where none does."""
    differing = {place: verdict for place, verdict in verdicts.items() if _is_read(verdict) and verdict.agrees is False}
    agreeing = sum(_is_read(verdict) and verdict.agrees is True for verdict in verdicts.values())
    if len(differing) >= _FEWEST and len(differing) >= agreeing * _TO_ONE:
        changed = {place: _not_judged(verdict) for place, verdict in differing.items()}
    elif not agreeing and sum(map(_is_told, verdicts.values())) >= _SPEECH:
        changed = {place: _asked(verdict) for place, verdict in differing.items()}
    else:
        changed = {}
    return {**verdicts, **changed}


def _is_read(verdict: DataVerdict) -> bool:
    return not verdict.of_target


def _is_told(verdict: DataVerdict) -> bool:
    """Return whether a number stands in a sentence, or in a table that names a figure for it."""
    return verdict.phrase is None or bool(verdict.indicator)


def _not_judged(verdict: DataVerdict) -> DataVerdict:
    return replace(verdict, agrees=None, expected="", reason=_STRANGE)


def _asked(verdict: DataVerdict) -> DataVerdict:
    return replace(verdict, certain=False, reason=f"{verdict.reason}{_NONE_AGREES}")
