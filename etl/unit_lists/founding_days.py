"""Founding days: from when an organisation of a list is valid, by the month in which it was founded."""

from collections.abc import Iterator, Sequence
from datetime import date

from etl.model.shown.written_days import parse_written_day
from etl.unit_lists.list_words import COLUMN_NAMES, ListColumn
from etl.unit_lists.listed_rows import ListedUnit
from etl.unit_lists.register_questions import RegisterQuestion


def begun(unit: ListedUnit | None, since: date) -> date:
    """Return the day from which a unit is valid: the given one, or the first of the month in which it was founded."""
    founded = _month_founded(unit) if unit else None
    return max(since, founded) if founded else since


def not_yet_founded(listed: Sequence[ListedUnit], today: date) -> Iterator[RegisterQuestion]:
    """Yield a question on each organisation that is said to be founded in a month that has not begun."""
    for unit in listed:
        founded = _month_founded(unit)
        if founded and founded > today:
            column_name = COLUMN_NAMES[ListColumn.FOUNDED]
            where = unit.at(ListColumn.FOUNDED)
            yield RegisterQuestion(about=f"“{unit.name}”的{column_name}（{where}）在今天以后。请在表里改正。")


def _month_founded(unit: ListedUnit) -> date | None:
    """Return the first day of the month in which a unit was founded; None where none is written."""
    try:
        return parse_written_day(unit.values[ListColumn.FOUNDED]).replace(day=1)
    except (KeyError, ValueError):
        return None
