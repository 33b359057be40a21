"""Returns as small as a question needs: one or a few rows of a form, right in themselves unless told otherwise."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, UNITS, town_one

Q1, Q2 = "2008年一季度", "2008年二季度"
Maker = Callable[[Path], Path]
MORE_TOWNS: list[Row] = [
    UNITS[1] | {"unit_code": f"T0{n}", "unit_name": f"{name}镇"} for n, name in ((3, "丙"), (4, "丁"))
]


def book(*forms: Form, name: str = "报表.xlsx") -> Maker:
    return lambda folder: write_book(folder / name, *forms)


def roster(*rows: Row, period: str = Q1) -> Form:
    return Form("R01", "甲镇", period, list(rows))


def aid(*rows: Row, period: str = Q1, money: str = "元、吨") -> Form:
    usual = {"date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问"}
    numbered = [usual | {"number": f"{period}-{number}"} | row for number, row in enumerate(rows)]
    return Form("R07", REPORTER, period, numbered, money=money)


def fees(*rows: Row, period: str = Q1, money: str = "元") -> Form:
    return Form("R11", "甲镇", period, [_fee(row, period) for row in rows], money=money)


def _fee(row: Row, period: str) -> Row:
    """Return a row of fees paid in full, the year's sums going on from the same wages in the quarter before."""
    wages = row["wages"]
    due = row.get("due", wages / 50)
    year = due if period == Q1 else due + row.get("before", due)
    sums = {"due": due, "paid": due, "due_year": year, "paid_year": year}
    return {"union": "甲一厂工会", "wages": wages} | sums | {code: row[code] for code in row if code != "before"}


def archives(*rows: tuple[str, str, int, int, int], period: str = Q1) -> Form:
    named = ("area", "type", "opening", "opened", "closed")
    return Form("R06", REPORTER, period, [
        dict(zip(named, row, strict=True)) | {"closing": row[2] + row[3] - row[4]} for row in rows
    ])  # fmt: skip


def democracy(period: str = Q1, **values: object) -> Form:
    row = {"union": "甲一厂工会", "congress": "是", "openness": "是", "contract": "否", "women_org": "否",
           "women_contract": "否"}  # fmt: skip
    return Form("R04", "甲镇", period, [row | values])


def cadres(full: int, part: int = 9) -> Form:
    row = {"area": "甲镇", "cadres_full": full, "cadres_part": part, "instructors": 1, "enterprises": 1}
    return Form("R12", REPORTER, Q1, [row])


def employer(workers: int, scale: str = "是") -> Form:
    row = {"employer_code": "E1", "employer_name": "甲一厂", "area": "甲镇", "category": "私营", "legal": "是",
           "scale": scale, "workers": workers, "unionised": "是", "union": "甲一厂工会",
           "effective": "2008-01-01"}  # fmt: skip
    return Form("R00E", "甲镇", Q1, [row])


def employers(workers: int) -> Form:
    """Return the employer beside a large one, so that no rate of the town is pushed too far by it."""
    one = employer(workers)
    other = one.rows[0] | {"employer_code": "E2", "employer_name": "甲二厂", "workers": 900, "union": "甲二厂工会"}
    return Form("R00E", "甲镇", Q1, [*one.rows, other])


def contest(workers: int, scale: str = "是") -> Form:
    row = {"employer_code": "E1", "employer": "甲一厂", "unit": "甲一厂工会", "date": "2008-02-01", "scale": scale,
           "teams": 3, "workers": workers}  # fmt: skip
    return Form("R15", REPORTER, Q1, [row])


def contract(workers: int, scope: str = "单独") -> Form:
    row = {"number": "H1", "type": "集体合同", "scope": scope, "unit": "甲一厂工会", "employer": "甲一厂",
           "employer_code": "E1", "scale": "是", "enterprises": 1, "workers": workers, "start": "2008-01-10",
           "end": "2009-01-09"}  # fmt: skip
    return Form("R03", REPORTER, Q1, [row])


def union(period: str = Q2, **changed: object) -> Form:
    """Return a later register return about 甲一厂工会, as it is already registered unless told."""
    return Form("R00", REPORTER, period, [UNITS[3] | {"effective": "2008-04-01"} | changed])


def worker_rows(workers: int, **other: object) -> list[Row]:
    """Return the unions of 甲镇, all of one size and in the categories of the register."""
    return [row | {"members": 5, "workers": workers} | other for row in town_one()]


def with_notes(*forms: Form) -> Maker:
    def make(folder: Path) -> Path:
        path = write_book(folder / "报表.xlsx", *forms)
        notes = load_workbook(path)
        notes.create_sheet("说明")["A1"] = "本季度新进一批职工"
        notes.save(path)
        return path

    return make
