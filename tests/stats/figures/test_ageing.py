"""What is open by its age and what ends by its month: counted again in plain Python, and by hand on a small ledger."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.catalogue.boards import AgeingPanel
from stats.figures import make_figure
from stats.figures.ageing import bands_of
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, write_register

YEAR = parse_span("2010Q1..2010Q4")
OPEN = {"code": "a", "kind": "ageing", "form": "R10", "name": "没有解决的问题", "measure": "problem", "since": "date",
        "done": "solved", "days": [30, 90, 180], "where": {"kind": "problem"}}  # fmt: skip
ENDING = {"code": "e", "kind": "ageing", "form": "R03", "name": "到期的合同", "measure": "contract", "until": "end",
          "months": 3, "renewed": ["type", "employer_code"]}  # fmt: skip


def panel(declared: dict[str, Any], **other: Any) -> AgeingPanel:
    return AgeingPanel.model_validate(declared | other)


def values(figure: Figure) -> dict[str, float | None]:
    """Return the sum over all series of each mark."""
    found: Counter[str] = Counter()
    for series in figure.series:
        for mark in series.marks:
            found[mark.label] += int(mark.value or 0)
    return dict(found)


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return Source(county, catalogue)


def fields_of(warehouse: Warehouse, form: str) -> list[dict[str, Any]]:
    """Return the fields of a form's rows that are in force and belong to an organisation that is open."""
    asked = """
        select d.fields from core.in_force s join raw.record d on d.id = s.record
        where s.form = $form and s.newest and s.node is not null and $last between s.since and s.until"""
    with warehouse.cursor() as cursor:
        return [json.loads(row[0]) for row in cursor.execute(asked, {"form": form, "last": YEAR.last}).fetchall()]


def test_the_county_s_open_problems_are_counted_right(source: Source) -> None:
    end = date(2010, 12, 31)
    rows = [row for row in fields_of(source.warehouse, "R10") if row["kind"] == "problem" and row["date"] <= str(end)]
    ages = [(end - date.fromisoformat(row["date"])).days for row in rows if (row.get("solved") or "9999") > str(end)]
    figure = make_figure(source, panel(OPEN), Selection("COUNTY", YEAR))
    assert len(ages) > 5 and values(figure) == {
        "超过180天": sum(age > 180 for age in ages),
        "91至180天": sum(90 < age <= 180 for age in ages),
        "31至90天": sum(30 < age <= 90 for age in ages),
        "30天以内": sum(age <= 30 for age in ages),
    }
    assert figure.title.endswith(f"最久的已有{max(ages):,}天")


def test_the_bands_leave_out_no_day(catalogue: Catalogue) -> None:
    for end in (date(2010, 12, 31), date(2012, 3, 31)):
        past = bands_of(panel(OPEN), end)
        assert [band.last.toordinal() + 1 for band in past[:-1]] == [band.first.toordinal() for band in past[1:]]
        assert past[-1].last == end
        coming = bands_of(panel(ENDING, months=12), end)
        assert [band.last.toordinal() + 1 for band in coming[:-1]] == [band.first.toordinal() for band in coming[1:]]
        assert coming[0].first.toordinal() == end.toordinal() + 1 and (coming[-1].last - end).days in (365, 366)


def contract(number: str, until: str, **other: str) -> Row:
    given = {"number": number, "type": "工资专项集体合同", "scope": "单独", "unit": "甲一厂工会", "employer": "甲一厂"}
    dates = {"start": "2009-04-01", "end": until}
    return given | {"employer_code": "E1", "scale": "是", "enterprises": 1, "workers": 9} | dates | other


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Source]:
    """Contracts that end soon, one of them renewed; and problems, one of them solved in the next quarter."""
    folder = tmp_path_factory.mktemp("ages")
    contracts = [
        contract("1", "2010-01-31"),
        contract("2", "2010-03-31", employer_code="E2", employer="甲二厂"),
        contract("3", "2011-03-31"),
        contract("4", "2010-02-28", type="集体合同"),
    ]
    problem = {"unit": "甲一厂工会", "department": "县工业局", "kind": "解决问题"}
    problems = [
        problem | {"number": "1", "date": "2009-10-02", "title": "用水", "result": "已解决", "solved": "2010-01-20"},
        problem | {"number": "2", "date": "2009-12-31", "title": "用电", "result": "办理中"},
        problem | {"number": "3", "date": "2009-10-05", "title": "用气", "result": "已解决"},
    ]
    files = [
        write_register(folder),
        write_book(folder / "合同.xlsx", Form("R03", REPORTER, "2009年四季度", contracts)),
        write_book(folder / "双联.xlsx", Form("R10", REPORTER, "2009年四季度", problems)),
    ]
    summary = load_paths(files, folder / "store")
    assert summary.count("accepted") == 3, [outcome.findings for outcome in summary.outcomes]
    warehouse = open_warehouse(folder / "store")
    yield Source(warehouse, catalogue)
    warehouse.close()


QUARTER = Selection("COUNTY", parse_span("2009Q4"))


def test_a_renewed_contract_does_not_end(small: Source) -> None:
    figure = make_figure(small, panel(ENDING), QUARTER)
    assert values(figure) == {"1月": 0, "2月": 1, "3月": 1}
    assert figure.title == "2009年末，到期的合同2份" and "期限更长" in figure.base
    assert values(make_figure(small, panel(ENDING, renewed=[]), QUARTER)) == {"1月": 1, "2月": 1, "3月": 1}


def test_a_column_is_split_and_summed(small: Source) -> None:
    figure = make_figure(small, panel(ENDING, by="type", total="workers", measure="person"), QUARTER)
    assert {series.name: [mark.value for mark in series.marks] for series in figure.series} == {
        "集体合同": [0, 9, 0],
        "工资专项集体合同": [0, 0, 9],
    }
    assert figure.measure == "人"


def test_what_was_done_later_was_open_then(small: Source) -> None:
    figure = make_figure(small, panel(OPEN), QUARTER)
    assert values(figure) == {"超过180天": 0, "91至180天": 0, "31至90天": 1, "30天以内": 1}
    assert "另有1条已办完但没有填解决日期，没有算在内" in figure.note, "solved, who knows when, is not open"


def test_without_a_return_nothing_is_known(small: Source) -> None:
    figure = make_figure(small, panel(OPEN), Selection("COUNTY", parse_span("2009Q3")))
    assert figure.series == () and "没有" in figure.title or "未报送" in figure.title
