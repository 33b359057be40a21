"""Reconcile: on the next start, record in the journal what a killed session had done to the figures and what not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from etl.journal import (
    ACCEPTED,
    ACCEPTING,
    BLANKED,
    BLANKING,
    FORGETTING,
    FORGOTTEN,
    WITHDRAWING,
    WITHDRAWN,
    Entry,
    Journal,
    Step,
)
from etl.journal.audit_entries import reconciled_entries
from etl.load.contents import submissions_in
from etl.pipeline.refusals import demand_known
from etl.redraw.blanking import blank_original
from store.builds import current_build


def reconcile(store: Path, journal: Journal) -> list[Entry]:
    """Record what a killed session had done but not recorded; what it had not done is left as before.

    Return the receipts in their new state. Raises UserError for a build that does not belong to this journal.
    """
    entries = journal.entries()
    demand_known(store, entries)
    unsure = [entry for entry in entries if entry.intent or entry.what is None]
    if not unsure:
        return entries
    current = current_build(store)
    inside = submissions_in(current) if current else set()
    settled = [(entry, step) for entry in unsure for step in _settle(store, entry, entry.seq in inside)]
    decided = [(entry, step) for entry, step in settled if step.what != BLANKED]
    done = [(step.who or entry.received_by, step.what, (entry.seq, entry.name)) for entry, step in decided]
    journal.append([step for _, step in settled], audit_entries=reconciled_entries(done))
    return journal.entries()


def _settle(store: Path, entry: Entry, inside: bool) -> Iterator[Step]:
    # A deletion can always be finished. Whether a load or a withdrawal was finished only the build can tell. A receipt
    # that did not get into it stays unfinished, and the next load takes it in.
    intent = entry.intent.what if entry.intent else ACCEPTING
    noted = entry.intent or Step(seq=entry.seq, what=ACCEPTED)
    if intent == FORGETTING:
        (store / entry.file).unlink(missing_ok=True)
        yield replace(noted, what=FORGOTTEN)
    elif intent == BLANKING:
        yield replace(noted, what=BLANKED, reason=blank_original(store / entry.file))
    elif intent == ACCEPTING and inside:
        yield replace(noted, what=ACCEPTED)
    elif intent == WITHDRAWING:
        yield replace(noted, what=ACCEPTED if inside else WITHDRAWN)
