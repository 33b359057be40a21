"""What is still open: how long each row has waited at a span's end, and whether its limit has run out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from base.formats import MISSING, round_half_up
from stats.catalogue.deadlines import Course, Deadline, course_of
from stats.catalogue.models import Form
from stats.figures.elements.figure_model import Mark, Series

EXAMPLE = "（示例，没有文件规定）"
HOURS, DAYS = "小时", "天"
_MANY_HOURS = 240
_WAITED, _LEFT, _LIMIT = "已等", "离期限", "期限"
_LATE, _IN_TIME, _NONE = "△ 已过期限", "未到期限", "没有定期限"
_UNITS = {HOURS: timedelta(hours=1), DAYS: timedelta(days=1)}


def unit_of(form: Form, deadline: Deadline) -> str:
    """Return the unit in which the times of a deadline are said."""
    return HOURS if form.exact(deadline) else DAYS


def say_duration(value: float | None, measure: str) -> str:
    """Return hours or days in words, with one decimal where there is any; very many hours as days as well."""
    if value is None:
        return MISSING
    text = f"{round_half_up(value, 1).normalize():,f}{measure}"
    return f"{text}（约{round_half_up(value / 24, 0):,f}天）" if measure == HOURS and value >= _MANY_HOURS else text


def waiting_columns(
    form: Form, deadline: Deadline, fields: Sequence[Mapping[str, Any]], as_of: date
) -> tuple[Series, Series]:
    """Return two columns of a list of open rows, given by their fields: for how long, and whether beyond the limit.

    Where each row has a day of its own until which it has to be done, the first is how far off that day is.
    """
    measure = unit_of(form, deadline)
    courses = [_course(form, deadline, row) for row in fields]
    end = datetime.combine(as_of, time()) + (timedelta(days=1) if measure == HOURS else timedelta())
    state = Series(name=_LIMIT, measure="", marks=tuple(_state(course, as_of) for course in courses))
    if deadline.until:
        limits = [course.limit if course else None for course in courses]
        left = [None if limit is None else (limit - end) / _UNITS[measure] for limit in limits]
        return Series(name=_LEFT, measure="", marks=tuple(_left(value, measure) for value in left)), state
    waited = [None if course is None else (end - course.begun) / _UNITS[measure] for course in courses]
    return Series(name=_WAITED, measure=measure, marks=tuple(_duration(value, measure) for value in waited)), state


def count_late(form: Form, deadline: Deadline, fields: Sequence[Mapping[str, Any]], as_of: date) -> int:
    """Return how many open rows, given by their fields, are beyond their limit at the end of a day."""
    return sum(_is_late(_course(form, deadline, row), as_of) is True for row in fields)


def _duration(value: float | None, measure: str) -> Mark:
    text = say_duration(value, measure)
    return Mark(label=text, value=value, text=text)


def _left(value: float | None, measure: str) -> Mark:
    if value is None:
        return _duration(None, measure)
    text = f"{'已过' if value < 0 else '还有'}{say_duration(abs(value), measure)}"
    return Mark(label=text, value=None, text=text)


def _state(course: Course | None, as_of: date) -> Mark:
    late = _is_late(course, as_of)
    text = _NONE if late is None else _LATE if late else _IN_TIME
    return Mark(label=text, value=None, text=text)


def _is_late(course: Course | None, as_of: date) -> bool | None:
    """Return whether the limit has run out at the end of a day; None where there is no limit."""
    if course is None or course.late is None:
        return None
    return course.late < datetime.combine(as_of + timedelta(days=1), time())


def _course(form: Form, deadline: Deadline, fields: Mapping[str, Any]) -> Course | None:
    begun = datetime.fromisoformat(fields[deadline.start])
    return course_of(begun, None, _bound(deadline, fields), form.exact(deadline))


def _bound(deadline: Deadline, fields: Mapping[str, Any]) -> float | datetime | None:
    if deadline.until:
        day = fields.get(deadline.until)
        return datetime.fromisoformat(day) if day else None
    return deadline.limit if deadline.limit is not None else deadline.limits.get(str(fields.get(deadline.by or "")))
