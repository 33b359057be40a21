"""Decisions on received files: withdraw, confirm, match columns, delete the original."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from base.errors import UserError
from etl.journal import (
    ACCEPTED,
    FORGETTING,
    FORGOTTEN,
    HELD,
    RETURNED,
    WITHDRAWN,
    Entry,
)
from etl.journal.confirmations import Confirmation
from etl.journal.outcomes import Outcome, Progress, Summary, to_confirm
from etl.load.contents import submissions_in
from etl.matching.questions import read_answers
from etl.model.finding import Finding
from etl.model.receipt_state import ReceiptState
from etl.pipeline.refusals import original
from etl.pipeline.session import Session, open_session
from etl.privacy.typed_words import keep_words
from store.builds import builds_of, current_build
from store.verbs import Verb

_STANDS: dict[ReceiptState | None, str] = {
    ACCEPTED: "已收下", HELD: "待核实", RETURNED: "已退回", WITHDRAWN: "已撤回", None: "还没有处理完",
}  # fmt: skip


def withdraw(store: Path, seq: int, reason: str, who: str) -> Summary:
    """Withdraw a submission: an earlier return of the same form, reporter and quarter is in force again.

    A held file is withdrawn too. The journal keeps the history, and the file stays in the inbox. Raises UserError when
    the number or the reason is missing, the file is neither accepted nor held, or other data depend on it.
    """
    with open_session(store, who) as session:
        session.begin()
        entry = session.entry(seq)
        reason = keep_words(reason, "撤回的理由")
        if entry.what not in (ACCEPTED, HELD):
            raise UserError(f"第 {seq} 号“{entry.name}”{_STANDS[entry.what]}，不用撤回。")
        if entry.what == HELD:
            session.note([session.step(entry, WITHDRAWN, reason)], Verb.WITHDREW, entry.name)
        else:
            session.take_out(entry, reason)
        session.tell(Outcome(entry.name, WITHDRAWN, (), seq), 1)
        return session.summary


def confirm(
    store: Path,
    seq: int,
    reason: str,
    who: str,
    numbers: Sequence[int] = (),
    progress: Progress | None = None,
    choices: Sequence[str] = (),
) -> Summary:
    """Confirm the questions of a held file, by the numbers of `to_confirm` (all of them when none is given).

    `choices` answer the questions that offer choices: 补报 or 更正, or the sheet that counts. The file is judged again
    and accepted when nothing is left to confirm. Raises UserError when the number, the reason or a choice is missing,
    the file is not held, or a later file has replaced it.
    """
    with open_session(store, who, progress) as session:
        session.begin()
        entry = session.entry(seq)
        reason = keep_words(reason, "确认的理由")
        if entry.what != HELD:
            raise UserError(f"第 {seq} 号“{entry.name}”{_STANDS[entry.what]}，没有要核实的内容。")
        _refuse_replaced(entry, session.journal.entries())
        # raises before anything is recorded
        original(store, entry)
        questions = _chosen(entry, numbers)
        confirmations = [
            Confirmation(seq=seq, key=finding.key, who=who, reason=reason, choice=choice, problem=finding.problem)
            for finding, choice in zip(questions, _choose(questions, choices), strict=True)
        ]
        files = [session.submission(entry)]
        session.take_in(files, confirmations=confirmations, reason=reason, verb=Verb.CONFIRMED)
        return session.summary


def match(store: Path, seq: int, answers: Mapping[str, str], who: str, progress: Progress | None = None) -> Summary:
    """Assign the unknown headers of a file to columns of its form, by header path: label or code, "" for not used.

    The answer is remembered for the unit and its layout; the file is judged again and accepted if nothing else is
    wrong. Raises UserError when the number is missing, the file is already accepted, or an answer does not fit.
    """
    with open_session(store, who, progress) as session:
        session.begin()
        entry = session.entry(seq)
        if entry.what not in (HELD, RETURNED, WITHDRAWN):
            raise UserError(f"第 {seq} 号“{entry.name}”{_STANDS[entry.what]}，没有要认定的栏。认定错了的，请先撤回。")
        if entry.blanked:
            raise UserError(f"第 {seq} 号“{entry.name}”里有个人信息，原件没有保存，不能再认定。请填报单位删去后重报。")
        _refuse_replaced(entry, session.journal.entries())
        original(store, entry)
        matchings = read_answers(entry, answers, who, session.catalogue)
        session.take_in([session.submission(entry)], matchings=matchings, verb=Verb.MATCHED)
        return session.summary


def forget(store: Path, seq: int, reason: str, who: str) -> None:
    """Delete the original of a returned or withdrawn file, and the old builds that hold cells of it.

    The journal keeps its name, sha256, who deleted it and why. Raises UserError when the file is in force or held, or
    the number or the reason is missing.
    """
    with open_session(store, who) as session:
        session.reconcile()
        entry = session.entry(seq)
        reason = keep_words(reason, "删除的理由")
        if entry.forgotten:
            raise UserError(f"第 {seq} 号“{entry.name}”的原件已经删除了。")
        # The inbox keeps a file once under its hash, however many receipts it has.
        same = [other for other in session.journal.entries() if other.sha == entry.sha]
        kept = next((other for other in same if other.what not in (RETURNED, WITHDRAWN)), None)
        if kept:
            raise UserError(f"第 {kept.seq} 号“{kept.name}”{_STANDS[kept.what]}，原件不能删除。请先撤回。")
        # finished by the next start
        session.journal.append([session.step(receipt, FORGETTING, reason) for receipt in same])
        _delete_builds_with(store, {receipt.seq for receipt in same})
        (store / entry.file).unlink(missing_ok=True)
        session.note([session.step(receipt, FORGOTTEN, reason) for receipt in same], Verb.FORGOT, entry.name)


def accepted_entries(session: Session, numbers: Sequence[int], reason: str) -> list[Entry]:
    """Return the receipts to withdraw, by number. Raises UserError when one is not accepted, or the reason is missing.

    A reason is needed only when there are any.
    """
    entries = [session.entry(seq) for seq in dict.fromkeys(numbers)]
    for entry in entries:
        keep_words(reason, "撤回的理由")
        if entry.what != ACCEPTED:
            raise UserError(f"第 {entry.seq} 号“{entry.name}”{_STANDS[entry.what]}，不用撤回。")
    return entries


def _chosen(entry: Entry, numbers: Sequence[int]) -> list[Finding]:
    """Return the selected questions of a held file. Raises UserError for an unknown number."""
    questions = to_confirm(entry.findings)
    wrong = [number for number in numbers if not 1 <= number <= len(questions)]
    if wrong:
        raise UserError(f"第 {entry.seq} 号“{entry.name}”要核实的有 {len(questions)} 处，没有第 {wrong[0]} 处。")
    return [questions[number - 1] for number in sorted(set(numbers))] if numbers else questions


def _choose(findings: Sequence[Finding], choices: Sequence[str]) -> list[str]:
    """Return the choice that answers each question, "" where it offers none. Raises UserError when one is missing."""
    offered = {choice for finding in findings for choice in finding.choices}
    foreign = next((choice for choice in choices if choice not in offered), None)
    if foreign is not None:
        can = f"可选的有：{'、'.join(sorted(offered))}" if offered else "要核实的内容没有可选的"
        raise UserError(f"没有“{foreign}”可选。{can}。")
    return [_choice_of(finding, choices) if finding.offered else "" for finding in findings]


def _choice_of(finding: Finding, choices: Sequence[str]) -> str:
    fitting = [choice for choice in dict.fromkeys(choices) if choice in finding.choices]
    if len(fitting) != 1:
        raise UserError(f"{finding.sentence()}请选一个：{'、'.join(finding.choices)}。")
    return fitting[0]


def _refuse_replaced(entry: Entry, entries: list[Entry]) -> None:
    """Raise UserError when later files have replaced everything in a file that is not accepted."""
    later = [other for other in entries if other.seq > entry.seq and other.what == ACCEPTED]
    replaced = {about: other for other in later for about in _replaced_by(other)}
    if entry.returns and all(about in replaced for about in entry.returns):
        newer = replaced[entry.returns[0]]
        todo = "不用再核实，可以撤回" if entry.what == HELD else "不用再认定"
        raise UserError(f"之后报来的第 {newer.seq} 号“{newer.name}”已收下，第 {entry.seq} 号“{entry.name}”{todo}。")


def _replaced_by(entry: Entry) -> Iterator[str]:
    """Yield the returns that a file replaces; a supplement (补报) replaces none."""
    acts = dict(zip(entry.returns, entry.acts, strict=False))
    return (about for about in entry.returns if acts.get(about) != "supplement")


def _delete_builds_with(store: Path, submissions: Collection[int]) -> None:
    """Delete the old builds that still hold cells of these submissions."""
    current = current_build(store)
    for path in builds_of(store / "warehouse"):
        # none of these receipts is accepted, so the current build has no cells of them
        if path != current and submissions_in(path) & set(submissions):
            path.unlink()
