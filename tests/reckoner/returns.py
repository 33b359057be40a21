"""The returns in a file: of which form, by whom, for which quarter, and what its rows say, column by column."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.reckoner.declared import Declared, Entry, plain
from tests.reckoner.spreadsheets import Grid, Value, grids_of

_PERIOD = re.compile(r"(\d{4})年([一二三四1-4])季度")
_OTHER_PERIODS = {
    "month": re.compile(r"(\d{4})年(\d{1,2})月"),
    "half_year": re.compile(r"(\d{4})年([上下])半年"),
    "year": re.compile(r"(\d{4})年"),
}
QUARTERS = {"half_year": 2, "year": 4}  # that one return is of
_REPORTER = re.compile(r"填报单位:(\S+)")
_NOT_DATA = re.compile(r"(合计|(\d+月)?小计|总计|填表人|注:|说明:|备注:|本期无$)")
_MEASURE = re.compile(r"\(([^()]*)\)$")
_DATE = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?")
_TIME = re.compile(
    r"(?P<year>\d{4})[-年./](?P<month>\d{1,2})[-月./](?P<day>\d{1,2})日?\s*(?P<half>上午|下午)?(?P<hour>\d{1,2})[:时](?P<minute>\d{1,2})分?"
)
_SCALES = {"元": 1.0, "千元": 1e3, "万元": 1e4, "亿元": 1e8, "吨": 1.0, "公斤": 1e-3, "千克": 1e-3}
_BLANK = {False: {"", "-", "--", "—", "/", "无"}, True: {"", "-", "--", "—", "/"}}  # 无 is a word of code lists


@dataclass(frozen=True)
class Return:
    """A return: its form's code, the reporter's name, the quarter (4 × year + 0…3), the rows by column code.

    The quarter is that in which its period ends; `part` tells its periods apart, such as the months of a quarter.
    """

    form: str
    reporter: str
    quarter: int
    part: int
    rows: list[dict[str, Any]]


def returns_of(path: Path, declared: Declared) -> list[Return]:
    """Return the returns in a file, the sheets of several months as one.

    Raises ValueError for a value that is none of its column's type.
    """
    joined: dict[tuple[str, str, int], Return] = {}
    for found in (found for grid in grids_of(path) if (found := _return_of(grid, declared))):
        earlier = joined.setdefault((found.form, found.reporter, found.part), replace(found, rows=[]))
        earlier.rows.extend(found.rows)
    return list(joined.values())


def _return_of(grid: Grid, declared: Declared) -> Return | None:
    head = [plain(cell) for row in grid.rows[:6] for cell in row if isinstance(cell, str)]
    form = _form_of([*head[:3], grid.name], declared)
    if form is None:
        return None
    reporter = next(found[1] for text in head if (found := _REPORTER.search(text)))
    quarter, part = _period(form["frequency"], head)
    scales = _scales(head)
    return Return(form["code"], reporter, quarter, part, _rows(grid, form, declared, scales))


def _period(frequency: str, head: list[str]) -> tuple[int, int]:
    """Return the quarter in which the period of a return ends, and what tells it from others."""
    pattern = _OTHER_PERIODS.get(frequency, _PERIOD)
    found = next(match for text in head if (match := pattern.search(text)))
    year = int(found[1])
    if frequency == "year":
        return year * 4 + 3, year
    if frequency == "half_year":
        half = "上下".index(found[2])
        return year * 4 + 1 + 2 * half, year * 2 + half
    if frequency == "month":
        return year * 4 + (int(found[2]) - 1) // 3, year * 12 + int(found[2])
    quarter = year * 4 + ("一二三四".find(found[2]) if found[2] in "一二三四" else int(found[2]) - 1)
    return quarter, quarter


def _form_of(texts: list[str], declared: Declared) -> Entry | None:
    named = [
        (len(plain(name)), form["code"])
        for form in declared.forms.values()
        for name in [form["name"], *form.get("aliases", [])]
        if any(plain(name) in text for text in texts)
    ]
    return declared.forms[max(named)[1]] if named else None


def _scales(head: list[str]) -> dict[str, float]:
    """Return what one of each unit of measure is, as a line 单位：万元、吨 says."""
    said = next((text.split("单位:")[-1] for text in head if re.fullmatch(r"(计量)?单位:\S+", text)), "")
    return {"yuan" if "元" in word else "tonne": _SCALES[word] for word in re.split("[、,，]", said) if word in _SCALES}


def _rows(grid: Grid, form: Entry, declared: Declared, scales: dict[str, float]) -> list[dict[str, Any]]:
    known = _names(form)
    first = next(at for at, row in enumerate(grid.rows) if _hits(row, known) and at > 0)
    if "return" in form["layouts"] and sum(cell is not None for cell in grid.rows[first]) <= 3:
        return [_single(grid, first, form, declared, scales)]
    last = first + 1 if _hits(grid.rows[first + 1], known) or _split(grid.rows, first) else first
    columns = _columns(grid.rows[first : last + 1], known)
    rows = [row for row in grid.rows[last + 1 :] if not _is_no_data(row, grid.rows[first])]
    return [_values(form, declared, scales, {c: (h, row[at]) for at, (c, h) in columns.items()}) for row in rows]


def _names(form: Entry) -> dict[str, str]:
    """Return the columns by every name that a header may give them."""
    names: dict[str, str] = {}
    for column in form["columns"]:
        for name in [column["name"], *column.get("aliases", [])]:
            names[plain(name)] = column["code"]
    for column in form["columns"]:
        names.setdefault(plain(column["name"]).split("/")[-1], column["code"])
    return names


def _hits(row: list[Value], known: dict[str, str]) -> bool:
    return sum(_bare(cell) in known for cell in row if isinstance(cell, str)) >= min(2, len(known)) or (
        sum(cell is not None for cell in row) == 2
        and any(_bare(cell) in known for cell in row if isinstance(cell, str))
    )


def _split(rows: list[list[Value]], first: int) -> bool:
    """Return whether the row below a header goes on with it: what is merged downwards stands in both."""
    above, below = rows[first], rows[first + 1]
    return any(a == b and isinstance(a, str) for a, b in zip(above, below, strict=False))


def _bare(cell: object) -> str:
    return _MEASURE.sub("", plain(cell))


def _columns(header: list[list[Value]], known: dict[str, str]) -> dict[int, tuple[str, str]]:
    """Return the column code and the header's words by place."""
    found: dict[int, tuple[str, str]] = {}
    for at in range(len(header[0])):
        words = [plain(row[at]) for row in header if at < len(row) and row[at] is not None]
        path = list(dict.fromkeys(words))
        names = ["/".join(map(_bare, path)), *map(_bare, reversed(path)), *(map(plain, path))]
        code = next((known[name] for name in names if name in known), None)
        if code and code not in {taken for taken, _ in found.values()}:
            found[at] = code, path[-1]
    return found


