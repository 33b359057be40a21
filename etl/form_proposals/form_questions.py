"""Form questions: what an example leaves open about the form made from it, and what settles each."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from etl.form_proposals.example_columns import ExampleColumn, heading_of, time_of
from etl.form_proposals.form_basis import STANDING, FormBasis
from etl.form_proposals.form_items import count_measure
from etl.layout.text_kinds import is_running
from etl.layout_proposals.proposal import say_path


class FormAnswer(StrEnum):
    """What a question asks for."""

    TIME = "time"  # whether a column holds what is there at the end of a period, or what happened in it
    MEASURE = "measure"  # what a column counts in
    ITEM = "item"  # of which item a column holds the total
    LASTING = "lasting"  # that the form is sent once and stays in force
    COUNT = "count"  # in what rows are counted
    IN_TABLE = "in_table"  # the table itself has to be changed, or something else be there first


@dataclass(frozen=True)
class FormQuestion:
    """A question in words; `path` is that of the column it is about, "" for the whole table."""

    about: str
    asks: FormAnswer = FormAnswer.IN_TABLE
    path: str = ""


def questions_of(basis: FormBasis) -> Iterator[FormQuestion]:
    """Yield what has to be said before the form can be declared."""
    if not basis.taken:
        yield FormQuestion("没有找到可以当作栏的栏头。")
    if not basis.has_units and not basis.wanted.county:
        yield FormQuestion("表里没有单位名册里的单位，也不知道由谁报。请先建单位名册。")
    yield from _doubled(basis)
    if basis.of_years:
        yield from _of_years(basis)
        return
    yield from _rows(basis)
    yield from _ends(basis)
    yield from _without_numbers(basis)
    if basis.wanted.count and not count_measure(basis):
        yield FormQuestion(f"没有“{basis.wanted.count}”这个计量单位。", FormAnswer.COUNT)
    for column in basis.numbers:
        yield from _of_number(column, basis)


def _doubled(basis: FormBasis) -> Iterator[FormQuestion]:
    for path in dict.fromkeys(basis.columns.doubled):
        yield FormQuestion(f"“{say_path(path)}”有几栏，分不清哪一栏是什么。请在表里把栏头写开，例如“起”“止”。")
    for letter in basis.columns.nameless if not basis.shape.turned else ():
        yield FormQuestion(f"{letter} 列下面有内容，没有栏头，不知道是什么。请在表里写上栏头。")


def _rows(basis: FormBasis) -> Iterator[FormQuestion]:
    if basis.roster:
        return
    if basis.dated and basis.wanted.frequency in ("half_year", "year"):
        yield FormQuestion("一行一件事的台账按月或按季报，不能按半年、按年报。请改选每月或每季，各行照日期分到各期。")
    if basis.dated is None:
        yield FormQuestion(f"{_twice(basis)}也没有日期栏，定不下一行是什么时候的事。请在表里加上日期。")
    if basis.numbering is None:
        yield FormQuestion("台账要有一栏每行都不同的编号或序号。请在表里加上序号；分地方各从 1 编的，改成连着编。")


def _twice(basis: FormBasis) -> str:
    """Return why a row is not known by its organisation, with one that stands in several rows."""
    texts = [cell for cell in basis.rows.cells(basis.unit.number)] if basis.unit else []
    names = [cell.text.strip() for cell in texts]
    double = next((cell for cell in texts if names.count(cell.text.strip()) > 1), None)
    if double is None:
        return "一行不是一个单位，"
    return f"一行不是一个单位（“{double.text.strip()}”有 {names.count(double.text.strip())} 行），"


def _ends(basis: FormBasis) -> Iterator[FormQuestion]:
    """Yield a question where rows end some time and no day says when: they would count for ever."""
    term = next((column for column in basis.taken if column.kind.kind == "term"), None)
    if basis.wanted.frequency == STANDING and term and not basis.has_end:
        shown = heading_of(term)
        yield FormQuestion(f"“{shown}”写的是几年，定不下到哪天为止。请在表里写成起止日期，例如 2023.3.1—2026.2.28。")


def _without_numbers(basis: FormBasis) -> Iterator[FormQuestion]:
    """Yield a question on each sum since the beginning of the year where no other number is there."""
    running = [path for path in basis.columns.unread if is_running(path)]
    if not basis.numbers:
        for path in running:
            about = f"“{say_path(path)}”是从年初累计的数，各期不能再相加，只能当作期末的数。"
            yield FormQuestion(about, FormAnswer.TIME, path)


def _of_number(column: ExampleColumn, basis: FormBasis) -> Iterator[FormQuestion]:
    shown = heading_of(column)
    if not time_of(column, basis.wanted) and column.path not in basis.wanted.known:
        yield FormQuestion(f"“{shown}”是期末的数，还是这一期里发生的数？", FormAnswer.TIME, column.path)
    if basis.states_no_unit(column) and not basis.unstated_unit(column):
        about = f"“{shown}”没有写计量单位，是元、千元还是万元？"
        yield FormQuestion(about, FormAnswer.MEASURE, column.path)
    if not basis.measure(column):
        yield FormQuestion(f"“{shown}”的计量单位是什么？", FormAnswer.MEASURE, column.path)


def _of_years(basis: FormBasis) -> Iterator[FormQuestion]:
    """Yield what has to be said of years by figures: of which item each column holds an own total."""
    if basis.wanted.frequency != STANDING:
        yield FormQuestion("一行一年的表长期有效。", FormAnswer.LASTING)
    for column in basis.numbers:
        if column.path not in basis.wanted.known:
            yield FormQuestion(f"“{heading_of(column)}”是哪个数据项的总数？", FormAnswer.ITEM, column.path)
