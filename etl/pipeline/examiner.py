"""Examiner: judges many files against a working copy until no register can change a verdict; writes the accepted."""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from etl.compare.replacements import SENT_TWICE
from etl.guard import Refused
from etl.journal import ACCEPTED, HELD, RETURNED
from etl.journal.outcomes import Outcome
from etl.load import Build
from etl.matching.layout_memory import Memory
from etl.matching.sheet_parts import SheetPart, registered_in
from etl.model.decisions_made import Act, Decided
from etl.model.examination import Examination
from etl.model.finding import Finding, Key, is_confirmed, shorten_finding
from etl.model.nouns import Submission
from etl.model.receipt_state import ReceiptState
from etl.model.unit_register import Register
from etl.pipeline.examine import examine
from etl.pipeline.past_decisions import PastDecisions
from etl.pipeline.reading_ahead import ReadingAhead
from stats.catalogue import Catalogue


@dataclass(frozen=True)
class ExaminedFile:
    """An examined file, its verdict, and its returns as findings name them (form|reporter|period).

    `acts` says how each return is applied, `registers` whether the file holds a register of organisations.
    """

    examination: Examination
    what: ReceiptState
    returns: tuple[str, ...]
    registers: bool
    acts: tuple[Act, ...] = ()

    @property
    def seq(self) -> int:
        """Return the running number of the file's receipt."""
        return self.examination.submission.seq

    @property
    def outcome(self) -> Outcome:
        """Return the outcome that the sender of the file gets."""
        return Outcome(self.examination.submission.name, self.what, tuple(self.examination.findings), self.seq)


Report = Callable[[ExaminedFile], None]  # called with each verdict


