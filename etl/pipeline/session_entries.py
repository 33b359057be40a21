"""Session entries: what a session records in the audit of the files it took in, and which of them hold persons."""

from collections.abc import Iterator, Sequence

from etl.journal import Matching
from etl.journal.audit_entries import judged_entry, target_entries
from etl.journal.outcomes import ACCEPTED
from etl.pipeline.examiner import ExaminedFile
from etl.redraw.blanking import holds_personal_data
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole
from store.audit import NewAuditEntry
from store.verbs import Verb

_REPEATING = frozenset({Verb.REBUILT, Verb.UPGRADED})  # acts that decide nothing new


def with_personal_data(files: Sequence[ExaminedFile]) -> list[int]:
    """Return the receipts of the files that hold personal data."""
    return [examined.seq for examined in files if holds_personal_data(examined.examination.findings)]


def entries_of(
    files: Sequence[ExaminedFile], verb: Verb, who: str, build: int | None, reason: str, matchings: Sequence[Matching]
) -> Iterator[NewAuditEntry]:
    """Yield the audit's entry on files that were judged."""
    columns = "，".join(f"{matching.path}＝{matching.column or '不用'}" for matching in matchings)
    verdicts = (examined.what for examined in files)
    yield judged_entry(who, verb, _names(files), verdicts, build, reason, columns)


def target_entries_of(
    files: Sequence[ExaminedFile], verb: Verb, who: str, build: int | None, catalogue: Catalogue
) -> Sequence[NewAuditEntry]:
    """Return the audit's entries on accepted files that set targets; none for an act that decides nothing new."""
    targets = [examined for examined in files if examined.what == ACCEPTED and _sets_targets(examined, catalogue)]
    return list(target_entries(who, _names(targets), build)) if verb not in _REPEATING else []


def _sets_targets(examined: ExaminedFile, catalogue: Catalogue) -> bool:
    forms = {about.split("|")[0] for about in examined.returns}
    return any(catalogue.forms[form].role == FormRole.TARGETS for form in forms)


def _names(files: Sequence[ExaminedFile]) -> list[tuple[int, str]]:
    return [(examined.seq, examined.examination.submission.name) for examined in files]
