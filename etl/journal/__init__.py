"""The journal: what people did, append-only, in SQLite (or another database by its URL).

A step that changes the figures is recorded before it is done (an intent) and after (an outcome); a step that was killed
in between is finished on the next start. Intents are ACCEPTING, WITHDRAWING, BLANKING and FORGETTING; all others are
outcomes.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, RowMapping, Table, func, insert, select

from etl.journal.audit_entries import received_entry
from etl.journal.confirmations import Confirmation, confirmation_row, read_confirmations, take_up_values
from etl.model.decisions_made import Act
from etl.model.finding import Finding, shorten_finding
from etl.model.receipt_state import ReceiptState
from etl.model.shape import Shape
from store import audit
from store import schema as tables
from store.engine import ask, reading, writing

ACCEPTED, RETURNED, HELD = ReceiptState.ACCEPTED, ReceiptState.RETURNED, ReceiptState.HELD
WITHDRAWN, FORGOTTEN, BLANKED = ReceiptState.WITHDRAWN, ReceiptState.FORGOTTEN, ReceiptState.BLANKED
ACCEPTING, WITHDRAWING = ReceiptState.ACCEPTING, ReceiptState.WITHDRAWING
FORGETTING, BLANKING = ReceiptState.FORGETTING, ReceiptState.BLANKING
INTENTS = frozenset({ACCEPTING, WITHDRAWING, FORGETTING, BLANKING})
VERDICTS = frozenset({ACCEPTED, RETURNED, HELD, WITHDRAWN})  # the states of a receipt


@dataclass(kw_only=True, frozen=True)
class Step:
    """One thing that happened to a receipt: an outcome or an intent, by whom and why.

    `returns` names the recognised returns in the file as findings do (form|reporter|period); `acts` says how each is
    applied.
    """

    seq: int
    what: ReceiptState
    findings: tuple[Finding, ...] = ()
    returns: tuple[str, ...] = ()
    build: int | None = None
    who: str = ""
    reason: str = ""
    at: str = ""
    shapes: tuple[Shape, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Sender:
    """Who sent files through the pages: the account, and the area it sends for ("" for the county's staff).

    It lets a clerk find files again that could not be read.
    """

    account: int
    area: str


@dataclass(kw_only=True, frozen=True)
class Matching:
    """Somebody's answer about an unknown header: its column's code, "" for not used. It holds for unit and layout."""

    seq: int
    reporter: str
    form: str
    fingerprint: str
    path: str
    column: str
    who: str
    at: str = ""


@dataclass(kw_only=True, frozen=True)
class Entry:
    """One receipt and its current state.

    `what` is accepted, held, returned, withdrawn, or None when it was never finished; `build`, `findings`, `returns`,
    `acts`, `shapes`, `who`, `reason` and `outcome_at` belong to it. `intent` is a step that was begun and not recorded
    as done. `forgotten` is when and by whom the original was deleted, None while it is kept.
    `blanked` is the sha256 of the copy without persons that is kept instead of the original, "" where there is none.
    """

    seq: int
    sha: str
    name: str
    file: str
    at: str
    received_by: str
    what: ReceiptState | None = None
    build: int | None = None
    findings: tuple[Finding, ...] = ()
    returns: tuple[str, ...] = ()
    who: str = ""
    reason: str = ""
    outcome_at: str = ""
    intent: Step | None = None
    forgotten: Step | None = None
    steps: tuple[Step, ...] = field(default=(), repr=False)
    shapes: tuple[Shape, ...] = ()
    acts: tuple[Act, ...] = ()
    blanked: str = ""

    @property
    def kept_sha(self) -> str:
        """Return the sha256 of what is kept of the file."""
        return self.blanked or self.sha


class Journal:
    """Appends receipts, outcomes and confirmations, and reads them back. Rows are never changed or deleted."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def append_received(
        self, files: Sequence[tuple[str, str, str]], who: str = "", sender: Sender | None = None
    ) -> list[int]:
        """Record the receipt of files (sha256, name, path in the store) and return their numbers."""
        if not files:
            return []
        with writing(self._store) as connection:
            numbers = [_append_one(connection, *file, who) for file in files]
            if sender:
                connection.execute(insert(tables.sent_by), [{"seq": seq, **asdict(sender)} for seq in numbers])
            audit.add(
                connection, [received_entry(who, [(seq, file[1]) for seq, file in zip(numbers, files, strict=True)])]
            )
        return numbers

    def append(
        self,
        steps: Iterable[Step],
        confirmations: Iterable[Confirmation] = (),
        matchings: Iterable[Matching] = (),
        audit_entries: Sequence[audit.NewAuditEntry] = (),
        confirmed: Collection[Finding] = (),
    ) -> None:
        """Record steps, confirmations and matchings together with their audit entries, in one transaction.

        `confirmed` are findings that occurred again and were not asked about: their values are added to the
        confirmations.
        """
        noted: dict[Table, list[dict[str, Any]]] = {
            tables.outcome: [_outcome_row(step) for step in steps],
            tables.confirmation: [{**confirmation_row(confirmation), "at": _now()} for confirmation in confirmations],
            tables.matching: [{**asdict(matching), "at": _now()} for matching in matchings],
        }
        with writing(self._store) as connection:
            for table, rows in noted.items():
                if rows:
                    connection.execute(insert(table), rows)
            take_up_values(connection, confirmed)
            audit.add(connection, audit_entries)

    def entries(self) -> list[Entry]:
        """Return every receipt with its current state, oldest first."""
        with reading(self._store) as connection:
            if connection is None:
                return []
            received = connection.execute(select(tables.received).order_by(tables.received.c.seq)).mappings().all()
            noted = connection.execute(select(tables.outcome).order_by(tables.outcome.c.id)).mappings().all()
        steps: dict[int, list[Step]] = defaultdict(list)
        for row in noted:
            steps[row["seq"]].append(_step_of(row))
        return [_entry_of(row, steps[row["seq"]]) for row in received]

    def confirmations(self) -> list[Confirmation]:
        """Return all confirmations, oldest first."""
        return read_confirmations(self._store)

    def matchings(self) -> list[Matching]:
        """Return all answers about unknown headers, oldest first; the last one about a header counts."""
        wanted = [tables.matching.c[field.name] for field in fields(Matching)]
        return [Matching(**row) for row in ask(self._store, select(*wanted).order_by(tables.matching.c.id))]

    def state(self) -> tuple[int, int]:
        """Return a mark that changes with the receipts: the numbers of the last receipt and step."""
        receipt = select(func.max(tables.received.c.seq)).scalar_subquery()
        step = select(func.max(tables.outcome.c.id)).scalar_subquery()
        rows = ask(self._store, select(receipt.label("receipt"), step.label("step")))
        return (rows[0]["receipt"] or 0, rows[0]["step"] or 0) if rows else (0, 0)


