"""Resolve: find the organisation and the quarters of each row of a return, by the register."""

from collections.abc import Collection
from datetime import date

from base import china_days
from base.errors import nearest
from base.month_spans import MONTH, QUARTER, months_of, period_of
from base.periods import last_day, quarter_of, say_quarter
from base.text import normalise
from etl.labels.total_labels import total_rank
from etl.model.finding import Finding, tell
from etl.model.nouns import Parsed, Return, day_of
from etl.model.rules.wording import Values
from etl.model.unit_register import Register
from stats.catalogue.models import Form

_Spoken = tuple[Parsed, int, int | None]  # the name a row gives its organisation, and the quarters it counts in
_Problem = tuple[str, str, Values]  # rule, wording, values
_COMPARED = 100  # names compared with the register: no more are listed, and each takes as long as the register is
_GRAND = 2  # the rank of 全县, 合计
_ABOVE_UNIONS = "县、乡镇、园区、系统"
_ALIKE = 3  # organisations of one name that are named
_LIKENESS = 0.8  # half of all names end in 有限公司工会, so a lower similarity means nothing


def resolve_return(filed: Return, file: str, register: Register) -> list[Finding]:
    """Set organisation codes and quarters on a return and its rows; return a finding for each that is unresolved."""
    reporter = register.find(filed.reporter)
    if reporter is None:
        return [_unknown_reporter(filed, file, register)]
    filed.reporter = reporter
    if not _begun(filed, china_days.today()):
        return [_future_period(filed, file)]
    closed = register.closed_since(reporter)
    if closed is not None and _looked_up(filed, reporter, register) > closed:
        return [_closed_reporter(filed, file, closed, register)]
    filed.firsts, filed.lasts = _quarters(filed)
    findings = _place(filed, file, register)
    filed.keys = _keys(filed)
    return findings


def _looked_up(filed: Return, unit: str, register: Register) -> int:
    """Return the quarter by which an organisation's place is looked up for a return."""
    return register.quarter_in(unit, filed.period) if filed.form.months == MONTH else filed.quarter


def _unknown_reporter(filed: Return, file: str, register: Register) -> Finding:
    if not filed.reporter:
        return tell("unknown_reporter", "none", file=file, sheet=filed.sheet)
    near = nearest(filed.reporter, register.names(), _LIKENESS)
    return tell("unknown_reporter", "named", file=file, sheet=filed.sheet, unit=filed.reporter, near=near)


def _begun(filed: Return, today: date) -> bool:
    """Return whether the last month of a return's period has begun, or the quarter that is its last."""
    last = min(filed.form.months, QUARTER)
    return months_of(filed.period, filed.form.months).last // last <= period_of(today, last)


def _future_period(filed: Return, file: str) -> Finding:
    return tell("future_period", file=file, sheet=filed.sheet, quarter=filed.form.say(filed.period))


def _closed_reporter(filed: Return, file: str, closed: int, register: Register) -> Finding:
    heir = register.heir(filed.reporter, filed.quarter)
    return tell(
        "closed_reporter",
        file=file,
        sheet=filed.sheet,
        unit=register.name_of(filed.reporter),
        since=say_quarter(closed + 1),
        quarter=filed.form.say(filed.period),
        heir=register.name_of(heir) if heir else "现在的上级单位",
    )


def _place(filed: Return, file: str, register: Register) -> list[Finding]:
    """Set the organisation of each row; return a finding for each row whose organisation can't be resolved."""
    if filed.form.column(filed.form.subject[0]).type == "text":
        filed.units = [str(text or "") for text in _subjects(filed)]
        return []
    if not filed.form.ledger and not filed.form.about and not filed.form.totals:
        units = register.find_open(_subjects(filed), filed.reporter, filed.quarter)
        if None not in units:
            filed.units = [unit for unit in units if unit]
            return []
    return _place_singly(filed, file, register)


def _place_singly(filed: Return, file: str, register: Register) -> list[Finding]:
    """Resolve row by row, for rows with quarters of their own or when some organisation can't be resolved."""
    placed: dict[_Spoken, tuple[str, _Problem | None]] = {}
    findings: list[Finding] = []
    names = _subjects_in_areas(filed, register)
    for number, spoken in enumerate(zip(names, filed.firsts, filed.lasts, strict=True)):
        if spoken not in placed:
            likely = register.names() if len(findings) < _COMPARED else ()
            placed[spoken] = _place_unit(filed, spoken, register, likely)
        unit, problem = placed[spoken]
        filed.units.append(unit)
        if problem:
            findings.append(_misplaced(filed, number, file, problem))
    return findings


def _subjects(filed: Return) -> list[Parsed]:
    """Return the value of the first subject column of each row that is not blank."""
    columns = [filed.column(code) for code in filed.form.subject]
    if len(columns) == 1:
        return columns[0]
    return [next(filter(None, words), None) for words in zip(*columns, strict=True)]


