"""Sheet shape: a return's layout as stored in the journal, by which a unit's own spreadsheet is recognised again."""

from etl.model.nouns import Layout
from etl.model.shape import Shape
from etl.privacy import hide
from etl.recognise.form_columns import asked_paths, header_address, own_paths
from etl.recognise.headers import labels_of
from stats.catalogue import Catalogue


def shape_of(layout: Layout, reporter: str, period: int, catalogue: Catalogue) -> Shape:
    """Return the shape of a table, including the answers already applied to it."""
    taken = set(layout.columns) - set(layout.answers.values())
    free = () if layout.shown else tuple(column.code for column in layout.form.columns if column.code not in taken)
    unknown = {} if layout.shown else asked_paths(layout, labels_of(catalogue)[layout.form.code])
    unclear = {path: header_address(layout, column) for path, column in unknown.items()}
    return Shape(
        form=layout.form.code,
        reporter=reporter,
        period=period,
        sheet=hide(layout.sheet.name),
        paths=own_paths(layout),
        asked=unclear,
        free=free,
        answers=dict(layout.answers),
    )
