"""Forms of each length that a county declares in these tests, each with a flow and a stock, and files of them."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from base.month_spans import HALF_YEAR, MONTH, QUARTER, YEAR, Months, say_period
from base.periods import Span, parse_span
from etl.intake import load_paths
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue import USUAL_PACKS
from stats.catalogue_declared import Declared
from stats.catalogue_in_force import catalogue_under
from stats.readings import Reading, read
from stats.warehouse import Warehouse
from tests.lib.county import begin_store

LENGTHS = {"month": MONTH, "quarter": QUARTER, "half_year": HALF_YEAR, "year": YEAR}
TOWNS = ("甲镇", "乙乡")
_FORM = """\
name: {name}
question: 各乡镇{name}多少？
layouts: [roster]
frequency: {frequency}
assigned: {{level: [town]}}
speaks: [staff, clerk]
subject: [area]
key: [area]
columns:
  - {{code: area, name: 乡镇, type: unit, required: true}}
  - {{code: flow, name: {name}走访人次, type: integer, measure: person_time, required: true}}
  - {{code: stock, name: {name}在册人数, type: integer, measure: person_time, required: true}}
"""
_INDICATOR = """\
name: {name}
name_en: {code}
domain: aid
question: {name}是多少？
why: 看得见。
numerator: {numerator}
base: 报来的乡镇
unit: {unit}
direction: up
decimals: {decimals}
chart: line
owner: 保障部
history: [{{date: 2026-11-30, what: 首次定义}}]
"""
_NAMES = {"month": "月度", "quarter": "季度", "half_year": "半年度", "year": "年度"}
FORMS = {frequency: f"X{number}" for number, frequency in enumerate(LENGTHS, start=11)}
Numbers = Mapping[tuple[str, int], tuple[int, int]]  # by township and period: flow and stock


def form(frequency: str, name: str = "") -> str:
    """Return a form of this frequency as a file of the catalogue."""
    return _FORM.format(name=f"{name or _NAMES[frequency]}走访表", frequency=frequency)


def declared() -> Declared:
    """Return forms of all lengths, with an indicator of each flow and stock, and a rate of a month's by a year's."""
    files = {f"forms/{FORMS[frequency]}.yml": form(frequency) for frequency in LENGTHS}
    items, indicators = [], {}
    for frequency in LENGTHS:
        for column, time in (("flow", "sum"), ("stock", "last")):
            code, name = f"{frequency}_{column}", f"{_NAMES[frequency]}{'走访' if time == 'sum' else '在册'}"
            taken = f"form: {FORMS[frequency]}, take: {column}"
            items.append(f"{code}: {{name: {name}, measure: person_time, time: {time}, {taken}}}")
            indicators[f"indicators/{code}.yml"] = _INDICATOR.format(
                name=f"{name}人次", code=code, numerator=code, unit="person_time", decimals=0
            )
    rate = _INDICATOR.format(name="走访全年占比", code="share", numerator="month_flow", unit="percent", decimals=1)
    files["indicators/visits_share.yml"] = rate + "denominator: year_stock\n"
    return Declared(USUAL_PACKS, files | indicators | {"items.yml": "\n".join(items) + "\n"})


def write_return(folder: Path, frequency: str, number: int, numbers: Numbers, towns: Sequence[str] = TOWNS) -> Path:
    """Write the file of one period of a form, by the county, with a row for each township that has numbers."""
    said = say_period(number, LENGTHS[frequency])
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    name = f"{_NAMES[frequency]}走访表"
    rows = [(town, *numbers[town, number]) for town in towns if (town, number) in numbers]
    head = ("乡镇", f"{name}走访人次", f"{name}在册人数")
    for row in ((f"{said}{name}",), ("填报单位：示例县总工会", f"报告期：{said}"), head, *rows):
        sheet.append(row)
    path = folder / f"{_NAMES[frequency]}{said}.xlsx"
    book.save(path)
    return path


YEARS = Months(2008 * YEAR, 2009 * YEAR + 11)
CODES = [f"{frequency}_{column}" for frequency in LENGTHS for column in ("flow", "stock")]


@cache
def numbers_of(frequency: str) -> Numbers:
    """Return random numbers of both townships in each period of two years."""
    chance = random.Random(frequency)
    periods = YEARS.whole(LENGTHS[frequency])
    return {(town, number): (chance.randint(50, 99), chance.randint(200, 260)) for town in TOWNS for number in periods}


def expected(frequency: str, column: str, span: Span, towns: tuple[str, ...] = TOWNS) -> int | None:
    """Return what a span should be, reckoned from the numbers sent: flows added, of stocks the last; None for none."""
    periods, numbers = span.months.whole(LENGTHS[frequency]), numbers_of(frequency)
    if not periods:
        return None
    if column == "flow":
        return sum(numbers[town, number][0] for town in towns for number in periods)
    return sum(numbers[town, periods[-1]][1] for town in towns)


def make(folder: Path) -> None:
    """Make a store with two years of each form, sent in an order that is not that of the periods."""
    store = begin_store(folder / "store")
    publish_catalogue(store, declared(), "李四", "各种报送周期的表")
    sent = [(frequency, number) for frequency in LENGTHS for number in YEARS.whole(LENGTHS[frequency])]
    random.Random(7).shuffle(sent)
    paths = [write_return(folder, frequency, number, numbers_of(frequency)) for frequency, number in sent]
    for batch in (paths[:25], paths[25:]):
        summary = load_paths(batch, store)
        assert summary.count("accepted") == len(batch), [outcome.findings for outcome in summary.outcomes]


@dataclass
class Shown:
    """A store that is open."""

    warehouse: Warehouse

    def read(self, code: str, span: str, unit: str = "COUNTY", against: str = "") -> Reading:
        return self.read_all(span, [code], unit, against)[code]

    def read_all(self, span: str, codes: list[str], unit: str = "COUNTY", against: str = "") -> dict[str, Reading]:
        other = parse_span(against) if against else None
        readings = read(self.warehouse, catalogue_under(self.warehouse), unit, parse_span(span), codes, other)
        return {reading.indicator: reading for reading in readings}
