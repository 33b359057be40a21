"""What was decided about a file before it is examined: the choices people made, and how its returns were applied."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

Act = Literal["", "supplement", "correction"]  # how a return is applied: not stated, 补报 (added), 更正 (replaces)
SUPPLEMENT, CORRECTION = "补报", "更正"
ACTS: dict[str, Act] = {SUPPLEMENT: "supplement", CORRECTION: "correction"}
Chosen = Mapping[tuple[str, str], str]  # by the rule that asked and the return it is about


@dataclass(frozen=True)
class Decided:
    """What is known of a file besides its content.

    `chosen` are people's answers to findings that offer choices. `acts` says how the returns of an already accepted
    receipt were applied, None for a receipt that is judged for the first time. `together` are the receipts judged for
    the first time in the same load.
    """

    chosen: Chosen = field(default_factory=dict)
    acts: Mapping[str, Act] | None = None
    together: Collection[int] = ()
