"""The same figure told twice with two values."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stats.claims.checks.check_model import CheckedFigure, ParagraphToCheck, TextCheck, judged
from stats.claims.checks.check_words import check_words, has_any
from stats.claims.phrases.phrase_model import NumberPhrase

_CHANGES = (
    "abs_change",
    "pct_change",
    "pp_change",
    "pp_difference",
    "from_to",
    "respectively",
    "subset",
    "target",
    "range",
)
_STOPS = "，。；：！？、\n（）"
_VERBS = re.compile(
    r"^(?:共有|共计|共|现有|拥有|建有|已有|有|已|建成|新建){1,3}|(?:共有|共计|达到|达|为|有|共|已|是|约|超过|超|近){1,3}$"
)
_LEAST_NAME = 6  # characters of a figure's name by which it is known again
_TIME = re.compile(
    r"[今去前上本明]年|[上本]月|季度|半年|累计|新增|以来|同期|\d{4}年|\d{1,2}月|目前|截[至止]|年来|当年|届"
)


@dataclass(frozen=True)
class ToldFigure:
    """A figure with its name, where it stands in words, and the time it is told of."""

    figure: CheckedFigure
    name: str
    where: str
    time: str


def told_figures(paragraph: ParagraphToCheck, where: str) -> Iterator[ToldFigure]:
    """Yield the figures of a paragraph that have a name by which they are known again."""
    for figure in paragraph.figures:
        if figure.phrase.name in _CHANGES or figure.amount.kind not in ("amount", "percent") or figure.amount.upper:
            continue
        name = _VERBS.sub("", figure.before.strip(_STOPS))
        if "：" in paragraph.sentence_before(figure):
            continue  # told of what stands before the colon
        if len(name) >= _LEAST_NAME and has_any(name, check_words().areas):
            yield ToldFigure(figure, name, where, _time_of(paragraph, figure.phrase))


def _time_of(paragraph: ParagraphToCheck, phrase: NumberPhrase) -> str:
    """Return the words of time before a figure in its paragraph."""
    before = "".join(
        other.text for other in paragraph.read.phrases if other.place.start < phrase.place.start and other.mark
    )
    return "".join(_TIME.findall(before + phrase.before))


def check_repeated(figures: Sequence[ToldFigure]) -> Iterator[TextCheck]:
    """Yield the check of each figure by the first one of the same name and time."""
    groups: dict[tuple[str, str, str], list[ToldFigure]] = defaultdict(list)
    for each in figures:
        groups[each.name, each.figure.amount.kind, each.figure.amount.counted].append(each)
    for group in groups.values():
        first = group[0]
        for other in group[1:] if len(group) == 2 or _values(group) == 2 else []:
            if other.time == first.time:
                yield _same(first, other)


def _values(group: Sequence[ToldFigure]) -> int:
    return len({each.figure.amount.value for each in group})


def _same(first: ToldFigure, other: ToldFigure) -> TextCheck:
    holds = first.figure.interval.meets(other.figure.interval)
    proof = f"{first.where}写的“{first.name}”是{first.figure.phrase.text}"
    return judged("repeated", other.figure, holds, first.figure.phrase.text, proof, [first.figure])
