"""Turned proposal: the layout of a table whose items stand down its side and whose organisations across the top."""

from collections.abc import Iterator

from base.errors import UserError
from base.text import normalise
from etl.layout.text_kinds import split_measure
from etl.layout_proposals.chosen_columns import Chosen
from etl.layout_proposals.own_table import OwnTable
from etl.layout_proposals.proposal import (
    NAME_COLUMNS,
    Proposal,
    lacking_columns,
    target_heading,
    unknown_headings,
    words_meant,
)
from etl.own_layouts.turned_tables import names_numbers
from etl.recognise.headers import labels_of
from stats.catalogue import Catalogue
from stats.catalogue.layouts import FixedValue, TableHeading, TableLayout
from stats.catalogue.models import Form


def propose_turned(
    table: OwnTable, form: Form, catalogue: Catalogue, chosen: Chosen, across: str, titles: tuple[str, str]
) -> Proposal:
    """Return the layout of a turned table; `across` is the column of the form that the names across the top fill.

    Raises UserError when no label is a column of the form.
    """
    known, unknown = dict[str, TableHeading](), list[str]()
    for label, measure in dict(_labels(table, chosen)).items():
        code = labels_of(catalogue)[form.code].match([label])
        if label in chosen.targets:
            known[label] = target_heading(label, chosen.targets[label], measure, catalogue)
        elif label in chosen.columns:
            known[label] = TableHeading(path=label, columns=chosen.columns[label])
        elif code or chosen.rest_unused:
            known[label] = TableHeading(path=label, columns=(code,) if code else ())
        else:
            unknown.append(label)
    if not known:
        raise UserError(f"这张表里没有一项认得出是《{form.name}》的。请核对选的报表。", NAME_COLUMNS)
    filled = {code for heading in known.values() for code in heading.columns} | {across, *chosen.fixed}
    filled |= {each.column for heading in known.values() for each in heading.fixed}
    layout = TableLayout(
        code=titles[0],
        name=titles[1],
        form=form.code,
        headings=tuple(known.values()),
        words=tuple(words_meant(chosen)),
        fixed=tuple(FixedValue(column=code, value=value) for code, value in chosen.fixed.items()),
        reporter=chosen.reporter,
        turned=across,
        dated_by=chosen.dated_by,
        left_out=chosen.left_out,
    )
    return Proposal(layout, (*unknown_headings(unknown, form, filled), *lacking_columns(form, filled)))


def _labels(table: OwnTable, chosen: Chosen) -> Iterator[tuple[str, str]]:
    """Yield the labels down the side that say what the numbers beside them are, each with its unit of measure."""
    first = min(table.header.paths)
    for text, _ in table.texts(first):
        written, measure = split_measure(text)
        label = normalise(written)
        if label in chosen.targets or names_numbers(label):  # a rate may have a target
            yield label, measure
