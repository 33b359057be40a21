"""Sheets together: several sheets of one file with returns of the same form and reporter.

Rows of a return spread over several sheets (months, townships) belong together. A return that comes twice, with other
numbers, or another quarter's left in the book, cannot all count: somebody has to say which sheet does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.known.in_force import Differing, Fields, differing, fields_of, tells_states
from etl.known.restarted_numbering import restarts
from etl.known.row_names import Namer
from etl.model.decisions_made import Chosen
from etl.model.finding import Finding, tell
from etl.model.nouns import Return
from etl.model.rules.repeating_clauses import SHEET_OF_QUARTER
from etl.model.rules.wording import Clause
from etl.model.unit_register import Register
from stats.catalogue import Catalogue

TWICE, QUARTERS, REPEATED = "returned_twice", "several_quarters", "repeated_on_sheets"
ALL = "都收"
_NAMED = 3


@dataclass
class Together:
    """The returns of a file that count, in groups that form one return, and findings on sheets that belong together.

    For `unclear` groups it is not decided yet which sheet counts.
    """

    groups: list[list[Return]]
    unclear: list[list[Return]] = field(default_factory=list)
    findings: list[tuple[Return, Finding]] = field(default_factory=list)

    @property
    def counting(self) -> list[Return]:
        """Return the sheets that count."""
        return [filed for group in self.groups for filed in group]


@dataclass(frozen=True)
class Sheets:
    """What the sheets of one file are looked at with. `unchanged`: a return like the one in force changes nothing."""

    file: str
    register: Register
    catalogue: Catalogue
    chosen: Chosen
    unchanged: Callable[[Return], bool]

    def namer(self, filed: Return) -> Namer:
        """Return what names the rows of a return."""
        return Namer(filed.form, self.register, self.catalogue)


def name_return(filed: Return) -> str:
    """Return the name of a resolved return, as findings have it."""
    return f"{filed.form.code}|{filed.reporter}|{filed.period}"


def take_together(returns: Sequence[Return], sheets: Sheets) -> Together:
    """Return which of the sound returns of a file count, and which of them are one return."""
    by_name: dict[str, list[Return]] = {}
    for filed in returns:
        by_name.setdefault(name_return(filed), []).append(filed)
    together = Together([])
    for group in by_name.values():
        together.groups.append(_sort_out(group, together, sheets))
    _sort_out_quarters(together, sheets)
    return together


def _sort_out(group: list[Return], together: Together, sheets: Sheets) -> list[Return]:
    """Return the sheets of one return that count; ask where they contradict or repeat each other."""
    if len(group) == 1 or tells_states(group[0].form):
        return group
    chosen = sheets.chosen.get((TWICE, name_return(group[0])))
    if kept := [filed for filed in group if filed.sheet == chosen]:
        return kept
    pairs = _pairs(group)
    rows = [_rows(filed) for filed in group] if pairs else []
    changes = (
        (first_sheet, other, differing(group[0].form, rows[first_sheet], rows[other])) for first_sheet, other in pairs
    )
    if first := next((change for change in changes if change[2]), None):
        first_sheet, other, changed = first
        names = [filed.sheet for filed in group]
        together.unclear.append(group)
        choices = [*names, ALL] if restarts(group[0].form) else names
        question = _tell_twice(group[first_sheet], group[other], changed, rows[first_sheet], sheets)
        together.findings.append((group[-1], question.offering(choices)))
    else:
        places = [dict(zip(filed.keys, filed.places, strict=True)) for filed in group] if pairs else []
        findings = (
            _tell_repeated(group[first_sheet], group[other], places[first_sheet], sheets)
            for first_sheet, other in pairs
        )
        together.findings += [(group[-1], finding) for finding in findings]
    return group


def _pairs(group: Sequence[Return]) -> list[tuple[int, int]]:
    """Return each two sheets that share a row, in order; of several that share it, the first with each of the others.

    Where all of these agree, all do.
    """
    first: dict[str, int] = {}
    pairs: set[tuple[int, int]] = set()
    for number, filed in enumerate(group):
        pairs |= {(first[key], number) for key in filed.keys if key in first}
        first |= dict.fromkeys((key for key in filed.keys if key not in first), number)
    return sorted(pairs)


def _rows(filed: Return) -> dict[str, Fields]:
    return {key: fields_of(filed, number) for number, key in enumerate(filed.keys)}


def _tell_twice(
    filed: Return, other: Return, changed: Sequence[Differing], rows: Mapping[str, Fields], sheets: Sheets
) -> Finding:
    example = sheets.namer(filed).change(changed[0], rows[changed[0].key])
    return tell(
        TWICE,
        file=sheets.file,
        sheet=other.sheet,
        first=filed.sheet,
        second=other.sheet,
        unit=sheets.register.name_of(filed.reporter),
        quarter=filed.form.say(filed.period),
        form=filed.form.name,
        count=len(changed),
        example=example,
    )


def _tell_repeated(filed: Return, other: Return, places: Mapping[str, int], sheets: Sheets) -> Finding:
    again = [number for number, key in enumerate(other.keys) if key in places]
    namer, first = sheets.namer(filed), again[0]
    names = "、".join(namer.row(other.keys[number], fields_of(other, number)) for number in again[:_NAMED])
    return tell(
        REPEATED,
        file=sheets.file,
        sheet=other.sheet,
        first=filed.sheet,
        second=other.sheet,
        count=len(again),
        names=names + ("等" if len(again) > _NAMED else ""),
        first_row=places[other.keys[first]],
        second_row=other.places[first],
    )


def _sort_out_quarters(together: Together, sheets: Sheets) -> None:
    """Leave out the quarters that were not chosen if the file has a roster for several, or ask."""
    by_reporter: dict[tuple[str, str], list[list[Return]]] = {}
    for group in together.groups:
        if not group[0].form.ledger and not _stands_across(group[0]):
            by_reporter.setdefault((group[0].form.code, group[0].reporter), []).append(group)
    for groups in by_reporter.values():
        several = [group for group in groups if not all(map(sheets.unchanged, group))]
        if len(several) > 1:
            _choose_quarter(groups, together, sheets)


def _stands_across(filed: Return) -> bool:
    """Return whether a declared layout reads the sheet: each of its periods is a return."""
    return filed.layout.shown is not None


def _choose_quarter(groups: list[list[Return]], together: Together, sheets: Sheets) -> None:
    first = groups[0][0]
    chosen = sheets.chosen.get((QUARTERS, name_return(first)))
    names = [filed.sheet for group in groups for filed in group]
    if chosen in names:
        left = {id(group) for group in groups if all(filed.sheet != chosen for filed in group)}
        together.groups = [group for group in together.groups if id(group) not in left]
    elif chosen != ALL:
        quarters = [
            Clause(SHEET_OF_QUARTER, {"name": filed.sheet, "quarter": filed.form.say(filed.period)})
            for group in groups
            for filed in group
        ]
        question = tell(
            QUARTERS,
            file=sheets.file,
            sheet=first.sheet,
            unit=sheets.register.name_of(first.reporter),
            form=first.form.name,
            sheets=quarters,
        )
        together.findings.append((first, question.offering([*names, ALL])))
