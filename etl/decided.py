"""What was decided about a file before it is examined: what people chose, and what it was taken in as."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

Act = Literal["", "supplement", "correction"]  # of a return: nothing is said of it, 补报, 更正
SUPPLEMENT, CORRECTION = "补报", "更正"
ACTS: dict[str, Act] = {SUPPLEMENT: "supplement", CORRECTION: "correction"}
Chosen = Mapping[tuple[str, str], str]  # by the rule that asked and the return it speaks of


@dataclass(frozen=True)
class Decided:
    """What is known of a file beside what stands in it.

    `chosen` is what people chose where a finding offers choices. `acts` are what the returns of a receipt already
    accepted were taken in as, None for a receipt that is judged for the first time. `together` are the receipts
    judged for the first time in the same load.
    """

    chosen: Chosen = field(default_factory=dict)
    acts: Mapping[str, Act] | None = None
    together: Collection[int] = ()
