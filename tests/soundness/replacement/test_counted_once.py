"""An enterprise under two contracts of one type counts once, by the newest one in force."""

from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, write_register
from tests.lib.oracles.reckoning import Reckoning

FIRST, SECOND, THIRD = "2008年一季度", "2008年二季度", "2008年三季度"


def contract(number: str, start: str, end: str, **other: object) -> Row:
    row = {"number": number, "type": "集体合同", "scope": "单独", "unit": "甲一厂工会", "employer": "甲一厂",
           "employer_code": "E1", "scale": "是", "enterprises": 1, "workers": 100, "start": start, "end": end,
           }  # fmt: skip
    return row | other


def load(folder: Path, *ledgers: tuple[str, list[Row]]) -> Path:
    write_register(folder / "sent")
    for number, (quarter, rows) in enumerate(ledgers):
        write_book(folder / "sent" / f"{number}.xlsx", Form("R03", REPORTER, quarter, rows))
    summary = load_paths([folder / "sent"], folder / "store")
    assert summary.count("accepted") == len(ledgers) + 1, summary.outcomes
    return folder / "store"


def told(store: Path, catalogue: Catalogue, item: str, quarter: str, unit: str = "COUNTY") -> float | None:
    """Return the warehouse's figure, after comparing it with the one computed in plain Python."""
    value = counted(store, item, quarter, unit)
    with closing(open_warehouse(store)) as warehouse:
        assert value == Reckoning(warehouse, catalogue).quarter(catalogue.items[item], unit, parse_span(quarter).last)
    return value


def counted(store: Path, item: str, quarter: str, unit: str = "COUNTY") -> float | None:
    """Return the warehouse's figure."""
    sql = """select r.value from mart.rollup r join core.item i on i.id = r.item join core.unit u on u.node = r.unit
             where i.code = $item and u.code = $unit and r.period = $period"""
    asked = {"item": item, "unit": unit, "period": parse_span(quarter).last}
    with closing(open_warehouse(store)) as warehouse, warehouse.cursor() as cursor:
        found = cursor.execute(sql, asked).fetchone()
    return found[0] if found else None


def test_a15_a_renewal_under_a_new_number_counts_its_enterprise_once(tmp_path: Path, catalogue: Catalogue) -> None:
    store = load(
        tmp_path,
        (FIRST, [contract("H1", "2008-01-10", "2008-12-31")]),
        (SECOND, [contract("H2", "2008-05-01", "2010-04-30", workers=130)]),
    )
    assert told(store, catalogue, "contract_enterprises", "2008Q1") == 1
    assert told(store, catalogue, "contract_enterprises", "2008Q2") == 1
    assert told(store, catalogue, "contract_workers", "2008Q1") == 100
    assert told(store, catalogue, "contract_workers", "2008Q2") == 130, "the newest contract tells how many workers"
    assert told(store, catalogue, "collective_contracts", "2008Q2") == 2, "both contracts are in force"


@pytest.mark.parametrize("turned", [False, True])
def test_a15_the_newest_is_told_by_its_day_whatever_the_order_of_rows(
    turned: bool, tmp_path: Path, catalogue: Catalogue
) -> None:
    rows = [
        contract("H1", "2008-01-10", "2009-01-09", workers=100),
        contract("H2", "2008-03-01", "2009-02-28", workers=90),
    ]
    store = load(tmp_path, (FIRST, rows[::-1] if turned else rows))
    assert told(store, catalogue, "contract_workers", "2008Q1") == 90


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("apart", [False, True])
def test_a05_of_rows_alike_in_day_and_quarter_the_greater_counts_in_any_order(
    turned: bool, apart: bool, tmp_path: Path, catalogue: Catalogue
) -> None:
    """In one sheet, or with one filed later as a supplement: neither the row order nor the file order matters."""
    more, less = (contract(n, "2008-01-10", "2009-01-09", workers=w) for n, w in (("H1", 100), ("H2", 90)))
    rows = [less, more] if turned else [more, less]
    store = load(tmp_path, (FIRST, rows[:1] if apart else rows))
    if not apart:
        assert told(store, catalogue, "contract_workers", "2008Q1") == 100
        return
    added = Form("R03", REPORTER, FIRST, rows[1:], title="集体合同台账（补报）")
    assert load_paths([write_book(tmp_path / "补报.xlsx", added)], store).count("accepted") == 1
    assert [counted(store, f"contract_{what}", "2008Q1") for what in ("workers", "enterprises")] == [100, 1]


def test_a15_a_wage_contract_and_a_collective_one_each_count_the_enterprise(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    rows = [
        contract("H1", "2008-01-10", "2009-01-09"),
        contract("G1", "2008-01-10", "2009-01-09", type="工资专项集体合同", workers=80),
        contract("G2", "2008-02-10", "2009-02-09", type="工资专项集体合同", workers=85),
    ]
    store = load(tmp_path, (FIRST, rows))
    assert told(store, catalogue, "contract_enterprises", "2008Q1") == 1
    assert told(store, catalogue, "wage_enterprises", "2008Q1") == 1
    assert told(store, catalogue, "wage_workers", "2008Q1") == 85


def test_a15_trades_of_one_name_in_two_townships_stay_two(tmp_path: Path, catalogue: Catalogue) -> None:
    """A regional contract has no enterprise code: a name is unique within the union that signed it."""
    regional = {"scope": "行业性", "employer": "餐饮行业", "employer_code": None, "enterprises": 6, "workers": 60}
    rows = [
        contract("H1", "2008-01-10", "2009-01-09", **regional),
        contract("H2", "2008-03-10", "2009-03-09", **regional | {"enterprises": 7}),
        contract("H3", "2008-01-10", "2009-01-09", **regional | {"unit": "乙一厂工会"}),
    ]
    store = load(tmp_path, (FIRST, rows))
    assert told(store, catalogue, "contract_enterprises", "2008Q1") == 13
    assert told(store, catalogue, "contract_enterprises", "2008Q1", "T01") == 7


def test_a15_the_old_contract_counts_again_where_the_new_one_has_ended(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [
        contract("H1", "2008-01-10", "2009-12-31", workers=100),
        contract("H2", "2008-04-01", "2008-07-31", workers=90),
    ]
    store = load(tmp_path, (SECOND, rows[1:]), (FIRST, rows[:1]), (THIRD, [contract("H3", "2008-07-01", "2008-08-31",
                 employer_code="E2", employer="甲二厂", unit="甲二厂工会", workers=5)]))  # fmt: skip
    assert told(store, catalogue, "contract_workers", "2008Q2") == 90
    assert told(store, catalogue, "contract_workers", "2008Q3") == 100
