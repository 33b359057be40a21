"""Why a number moved: the parts, reckoned again from the rows as they came, and adding up whatever happens."""

import json
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.errors import UserError
from base.periods import Span, parse_quarter, parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue, load_catalogue
from stats.catalogue.boards import ChangePanel
from stats.figures.change import ChangePart, make_change, read_change
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.readings import read
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.county import town_two, union_row, write_changes, write_register, write_roster

MEMBERS = "union_members"
YEAR_END = parse_quarter("2010Q4")
QUARTERS = ("2008Q2", "2009Q3", "2009Q4", "2010Q3", "2010Q4", "2011Q2")  # something happens in each that others lack


def panel(item: str = MEMBERS) -> ChangePanel:
    return ChangePanel(code="why", kind="change", item=item)


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return Source(county, catalogue)


def figure(source: Source, unit: str, span: str, against: str = "", item: str = MEMBERS) -> Figure:
    other = parse_span(against) if against else None
    return make_change(source, panel(item), Selection(unit, parse_span(span), other))


def steps(found: Figure) -> dict[str, float]:
    """Return the parts of a figure by code, without the opening and the closing."""
    return {mark.key: mark.value or 0.0 for mark in found.series[0].marks[1:-1]}


def rows(warehouse: Warehouse, sql: str) -> list[tuple[Any, ...]]:
    with warehouse.cursor() as cursor:
        return cursor.execute(sql).fetchall()


@dataclass
class History:
    """Everything the parts are made of, read once: who was where when, and what each return said."""

    areas: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    first: dict[tuple[str, int], float] = field(default_factory=dict)
    last: dict[tuple[str, int], float] = field(default_factory=dict)

    def parts(self, area: str, then: int, now: int) -> dict[str, float]:
        totals: dict[str, float] = defaultdict(float)
        was, is_ = self.areas[then], self.areas[now]
        for union in was.keys() | is_.keys():
            here_then, here_now = (self._is_here(union, place, area) for place in (was, is_))
            told_then, told_now = here_then and (union, then) in self.last, here_now and (union, now) in self.last
            value = self.last.get((union, now), 0) * told_now - self.last.get((union, then), 0) * told_then
            code = self._part(union in was, union in is_, here_then, here_now, told_then, told_now)
            totals[code] += value
        return {code: total for code, total in totals.items() if total}

    def corrected(self, area: str, then: int, now: int) -> float:
        """Return how much of the change later returns of the same quarters brought."""
        return sum(
            sign * self._later(union, quarter)
            for quarter, sign in ((now, 1), (then, -1))
            for union in self.areas[quarter]
            if self._is_here(union, self.areas[quarter], area) and (union, quarter) in self.last
        )

    def _is_here(self, union: str, place: dict[str, str], area: str) -> bool:
        return union in place and (not area or place[union] == area)

    def _later(self, union: str, quarter: int) -> float:
        return self.last.get((union, quarter), 0) - self.first.get((union, quarter), 0)

    def _part(self, was: bool, is_: bool, here_then: bool, here_now: bool, told_then: bool, told_now: bool) -> str:
        if here_then and here_now:
            return "growth" if told_then and told_now else "late" if told_then else "caught_up"
        if here_now:
            return "moved_in" if was else "founded"
        return "moved_out" if is_ else "ended"


@pytest.fixture(scope="module")
def history(county: Warehouse) -> History:
    """The county's unions as their returns told them, without the warehouse's own reckoning."""
    found = History()
    placed = rows(county, "select code, parent, first, last from core.placement where level = 'union'")
    for code, parent, first, last in placed:
        for quarter in range(first, (last or YEAR_END + 2) + 1):
            found.areas[quarter][code] = parent
    told = rows(
        county,
        """
        select d.unit, r.period, d.fields, r.reporter, r.submission from raw.record d
        join raw."return" r on r.id = d."return" where r.form = 'R01' order by r.submission""",
    )
    latest = {(reporter, period): submission for _, period, _, reporter, submission in told}
    for unit, period, fields, reporter, submission in told:
        value = json.loads(fields)["members"]
        found.first.setdefault((unit, period), value)
        if latest[reporter, period] == submission:
            found.last[unit, period] = value
    return found


