"""Forms that a county declares in these tests: what unions report, and what areas and the county report of themselves.

Unions report visits (a flow) and persons on the list (a stock) each quarter; areas and the county may have totals of
them, by the year in one ledger or by the quarter in a roster.
"""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from etl.intake import load_paths
from etl.journal.outcomes import Summary
from etl.pipeline.decisions import confirm
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue import USUAL_PACKS
from stats.catalogue_declared import Declared
from tests.lib.county import begin_store

_DETAILS = """\
name: 走访明细表
question: 各工会走访多少？
layouts: [roster]
frequency: quarter
assigned: {level: [union]}
speaks: [staff, clerk]
subject: [union]
key: [union]
columns:
  - {code: union, name: 工会名称, type: unit, required: true}
  - {code: flow, name: 走访人次, type: integer, measure: person_time, required: true}
  - {code: stock, name: 在册人数, type: integer, measure: person, required: true}
"""
_WORKERS = """\
name: 职工底数表
question: 各工会有多少职工？
layouts: [roster]
frequency: quarter
assigned: {level: [union]}
speaks: [staff, clerk]
subject: [union]
key: [union]
columns:
  - {code: union, name: 工会名称, type: unit, required: true}
  - {code: workers, name: 职工人数, type: integer, measure: person, required: true}
"""
_BY_YEAR = """\
name: 历年情况表
question: 历年走访和在册各是多少？
layouts: [ledger]
frequency: standing
rows_of: year
assigned: {level: [county]}
speaks: [staff]
subject: [unit]
key: [unit, year]
date: year
until: next
columns:
  - {code: unit, name: 单位, type: unit, required: true}
  - {code: year, name: 年份, type: period, required: true}
  - {code: flow, name: 全年走访人次, type: integer, measure: person_time, total_of: seen}
  - {code: stock, name: 年末在册人数, type: integer, measure: person, total_of: listed}
"""
_BY_QUARTER = """\
name: 走访总数表
question: 各地自己统计走访多少？
layouts: [roster, return]
frequency: quarter
assigned: {level: [town]}
speaks: [staff, clerk]
subject: [unit]
key: [unit]
columns:
  - {code: unit, name: 单位, type: unit, required: true}
  - {code: flow, name: 本季走访人次, type: integer, measure: person_time, total_of: called}
  - {code: stock, name: 季末在册人数, type: integer, measure: person, total_of: kept}
  - {code: workers, name: 季末职工人数, type: integer, measure: person, total_of: staff}
"""
_ITEMS = """\
seen: {name: 走访人次, measure: person_time, time: sum, form: X01, take: flow}
listed: {name: 在册人数, measure: person, time: last, form: X01, take: stock}
called: {name: 上门人次, measure: person_time, time: sum, form: X01, take: flow}
kept: {name: 登记人数, measure: person, time: last, form: X01, take: stock}
staff: {name: 职工底数, measure: person, time: last, form: X02, take: workers}
"""
_INDICATOR = """\
name: {name}
name_en: {code}
domain: aid
question: {name}是多少？
why: 看得见。
numerator: {numerator}
base: 报来的单位
unit: {unit}
direction: up
decimals: {decimals}
chart: line
owner: 保障部
history: [{{date: 2026-11-30, what: 首次定义}}]
"""
_PAPER = """\
name: 走访简报
title: "{{ 期间 }}走访简报"
sections:
  - title: 走访
    parts:
      - text: ["走访{{ 走访量 }}，年末在册{{ 在册量 }}。"]
"""
PLAIN = {"x_seen": "seen", "x_listed": "listed", "x_called": "called", "x_kept": "kept", "x_staff": "staff"}
_NAMES = {"x_seen": "走访量", "x_listed": "在册量", "x_called": "上门量", "x_kept": "登记量", "x_staff": "职工量"}
RATE = "x_kept_rate"
UNIONS = {
    "T01001": "甲一厂工会",
    "T01002": "甲二厂工会",
    "T01003": "甲中学工会",
    "T02001": "乙一厂工会",
    "T02002": "乙政府工会",
}
AREAS = {"COUNTY": "示例县总工会", "T01": "甲镇", "T02": "乙乡"}
Rows = Sequence[Sequence[object]]


def declared() -> Declared:
    """Return the forms with an indicator of each item, and a rate of persons on the list by workers."""
    unit = {"seen": "person_time", "called": "person_time"}
    indicators = {
        f"indicators/{code}.yml": _INDICATOR.format(
            name=_NAMES[code], code=code, numerator=item, unit=unit.get(item, "person"), decimals=0
        )
        for code, item in PLAIN.items()
    }
    rate = _INDICATOR.format(name="登记率", code=RATE, numerator="kept", unit="percent", decimals=1)
    indicators[f"indicators/{RATE}.yml"] = rate + "denominator: staff\n"
    forms = {"X01": _DETAILS, "X02": _WORKERS, "X03": _BY_YEAR, "X04": _BY_QUARTER}
    return Declared(
        USUAL_PACKS,
        {f"forms/{code}.yml": text for code, text in forms.items()}
        | indicators
        | {"items.yml": _ITEMS, "outlines/visits.yml": _PAPER},
    )


def begin(folder: Path) -> Path:
    """Make a store with the register of the small county and these forms, and return it."""
    store = begin_store(folder / "store")
    publish_catalogue(store, declared(), "李四", "县里自己的表")
    return store


def _write(path: Path, title: str, period: str, head: Sequence[str], rows: Rows) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ((f"{period}{title}",), ("填报单位：示例县总工会", f"报告期：{period}"), head, *rows):
        sheet.append([*row])
    book.save(path)
    return path


def write_details(folder: Path, period: str, *rows: tuple[str, int, int]) -> Path:
    """Write a quarter of unions' visits and persons on the list."""
    named = [(UNIONS[code], flow, stock) for code, flow, stock in rows]
    return _write(
        folder / f"{period}走访明细表.xlsx", "走访明细表", period, ("工会名称", "走访人次", "在册人数"), named
    )


def write_workers(folder: Path, period: str, *rows: tuple[str, int]) -> Path:
    """Write a quarter of unions' workers."""
    named = [(UNIONS[code], workers) for code, workers in rows]
    return _write(folder / f"{period}职工底数表.xlsx", "职工底数表", period, ("工会名称", "职工人数"), named)


def write_years(
    folder: Path, *rows: tuple[str, object, object, object], name: str = "历年情况表", period: str = "2010年四季度"
) -> Path:
    """Write a ledger of yearly totals: organisation, year, visits, persons on the list."""
    named = [(AREAS.get(code, code), *rest) for code, *rest in rows]
    head = ("单位", "年份", "全年走访人次", "年末在册人数")
    return _write(folder / f"{name}.xlsx", "历年情况表", period, head, named)


def write_quarter(folder: Path, period: str, *rows: tuple[str, object, object, object]) -> Path:
    """Write a quarter's own totals of townships: visits, persons on the list, workers; None for a blank."""
    named = [(AREAS[code], *rest) for code, *rest in rows]
    head = ("单位", "本季走访人次", "季末在册人数", "季末职工人数")
    return _write(folder / f"{period}走访总数表.xlsx", "走访总数表", period, head, named)


def take_in(store: Path, *paths: Path) -> Summary:
    """Take files in and confirm what is asked, so that all of them are accepted."""
    summary = load_paths(list(paths), store, who="李四")
    for outcome in summary.outcomes:
        if outcome.what == "held":
            confirm(store, outcome.seq, "已核对", "李四")
    return summary
