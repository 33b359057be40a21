"""A session: one unit of work on a locked store. It defines the order in which everything that changes figures happens.

Inbox, journal (received), working copy, journal (intent), CURRENT, journal (outcome). So a kill at any point leaves the
previous build or the next one in force; `reconcile` finds out on the next start which of them it is.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from base.errors import UserError
from etl.journal import (
    ACCEPTED,
    ACCEPTING,
    BLANKED,
    BLANKING,
    WITHDRAWING,
    WITHDRAWN,
    Entry,
    Journal,
    Matching,
    Step,
    unfinished,
)
from etl.journal.acceptance_order import in_order_accepted
from etl.journal.audit_entries import decision_entry
from etl.journal.confirmations import Confirmation
from etl.journal.outcomes import Outcome, Progress, Summary
from etl.load import Build
from etl.load.contents import built_from, catalogue_print
from etl.load.settling import settle_totals
from etl.model.nouns import Submission
from etl.model.receipt_state import ReceiptState
from etl.pipeline.examiner import ExaminedFile, Examiner
from etl.pipeline.exclusive_lock import exclusive_lock
from etl.pipeline.past_decisions import PastDecisions
from etl.pipeline.reconcile import reconcile
from etl.pipeline.refusals import (
    demand_agreement,
    demand_all_again,
    demand_known,
    demand_originals,
    demand_usable_catalogue,
    refuse_orphaned,
    refuse_repeated,
)
from etl.pipeline.session_entries import entries_of, target_entries_of, with_personal_data
from etl.redraw.blanking import blank_original
from stats.catalogue import Catalogue
from stats.catalogue_in_force import catalogue_in_force
from stats.warehouse import build_version, connect_build
from store.audit import NewAuditEntry
from store.builds import LOAD, current_build, refuse_newer
from store.disk_errors import plain_faults
from store.engine import begin_journal, refuse_lost
from store.publish import clear_leftovers, point_to_nothing
from store.verbs import Verb


@contextmanager
def open_session(store: Path, who: str = "", progress: Progress | None = None) -> Iterator["Session"]:
    """Yield a session with the store's lock. Raises UserError when another one is running."""
    refuse_lost(store)  # before `exclusive_lock` recreates the folder
    with plain_faults(), exclusive_lock(store):
        begin_journal(store)  # before the first file lies in the inbox
        try:
            yield Session(store, Journal(store), catalogue_in_force(store), who, progress)
        except OSError:  # mostly a full disk, which leftovers must not keep full
            clear_leftovers(store)
            raise