def unfinished(entry: Entry) -> bool:
    """Return whether a killed session left a file undecided: never judged, or about to be accepted."""
    return entry.what is None or (entry.intent is not None and entry.intent.what == ACCEPTING)


def _append_one(connection: Connection, sha: str, name: str, file: str, who: str) -> int:
    added = connection.execute(insert(tables.received).values(sha=sha, name=name, file=file, at=_now(), who=who))
    return int(added.inserted_primary_key[0]) if added.inserted_primary_key else 0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _outcome_row(step: Step) -> dict[str, Any]:
    return {
        "seq": step.seq,
        "what": step.what.value,
        "build": step.build,
        "at": _now(),
        "findings": json.dumps([shorten_finding(finding).as_row() for finding in step.findings], ensure_ascii=False),
        "returns": json.dumps(step.returns, ensure_ascii=False),
        "who": step.who,
        "reason": step.reason,
        "shapes": orjson.dumps(step.shapes).decode(),
        "acts": json.dumps(step.acts),
    }


def _step_of(row: RowMapping) -> Step:
    return Step(
        seq=row["seq"],
        what=ReceiptState(row["what"]),
        findings=tuple(map(Finding.from_row, json.loads(row["findings"]))),
        returns=tuple(json.loads(row["returns"])),
        build=row["build"],
        who=row["who"],
        reason=row["reason"],
        at=row["at"],
        shapes=tuple(Shape.of(shape) for shape in json.loads(row["shapes"])),
        acts=tuple(json.loads(row["acts"])),
    )


def _entry_of(received: RowMapping, steps: list[Step]) -> Entry:
    verdict = next((step for step in reversed(steps) if step.what in VERDICTS), None)
    entry = Entry(
        seq=received["seq"],
        sha=received["sha"],
        name=received["name"],
        file=received["file"],
        at=received["at"],
        received_by=received["who"],
        intent=steps[-1] if steps and steps[-1].what in INTENTS else None,
        forgotten=next((step for step in reversed(steps) if step.what == FORGOTTEN), None),
        steps=tuple(steps),
        blanked=next((step.reason for step in reversed(steps) if step.what == BLANKED), ""),
    )
    return _with_outcome(entry, verdict) if verdict else entry


def _with_outcome(entry: Entry, step: Step) -> Entry:
    return replace(
        entry,
        what=step.what,
        build=step.build,
        findings=step.findings,
        returns=step.returns,
        who=step.who,
        reason=step.reason,
        outcome_at=step.at,
        shapes=step.shapes,
        acts=step.acts,
    )


def read_entries(store: Path) -> list[Entry]:
    """Return every receipt of a store, oldest first; empty when nothing was ever received."""
    return Journal(store).entries()
