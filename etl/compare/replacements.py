"""Replacements: what accepting a return would do to the one in force of its form, reporter and quarter.

A return either replaces the one in force whole (更正), or is added to it (补报). What the file says of itself counts;
if it says nothing and rows would be dropped, or a quarter filled long ago would change, a person has to decide. So has
one where a 更正 lacks most of the rows: many take the word for a list of what changed.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from base.month_spans import QUARTER
from base.text import normalise
from etl.check.finding_writer import FindingWriter
from etl.known import Known
from etl.known.in_force import Differing, Fields, InForce, KeptRow, differing, lost, rows_of
from etl.known.needed_units import needed_units
from etl.known.restarted_numbering import is_other_part
from etl.known.row_names import Namer
from etl.model.decisions_made import ACTS, CORRECTION, SUPPLEMENT, Act, Chosen
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.model.rules.wording import Values
from etl.model.unit_register import Register
from etl.model.values import find_period, with_arabic_dates
from stats.catalogue import Catalogue
from stats.catalogue.form_rules import SaidActs
from stats.catalogue.models import Form

DROPS, DIFFERS, OVERWRITES, SENT_TWICE = "drops_rows", "supplement_differs", "overwrites", "sent_twice"
_MOST = 20  # organisations named in one finding
_MONTH = re.compile(r"(?<![\d—–~至-])(1[0-2]|[1-9])月(?!\d*日)")


@dataclass(kw_only=True, frozen=True)
class Replacing:
    """What is needed to check a file's returns: the register, earlier choices, the other files of the load.

    `submission` is the file's own receipt.
    """

    submission: int
    file: str
    register: Register
    catalogue: Catalogue
    chosen: Chosen
    together: Collection[int]


@dataclass(kw_only=True, frozen=True)
class _Overlap:
    """The sheets of one return and the rows in force: rows that would be dropped, values that would change.

    `needed` are those of the dropped rows without which something in force would have no place.
    """

    group: Sequence[Return]
    stored: InForce
    gone: Sequence[KeptRow]
    changed: Sequence[Differing]
    needed: Sequence[KeptRow]

    @property
    def apart(self) -> bool:
        """Return whether the two share no row."""
        return len(self.gone) == len(self.stored.rows)

    @property
    def size(self) -> int:
        """Return how many rows the return has."""
        return sum(filed.size for filed in self.group)

    @property
    def is_extract(self) -> bool:
        """Return whether the return looks like a list of what changed: few rows, and most in force are missing."""
        return 2 * len(self.gone) > len(self.stored.rows) > self.size


def declared_act(file: str, group: Sequence[Return], words: SaidActs) -> Act:
    """Return what a file's name, a title or a sheet's name declares the return to be; "" for nothing, or for both."""
    texts = [file, *(text for filed in group for text in (filed.layout.head.title, filed.sheet))]
    return act_in("".join(texts), words)


def act_in(text: str, words: SaidActs) -> Act:
    """Return what a text declares a return to be; "" for nothing, or for both."""
    plain = normalise(text)
    adds, corrects = (any(word in plain for word in group) for group in (words.supplement, words.correction))
    if adds == corrects:
        return ""
    return "supplement" if adds else "correction"


def check_replacing(
    group: Sequence[Return], known: Known, context: Replacing, writer: FindingWriter, about: str
) -> tuple[Act, list[Finding]]:
    """Return how the sheets of one return are to be applied, and the questions to be answered first."""
    chosen = ACTS.get(context.chosen.get((DROPS, about), ""), "")
    act: Act = chosen or declared_act(context.file, group, context.catalogue.thresholds.acts)
    stored = known.in_force()
    if stored is None or not stored.rows or _stands_behind(stored, context.submission):
        return act, []
    rows = rows_of(group)
    gone = [row for row in lost(group, stored.rows) if _belongs_here(row, group[0], context.register)]
    changed = differing(group[0].form, {row.key: row.fields for row in stored.rows}, rows)
    if is_other_part(group, stored.rows):  # the same numbers, but not the same rows
        gone, changed = list(stored.rows), []
    needed = needed_units(group, gone, context.register, known)
    overlap = _Overlap(group=group, stored=stored, gone=gone, changed=changed, needed=needed)
    if not act and (_belong_together(overlap, context) or _is_month_of(overlap)):
        act = "supplement"
    namer = Namer(group[0].form, context.register, context.catalogue)
    settled = chosen == "supplement" or (chosen and not overlap.needed)
    questions = [] if settled else list(_questions(act, overlap, known, context, namer, writer))
    return act, [
        finding.quoting(reporter for source in stored.sources for reporter in source.reporters) for finding in questions
    ]


def _stands_behind(stored: InForce, submission: int) -> bool:
    """Return whether a file with a later receipt is in force in place of this one, whatever this one says."""
    return any(source.submission > submission and source.act != "supplement" for source in stored.sources)


def _belongs_here(row: KeptRow, filed: Return, register: Register) -> bool:
    """Return whether the reporter still has to report a row's organisation; one that closed or left may be dropped."""
    return not register.level_of(row.unit) or (
        register.placement(row.unit, filed.quarter) is not None
        and register.is_under(row.unit, filed.reporter, filed.quarter)
    )


