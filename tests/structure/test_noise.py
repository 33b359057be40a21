"""Property: what stands around a table changes nothing in what is found in it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from etl.layout.table import Table
from etl.survey import survey
from tests.structure.sheets import sheet_of

NAMES = ["东镇", "西镇", "南镇", "北镇", "中镇"]
GROUPED = [["镇", "职工", "", "会员"], ["", "男", "女", ""]]


def _found(table: Table, right: int) -> Any:
    """Return what must stay: paths, values and labels of the rows, totals and whether they agree."""
    columns = [(column.number - right, column.path, column.measure) for column in table.columns]
    details = [(row.label, [(cell.column - right, cell.raw) for cell in row.cells]) for row in table.details]
    totals = [(total.row.label, total.agrees) for total in table.totals]
    return table.title and table.title.text, columns, details, totals


@given(
    figures=st.lists(st.tuples(*[st.integers(0, 10**6)] * 3), min_size=2, max_size=5),
    wrong=st.booleans(),
    above=st.integers(0, 3),
    between=st.integers(0, 2),
    left=st.integers(0, 3),
    below=st.lists(st.sampled_from(["", "注：不含退休人员。", "资料来源：镇工会", "填表人：甲"]), max_size=4),
)
def test_blank_rows_and_columns_and_notes_change_nothing(
    figures: list[tuple[int, int, int]], wrong: bool, above: int, between: int, left: int, below: list[str]
) -> None:
    total = ["合计", *(sum(column) + wrong for column in zip(*figures, strict=True))]
    body: list[list[Any]] = [[name, *row] for name, row in zip(NAMES, figures, strict=False)]
    plain = [["会员统计表"], *GROUPED, *body, total]
    noisy = [*[[]] * above, plain[0], *[[]] * between, *plain[1:], *[[text] for text in below]]
    (expected,) = survey(sheet_of(*plain), "表.xlsx")
    (found,) = survey(sheet_of(*[[""] * left + row if row else [] for row in noisy]), "表.xlsx")
    assert _found(found, left) == _found(expected, 0)
    assert len(expected.details) == len(figures)
    assert expected.totals[0].agrees is not wrong
