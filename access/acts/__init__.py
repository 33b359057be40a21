"""Acts: what people do through the pages. Each act first looks up who is at work and whether they are allowed to.

This is the only way from a page to anything that is changed or handed out. A page may hide a button; permission is
refused here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from access.accounts import saved_views
from access.accounts.noted_refusals import note_refused_act
from access.accounts.owning_area import (
    areas_of_entry,
    areas_of_examination,
    files_of_area,
    read_units,
    returns_of_county,
    senders,
)
from access.accounts.people import Person
from access.accounts.roles import Action
from access.acts.account_acts import AccountActs
from access.acts.catalogue_acts import CatalogueActs
from access.acts.speech_acts import SpeechActs
from access.form_permissions import forms_not_permitted
from access.telling import Telling
from base.errors import UserError
from base.periods import Span
from etl import intake
from etl.backup import Backup, back_up
from etl.backup.plan import BackupPlan, folder_now
from etl.collection.file_breakdown import file_breakdown
from etl.collection.templates import make_template, make_templates
from etl.intake import Outcome, Progress, Summary
from etl.journal import Entry, Sender, read_entries
from etl.journal.frozen_scores import Frozen
from etl.journal.kept_totals import Keep
from etl.journal.objections import Objection, answer_objection, object_to, objections
from etl.model.examination import Examination
from etl.pipeline.freeze import freeze
from etl.replies.findings_for_area import findings_for_area
from etl.total_decisions import keep_total
from stats.organisations import Units, area_of

NOT_SHOWN = "这一格在其他乡镇、园区、系统或县总工会报来的表里，只给县总工会看。"

T = TypeVar("T")


class InFile(Protocol):
    """Something from a received file, named by its sha256."""

    @property
    def submission(self) -> str:
        """Return the file's sha256."""


Cell = TypeVar("Cell", bound=InFile)