def _belong_together(overlap: _Overlap, context: Replacing) -> bool:
    """Return whether the rows are added to those in force without a question: same load, or all of them 补报."""
    if overlap.changed:
        return False
    if all(source.act == "supplement" for source in overlap.stored.sources):
        return True
    return overlap.apart and all(source.submission in context.together for source in overlap.stored.sources)


def _is_month_of(overlap: _Overlap) -> bool:
    """Return whether a ledger states a single month, and only rows of other months would be dropped."""
    form, period = overlap.group[0].form, overlap.group[0].period
    month = _month_said(overlap.group)
    if not overlap.gone or not form.ledger or not form.date or month is None or form.months != QUARTER:
        return False
    if (month - 1) // QUARTER != period % form.periods_a_year:
        return False
    start = f"{period // form.periods_a_year}-{month:02d}-"
    days = [fields.get(form.date) for fields in rows_of(overlap.group).values()]
    inside = all(str(day).startswith(start) for day in days)
    return inside and not any(str(row.fields.get(form.date)).startswith(start) for row in overlap.gone)


def _month_said(group: Sequence[Return]) -> int | None:
    """Return the month that every sheet names in its title, period or name; None if there is none or several."""
    months: set[int] = set()
    for filed in group:
        head = filed.layout.head
        stated = {int(match[1]) for text in (head.title, head.period_text, filed.sheet) for match in _months_in(text)}
        if len(stated) != 1 or find_period(head.period_text or head.title, filed.form.months) != filed.period:
            return None
        months |= stated
    return months.pop() if len(months) == 1 else None


def _months_in(text: str) -> Iterator[re.Match[str]]:
    return _MONTH.finditer(with_arabic_dates(normalise(text)))


def _questions(
    act: Act, overlap: _Overlap, known: Known, context: Replacing, namer: Namer, writer: FindingWriter
) -> Iterator[Finding]:
    if not act and (rivals := _rivals(overlap, context)):
        yield _sent_twice(rivals, overlap, context, namer, writer)
        return
    if act == "supplement":
        if overlap.changed:
            yield _differs(overlap, namer, writer)
    elif overlap.needed:
        yield _leaves_out(overlap, context.register, namer, writer)
    elif overlap.gone:
        yield _drops(act, overlap, namer, writer)
    elif overlap.changed and not act and (why := _why_asked(overlap, known)):
        yield _overwrites(why, overlap, namer, writer)


def _why_asked(overlap: _Overlap, known: Known) -> str:
    """Return the wording for why a change of data in force is questioned; "" for a correction in time."""
    if any(source.act == "correction" for source in overlap.stored.sources):
        return "corrected"
    return "late" if known.filled_after() else ""