def test_the_parts_are_what_the_returns_say_in_every_area_and_quarter(
    source: Source, history: History, county: Warehouse
) -> None:
    item = source.catalogue.items[MEMBERS]
    areas = [code for (code,) in rows(county, "select code from core.unit where level in ('town', 'park', 'system')")]
    seen: set[str] = set()
    for now in map(parse_quarter, QUARTERS):
        then = now - 1
        for area in ["", *areas]:
            parts = read_change(source, item, area or "COUNTY", then, now)
            told = {part.code: part.total for part in parts if part.total}
            assert told == pytest.approx(history.parts(area, then, now)), (area, then)
            assert sum(part.corrected for part in parts) == pytest.approx(history.corrected(area, then, now))
            seen |= told.keys() | {"corrected" for part in parts if part.corrected}
    assert seen >= {"growth", "founded", "ended", "late", "caught_up", "moved_in", "moved_out", "corrected"}


@pytest.mark.parametrize("span", ["2009Q3", "2010Q3", "2010Q1..2010Q4", "2011Q2"])
def test_every_stock_of_a_roster_adds_up_from_reading_to_reading(source: Source, span: str) -> None:
    for item in source.catalogue.items.values():
        if item.time == "last" and not source.catalogue.forms[item.form].ledger:
            found = figure(source, "COUNTY", span, item=item.code)
            opening, *parts, closing = (mark.value or 0.0 for mark in found.series[0].marks)
            assert opening + sum(parts) == pytest.approx(closing), item.code
            for series in found.series[1:]:
                [part] = [mark.value for mark in found.series[0].marks if mark.label == series.name]
                assert sum(mark.value or 0.0 for mark in series.marks) == pytest.approx(part), series.name


def test_the_ends_are_what_the_reading_says(source: Source, county: Warehouse, catalogue: Catalogue) -> None:
    for unit in ("COUNTY", "T04", "S04", "P01"):
        for span in ("2010Q4", "2010Q1..2010Q4", "2009Q3"):
            marks = figure(source, unit, span).series[0].marks
            reading = read(county, catalogue, unit, parse_span(span), [MEMBERS])[0]
            assert (marks[0].value, marks[-1].value) == (reading.previous, reading.value)


def test_the_title_says_the_change_and_its_main_reason(source: Source) -> None:
    found = figure(source, "COUNTY", "2011Q2")
    assert found.title.startswith(
        "2011年二季度末，已报的347家工会（应报375家）工会会员人数35,861人，比2011年一季度末减少2,499人，"
        "其中两期都报的单位增加130人，本期未报（28家）减少2,716人"
    )
    assert "不是减少" in found.note
    assert [mark.key for mark in found.series[0].marks] == ["2011Q1", *steps(found), "2011Q2"]


def test_a_moved_union_is_no_growth(source: Source) -> None:
    into, out = steps(figure(source, "T04", "2009Q3")), figure(source, "COUNTY", "2009Q3")
    assert into["moved_in"] > 100 and "moved_in" not in steps(out) and "moved_out" not in steps(out)


def test_another_span_may_be_compared_with(source: Source) -> None:
    found = figure(source, "COUNTY", "2010Q4", "2009Q4")
    assert found.series[0].marks[0].key == "2009Q4"
    assert found.series[0].marks[0].value == figure(source, "COUNTY", "2010Q1..2010Q4").series[0].marks[0].value


def test_what_nobody_reported_is_not_zero(source: Source) -> None:
    found = figure(source, "T09", "2011Q2")
    assert (found.series, found.known) == ((), False)
    assert "均未报送" in found.title and "已报0/" in found.coverage
    assert "没有数据" in figure(source, "COUNTY", "2008Q1").title


def test_only_stocks_of_rosters_can_be_taken_apart(source: Source) -> None:
    for item in ("collective_contracts", "fees_paid"):
        with pytest.raises(UserError, match="不能分解"):
            make_change(source, panel(item), Selection("COUNTY", parse_span("2010Q4")))


NUMBERS = st.integers(0, 60)
MAYBE = st.none() | NUMBERS


