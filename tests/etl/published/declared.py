"""What a county declares itself in these tests: a form of visits with two items and a rate, and a file of it."""

from pathlib import Path

from openpyxl import Workbook

from stats.catalogue import USUAL_PACKS
from stats.catalogue_declared import Declared

FORM = """\
name: 走访职工情况表
question: 各乡镇走访了多少职工，解决了多少问题？
layouts: [roster]
frequency: quarter
assigned: {level: [town]}
speaks: [staff, clerk]
subject: [area]
key: [area]
columns:
  - {code: area, name: 乡镇, type: unit, required: true}
  - {code: visited, name: 走访职工人次, type: integer, measure: person_time, required: true}
  - {code: solved, name: 其中解决问题人次, type: integer, measure: person_time, required: true}
"""
ITEMS = """\
home_visited: {name: 走访职工人次, measure: person_time, time: sum, form: X01, take: visited}
home_solved: {name: 走访解决问题人次, measure: person_time, time: sum, form: X01, take: solved}
"""
RATE = """\
name: 走访解决率
name_en: share of visits with a problem solved
domain: aid
question: 每走访一百人次，解决了多少人次的问题？
why: 走访不走过场。
numerator: home_solved
denominator: home_visited
base: 走访职工人次
unit: percent
direction: up
decimals: 1
valid: {min: 0, max: 1}
chart: line
owner: 保障部
history: [{date: 2026-11-30, what: 首次定义}]
"""
RATE_CODE = "home_solved_rate"
OWN = {"forms/X01.yml": FORM, "items.yml": ITEMS, "indicators/home_solved_rate.yml": RATE}
VISITS = Declared(USUAL_PACKS, OWN)


def write_visits(path: Path, *rows: tuple[str, int, int], period: str = "2008年一季度") -> Path:
    """Write a file of the form: township, visits, of which solved."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        (f"{period}走访职工情况表",),
        ("填报单位：示例县总工会", f"报告期：{period}"),
        ("乡镇", "走访职工人次", "其中解决问题人次"),
        *rows,
    ):
        sheet.append(row)
    book.save(path)
    return path
