"""Due days: what is due in a year, from declared rules and days that were reported, each with whom it concerns."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DueKind(StrEnum):
    """What is due: returns of a quarter, a target, or rows of a form such as contracts that end."""

    RETURNS = "returns"
    TARGET = "target"
    ROWS = "rows"


class DueState(StrEnum):
    """Whether it is done, past its day, or still to come; by the names that screens mark verdicts with."""

    DONE = "met"
    LATE = "behind"
    OPEN = "open"

    @property
    def sign(self) -> str:
        """Return the sign printed before its words, "" for what is still to come."""
        return {DueState.DONE: "✓", DueState.LATE: "△"}.get(self, "")


@dataclass(kw_only=True, frozen=True)
class DueEntry:
    """One thing that is due: its last day, what it is, whom it concerns, and its state in words.

    `whole_month`: it stands for all rows of a month, whose days differ; `day` is then the month's last. `code` leads to
    more: the quarter of returns (2010Q4), a target's indicator with its `unit`, or the board with the rows.
    """

    day: date
    kind: DueKind
    what: str
    whom: str
    state: DueState
    words: str
    code: str
    unit: str = ""
    whole_month: bool = False


def state_of(done: bool, day: date, today: date) -> DueState:
    """Return the state of what is due on a day: its own day is not past."""
    return DueState.DONE if done else DueState.LATE if day < today else DueState.OPEN