@st.composite
def counties(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what four unions of a town told in two quarters, first and corrected, and what became of them meanwhile."""
    unions = ("甲一厂工会", "甲二厂工会", "甲中学工会")
    told = st.fixed_dictionaries({union: MAYBE for union in unions})
    return {
        "then": draw(told.filter(lambda rows: any(value is not None for value in rows.values()))),
        "then_again": draw(st.none() | told),
        "now": draw(told.filter(lambda rows: any(value is not None for value in rows.values()))),
        "now_again": draw(st.none() | told),
        "founded": draw(MAYBE),
        "fate": draw(st.sampled_from(["stays", "moves", "ends"])),
        "elsewhere": draw(NUMBERS),
    }


@pytest.mark.property
@settings(max_examples=max(4, settings.default.max_examples // 3 - 4))  # each takes half a dozen files in
@given(drawn=counties())
def test_the_parts_always_add_up_to_the_change(drawn: dict[str, Any]) -> None:
    catalogue = load_catalogue()
    now = parse_quarter("2008Q2")
    with tempfile.TemporaryDirectory() as folder:
        summary = load_paths(write_drawn(Path(folder), drawn), Path(folder) / "store")
        assert summary.count("returned") == 0, [outcome.findings for outcome in summary.outcomes if outcome.findings]
        warehouse = open_warehouse(Path(folder) / "store")
        source = Source(warehouse, catalogue)
        try:
            for unit in ("COUNTY", "T01", "T02", "T01003"):
                for code in (MEMBERS, "union_orgs", "unions_audit"):
                    check(source, unit, code, read_change(source, catalogue.items[code], unit, now - 1, now), now)
        finally:
            warehouse.close()


def check(source: Source, unit: str, code: str, parts: list[ChangePart], now: int) -> None:
    """Hold the parts against the readings of both quarters, and the figure's steps against its own ends."""
    made = make_change(source, panel(code), Selection(unit, Span(now, now)))
    if made.known:
        opening, *middle, closing = (mark.value or 0.0 for mark in made.series[0].marks)
        assert opening + sum(middle) == closing
        assert sum(part.total for part in parts) == closing - opening
    if code in source.catalogue.indicators:
        reading = read(source.warehouse, source.catalogue, unit, Span(now, now), [code])[0]
        assert made.known == (None not in (reading.value, reading.previous))
        if made.known:
            assert (opening, closing) == (reading.previous, reading.value)


def write_drawn(folder: Path, drawn: dict[str, Any]) -> list[Path]:
    """Write the files of a drawn county, the corrections after what they correct."""
    closed, moved, home = (
        drawn["fate"] == "ends",
        drawn["fate"] == "moves",
        "T02" if drawn["fate"] == "moves" else "T01",
    )
    changes = [new_union("T01009", "甲新厂工会")] if drawn["founded"] is not None else []
    if closed or moved:
        changes.append(new_union("T01003", "甲中学工会", home, "撤销" if closed else "在册", "事业"))
    files = [write_register(folder)]
    if changes:
        files.append(write_changes(folder, "2008年二季度", *changes))
    gone = {"甲中学工会"} if closed or moved else set()
    files += write_town(folder, "2008年一季度", [drawn["then"], drawn["then_again"]], set(), {})
    founded = {} if drawn["founded"] is None else {"甲新厂工会": drawn["founded"]}
    files += write_town(folder, "2008年二季度", [drawn["now"], drawn["now_again"]], gone, founded)
    for number, period in enumerate(("2008年一季度", "2008年二季度")):
        more = [union_row("甲中学工会", drawn["elsewhere"], 99, category="事业")] if moved and number else []
        files.append(write_roster(folder, "乙乡", period, [*town_two(), *more]))
    return files


def write_town(folder: Path, period: str, versions: list[Any], gone: set[str], more: dict[str, int]) -> list[Path]:
    """Write a town's roster and, when there is one, its correction; a version that names nobody is not sent."""
    files = []
    for number, told in enumerate(versions):
        known = {
            union: value for union, value in ((told or {}) | more).items() if value is not None and union not in gone
        }
        if told is not None and known:
            found = [
                union_row(union, value, 99, category=CATEGORIES[union], audit="是" if value % 2 else "否")
                for union, value in known.items()
            ]
            files.append(write_roster(folder, "甲镇", period, found, name=f"甲镇{period}{number}.xlsx"))
    return files


CATEGORIES = {"甲一厂工会": "私营", "甲二厂工会": "国有", "甲中学工会": "事业", "甲新厂工会": "私营"}


def new_union(
    code: str, name: str, parent: str = "T01", status: str = "在册", category: str = "私营"
) -> dict[str, Any]:
    return {"unit_code": code, "unit_name": name, "level": "基层工会", "parent": parent, "category": category,
            "org_type": "单一", "status": status, "effective": "2008-04-01"}  # fmt: skip