class Acts(AccountActs, CatalogueActs, SpeechActs):
    """The acts of one session's person on one store. All methods raise UserError when the act is not allowed."""

    def judge(self, paths: Sequence[Path], progress: Progress | None = None) -> list[tuple[Examination, bool]]:
        """Return the result of `check_paths` for each file, and whether this person may send it in.

        For a file they may not send in, the findings only say which parts are not theirs to report; there are none when
        the whole file is not theirs. What others filed is not quoted to them.
        """
        person = self.permit(Action.UPLOAD)
        examinations = intake.check_paths(paths, self._store, progress)
        if person.own_area is None:
            return [(examination, True) for examination in examinations]
        units, county = read_units(self._store), returns_of_county(self._store)
        return [self._judge_for(person, units, examination, county.__contains__) for examination in examinations]

    def take_in(self, paths: Sequence[Path], progress: Progress | None = None) -> Summary:
        """Load files. A clerk's files are judged first: if one is not theirs to send, none of them is loaded.

        A load may also finish what others sent in; a clerk sees nothing of that.
        """
        person = self.permit(Action.UPLOAD)
        sender = Sender(person.account.id, person.own_area or "")
        if person.own_area is None:
            return intake.load_paths(list(paths), self._store, progress, person.shown, sender)
        self._refuse_first([path for path, fits in self.judge(paths) if not fits], person)
        telling = Telling(self._store, person.own_area)
        with telling.errors():
            summary = intake.load_paths(list(paths), self._store, telling.progress(progress), person.shown, sender)
        return telling.summary(summary)

    def received(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return the receipts that this person may see: for a clerk those of the own area."""
        area = self.permit(Action.FOLLOW).own_area
        return list(entries) if area is None else Telling(self._store, area).entries(entries)

    def sent_for(self) -> tuple[str, Mapping[int, str]]:
        """Return the area this person sends files for, and that of each receipt; "" for the county's staff."""
        return self.permit(Action.UPLOAD).own_area or "", senders(self._store)

    def file_breakdown(self, write: Callable[[Path], Path]) -> Outcome:
        """File the split of a target, which `write` writes into a folder; only the county may set it."""
        person = self.permit(Action.UPLOAD, [None])
        return file_breakdown(self._store, write, person.shown)

    def make_template(self, form: str, unit: str, period: int, path: Path) -> Path:
        """Write the blank form of an organisation for one of its periods; for a clerk one of the own area."""
        self.permit(Action.PREPARE, [area_of(read_units(self._store), unit)])
        return make_template(self._store, form, unit, period, path)

    def make_templates(self, period: int, path: Path, forms: Sequence[str], single: bool) -> int:
        """Write the blank forms of a quarter, for a clerk those of the own area; return how many."""
        area = self.permit(Action.PREPARE).own_area or ""
        return make_templates(self._store, period, path, forms, single, area=area)

    def confirm(self, seq: int, reason: str, numbers: Sequence[int] = (), choices: Sequence[str] = ()) -> None:
        """Confirm the questions of a held file; `choices` answer those that offer choices."""
        person = self._permit_for(seq, Action.CONFIRM)
        intake.confirm(self._store, seq, reason, person.shown, numbers, choices=choices)

    def match(self, seq: int, answers: Mapping[str, str]) -> None:
        """Assign the unknown headers of a file to columns of its form."""
        person = self._permit_for(seq, Action.MATCH)
        intake.match(self._store, seq, answers, person.shown)

    def withdraw(self, seq: int, reason: str) -> None:
        """Take a file out of the figures."""
        person = self._permit_for(seq, Action.WITHDRAW)
        intake.withdraw(self._store, seq, reason, person.shown)

    def keep_total(self, unit: str, item: str, span: Span, keep: Keep, reason: str) -> None:
        """Decide whether an organisation's own total or what is below it counts; "" takes the decision back."""
        person = self.permit(Action.CONFIRM)
        keep_total(self._store, unit, item, span, keep, reason, person.shown)

    def forget(self, seq: int, reason: str) -> None:
        """Delete the kept original of a returned or withdrawn file."""
        person = self._permit_for(seq, Action.FORGET)
        intake.forget(self._store, seq, reason, person.shown)

    def original(self, entry: Entry) -> Path:
        """Return the path of the original of a received file."""
        self._permit_for(entry.seq, Action.OPEN)
        return intake.original(self._store, entry)

    def cells(self, cells: Iterable[Cell]) -> list[Cell]:
        """Return those cells that this person may see: for a clerk, the ones in files of their own area.

        This is the only way from a figure to a cell: to its file and address, its text, and lists of cells.
        """
        person = self.permit(Action.OPEN)
        if person.own_area is None:
            return list(cells)
        own = files_of_area(self._store, person.own_area)
        return [cell for cell in cells if cell.submission in own]

    def around(self, cell: Cell, look: Callable[[Cell], T]) -> T:
        """Return the surroundings of a cell, as `read_around` reads them, if this person may see it."""
        if not self.cells([cell]):
            note_refused_act(self._store, self.permit(Action.OPEN), Action.OPEN)
            raise UserError(NOT_SHOWN)
        return look(cell)

    def freeze(self, scheme: str, cutoff: date) -> Frozen:
        """Freeze the scores of a scheme as known at the end of a day."""
        return freeze(self._store, scheme, cutoff, self.permit(Action.SCORE).shown)

    def object_to(self, scheme: str, unit: str, item: str, words: str) -> int:
        """Object to a line of the score of an organisation."""
        person = self.permit(Action.OBJECT)
        self._demand(person, Action.OBJECT, [area_of(read_units(self._store), unit)])
        return object_to(self._store, scheme, unit, item, words, person.shown)

    def objections(self, scheme: str) -> list[Objection]:
        """Return the objections to scores of a scheme that this person may see: for a clerk the own area's."""
        area = self.permit(Action.VIEW).own_area
        raised = objections(self._store, scheme)
        if area is None:
            return raised
        units = read_units(self._store)
        return [objection for objection in raised if area_of(units, objection.unit) == area]

    def answer_objection(self, number: int, upheld: bool, words: str) -> None:
        """Answer an objection."""
        answer_objection(self._store, number, upheld, words, self.permit(Action.SCORE).shown)

    def save_view(self, name: str, address: str, pinned: bool) -> None:
        """Save a page under a name."""
        person = self.permit(Action.SAVE)
        saved_views.save_view(self._store, name, address, pinned, person.shown)

    def pin_view(self, name: str, pinned: bool) -> None:
        """Pin a saved page to 总览, or unpin it."""
        saved_views.pin_view(self._store, name, pinned, self.permit(Action.SAVE).shown)

    def delete_view(self, name: str) -> None:
        """Delete a saved page."""
        saved_views.delete_view(self._store, name, self.permit(Action.SAVE).shown)

    def back_up(self, plan: BackupPlan) -> Backup:
        """Back the store up now."""
        return back_up(self._store, folder_now(self._store, plan), plan.keep, self.permit(Action.MANAGE).shown)

    @staticmethod
    def _judge_for(
        person: Person, units: Units, examination: Examination, set_by_county: Callable[[str], bool]
    ) -> tuple[Examination, bool]:
        own = person.may(Action.UPLOAD, areas_of_examination(units, examination, person.own_area))
        findings = forms_not_permitted(examination, set_by_county) if own else []
        if findings or not own:
            return replace(examination, findings=findings), False
        in_short = findings_for_area(person.own_area, examination.findings, units)
        return replace(examination, findings=list(in_short)), True

    def _permit_for(self, seq: int, action: Action) -> Person:
        """Return the person at work if they may do this to a receipt now."""
        person = self.permit(action)
        if person.own_area is not None:
            entry = next((entry for entry in read_entries(self._store) if entry.seq == seq), None)
            areas = areas_of_entry(read_units(self._store), entry, senders(self._store)) if entry else []
            self._demand(person, action, areas)
        return person

    def _refuse_first(self, refused: Sequence[Examination], person: Person) -> None:
        """Raise UserError for files that may not be sent in; it says what in the first one is not theirs."""
        for examination in refused:
            note_refused_act(self._store, person, Action.UPLOAD)
            for finding in examination.findings:
                raise UserError(finding.sentence())
            person.demand(Action.UPLOAD, [None])
