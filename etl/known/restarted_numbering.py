"""Restarted numbering: sheets or files of one ledger that number their rows from 1 each, by month or by township.

Row 1 of January is not row 1 of February: where the days or the organisations of two parts have nothing in common, the
same number names different rows, so the part is added to the number.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from etl.known.in_force import InForce, KeptRow
from etl.model.nouns import Return
from stats.catalogue.models import Form

Names = Collection[str]


def restarts(form: Form) -> bool:
    """Return whether row numbers may restart in a form: in ledgers of events and of contracts."""
    return form.ledger and not form.repeats_keys and not form.standing


def mark_parts(returns: Sequence[Return], all_count: Callable[[Return], bool]) -> None:
    """Mark each sheet of a ledger with restarted numbers as a part, before its keys are made.

    `all_count` returns whether a person decided that all sheets of a return count.
    """
    groups: dict[tuple[str, str, int], list[Return]] = {}
    for filed in returns:
        if restarts(filed.form):
            groups.setdefault((filed.form.code, filed.reporter, filed.period), []).append(filed)
    for group in groups.values():
        if _share_numbers(group):
            by_month, by_unit = (_nothing_shared([named(filed) for filed in group]) for named in (months_of, _units_of))
            for filed in group:
                if by_month:
                    filed.part = say_months(months_of(filed))
                elif by_unit or all_count(filed):
                    filed.part = f"{filed.sheet}，{filed.form.say(filed.period)}"


def months_of(filed: Return) -> set[str]:
    """Return the months of a return's rows, as 2008-02."""
    return {f"{day:%Y-%m}" for day in filed.days if day}


def is_other_part(group: Sequence[Return], kept: Iterable[KeptRow]) -> bool:
    """Return whether rows in force have numbers in common with a return, but neither months nor organisations."""
    form, rows = group[0].form, list(kept)
    keys = {key for filed in group for key in filed.keys}
    if not restarts(form) or not keys & {row.key for row in rows}:
        return False
    days = (row.fields.get(form.date or "") for row in rows)
    stored = {str(day)[:7] for day in days if day}, {row.unit for row in rows if row.unit}
    sent = set().union(*map(months_of, group)), {unit for filed in group for unit in filed.units if unit}
    return any(own and other and own.isdisjoint(other) for own, other in zip(sent, stored, strict=True))


def number_apart(group: Sequence[Return], stored: InForce | None) -> None:
    """Add to the numbers of a return what part it is, where another part in force has the same numbers."""
    if stored and is_other_part(group, stored.rows):
        for filed in group:
            part = f"{say_months(months_of(filed))}，{filed.sheet}"
            filed.keys = [f"{key}|{part}" for key in filed.keys]


def say_months(months: Names) -> str:
    """Return months as 2008年1月、2008年2月."""
    days = [date.fromisoformat(f"{month}-01") for month in sorted(months)]
    return "、".join(f"{day.year}年{day.month}月" for day in days)


def _share_numbers(group: Sequence[Return]) -> bool:
    numbers = [number for filed in group for number in {*filed.column(filed.form.key[0])}]
    return len(numbers) > len({*numbers})


def _units_of(filed: Return) -> Names:
    return {str(name) for code in filed.form.subject for name in filed.column(code) if name}


def _nothing_shared(parts: Sequence[Names]) -> bool:
    """Return whether no two of the sets, none of them empty, share an element."""
    return all(parts) and sum(map(len, parts)) == len(set().union(*parts))
