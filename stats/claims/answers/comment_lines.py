"""The comment on a number of a draft: its verdict, what is right, the arithmetic, and where that comes from."""

from collections.abc import Collection, Iterable

from stats.claims.answers.cited_numbers import CitedNumber
from stats.claims.answers.draft_notes import DraftNote
from stats.claims.claim_verdicts import ClaimVerdict
from stats.claims.phrases.phrase_model import Place


def notes_on(numbers: Iterable[CitedNumber], accepted: Collection[Place] = ()) -> list[DraftNote]:
    """Return a note for each figure of a draft, also one told in words.

    Those accepted at some places come with what takes their place.
    """
    return [
        DraftNote(place, lines_of(number), number.instead if place in accepted else "")
        for number in numbers
        if (place := number.number.phrase.place) and number.number.verdict is not ClaimVerdict.NO_FIGURE
    ]


def lines_of(number: CitedNumber) -> tuple[str, ...]:
    """Return the lines of the comment on a number."""
    judged = number.number
    verdict = f"【{judged.verdict.word}】{f'应是{number.expected}' if number.expected else ''}"
    return tuple(filter(None, (verdict, judged.reason, number.earlier, *figure_lines(number))))


def figure_lines(number: CitedNumber) -> tuple[str, ...]:
    """Return where the figure comes from that a number was compared with; nothing if there is none."""
    if number.cited is None:
        return ()
    return (
        f"算法：{number.formula}",
        f"口径：{number.cited.reading.base}；时间：{number.when}；{number.coverage}",
        f"引用号：{number.cited.ref}",
    )
