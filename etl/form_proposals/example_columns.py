"""Example columns: the columns of a table that a form would have, with what was said of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from base.text import normalise
from etl.form_proposals.column_kinds import ColumnKind, kind_of
from etl.form_proposals.example_rows import ExampleRows
from etl.form_proposals.measures_known import measure_known
from etl.labels.total_labels import total_rank
from etl.layout.text_kinds import is_rate, is_year_total
from etl.layout_proposals.own_table import OwnTable
from etl.layout_proposals.person_columns import holds_persons
from etl.layout_proposals.proposal import say_path
from etl.own_layouts.named_periods import general_path
from etl.recognise.headers import IGNORED
from etl.unit_lists.list_words import ListColumn, list_words
from stats.catalogue import Catalogue
from stats.catalogue.layouts import PERIOD

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "standing": 3}
_UNION = "union"
_NUMBERING = ("序号", "编号")
MONEY = "yuan"
_OFMONEY = re.compile(r"[额款]$|经费|资金|应缴|实缴")


@dataclass(kw_only=True, frozen=True)
class WantedForm:
    """What was said of the form: code, name, how often, which numbers are stocks, flows, measures, known items.

    Numbers are split by the columns of codes in `splits`, and rows counted in the measure `count`.
    With `by_days` the last day tells the period; sheets in `left_out` are not read.
    `numbers` is what all are that nothing else was said of, "stock" or "flow", `measure` what whole ones count.
    """

    code: str
    name: str
    frequency: str
    numbers: str = ""
    stocks: frozenset[str] = frozenset()
    flows: frozenset[str] = frozenset()
    unused: frozenset[str] = frozenset()
    measures: Mapping[str, str] = field(default_factory=dict)
    measure: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    splits: frozenset[str] = frozenset()
    count: str = ""
    county: str = ""
    by_days: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(kw_only=True, frozen=True)
class ExampleColumn:
    """A column of the example: its general path, the number of its first place, its kind, and its code in the form."""

    path: str
    number: int
    kind: ColumnKind
    code: str

    @property
    def name(self) -> str:
        """Return the column's name in the form: its path without the name of a period."""
        return "/".join(part for part in self.path.split("/") if part != PERIOD)


def example_columns(
    tables: Sequence[OwnTable], wanted_form: WantedForm, levels: Mapping[str, str], catalogue: Catalogue
) -> tuple[list[ExampleColumn], list[str]]:
    """Return the columns of an example that the form takes, and the paths of those that name persons.

    A table with a row a union repeats what the register says of it, such as its area or its founding: not taken.
    """
    rows, taken, persons = ExampleRows(tables), dict[str, tuple[int, ColumnKind]](), dict[str, None]()
    for number, path in sorted(tables[0].header.paths.items()):
        general, _ = general_path(path, MONTHS[wanted_form.frequency])
        if holds_persons(path, rows.texts(number)):
            persons[general] = None
        elif general not in taken and not _left_out(path, general, wanted_form, rows, number):
            taken[general] = number, kind_of(rows, number, path[-1], levels, catalogue)
    if any(_lists_unions(kind) and rows.distinct(number) for number, kind in taken.values()):
        taken = {general: placed for general, placed in taken.items() if not _registered(general)}
    columns = [
        ExampleColumn(path=general, number=number, kind=kind, code=f"c{place}")
        for place, (general, (number, kind)) in enumerate(taken.items(), start=1)
    ]
    return columns, [*persons]


def _lists_unions(kind: ColumnKind) -> bool:
    return kind.kind == "unit" and _UNION in kind.levels


def _registered(path: str) -> bool:
    """Return whether a heading is that of something the register says of an organisation."""
    return list_words().column_of(path.split("/")) not in (None, ListColumn.NAME)


def headings_offered(table: OwnTable, frequency: str) -> dict[str, str]:
    """Return the headings of a table as shown, by their general paths; without those that name persons."""
    rows = ExampleRows([table])
    return {
        general: say_path(general)
        for number, path in sorted(table.header.paths.items())
        for general, _ in [general_path(path, MONTHS[frequency])]
        if not holds_persons(path, rows.texts(number))
    }


def unused_paths(
    table: OwnTable, wanted_form: WantedForm, taken: Sequence[str], persons: Sequence[str]
) -> Iterator[str]:
    """Yield the paths that a layout has to name as not used: what was said not to be, and what else the table has."""
    seen = {*taken, *persons}
    for path in table.header.paths.values():
        general, _ = general_path(path, MONTHS[wanted_form.frequency])
        if general not in seen and path[-1] not in IGNORED and not any(map(_sums_up, path)) and not is_rate(path[-1]):
            seen.add(general)
            yield general


def measure_of(column: ExampleColumn, table: OwnTable, wanted_form: WantedForm, catalogue: Catalogue) -> str:
    """Return the unit of measure of a column of numbers: as said, by its heading, or what all count; "" for none.

    A column of the same name in the forms that are there tells it as well.
    """
    spelt = measures_by_word(catalogue)
    for text in (wanted_form.measures.get(column.path, ""), table.header.units.get(column.number, "")):
        if text and normalise(text) in spelt:
            return spelt[normalise(text)]
    if not column.kind.whole or _OFMONEY.search(column.name):
        return MONEY
    last = column.path.rpartition("/")[2]
    named = next((code for word, code in spelt.items() if last == f"{word}数"), "")
    return named or measure_known(column.name, catalogue) or spelt.get(normalise(wanted_form.measure), "")


def measures_by_word(catalogue: Catalogue) -> dict[str, str]:
    """Return the units of measure by the words they may be written in; of several the one declared first."""
    return {
        normalise(word): code
        for code, measure in reversed(catalogue.measures.items())
        for word in (measure.name, *measure.spellings)
    }


def time_of(column: ExampleColumn, wanted_form: WantedForm) -> str:
    """Return whether a number is a stock (last) or a flow (sum), "" where nobody said it."""
    if column.path in wanted_form.stocks:
        return "last"
    if column.path in wanted_form.flows:
        return "sum"
    return {"stock": "last", "flow": "sum"}.get(wanted_form.numbers, "")


def is_numbering(column: ExampleColumn) -> bool:
    """Return whether a column numbers the rows."""
    return column.path in _NUMBERING


def _left_out(path: list[str], general: str, wanted_form: WantedForm, rows: ExampleRows, number: int) -> bool:
    if general in wanted_form.unused or path[-1] in wanted_form.unused:
        return True
    if path[-1] in _NUMBERING:
        return not rows.distinct(number)
    return path[-1] in IGNORED or any(map(_sums_up, path[:-1])) or is_rate(path[-1])


def _sums_up(text: str) -> bool:
    return bool(total_rank(text)) or is_year_total(text)


def heading_of(column: ExampleColumn) -> str:
    """Return how a column's heading is shown and may be written."""
    return say_path(column.path)