def _is_no_data(row: list[Value], header: list[Value]) -> bool:
    words = [cell for cell in row if cell is not None and plain(cell)]
    return not words or row == header or any(_NOT_DATA.match(plain(cell)) for cell in words[:2])


def _single(grid: Grid, first: int, form: Entry, declared: Declared, scales: dict[str, float]) -> dict[str, Any]:
    """Return the one row of a sheet with the labels on the left and the values on their right."""
    known, cells = _names(form), {}
    for row in grid.rows[first:]:
        words = [cell for cell in row if cell is not None]
        for size in (2, 1):
            label = "/".join(_bare(word) for word in dict.fromkeys(words[:size]))
            if len(words) > size - 1 and label in known:
                value = words[size] if len(words) > size else None
                cells[known[label]] = plain(words[size - 1]), value
                break
    return _values(form, declared, scales, cells)


def _values(
    form: Entry, declared: Declared, scales: dict[str, float], cells: dict[str, tuple[str, Value]]
) -> dict[str, Any]:
    found = {}
    for column in form["columns"]:
        header, value = cells.get(column["code"], ("", None))
        if value is None or plain(value) in _BLANK[column["type"] == "code"]:
            found[column["code"]] = column.get("default")
        else:
            found[column["code"]] = _value(column, header, value, declared, scales)
    return found


def _value(column: Entry, header: str, value: Value, declared: Declared, scales: dict[str, float]) -> Any:
    kind = column["type"]
    if kind == "period":
        return _period_end(value)
    if kind in ("date", "moment"):
        return _day(value) if kind == "date" else _moment(value)
    if kind == "code":
        return declared.code_of(column["codes"], str(value)) if column["codes"] in declared.codes else plain(value)
    if kind in ("integer", "amount", "number"):
        measure = _MEASURE.search(header)
        scale = _SCALES.get(measure[1]) if measure else None
        number = column.get("words", {}).get(plain(value))
        return _number(value) * (scale or scales.get(column.get("measure", ""), 1.0)) if number is None else number
    return plain(int(value)) if isinstance(value, float) and value.is_integer() else plain(value)


def _period_end(value: Value) -> date:
    """Return the last day of a year, half-year or quarter that a cell names."""
    text = plain(int(value)) if isinstance(value, int | float) else plain(value)
    year = int(text[:4])
    if found := _PERIOD.search(text):
        return [date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31)]["一二三四".find(found[2])]
    return date(year, 6, 30) if "上半年" in text else date(year, 12, 31)


def _number(value: Value) -> float:
    if isinstance(value, int | float):
        return float(value)
    text = plain(value).replace(",", "").rstrip("人家个项户元%")
    return float(text) / (100 if "%" in plain(value) else 1)


def _moment(value: Value) -> datetime:
    if isinstance(value, datetime):
        return value
    found = _TIME.fullmatch(str(value).strip())
    if not found:
        raise ValueError(f"no time: {value!r}")
    year, month, day, hour, minute = (int(found[part]) for part in ("year", "month", "day", "hour", "minute"))
    return datetime(year, month, day, hour % 12 + 12 * (found["half"] == "下午") if found["half"] else hour, minute)


def _day(value: Value) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float):
        return date(1899, 12, 30) + timedelta(days=int(value))
    found = _DATE.fullmatch(plain(value))
    if not found:
        raise ValueError(f"no date: {value!r}")
    return date(*map(int, found.groups()))
