"""Confirmations: findings that somebody confirmed, identified by the values in the cells.

Journals before version 3 identify them by the finding's text. Those apply by their text until the finding occurs again,
which adds its values.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from etl.model.finding import Finding, Key, shorten
from store.engine import ask
from store.schema import confirmation, confirmed_values

_CONFIRMATIONS = (
    select(confirmation, confirmed_values.c.stands.label("taken_up"))
    .outerjoin(confirmed_values, confirmed_values.c.confirmation == confirmation.c.id)
    .order_by(confirmation.c.id)
)


@dataclass(kw_only=True, frozen=True)
class Confirmation:
    """A finding that somebody confirmed, and why; `choice` is the answer if it offers choices.

    `problem` is what the finding said then, for readers of the journal: the confirmation holds for the key.
    """

    seq: int
    key: Key
    who: str
    reason: str
    at: str = ""
    choice: str = ""
    problem: str = ""

    def holds_for(self, seq: int) -> bool:
        """Return whether it applies to a receipt; a choice, or one that names no return, is for its own file only."""
        return (bool(self.key[1]) and not self.choice) or self.seq == seq


def confirmation_row(confirmation: Confirmation) -> dict[str, Any]:
    """Return a confirmation as it is recorded, without the time."""
    rule, about, column, identity = confirmation.key
    text = identity if isinstance(identity, str) else confirmation.problem
    return {
        "seq": confirmation.seq,
        "rule": rule,
        "about": about,
        "column": column,
        "found": text,
        "stands": "" if isinstance(identity, str) else _as_text(identity),
        "who": confirmation.who,
        "reason": confirmation.reason,
        "choice": confirmation.choice,
    }


def read_confirmations(store: Path) -> list[Confirmation]:
    """Return all confirmations of a store, oldest first."""
    return [
        Confirmation(
            seq=row["seq"],
            key=_key_of(row),
            who=row["who"],
            reason=row["reason"],
            at=row["at"],
            choice=row["choice"],
            problem=row["found"],
        )
        for row in ask(store, _CONFIRMATIONS)
    ]


def take_up_values(connection: Connection, findings: Iterable[Finding]) -> None:
    """Record the values of findings with the confirmations that hold for them and are known by words alone."""
    values = {finding.key_in_words: finding.stands for finding in findings if finding.stands}
    rows = connection.execute(_CONFIRMATIONS).mappings().all() if values else ()
    met = [(row["id"], values[key]) for row in rows if (key := _key_of(row)) in values]
    taken = [{"confirmation": number, "stands": _as_text(stands)} for number, stands in met]
    if taken:
        connection.execute(insert(confirmed_values), taken)


def _key_of(row: RowMapping) -> Key:
    """Return what a confirmation holds for: the values; without any the words, as findings have them now."""
    stands = row["stands"] or row["taken_up"]
    identity = tuple(json.loads(stands)) if stands else shorten(row["found"])
    return row["rule"], row["about"], shorten(row["column"]), identity


def _as_text(stands: tuple[str, ...]) -> str:
    return json.dumps(stands, ensure_ascii=False)
