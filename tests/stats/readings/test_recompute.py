"""Every item, reckoned a second time in plain Python from the rows as extracted, against what the warehouse tells."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.models import Form, Item
from stats.warehouse import Warehouse
from tests.lib.oracles.outcomes import outcome
from tests.lib.oracles.reckoning import held_until, is_there, same, told_after

LAST = 10**6


@dataclass(frozen=True)
class Record:
    form: str
    unit: str
    key: str
    first: int
    last: int
    order: int
    reported: int
    fields: dict[str, Any]


@pytest.fixture(scope="module")
def warehouse(county: Warehouse) -> Warehouse:
    return county


def rows(warehouse: Warehouse, sql: str) -> list[tuple[Any, ...]]:
    with warehouse.cursor() as cursor:
        return cursor.execute(sql).fetchall()


@pytest.fixture(scope="module")
def records(warehouse: Warehouse) -> list[Record]:
    """The rows of all returns that no later file with one of the same form, reporter and quarter replaced."""
    sent = rows(warehouse, 'select form, reporter, period, submission, id from raw."return" order by submission, id')
    in_force = {(form, reporter, period): file for form, reporter, period, file, _ in sent}
    assert len(in_force) < len({(*key, file) for *key, file, _ in sent}), "the sample holds corrected returns"
    everything = rows(
        warehouse, 'select form, unit, key, first, last, id, fields, "return" from raw.record order by id'
    )
    # A file may hold a return in several sheets, one a month.
    counting = {number for *key, file, number in sent if in_force[tuple(key)] == file}
    quarters = {number: period for _, _, period, _, number in sent}
    return [
        Record(*row[:4], LAST if row[4] is None else row[4], row[5], quarters[row[7]], json.loads(row[6]))
        for row in everything
        if row[7] in counting
    ]


@pytest.fixture(scope="module")
def periods(warehouse: Warehouse) -> list[int]:
    return [row[0] for row in rows(warehouse, "select period from core.period order by period")]


def in_force(form: Form, records: list[Record]) -> Iterator[tuple[Record, int, int]]:
    """Yield each record with the first and last quarter in which it counts as a state."""
    if form.until not in ("next", "next_in_year"):
        yield from ((record, record.first, record.last) for record in records)
        return
    by_key: dict[str, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (*told_after(form, record), record.order)):
        by_key[record.key].append(record)
    for states in by_key.values():
        for state, following in zip(states, [*states[1:], None], strict=True):
            yield state, state.first, held_until(form, state, following)


def matches(catalogue: Catalogue, form: Form, item: Item, record: Record) -> bool:
    for column in item.where:
        codes = catalogue.codes[form.column(column).codes or INDICATORS]
        wanted = set().union(*(codes.expand(word) for word in item.wanted(column)))
        if record.fields.get(column) not in wanted:
            return False
    return all(is_there(form, record.fields, column) for column in item.positive)


def age(form: Form, record: Record) -> tuple[int, str, int, int]:
    return record.first, str(record.fields.get(form.date or "") or ""), record.reported, record.order


def reckon(catalogue: Catalogue, item: Item, records: list[Record], periods: list[int]) -> dict[int, float]:
    form = catalogue.forms[item.form]
    own = [record for record in records if record.form == form.code]
    totals: dict[int, float] = defaultdict(float)
    newest: dict[tuple[int, str], float] = {}
    for record, first, last in sorted(in_force(form, own), key=lambda state: age(form, state[0])):
        value = 1.0 if item.take is None else record.fields.get(item.take)
        corrected = form.repeats_keys and last < first
        if value is None or corrected or not matches(catalogue, form, item, record):
            continue
        begun, ended = first, last if item.time == "last" else first
        if item.deadline:
            begun, ended = outcome(form, item, record.fields, begun, ended)
        for period in periods:
            if not begun <= period <= ended:
                continue
            if item.distinct:
                newest[period, same(form, item, record.unit, record.fields)] = float(value)
            else:
                totals[period] += float(value)
    for (period, _), value in newest.items():
        totals[period] += value
    return dict(totals)


def test_every_item_of_every_quarter_is_right(
    warehouse: Warehouse, catalogue: Catalogue, records: list[Record], periods: list[int]
) -> None:
    told: dict[str, dict[int, float]] = defaultdict(dict)
    for code, period, value in rows(
        warehouse,
        """
        select i.code, r.period, r.value from mart.rollup r join core.item i on i.id = r.item
        join core.unit u on u.node = r.unit where u.parent = ''""",
    ):
        told[code][period] = value
    for item in catalogue.items.values():
        assert told[item.code] == pytest.approx(reckon(catalogue, item, records, periods)), item.code
    assert {code for code, found in told.items() if found} > {
        item.numerator for item in catalogue.indicators.values() if item.headline
    }
