"""Names in a table's columns of organisations that the register does not have, such as 全县."""

from collections.abc import Collection, Iterator

from base.text import normalise
from etl.labels.total_labels import total_rank
from etl.layout_proposals.own_table import OwnTable
from etl.own_layouts.named_periods import general_path
from stats.catalogue.layouts import TableLayout
from stats.catalogue.models import Form, FormRole

_FEW = 5  # of more, the names are a list of their own; what is not in the register is then said when they come in


def unknown_names(table: OwnTable, layout: TableLayout, form: Form, names: Collection[str]) -> list[tuple[str, str]]:
    """Return the column and the word of each name that the register does not have, where they are few.

    `names` are those of the organisations in the register, normalised.
    """
    unknown = [*dict.fromkeys(_unknown(table, layout, form, names))]
    return unknown if len(unknown) <= _FEW else []


def _unknown(table: OwnTable, layout: TableLayout, form: Form, names: Collection[str]) -> Iterator[tuple[str, str]]:
    for number, path in table.header.paths.items():
        heading = layout.paths.get(general_path(path, form.months)[0])
        for code in heading.columns if heading and not heading.suffix else ():
            if form.column(code).type == "unit":
                # of targets the county's is a row of its own, elsewhere a sum of the others
                whole = form.role == FormRole.TARGETS
                texts = (text for text, _ in table.texts(number) if whole or not total_rank(text))
                yield from ((code, text) for text in texts if normalise(text) not in names)
