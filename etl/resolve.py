"""Resolve: find the organisation and the quarters of each row of a return, by the register."""

from collections.abc import Collection
from datetime import date

from base.errors import nearest
from base.periods import last_day, quarter_of, say_quarter
from etl.model.finding import Finding, tell
from etl.model.nouns import Parsed, Return
from etl.model.rules.wording import Values
from etl.model.unit_register import Register

_Spoken = tuple[Parsed, int, int | None]  # the name a row gives its organisation, and the quarters it counts in
_Problem = tuple[str, str, Values]  # rule, wording, values
_COMPARED = 100  # names compared with the register: no more are listed, and each takes as long as the register is
_LIKENESS = 0.8  # half of all names end in 有限公司工会, so a lower similarity means nothing


def resolve_return(found: Return, file: str, register: Register) -> list[Finding]:
    """Set organisation codes and quarters on a return and its rows; return a finding for each that is unresolved."""
    reporter = register.find(found.reporter)
    if reporter is None:
        return [_unknown_reporter(found, file, register)]
    found.reporter = reporter
    if found.period > quarter_of(date.today()):
        return [_future_period(found, file)]
    closed = register.closed_since(reporter)
    if closed is not None and found.period > closed:
        return [_closed_reporter(found, file, closed, register)]
    found.firsts, found.lasts = _quarters(found)
    findings = _place(found, file, register)
    found.keys = _keys(found)
    return findings


def _unknown_reporter(found: Return, file: str, register: Register) -> Finding:
    if not found.reporter:
        return tell("unknown_reporter", "none", file=file, sheet=found.sheet)
    near = nearest(found.reporter, register.names(), _LIKENESS)
    return tell("unknown_reporter", "named", file=file, sheet=found.sheet, unit=found.reporter, near=near)


def _future_period(found: Return, file: str) -> Finding:
    return tell("future_period", file=file, sheet=found.sheet, quarter=say_quarter(found.period))


def _closed_reporter(found: Return, file: str, closed: int, register: Register) -> Finding:
    heir = register.heir(found.reporter, found.period)
    return tell(
        "closed_reporter",
        file=file,
        sheet=found.sheet,
        unit=register.name_of(found.reporter),
        since=say_quarter(closed + 1),
        quarter=say_quarter(found.period),
        heir=register.name_of(heir) if heir else "现在的上级单位",
    )


def _place(found: Return, file: str, register: Register) -> list[Finding]:
    """Set the organisation of each row; return a finding for each row whose organisation can't be resolved."""
    if found.form.column(found.form.subject[0]).type == "text":
        found.units = [str(text or "") for text in _subjects(found)]
        return []
    if not found.form.ledger:
        units = register.find_open(_subjects(found), found.reporter, found.period)
        if None not in units:
            found.units = [unit for unit in units if unit]
            return []
    return _place_singly(found, file, register)


def _place_singly(found: Return, file: str, register: Register) -> list[Finding]:
    """Resolve row by row, for rows with quarters of their own or when some organisation can't be resolved."""
    placed: dict[_Spoken, tuple[str, _Problem | None]] = {}
    findings: list[Finding] = []
    for number, spoken in enumerate(zip(_subjects(found), found.firsts, found.lasts, strict=True)):
        if spoken not in placed:
            likely = register.names() if len(findings) < _COMPARED else ()
            placed[spoken] = _place_unit(found, spoken, register, likely)
        unit, problem = placed[spoken]
        found.units.append(unit)
        if problem:
            findings.append(_misplaced(found, number, file, problem))
    return findings


def _subjects(found: Return) -> list[Parsed]:
    """Return the value of the first subject column of each row that is not blank."""
    columns = [found.column(code) for code in found.form.subject]
    if len(columns) == 1:
        return columns[0]
    return [next(filter(None, words), None) for words in zip(*columns, strict=True)]


def _place_unit(
    found: Return, spoken: _Spoken, register: Register, likely: Collection[str]
) -> tuple[str, _Problem | None]:
    """Return the code of the organisation meant by this text and these quarters, and what is wrong with it.

    `likely` are the names that may have been meant.
    """
    said, first, last = spoken
    if said is None:
        return "", None  # a blank subject is already a finding of its own
    unit = register.find(str(said))
    return unit or "", _placing_problem(found, str(said), unit, (first, last), register, likely)


def _misplaced(found: Return, number: int, file: str, problem: _Problem) -> Finding:
    row = found.row(number)
    code = next(code for code in found.form.subject if code in row.values)
    rule, wording, values = problem
    return tell(rule, wording, file=file, sheet=found.sheet, address=row.cells[code].address, **values)


def _placing_problem(
    found: Return,
    said: str,
    unit: str | None,
    quarters: tuple[int, int | None],
    register: Register,
    likely: Collection[str],
) -> _Problem | None:
    first, last = quarters
    if unit is None:
        return "unknown_unit", "", {"unit": said, "near": nearest(said, likely, _LIKENESS)}
    period = max(first, min(found.period, last or found.period)) if found.form.ledger else found.period
    if not register.placement(unit, period):
        closed = register.closed_since(unit)
        values: Values = {"unit": said, "quarter": say_quarter(found.period)}
        if closed:
            return "closed_unit", "ended", {**values, "since": say_quarter(closed + 1)}
        return "closed_unit", "not_begun", {**values, "period": say_quarter(period)}
    if not register.is_under(unit, found.reporter, period):
        return "foreign_unit", "", {"unit": said}
    return None


def _quarters(found: Return) -> tuple[list[int], list[int | None]]:
    """Return the first and the last quarter in which each row counts; None if it has no end."""
    form = found.form
    if not form.date:
        return [found.period] * found.size, [found.period] * found.size
    ends = found.column(form.until) if form.until in form.by_code else [None] * found.size
    known: dict[tuple[Parsed, Parsed], tuple[int, int | None]] = {}
    for days in zip(found.column(form.date), ends, strict=True):
        if days not in known:
            known[days] = _quarters_of(found, *days)
    spans = [known[days] for days in zip(found.column(form.date), ends, strict=True)]
    return [first for first, _ in spans], [last for _, last in spans]


def _quarters_of(found: Return, day: Parsed, end: Parsed) -> tuple[int, int | None]:
    first = quarter_of(day) if isinstance(day, date) else found.period
    if found.form.restarts:
        return first, first // 4 * 4 + 3
    if not isinstance(end, date):
        return first, None
    quarter = quarter_of(end)
    return first, quarter if end >= last_day(quarter) else quarter - 1


def _keys(found: Return) -> list[str]:
    """Return the text that identifies each row within its form."""
    parts = [
        found.units if named else ["" if value is None else str(value) for value in found.column(code)]
        for code, named in found.form.key_parts
    ]
    keys = parts[0] if len(parts) == 1 else ["|".join(words) for words in zip(*parts, strict=True)]
    if found.part:
        keys = [f"{key}|{found.part}" for key in keys]
    if reversals := found.reversals():  # a reversal may have the number of the row it reverses
        return [f"{key}|冲销" if number in reversals else key for number, key in enumerate(keys)]
    return keys