def _subjects_in_areas(filed: Return, register: Register) -> list[Parsed]:
    """Return the subjects; of a name that several areas have, as the register tells them apart: X工会（城关镇）."""
    names, areas = _subjects(filed), filed.layout.shown.areas if filed.layout.shown else {}
    if not areas:
        return names
    apart = (f"{name}（{areas.get(row, '')}）" for name, row in zip(names, filed.places, strict=True))
    return [
        within if isinstance(name, str) and not register.find(name) and register.find(within) else name
        for name, within in zip(names, apart, strict=True)
    ]


def _place_unit(
    filed: Return, spoken: _Spoken, register: Register, likely: Collection[str]
) -> tuple[str, _Problem | None]:
    """Return the code of the organisation meant by this text and these quarters, and what is wrong with it.

    `likely` are the names that may have been meant.
    """
    stated, first, last = spoken
    if stated is None:
        return "", None  # a blank subject is already a finding of its own
    unit = register.find(str(stated))
    if unit is None and filed.form.totals and total_rank(str(stated)) == _GRAND:
        unit = register.root()  # 全县 among areas is the county's own total
    return unit or "", _placing_problem(filed, str(stated), unit, (first, last), register, likely)


def _misplaced(filed: Return, number: int, file: str, problem: _Problem) -> Finding:
    row = filed.row(number)
    code = next(code for code in filed.form.subject if code in row.values)
    rule, wording, values = problem
    return tell(rule, wording, file=file, sheet=filed.sheet, address=row.cells[code].address, **values)


def _placing_problem(
    filed: Return,
    text: str,
    unit: str | None,
    quarters: tuple[int, int | None],
    register: Register,
    likely: Collection[str],
) -> _Problem | None:
    first, last = quarters
    if unit is None:
        alike = [name for name in likely if name.startswith(f"{normalise(text)}(")]  # told apart by their areas
        near = "”或“".join(alike[:_ALIKE]) or nearest(text, likely, _LIKENESS)
        return "unknown_unit", "", {"unit": text, "near": near}
    period = _standing_in(filed, unit, first, last, register)
    placement = register.placement(unit, period)
    if not placement:
        closed = register.closed_since(unit)
        values: Values = {"unit": text, "quarter": filed.form.say(filed.period)}
        if closed:
            return "closed_unit", "ended", {**values, "since": say_quarter(closed + 1)}
        return "closed_unit", "not_begun", {**values, "period": say_quarter(period)}
    if not register.is_under(unit, filed.reporter, period):
        return "foreign_unit", "", {"unit": text}
    if filed.form.about and placement.level not in filed.form.about.level:
        return "wrong_level", "", {"unit": text, "subject": filed.form.about.named}
    if filed.form.totals and placement.level not in filed.form.total_levels:
        return "wrong_level", "", {"unit": text, "subject": _ABOVE_UNIONS}
    return None


def _standing_in(filed: Return, unit: str, first: int, last: int | None, register: Register) -> int:
    """Return the quarter in which the organisation of a row has to stand; of before the register: its first."""
    if filed.form.totals:
        return max(first, register.opened(unit))
    if not filed.form.ledger:
        return _looked_up(filed, unit, register)
    quarter = max(first, min(filed.quarter, last or filed.quarter))
    return max(quarter, register.opened(unit)) if _lists_past(filed.form) else quarter


def _lists_past(form: Form) -> bool:
    """Return whether a form lists all that was ever agreed, each row until its day: some of it before the register."""
    return form.standing and form.until in form.by_code


def _quarters(filed: Return) -> tuple[list[int], list[int | None]]:
    """Return the first and the last quarter in which each row counts; None if it has no end."""
    form = filed.form
    if not form.date:
        return [filed.quarter] * filed.size, [filed.quarter] * filed.size
    ends = filed.column(form.until) if form.until in form.by_code else [None] * filed.size
    known: dict[tuple[Parsed, Parsed], tuple[int, int | None]] = {}
    for days in zip(filed.column(form.date), ends, strict=True):
        if days not in known:
            known[days] = _quarters_of(filed, *days)
    spans = [known[days] for days in zip(filed.column(form.date), ends, strict=True)]
    return [first for first, _ in spans], [last for _, last in spans]


def _quarters_of(filed: Return, day: Parsed, end: Parsed) -> tuple[int, int | None]:
    begun = day_of(day)
    first = quarter_of(begun) if begun else filed.quarter
    if filed.form.restarts:
        return first, first // 4 * 4 + 3
    if not isinstance(end, date):
        return first, None
    quarter = quarter_of(end)
    return first, quarter if end >= last_day(quarter) else quarter - 1


def _keys(filed: Return) -> list[str]:
    """Return the text that identifies each row within its form."""
    parts = [
        filed.units if named else ["" if value is None else str(value) for value in filed.column(code)]
        for code, named in filed.form.key_parts
    ]
    keys = parts[0] if len(parts) == 1 else ["|".join(words) for words in zip(*parts, strict=True)]
    if filed.part:
        keys = [f"{key}|{filed.part}" for key in keys]
    if reversals := filed.reversals():  # a reversal may have the number of the row it reverses
        return [f"{key}|冲销" if number in reversals else key for number, key in enumerate(keys)]
    return keys
