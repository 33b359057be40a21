"""Form items: the items of a proposed form: of each number one, by the words of its codes, and of its rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from base.text import normalise
from etl.form_proposals.example_columns import ExampleColumn, measures_by_word, time_of
from etl.form_proposals.form_basis import FormBasis

_Items = dict[str, dict[str, Any]]


def items_of(basis: FormBasis) -> _Items:
    """Return the items: of each number one, known under its own code or new; of a ledger, also its rows.

    A form of years holds the totals of items that there are, so it has none of its own.
    """
    if basis.of_years:
        return dict(_row_items(basis))
    made = {code: item for column in basis.numbers for code, item in [_item(column, basis)]}
    return made | dict(_split_items(made, basis)) | dict(_row_items(basis))


def count_measure(basis: FormBasis) -> str:
    """Return the measure in which rows are counted, "" for a word that is none."""
    return measures_by_word(basis.catalogue).get(normalise(basis.wanted.count), "")


def _item(column: ExampleColumn, basis: FormBasis) -> tuple[str, dict[str, Any]]:
    wanted = basis.wanted
    own = wanted.name if column.name == wanted.name else f"{wanted.name}·{column.name.replace('/', '·')}"
    item = basis.catalogue.items.get(wanted.known.get(column.path, ""))
    return (
        item.code if item else f"{wanted.code.lower()}_{column.code}",
        {
            "name": item.name if item else own,
            "measure": item.measure if item else basis.measure(column),
            "time": item.time if item else time_of(column, wanted),
            "form": wanted.code,
            "take": column.code,
        },
    )


def _split_items(items: Mapping[str, Mapping[str, Any]], basis: FormBasis) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield, for each word of a column of codes that numbers are split by, an item of each number."""
    for code, item in items.items():
        for column, word, name in _parts(basis):
            where = {"where": {column.code: word}}
            yield f"{code}_{column.code}_{word}", {**item, "name": f"{item['name']}·{name}"} | where


def _row_items(basis: FormBasis) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the items that count rows, all and by the words of those columns."""
    wanted = basis.wanted
    if not wanted.count:
        return
    rows = {"name": f"{wanted.name}·{wanted.count}数", "measure": count_measure(basis)}
    rows |= {"time": "last" if basis.roster or basis.has_end else "sum", "form": wanted.code}
    code = f"{wanted.code.lower()}_rows"
    yield code, rows
    for column, word, name in _parts(basis):
        where = {"where": {column.code: word}}
        yield f"{code}_{column.code}_{word}", {**rows, "name": f"{rows['name']}·{name}"} | where


def _parts(basis: FormBasis) -> Iterator[tuple[ExampleColumn, str, str]]:
    """Yield each column that numbers are split by with each of its codes, and the word of the code."""
    for column in basis.taken:
        if column.path in basis.wanted.splits and column.kind.kind == "code":
            words = basis.own_codes().get(basis.code_list(column), [])
            own = [(f"c{number}", word) for number, word in enumerate(words, start=1)]
            known = basis.catalogue.codes.get(column.kind.codes)
            listed = [(entry.code, entry.name) for entry in known.entries] if known else own
            yield from ((column, code, word) for code, word in listed)