def _rivals(overlap: _Overlap, context: Replacing) -> list[str]:
    """Return the names of the files of the same load that hold the return as well and say something else."""
    names = [source.name for source in overlap.stored.sources if source.submission in context.together]
    here = {key for filed in overlap.group for key in filed.keys}
    same = not (overlap.gone or overlap.changed or here - overlap.stored.by_key.keys() or _said_otherwise(overlap))
    return [] if same or any(source.act == "correction" for source in overlap.stored.sources) else names


def _said_otherwise(overlap: _Overlap) -> list[Differing]:
    """Return where a register in force contradicts this return for the same day."""
    form = overlap.group[0].form
    if not form.is_register:
        return []
    stored = _by_day(form, ((row.key, row.fields) for row in overlap.stored.rows))
    return differing(form, stored, _by_day(form, rows_of(overlap.group).items()), states=True)


def _by_day(form: Form, rows: Iterable[tuple[str, Fields]]) -> dict[str, Fields]:
    """Return the rows of a register by key and the day from which they hold."""
    return {f"{key}|{fields.get(form.date or '')}": fields for key, fields in rows}


def _sent_twice(
    rivals: Sequence[str], overlap: _Overlap, context: Replacing, namer: Namer, writer: FindingWriter
) -> Finding:
    first = overlap.group[0]
    values: Values = {
        "unit": context.register.name_of(first.reporter),
        "quarter": first.form.say(first.period),
        "form": first.form.name,
        "files": [f"“{name}”" for name in sorted({*rivals, context.file})],
        "before": namer.count(len(overlap.stored.rows)),
        "now": namer.count(overlap.size),
    }
    return writer.on_sheet(
        SENT_TWICE, "numbers" if overlap.changed else "contents", **values, **_changed(overlap, namer)
    )


def _drops(act: Act, overlap: _Overlap, namer: Namer, writer: FindingWriter) -> Finding:
    values: Values = {
        "before": namer.count(len(overlap.stored.rows)),
        "now": namer.count(overlap.size),
        "fewer": namer.count(len(overlap.gone)),
        "names": namer.rows(overlap.gone),
        "files": _files(overlap),
        **_changed(overlap, namer),
    }
    if act == "correction" and not overlap.is_extract:
        return writer.on_sheet("drops_noted", **values)
    return writer.on_sheet(DROPS, **values, replace=CORRECTION, add=SUPPLEMENT).offering([SUPPLEMENT, CORRECTION])


def _leaves_out(overlap: _Overlap, register: Register, namer: Namer, writer: FindingWriter) -> Finding:
    named = "、".join(register.name_of(row.key) for row in overlap.needed[:_MOST])
    values: Values = {
        "before": namer.count(len(overlap.stored.rows)),
        "now": namer.count(overlap.size),
        "fewer": namer.count(len(overlap.needed)),
        "names": named if len(overlap.needed) <= _MOST else f"{named}等",
        "files": _files(overlap),
    }
    return writer.on_sheet(DROPS, "needed", **values, add=SUPPLEMENT).offering([SUPPLEMENT])


def _differs(overlap: _Overlap, namer: Namer, writer: FindingWriter) -> Finding:
    return writer.on_sheet(DIFFERS, files=_files(overlap), **_changed(overlap, namer))


def _overwrites(why: str, overlap: _Overlap, namer: Namer, writer: FindingWriter) -> Finding:
    quarter = overlap.group[0].form.say(overlap.group[0].period)
    return writer.on_sheet(OVERWRITES, why, quarter=quarter, files=_files(overlap), **_changed(overlap, namer))


def _files(overlap: _Overlap) -> list[str]:
    return [f"“{name}”" for name in dict.fromkeys(source.name for source in overlap.stored.sources)]


def _changed(overlap: _Overlap, namer: Namer) -> Values:
    """Return how many values differ and the first of them, as values of the wordings; nothing where none differs."""
    if not overlap.changed:
        return {}
    difference = overlap.changed[0]
    return {
        "count": len(overlap.changed),
        "example": namer.change(difference, overlap.stored.by_key[difference.key].fields),
    }
