"""Resolve: which organisation and which quarters does each row of a return speak of? Judged by the register."""

from datetime import date

from etl.findings import Finding
from etl.nouns import Return, Row
from etl.register import Register
from etl.values import last_day, quarter_of
from stats.errors import suggest
from stats.periods import say_quarter

_LIKENESS = 0.8  # half of all names end in 有限公司工会, so less says nothing


def resolve_return(found: Return, file: str, register: Register) -> list[Finding]:
    """Put organisation codes and quarters on a return and its rows; return a finding for each that can't be placed."""
    reporter = register.find(found.reporter)
    if reporter is None:
        return [_unknown_reporter(found, file, register)]
    found.reporter = reporter
    if found.period > quarter_of(date.today()):
        return [_future_period(found, file)]
    placed: dict[tuple[object, ...], str] = {}
    return [finding for row in found.rows if (finding := _resolve_row(found, row, file, register, placed))]


def _unknown_reporter(found: Return, file: str, register: Register) -> Finding:
    said = f"填报单位写的是“{found.reporter}”" if found.reporter else "没有写填报单位"
    return Finding(
        "unknown_reporter",
        "return",
        file,
        found.sheet,
        "",
        said,
        "应是单位名册里的单位" + suggest(found.reporter, register.names(), _LIKENESS),
        "请写名册里的全称",
    )


def _future_period(found: Return, file: str) -> Finding:
    said = f"报告期写的是{say_quarter(found.period)}"
    return Finding("future_period", "return", file, found.sheet, "", said, "这个季度还没有到", "请核对报告期再报")


def _resolve_row(
    found: Return, row: Row, file: str, register: Register, placed: dict[tuple[object, ...], str]
) -> Finding | None:
    """Resolve one row. `placed` keeps what was found for the same words and quarters in the rows above."""
    row.first, row.last = _quarters(found, row)
    code = next((code for code in found.form.subject if code in row.values), None)
    if code is None:
        return None  # a blank subject is already a finding of its own
    said = str(row.values[code])
    if found.form.column(code).type == "text":
        row.unit = said
        return None
    if known := placed.get((code, said, row.first, row.last)):
        row.unit = known
        return None
    unit = register.find(said)
    row.unit = unit or ""
    problem = _placing_problem(found, row, said, unit, register)
    if not problem:
        placed[code, said, row.first, row.last] = row.unit
    return problem and Finding(problem[0], "return", file, found.sheet, row.cells[code].address, *problem[1:])


def _placing_problem(
    found: Return, row: Row, said: str, unit: str | None, register: Register
) -> tuple[str, str, str, str] | None:
    if unit is None:
        return (
            "unknown_unit",
            f"单位名册里没有“{said}”",
            f"应是名册里的单位{suggest(said, register.names(), _LIKENESS)}",
            "请核对名称；新建单位请先报单位名册",
        )
    period = max(row.first, min(found.period, row.last or found.period)) if found.form.ledger else found.period
    if not register.placement(unit, period):
        closed = register.closed_since(unit)
        when = (
            f"“{said}”在{say_quarter(closed + 1)}已撤销或合并" if closed else f"“{said}”在{say_quarter(period)}尚未设立"
        )
        return "closed_unit", when, f"本表报告期是{say_quarter(found.period)}", "请删去这一行，或先更正单位名册"
    if not register.is_under(unit, found.reporter, period):
        return ("foreign_unit", f"“{said}”不属于填报单位", "应只填本单位和下属单位", "请核对隶属关系，或先更正单位名册")
    return None


def _quarters(found: Return, row: Row) -> tuple[int, int | None]:
    """Return the first and last quarter in which a row counts; None for no end."""
    form = found.form
    if not form.date:
        return found.period, found.period
    day = row.values.get(form.date)
    first = quarter_of(day) if isinstance(day, date) else found.period
    if form.until in ("year_end", "next_in_year"):
        return first, first // 4 * 4 + 3
    end = row.values.get(form.until or "")
    if form.until in (None, "next") or not isinstance(end, date):
        return first, None
    quarter = quarter_of(end)
    return first, quarter if end >= last_day(quarter) else quarter - 1
