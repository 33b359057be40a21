"""Property: noise around and in a return changes nothing in what is read from it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from etl.extract import extract
from etl.model.grid import Grid
from etl.model.nouns import Parsed, Sheet
from etl.recognise import recognise
from stats.catalogue import load_catalogue

FORM = "R01"
COLUMNS = load_catalogue().forms[FORM].columns
NOTES = ["", "注：不含退休人员。", "说明：数字由各工会填报。", "填表人：（签章）　审核人：（签章）"]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
BETWEEN = [at for at in range(1, 19) if COLUMNS[at].name.partition("/")[0] != COLUMNS[at - 1].name.partition("/")[0]]
Table = list[list[Any]]


@st.composite
def counts(draw: st.DrawFn) -> list[int]:
    """Return the numbers of one union: workers and members with their parts, and so on, in the form's order."""
    return draw(st.lists(st.integers(0, 99_999), min_size=9, max_size=9))


@st.composite
def noisy(draw: st.DrawFn, plain: Table) -> Table:
    """Return the sheet with blank rows, a blank column and notes put in, and some digits typed in full width.

    The blank column stands between groups of columns: inside one, under a label that is not merged, it is asked about.
    """
    head, header, rows = plain[:2], plain[2:4], plain[4:]
    rows = [[_disguised(value, draw(st.integers(0, 3))) for value in row] for row in rows]
    body = [line for row in rows for line in [*[[]] * draw(st.integers(0, 1)), row]]
    sheet = [*[[]] * draw(st.integers(0, 3)), *head, *[[]] * draw(st.integers(0, 2)), *header, *body]
    sheet += [[note] for note in draw(st.lists(st.sampled_from(NOTES), max_size=3))]
    left, within = draw(st.integers(0, 2)), draw(st.sampled_from(BETWEEN))
    split = draw(st.booleans())
    return [[""] * left + (line[:within] + [""] + line[within:] if split and len(line) > 1 else line) for line in sheet]


@given(st.data(), st.lists(counts(), min_size=1, max_size=4))
def test_noise_changes_nothing(data: st.DataObject, numbers: list[list[int]]) -> None:
    plain = _sheet_of(numbers)
    expected = _read(plain)
    assert [len(values) for values in expected] == [19] * len(numbers)
    assert _read(data.draw(noisy(plain))) == expected


def _sheet_of(numbers: list[list[int]]) -> Table:
    upper = [column.name.partition("/")[0] for column in COLUMNS]
    above = ["", *upper]
    drifting = ["" if label == before else label for label, before in zip(upper, above, strict=False)]
    rows = [
        [f"甲{at}厂工会", "单一", "私营", "制造业", "否", *map(float, row), "是", "否", "是", "否", "是"]
        for at, row in enumerate(numbers)
    ]
    head = [["2010年四季度基层工会组织情况表"], ["填报单位：甲镇", "报告期：2010年四季度"]]
    return [*head, drifting, [column.name.partition("/")[2] for column in COLUMNS], *rows]


def _read(rows: Table) -> list[dict[str, Parsed]]:
    """Return the values of the rows read. Fails the test when anything but a hint is told."""
    sheet, catalogue = Sheet(name="表1", cells=Grid(rows)), load_catalogue()
    layout, told = recognise(sheet, "表.xlsx", catalogue)
    assert layout is not None and layout.form.code == FORM, told
    found, more = extract(layout, "表.xlsx", catalogue)
    assert [finding.sentence() for finding in told + more if finding.severity != "note"] == []
    return [row.values for row in found.rows]


def _disguised(value: Any, how: int) -> Any:
    """Return a number as it is, as text, in full width, or with a blank behind; words stay."""
    if not isinstance(value, float):
        return value
    text = str(int(value))
    return [value, text, text.translate(WIDE), f" {text} "][how]
