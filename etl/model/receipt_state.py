"""The states of a receipt, and the steps to them, as the journal records them."""

from enum import StrEnum


class ReceiptState(StrEnum):
    """A state that a file was judged to be in, an intent to change it, or an act on its kept original."""

    ACCEPTED = "accepted"
    HELD = "held"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    ACCEPTING = "accepting"
    WITHDRAWING = "withdrawing"
    FORGETTING = "forgetting"
    FORGOTTEN = "forgotten"
    BLANKING = "blanking"  # personal data were removed from the kept original
    BLANKED = "blanked"
    UNCHANGED = "unchanged"  # of a file that was accepted before; never recorded


class MissingState(StrEnum):
    """How far a return that is not in force has come."""

    MISSING = "missing"
    RETURNED = "returned"
    HELD = "held"
