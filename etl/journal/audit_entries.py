"""Audit entries of a session: one line per act, however many files it touched."""

from collections import Counter
from collections.abc import Iterable, Sequence

from etl.model.receipt_state import ReceiptState
from store.audit import NewAuditEntry
from store.verbs import Verb

_SETTLED = {
    ReceiptState.ACCEPTED: Verb.TOOK_IN,
    ReceiptState.WITHDRAWN: Verb.WITHDREW,
    ReceiptState.FORGOTTEN: Verb.FORGOT,
}
Files = Sequence[tuple[int, str]]  # running numbers and names


def say_files(files: Files) -> str:
    """Return the files in words, the first by its number and name."""
    if not files:
        return ""
    number, name = files[0]
    return f"第{number}号“{name}”" + (f"等{len(files)}份" if len(files) > 1 else "")


def received_entry(who: str, files: Files) -> NewAuditEntry:
    """Return the audit entry for receiving files. Their names and hashes are in the journal."""
    return NewAuditEntry(who, Verb.UPLOADED, say_files(files), {"last": files[-1][0]} if len(files) > 1 else {})


def judged_entry(
    who: str,
    verb: Verb,
    files: Files,
    outcomes: Iterable[ReceiptState],
    build: int | None,
    reason: str = "",
    columns: str = "",
) -> NewAuditEntry:
    """Return the audit entry for judging files: how many were accepted, held or returned, and the resulting build."""
    details: dict[str, str | int] = dict(Counter(state.value for state in outcomes))
    return NewAuditEntry(who, verb, say_files(files), details | _known(build=build, reason=reason, columns=columns))


def target_entries(who: str, files: Files, build: int | None) -> list[NewAuditEntry]:
    """Return the audit entries for changed targets, with the files that changed them; empty if there are none."""
    return [NewAuditEntry(who, Verb.CHANGED_TARGET, say_files(files), _known(build=build))] if files else []


def decision_entry(who: str, verb: Verb, files: Files, reason: str, build: int | None = None) -> NewAuditEntry:
    """Return the audit entry for a decision on files, with its reason."""
    return NewAuditEntry(who, verb, say_files(files), _known(build=build, reason=reason))


def reconciled_entries(settled: Iterable[tuple[str, ReceiptState, tuple[int, str]]]) -> list[NewAuditEntry]:
    """Return the audit entries for what a killed session had done, in the name of whoever began it."""
    files: dict[tuple[str, ReceiptState], list[tuple[int, str]]] = {}
    for who, what, file in settled:
        files.setdefault((who, what), []).append(file)
    return [decision_entry(who, _SETTLED[what], named, "上次中断，这次补记") for (who, what), named in files.items()]


def _known(**details: str | int | None) -> dict[str, str | int]:
    return {name: value for name, value in details.items() if value}