class Examiner:
    """Examines files in the order given."""

    def __init__(
        self,
        build: Build,
        catalogue: Catalogue,
        past_decisions: PastDecisions | None = None,
        standing: Collection[int] = (),
        keep_returns: bool = False,
    ) -> None:
        """`standing` are receipts accepted before, which are not questioned again.

        `past_decisions` holds earlier decisions from the journal; its memory learns the layouts of accepted files.
        `confirmed` gathers the questions that were not asked because somebody had confirmed them.
        """
        self._build = build
        self._catalogue = catalogue
        self._ahead = ReadingAhead(catalogue)
        self._past_decisions = past_decisions
        self._standing = standing
        self._keep_returns = keep_returns
        self._memory = past_decisions.memory() if past_decisions else Memory()
        self._acts = past_decisions.acts(standing) if past_decisions else {}
        self._together: set[int] = set()
        self.confirmed: list[Finding] = []
        self._put_off: dict[int, Sequence[Finding]] = {}  # why files with registers are held, whatever is in force

    def run(self, submissions: list[Submission], report: Callable[[ExaminedFile, int], None]) -> list[ExaminedFile]:
        """Examine and write all files, registers of organisations before everything that may depend on them.

        Receipts accepted before are processed in the order given, because what was in force then may not be now.
        Without `keep_returns` only the verdicts are returned, so that a long load does not keep every sheet in memory.
        `report` is called with each verdict, and again when it changes.
        """
        reported: dict[int, ExaminedFile] = {}

        def report_once(examined: ExaminedFile) -> None:
            before = reported.get(examined.seq)
            reported[examined.seq] = examined
            if not before or before.outcome != examined.outcome:
                report(examined, len(submissions))

        with _uncollected():
            return self._run(submissions, report_once)

    def _run(self, submissions: list[Submission], report: Report) -> list[ExaminedFile]:
        """Judge all files; again without any file with a register that has to be held, as others depend on it."""
        files = self._settle(submissions, report) if self._standing else self._in_order(submissions, report)
        for hold in (self._hold_rivals, self._hold_doubtful):
            put_off = len(self._put_off)
            files = hold(files, report)
            if len(self._put_off) > put_off:
                self._begin_again()
                return self._run(submissions, report)
        return files

    def _begin_again(self) -> None:
        self._build.begin_again()
        self._memory = self._past_decisions.memory() if self._past_decisions else Memory()
        self._together.clear()
        self.confirmed.clear()

    def _hold_rivals(self, files: list[ExaminedFile], report: Report) -> list[ExaminedFile]:
        """Withdraw and hold the files of a return with two versions: the order of files must not decide."""
        asking = {examined.seq: [*_rival_questions(examined)] for examined in files if examined.what == HELD}
        questions = {
            finding.about: finding.quoting(about.split("|")[1] for about in examined.returns)
            for examined in files
            for finding in asking.get(examined.seq, ())
        }
        held: dict[int, ExaminedFile] = {}
        for examined in files:
            about = next((name for name in examined.returns if name in questions), "")
            if about and examined.what == ACCEPTED and self._may_hold(examined):
                finding = replace(questions[about], file=examined.examination.submission.name, sheet="")
                held[examined.seq] = self._with(examined, [finding])
        held = {seq: examined for seq, examined in held.items() if examined.what == HELD}
        if self._take_out(held, report):  # nothing would ask about the others, once this one is not in force
            self._put_off = {seq: findings for seq, findings in asking.items() if findings} | self._put_off
        return [held.get(examined.seq, examined) for examined in files]

    def _hold_doubtful(self, files: list[ExaminedFile], report: Report) -> list[ExaminedFile]:
        """Take out and hold the files that push a rate out of its range or lay a total over data, until none are found.

        Files accepted before stay accepted.
        """
        while accepted := {
            examined.seq: examined for examined in files if examined.what == ACCEPTED and self._may_hold(examined)
        }:
            names = {seq: examined.examination.submission.name for seq, examined in accepted.items()}
            asked = self._build.figure_questions(names)
            wrong = {seq: self._with(accepted[seq], findings) for seq, findings in asked.items()}
            wrong = {seq: examined for seq, examined in wrong.items() if examined.what == HELD}
            if not wrong or self._take_out(wrong, report):
                break
            files = [wrong.get(examined.seq, examined) for examined in files]
        return files

    def _take_out(self, held: Mapping[int, ExaminedFile], report: Report) -> bool:
        """Take files out of the copy; if any has a register, only note those to be held and return True."""
        with_registers = {seq: examined for seq, examined in held.items() if examined.registers}
        for seq, examined in (with_registers or held).items():
            if examined.registers:
                self._put_off[seq] = examined.examination.findings
            else:
                self._build.withdraw(seq)
                report(examined)
        return bool(with_registers)

    def _may_hold(self, examined: ExaminedFile) -> bool:
        return examined.seq not in self._standing

    def _with(self, examined: ExaminedFile, findings: list[Finding]) -> ExaminedFile:
        """Return a file held for further findings; unchanged if all of them were confirmed."""
        # as the journal keeps them, or what was confirmed of a long name would be asked again
        whole, findings = examined.examination, [shorten_finding(finding) for finding in findings]
        confirmed = self._confirmed(whole.submission)
        more = [finding for finding in findings if not is_confirmed(finding, confirmed)]
        self.confirmed += [finding for finding in findings if finding not in more]
        if not more:
            return examined
        return replace(examined, examination=replace(whole, findings=[*whole.findings, *more]), what=HELD)

    def _in_order(self, submissions: list[Submission], report: Report) -> list[ExaminedFile]:
        """Judge files in their order; at the first register, restart with all registers, the earliest first."""
        done: list[ExaminedFile] = []
        register = self._build.register()
        for submission, parts in self._ahead.read(submissions):
            if not isinstance(parts, Refused) and registered_in(parts):
                if any(examined.what == ACCEPTED for examined in done):
                    self._build.begin_again()
                registers = self._ahead.registers_among(submissions)
                rest = [submission for submission in submissions if submission not in registers]
                return self._settle(registers, report) + list(self._one_round(rest, report))
            done.append(self._judge(submission, parts, register, report))
            if done[-1].registers:
                register = self._build.register()
        return done

    def _settle(self, submissions: list[Submission], report: Report) -> list[ExaminedFile]:
        """Judge in rounds: files whose verdict a register could still change wait until one was accepted."""
        done: list[ExaminedFile] = []
        queued = submissions
        while queued:
            files = list(self._one_round(queued, lambda examined: None if _waits(examined) else report(examined)))
            waiting = [examined for examined in files if _waits(examined)]
            done += [examined for examined in files if not _waits(examined)]
            if not any(examined.what == ACCEPTED and examined.registers for examined in files):
                for examined in waiting:
                    report(examined)
                return done + waiting
            queued = [examined.examination.submission for examined in waiting]
        return done

    def _one_round(self, submissions: list[Submission], report: Report) -> Iterator[ExaminedFile]:
        register = self._build.register()
        for submission, parts in self._ahead.read(submissions):
            examined = self._judge(submission, parts, register, report)
            yield examined
            if examined.what == ACCEPTED and examined.registers:
                register = self._build.register()

    def _judge(
        self,
        submission: Submission,
        parts: list[SheetPart] | Refused,
        register: Register,
        report: Report,
    ) -> ExaminedFile:
        """Return the verdict on one file; report it and, if it is accepted, write the file."""
        whole = self._put_off_if_asked(self._examine(submission, parts, register))
        what, returns = self._verdict(whole), _name_returns(whole, register)
        self.confirmed += whole.confirmed
        if what == ACCEPTED:
            self._build.write(whole)
            self._together |= {submission.seq} - {*self._standing}
            self._memory.keep(submission.seq, whole.shapes)
        kept = whole if self._keep_returns else whole.without_contents()
        acts = tuple(filed.act for filed in whole.returns)
        examined = ExaminedFile(kept, what, returns, whole.registers, acts=acts)
        report(examined)
        return examined

    def _put_off_if_asked(self, whole: Examination) -> Examination:
        put_off = self._put_off.get(whole.submission.seq, ())
        more = [finding for finding in put_off if finding not in whole.findings]
        return replace(whole, findings=[*whole.findings, *more]) if more else whole

    def _examine(self, submission: Submission, parts: list[SheetPart] | Refused, register: Register) -> Examination:
        chosen = self._past_decisions.chosen(submission) if self._past_decisions else {}
        decided = Decided(chosen, self._acts_of(submission), self._together)
        known, confirmed = self._build.known, self._confirmed(submission)
        return examine(submission, parts, register, self._catalogue, known, confirmed, self._memory, decided)

    def _confirmed(self, submission: Submission) -> Collection[Key]:
        return self._past_decisions.confirmed(submission) if self._past_decisions else frozenset()

    def _acts_of(self, submission: Submission) -> Mapping[str, Act] | None:
        return self._acts.get(submission.seq, {}) if submission.seq in self._standing else None

    def _verdict(self, examination: Examination) -> ReceiptState:
        is_held = examination.verdict == HELD
        return ACCEPTED if is_held and examination.submission.seq in self._standing else examination.verdict


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause garbage collection: rows are in no reference cycles, and scanning hundreds of thousands takes long."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _rival_questions(examined: ExaminedFile) -> Iterator[Finding]:
    """Yield the questions about a return that other files of the load contain as well."""
    return (finding for finding in examined.examination.findings if finding.rule == SENT_TWICE)


def _name_returns(examination: Examination, register: Register) -> tuple[str, ...]:
    returns = examination.returns
    return tuple(f"{each.form.code}|{register.find(each.reporter) or each.reporter}|{each.period}" for each in returns)


def _waits(examined: ExaminedFile) -> bool:
    return examined.what == RETURNED and examined.examination.awaits_register
