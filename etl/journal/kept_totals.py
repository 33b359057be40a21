"""Decisions between an organisation's own total and those below it. Never deleted; the last one holds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import insert, select

from store.audit import NewAuditEntry, add
from store.engine import ask, writing
from store.schema import kept_total
from store.verbs import Verb

Keep = Literal["own", "below", ""]
KEEP_WORDS: dict[Keep, str] = {"own": "用本单位总数", "below": "用下级汇总", "": "收回选定"}


@dataclass(frozen=True, kw_only=True)
class KeptTotal:
    """What counts of an item for an organisation and a period: its own total or what is below; "" takes it back.

    `period` is the last quarter of the period.
    """

    unit: str
    item: str
    period: int
    keep: Keep
    reason: str
    who: str
    at: str = ""


def all_kept_totals(store: Path) -> list[KeptTotal]:
    """Return every decision, oldest first, those that were taken back included."""
    rows = ask(store, select(kept_total).order_by(kept_total.c.id))
    return [KeptTotal(**{name: value for name, value in row.items() if name != "id"}) for row in rows]


def kept_totals(store: Path) -> dict[tuple[str, str, int], KeptTotal]:
    """Return the decisions that hold, by organisation, item and last quarter of the period."""
    last = {(kept.unit, kept.item, kept.period): kept for kept in all_kept_totals(store)}
    return {key: kept for key, kept in last.items() if kept.keep}


def append_kept_total(store: Path, kept: KeptTotal, about: str) -> None:
    """Record a decision and its entry in the audit, in one transaction; `about` says in words what it is about."""
    values = {name: getattr(kept, name) for name in ("unit", "item", "period", "keep", "reason", "who")}
    words = f"{about}：{KEEP_WORDS[kept.keep]}"
    with writing(store) as connection:
        connection.execute(insert(kept_total).values(**values, at=datetime.now(UTC).isoformat(timespec="seconds")))
        add(connection, [NewAuditEntry(kept.who, Verb.KEPT_TOTAL, words, {"reason": kept.reason})])
