"""Example columns: the columns of a table that a form would have, with what was said of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from base.text import normalise
from etl.form_proposals.column_kinds import ColumnKind, is_quotient, kind_of
from etl.form_proposals.example_rows import ExampleRows
from etl.form_proposals.measures_known import measure_known
from etl.form_proposals.table_shapes import TableShape
from etl.labels.area_labels import is_area
from etl.layout.table import TableColumn
from etl.layout.text_kinds import is_rate, is_running, sums_up
from etl.layout_proposals.own_table import OwnTable
from etl.layout_proposals.person_columns import holds_persons
from etl.layout_proposals.proposal import UNITS, say_path
from etl.own_layouts.named_periods import general_path, names_longer_period
from etl.recognise.headers import IGNORED
from etl.unit_lists.list_words import ListColumn, list_words
from stats.catalogue import Catalogue
from stats.catalogue.layouts import PERIOD

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "standing": 3}
_UNION, AREAS = "union", ("town", "park", "system")
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
    """A column of the example: its general path, the number of its first place, its kind, its code and name."""

    path: str
    number: int
    kind: ColumnKind
    code: str
    name: str


@dataclass(kw_only=True, frozen=True)
class ExampleColumns:
    """The columns of an example that the form takes, and the paths of those that name persons.

    `unread` are the paths of sums and rates, `doubled` those that stand over several columns alike. `nameless` are the
    letters of filled columns without a heading.
    """

    taken: tuple[ExampleColumn, ...]
    persons: tuple[str, ...]
    unread: tuple[str, ...]
    doubled: tuple[str, ...]
    nameless: tuple[str, ...]


def example_columns(
    rows: ExampleRows, wanted_form: WantedForm, shape: TableShape, levels: Mapping[str, str], catalogue: Catalogue
) -> ExampleColumns:
    """Return what the columns of an example are.

    A table with a row a union repeats what the register says of it, such as its area or its founding: not taken.
    """
    taken, persons, unread, doubled = dict[str, tuple[int, ColumnKind]](), dict[str, None](), dict[str, None](), []
    seen = set[tuple[str, str, int | None]]()
    for number, path in sorted(rows.tables[0].header.paths.items()):
        place = general, _, _ = shape.general(path)
        if place in seen and path[-1] not in IGNORED:
            doubled.append(general)
        seen.add(place)
        if holds_persons(path, rows.texts(number)):
            persons[general] = None
        elif general == shape.periods_in or general in taken or _is_unused(path, general, wanted_form, rows, number):
            continue
        elif _is_reckoned(path, general, wanted_form, shape):
            unread[general] = None
        else:
            taken[general] = number, kind_of(rows, number, path[-1], levels, catalogue)
    rates = _rates(rows, taken) - {*wanted_form.stocks, *wanted_form.flows}
    gone = rates | (_registered(taken) if _lists_unions(rows, taken, levels) else set())
    kept = {general: placed for general, placed in taken.items() if general not in gone}
    columns = [
        ExampleColumn(
            path=general, number=number, kind=kind, code=f"c{place}", name=_name_of(general) or wanted_form.name
        )
        for place, (general, (number, kind)) in enumerate(kept.items(), start=1)
    ]
    return ExampleColumns(
        taken=(*columns,),
        persons=(*persons,),
        unread=(*unread, *(general for general in taken if general in rates)),
        doubled=(*doubled,),
        nameless=(*nameless(rows),),
    )


def _lists_unions(rows: ExampleRows, taken: Mapping[str, tuple[int, ColumnKind]], levels: Mapping[str, str]) -> bool:
    """Return whether a table has a row a union."""
    areas = area_number(rows, levels)
    units = (number for number, kind in taken.values() if kind.kind == "unit" and _UNION in kind.levels)
    return any(rows.distinct(number, areas) for number in units)


def area_number(rows: ExampleRows, levels: Mapping[str, str]) -> int | None:
    """Return the number of the first column that names areas alone, whether it is taken or not."""
    texts = ((number, rows.texts(number)) for number in sorted(rows.tables[0].header.paths))
    named = ((n, [is_area(name) or levels.get(name) in AREAS for name in names]) for n, names in texts)
    return next((number for number, are_areas in named if are_areas and all(are_areas)), None)


def _registered(taken: Iterable[str]) -> set[str]:
    """Return the paths that are those of something the register says of an organisation."""
    return {path for path in taken if list_words().column_of(path.split("/")) not in (None, ListColumn.NAME)}


def nameless(rows: ExampleRows) -> Iterator[str]:
    """Yield the letters of the columns that are filled in most rows and have no heading."""
    used = {cell.column for table, row in rows.rows for cell in table.sheet.row_cells(row)}
    for number in sorted(used - rows.tables[0].header.paths.keys()):
        if len(rows.cells(number)) > len(rows.rows) / 2:
            yield TableColumn(number, (), "", "").letter


def _rates(rows: ExampleRows, taken: Mapping[str, tuple[int, ColumnKind]]) -> set[str]:
    """Return the paths of shares: of percentages, and of columns that are one column divided by another."""
    by_path = {path: rows.numbers(number) for path, (number, kind) in taken.items() if kind.kind == "number"}
    parted = {path for path in by_path if not taken[path][1].whole and is_quotient(path, by_path)}
    return parted | {path for path, (_, kind) in taken.items() if kind.kind == "rate"}


def headings_offered(table: OwnTable, frequency: str) -> dict[str, str]:
    """Return the headings of a table as shown, by their general paths; without those that name persons."""
    rows = ExampleRows([table])
    return {
        general: say_path(general)
        for number, path in sorted(table.header.paths.items())
        for general, _ in [general_path(path, MONTHS[frequency])]
        if not holds_persons(path, rows.texts(number))
    }


def unused_paths(rows: ExampleRows, shape: TableShape, columns: ExampleColumns) -> Iterator[str]:
    """Yield the paths that a layout has to name as not used: what was said not to be, and what else the table has."""
    seen = {*(column.path for column in columns.taken), *columns.persons, shape.periods_in}
    for path in rows.tables[0].header.paths.values():
        general, _, _ = shape.general(path)
        reckoned = any(map(sums_up, path)) or is_rate(path[-1]) or names_longer_period(path, shape.months)
        if general not in seen and path[-1] not in IGNORED and not reckoned:
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
    named = next((code for word, code in spelt.items() if last.endswith(f"{word}数")), "")
    titled = spelt.get(normalise(table.measure), "")
    known = named or (titled if titled == MONEY else "") or measure_known(column.name, catalogue)
    return known or spelt.get(normalise(wanted_form.measure), "") or titled


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


def restarts(column: ExampleColumn) -> bool:
    """Return whether a column counts the rows of its table, each from 1, and is no number of its own."""
    return column.path == _NUMBERING[0]


def _is_unused(path: list[str], general: str, wanted_form: WantedForm, rows: ExampleRows, number: int) -> bool:
    if general in wanted_form.unused or path[-1] in wanted_form.unused:
        return True
    if path[-1] in _NUMBERING:
        return not (rows.full(number) if path[-1] == _NUMBERING[0] else rows.distinct(number))
    return path[-1] in IGNORED


def _is_reckoned(path: list[str], general: str, wanted_form: WantedForm, shape: TableShape) -> bool:
    """Return whether a column holds what is reckoned from others: sums, and rates that don't add up."""
    if any(map(sums_up, path[:-1])) or is_rate(path[-1]) or names_longer_period(path, shape.months):
        return True
    several_units = bool(shape.units) and UNITS not in general.split("/")
    return general not in wanted_form.stocks and (is_running(path[-1]) or (several_units and sums_up(path[-1])))


def _name_of(general: str) -> str:
    return "/".join(part for part in general.split("/") if part not in (PERIOD, UNITS))


def heading_of(column: ExampleColumn) -> str:
    """Return how a column's heading is shown and may be written."""
    return say_path(column.path)