class Session:
    """Adds files to the figures and removes them, and records by whom and why."""

    def __init__(
        self, store: Path, journal: Journal, catalogue: Catalogue, who: str, progress: Progress | None
    ) -> None:
        self.store = store
        self.journal = journal
        self.summary = Summary()
        self.catalogue = catalogue
        self._who = who
        self._progress = progress or (lambda outcome, total: None)

    def entry(self, seq: int) -> Entry:
        """Return a receipt by its number. Raises UserError when there is none."""
        receipt = next((entry for entry in self.journal.entries() if entry.seq == seq), None)
        if receipt is None:
            raise UserError(f"没有编号为 {seq} 的上报。编号见上报时的回执或报送进度。")
        return receipt

    def submission(self, entry: Entry) -> Submission:
        """Return the kept file of a receipt."""
        return Submission(entry.sha, entry.name, self.store / entry.file, entry.seq)

    def step(self, entry: Entry, state: ReceiptState, reason: str = "") -> Step:
        """Return a step of a receipt with its earlier findings, in the name of whoever runs the session."""
        step = Step(seq=entry.seq, what=state, who=self._who, reason=reason, build=entry.build)
        return replace(step, findings=entry.findings, returns=entry.returns, shapes=entry.shapes, acts=entry.acts)

    def note(self, steps: Sequence[Step], verb: Verb, name: str) -> None:
        """Record in the journal and the audit that a decision on receipts of one file was carried out."""
        files = [(step.seq, name) for step in steps]
        entry = decision_entry(self._who, verb, files, steps[0].reason, self.summary.build)
        self.journal.append(steps, audit_entries=[entry])

    def tell(self, outcome: Outcome, total: int) -> None:
        """Add an outcome to the summary and show it."""
        self.summary.outcomes.append(outcome)
        self._progress(outcome, total)

    def begin(self) -> None:
        """Reconcile what a killed session left, and rebuild if the build comes from another catalogue or version.

        Raises UserError when a later version of the program made the build, when journal and build do not agree, or
        while this program refuses the catalogue published last: under an earlier one, files of its forms would be lost.
        """
        demand_usable_catalogue(self.store)
        current = current_build(self.store)
        with connect_build(current) if current else nullcontext():  # opened once, for all that look into it here
            refuse_newer(build_version(current) if current else 0)
            entries = self.reconcile()
            outdated = any(entry.what == ACCEPTED for entry in entries) and built_from(self.store) != catalogue_print(
                self.catalogue
            )
            if not outdated:
                demand_agreement(self.store, entries)
        if outdated:
            self.rebuild()
            self.summary = Summary()
        else:
            settle_totals(self.store, self.catalogue)

    def rebuild(
        self,
        verb: Verb = Verb.REBUILT,
        without: Sequence[Entry] = (),
        reason: str = "",
        before_publishing: Callable[[], None] = lambda: None,
    ) -> None:
        """Examine again, in the order of acceptance, all files accepted or never finished; no old build is read.

        Receipts in `without` are withdrawn; `before_publishing` is called when the new build is complete. Raises
        UserError, and leaves the old build in force, when nothing was ever accepted, or when something that was in the
        figures would be missing from the new build.
        """
        entries = self.journal.entries()
        demand_known(self.store, entries)
        begun = [entry.intent for entry in entries if entry.intent and entry.intent.what == WITHDRAWING]
        withdrawing = [self.step(entry, WITHDRAWING, reason) for entry in without]
        gone = {step.seq for step in (*begun, *withdrawing)}
        wanted = [entry for entry in entries if (entry.what == ACCEPTED or unfinished(entry)) and entry.seq not in gone]
        if not wanted:
            raise UserError(f"数据目录 {self.store} 里没有已收下的报表，无从重建。请先上报报表。", LOAD)
        demand_originals(self.store, (entry for entry in wanted if entry.what == ACCEPTED))
        self.journal.append(withdrawing)
        try:
            self._take_in_again(wanted, verb, before_publishing)
        except BaseException:  # Ctrl+C too: nothing was withdrawn
            self.journal.append([replace(step, what=ACCEPTED) for step in withdrawing])
            raise
        self._note_left_out([*begun, *withdrawing], entries)

    def _take_in_again(self, wanted: Sequence[Entry], verb: Verb, before_publishing: Callable[[], None]) -> None:
        standing = {entry.seq for entry in wanted if entry.what == ACCEPTED}
        files = [self.submission(entry) for entry in in_order_accepted(wanted, self.catalogue)]
        self.take_in(files, fresh=True, standing=standing, verb=verb, before_publishing=before_publishing)

    def _note_left_out(self, steps: Sequence[Step], entries: Sequence[Entry]) -> None:
        names, build = {entry.seq: entry.name for entry in entries}, self.summary.build
        done = [replace(step, what=WITHDRAWN, build=build) for step in steps]
        audit_entries = [
            decision_entry(step.who, Verb.WITHDREW, [(step.seq, names[step.seq])], step.reason, build) for step in done
        ]
        self.journal.append(done, audit_entries=audit_entries)

    def reconcile(self) -> list[Entry]:
        """Record what a killed session had done, and return the receipts. Raises UserError as `reconcile` does."""
        return reconcile(self.store, self.journal)

    def take_in(
        self,
        submissions: list[Submission],
        fresh: bool = False,
        standing: Collection[int] = (),
        confirmations: Sequence[Confirmation] = (),
        matchings: Sequence[Matching] = (),
        reason: str = "",
        verb: Verb = Verb.TOOK_IN,
        before_publishing: Callable[[], None] = lambda: None,
    ) -> None:
        """Examine submissions and publish the accepted ones as one build; `verb` is the act in the audit.

        `fresh` begins from an empty copy; `standing` are receipts which are not questioned again.
        """
        if not submissions:
            return
        build = Build(self.store, self.catalogue, fresh)
        try:
            past_decisions = PastDecisions(self.journal, confirmations, matchings)
            examiner = Examiner(build, self.catalogue, past_decisions, standing)
            files = examiner.run(submissions, lambda examined, total: self._progress(examined.outcome, total))
            demand_all_again(outcomes := [examined.outcome for examined in files], standing)
            self.summary.outcomes += outcomes
            accepted = [examined for examined in files if examined.what == ACCEPTED]
            begun = [self._judged_step(each, ACCEPTING, reason) for each in accepted if each.seq not in standing]
            if accepted:
                build.refresh()
                self.journal.append(begun, confirmations, matchings)  # the intent, which `reconcile` settles
                before_publishing()
                self.summary.build = build.publish()
            blanking = [Step(seq=seq, what=BLANKING, who=self._who) for seq in with_personal_data(files)]
            done = [self._judged_step(examined, examined.what, reason) for examined in files] + blanking
            entries = self._audit_entries(files, verb, reason, matchings)
            if accepted:  # written down already, before the build was published
                confirmations, matchings = (), ()
            self.journal.append(done, confirmations, matchings, entries, confirmed=examiner.confirmed)
            self._blank({step.seq for step in blanking})
        finally:
            build.discard()

    def _blank(self, blanking: Collection[int]) -> None:
        """Replace the originals of files returned for personal data by a copy without it."""
        entries = self.journal.entries() if blanking else []
        for file in {entry.file for entry in entries if entry.seq in blanking}:
            sha = blank_original(self.store / file)
            same = [entry for entry in entries if entry.file == file and not entry.forgotten]
            self.journal.append([Step(seq=entry.seq, what=BLANKED, who=self._who, reason=sha) for entry in same])

    def take_out(self, entry: Entry, reason: str) -> None:
        """Take one accepted submission out of the figures. Raises UserError when other data depend on it."""
        rest = [other for other in self.journal.entries() if other.what == ACCEPTED and other.seq != entry.seq]
        build = self._build_without(entry, rest)
        try:
            self.journal.append([self.step(entry, WITHDRAWING, reason)])
            if rest:
                self.summary.build = build.publish()
            else:
                point_to_nothing(self.store / "warehouse")
            done = replace(self.step(entry, WITHDRAWN, reason), build=self.summary.build)
            self.note([done], Verb.WITHDREW, entry.name)
        finally:
            build.discard()

    def keep_as_of(self, entries: Sequence[Entry], moment: datetime) -> int:
        """Make a build of some receipts alone, as the state at a moment, and keep it. Return its number.

        CURRENT stays. Raises UserError when one of them can't be accepted any more.
        """
        build = Build(self.store, self.catalogue, fresh=True)
        try:
            self.take_in_rest(build, list(entries))
            build.refresh()
            return build.keep(moment)
        finally:
            build.discard()

    def _build_without(self, entry: Entry, rest: list[Entry]) -> Build:
        build = Build(self.store, self.catalogue)
        try:
            if build.registers(entry.seq):
                build.discard()
                build = Build(self.store, self.catalogue, fresh=True)
                self.take_in_rest(build, rest)
            else:
                refuse_repeated(build.withdraw(entry.seq))
            build.refresh()
        except BaseException:
            build.discard()
            raise
        return build

    def take_in_rest(self, build: Build, rest: list[Entry]) -> None:
        """Write the receipts that remain without a register. Raises UserError when one of them depends on it.

        Also raises it when an original is missing or altered.
        """
        demand_originals(self.store, rest)
        standing = {entry.seq for entry in rest}
        examiner = Examiner(build, self.catalogue, PastDecisions(self.journal), standing)
        files = [self.submission(entry) for entry in in_order_accepted(rest, self.catalogue)]
        examined_files = examiner.run(files, lambda examined, total: None)
        refuse_orphaned(
            [examined.examination.submission.name for examined in examined_files if examined.what != ACCEPTED]
        )

    def _audit_entries(
        self, files: Sequence[ExaminedFile], verb: Verb, reason: str, matchings: Sequence[Matching]
    ) -> list[NewAuditEntry]:
        who, build = self._who, self.summary.build
        targets = target_entries_of(files, verb, who, build, self.catalogue)
        return [*entries_of(files, verb, who, build, reason, matchings), *targets]

    def _judged_step(self, examined: ExaminedFile, state: ReceiptState, reason: str) -> Step:
        shapes, findings = examined.examination.shapes, tuple(examined.examination.findings)
        step = Step(seq=examined.seq, what=state, who=self._who, reason=reason, build=self.summary.build)
        return replace(step, findings=findings, returns=examined.returns, shapes=shapes, acts=examined.acts)
