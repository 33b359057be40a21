"""Splits: the parts add up to the reading, whatever item, organisation and span; recomputed from the rows in Python."""

import json
from collections import defaultdict
from decimal import Decimal
from math import fsum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.formats import round_half_up
from base.periods import Span, parse_span
from stats.catalogue import Catalogue
from stats.catalogue.boards import MOST_SERIES, SplitPanel
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.organisations import organisations
from stats.totals.item_parts import read_parts
from stats.warehouse import Warehouse
from tests.lib.catalogue import code_columns, kept_source, parted_items

YEAR = parse_span("2010Q1..2010Q4")


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


def test_every_item_adds_up(source: Source) -> None:
    wholes = read_parts(source.warehouse, ["COUNTY"], YEAR, YEAR.previous)["COUNTY"]
    for item, column in {item.code: (item, column) for item, column in parted_items(source.catalogue)}.values():
        figure = make_figure(source, split(item.code, column), Selection("COUNTY", YEAR))
        whole = wholes[item.code].now
        if whole is None:
            assert not figure.known and "没有数据" in figure.title, item.code
        else:
            added = fsum(mark.value for mark in figure.marks() if mark.value is not None)
            assert added == pytest.approx(whole, abs=0.005), f"{item.code} by {column}"
            assert "不一致" not in figure.base


@pytest.mark.property
@given(data=st.data())
def test_both_ways_add_up_for_any_organisation_and_span(source: Source, data: st.DataObject) -> None:
    item, by = data.draw(st.sampled_from(parted_items(source.catalogue)))
    across = data.draw(st.sampled_from(code_columns(source.catalogue.forms[item.form])))
    unit = data.draw(st.sampled_from([found.code for found in organisations(source.warehouse)]))
    first = data.draw(st.integers(8032, 8043))
    span = Span(first, data.draw(st.integers(first, 8045)))
    figure = make_figure(source, split(item.code, by, across), Selection(unit, span))
    whole = read_parts(source.warehouse, [unit], span, span.previous, [item.code])[unit][item.code].now
    assert fsum(mark.value or 0.0 for mark in figure.marks()) == pytest.approx(whole or 0.0, abs=0.005)
    assert len(figure.series) <= MOST_SERIES
    assert whole is not None or not figure.known


def test_a_stock_by_ownership_is_what_the_rows_say(source: Source) -> None:
    item = next(
        found
        for found in source.catalogue.items.values()
        if found.take is None and not found.where and found.time == "last" and not found.positive
    )
    column = code_columns(source.catalogue.forms[item.form])[0]
    told = {mark.key: mark.value for mark in make_figure(source, split(item.code, column), at("COUNTY")).marks()}
    assert told == counted(source.warehouse, item.form, column)


def counted(warehouse: Warehouse, form: str, column: str) -> dict[str, float]:
    """Return how many rows of the year's last quarter hold each code; the latest return of a reporter counts."""
    latest: dict[str, list[dict[str, Any]]] = {}
    with warehouse.cursor() as cursor:
        rows = cursor.execute(
            """
            select r.reporter, r.submission, d.fields
            from raw."return" r join raw.record d on d."return" = r.id
            where r.form = ? and r.period = ?""",
            [form, YEAR.last],
        ).fetchall()
    newest: dict[str, int] = {}
    for reporter, submission, _ in rows:
        newest[reporter] = max(newest.get(reporter, 0), submission)
    for reporter, submission, fields in rows:
        if submission == newest[reporter]:
            latest.setdefault(reporter, []).append(json.loads(fields))
    found: dict[str, float] = defaultdict(float)
    for kept in latest.values():
        for row in kept:
            found[row[column]] += 1.0
    return dict(found)


def test_bars_stand_by_value_and_a_pair_without_rows_is_no_zero(source: Source) -> None:
    item, by = parted_items(source.catalogue)[0]
    plain = make_figure(source, split(item.code, by), at("COUNTY"))
    values = [mark.value for mark in plain.series[0].marks]
    assert values == sorted(values, key=lambda value: -(value or 0.0))
    crossed = make_figure(
        source, split(item.code, by, code_columns(source.catalogue.forms[item.form])[-1]), at("COUNTY")
    )
    empty = [mark for mark in crossed.marks() if mark.value is None]
    assert all(mark.text == "—" for mark in empty)
    assert 0.0 not in [mark.value for mark in crossed.marks()] or item.take is not None


def test_a_span_without_data_says_so(source: Source) -> None:
    item, by = parted_items(source.catalogue)[0]
    figure = make_figure(source, split(item.code, by), Selection("COUNTY", parse_span("1999Q1..1999Q4")))
    assert not figure.known and figure.title.endswith("没有数据")


def test_a_kind_narrows_the_rows(source: Source) -> None:
    kind = next(iter(source.catalogue.kinds))
    item, by = next(
        (item, by)
        for item, by in parted_items(source.catalogue)
        if source.kind_codes(item.form, kind) and not item.where
    )
    column, codes = source.kind_codes(item.form, kind) or ("", ())
    told = make_figure(source, split(item.code, column), Selection("COUNTY", YEAR, None, kind))
    whole = make_figure(source, split(item.code, column), at("COUNTY"))
    assert {mark.key: mark.value for mark in told.marks()} == {
        mark.key: mark.value for mark in whole.marks() if mark.key in codes
    }
    assert source.catalogue.kinds[kind].name in told.who


def split(item: str, by: str, across: str | None = None) -> SplitPanel:
    return SplitPanel(code="parts", kind="split", item=item, by=by, across=across)


def at(unit: str) -> Selection:
    return Selection(unit, YEAR)


@pytest.mark.property
@given(data=st.data())
def test_shares_add_up_and_the_title_says_the_same_one(source: Source, data: st.DataObject) -> None:
    item, by = data.draw(st.sampled_from(parted_items(source.catalogue)))
    unit = data.draw(st.sampled_from([found.code for found in organisations(source.warehouse)]))
    first = data.draw(st.integers(8032, 8043))
    span = Span(first, data.draw(st.integers(first, 8045)))
    figure = make_figure(source, split(item.code, by), Selection(unit, span))
    shares = [Decimal(mark.note.removesuffix("%")) for mark in figure.marks() if mark.note]
    values = [mark.value or 0.0 for mark in figure.marks()]
    if not shares or min(values) < 0:
        return
    assert sum(shares) == 100
    plain = [round_half_up(value / fsum(values) * 100, 1) for value in values]
    assert all(abs(share - exact) <= Decimal("0.1") for share, exact in zip(shares, plain, strict=True))
    assert ("舍位平衡" in figure.base) == (shares != plain)
    # the one that stands alone in the title is not balanced
    assert len(shares) == 1 or f"占{max(plain)}%" in figure.title
