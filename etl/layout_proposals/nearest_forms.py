"""Nearest forms: which forms a table is most like, and what it lacks of them."""

from collections.abc import Iterator

from etl.layout_proposals.own_table import OwnTable
from etl.own_layouts.named_periods import general_path
from etl.recognise.fit import weigh
from etl.recognise.headers import labels_of
from stats.catalogue import Catalogue
from stats.catalogue.layouts import PERIOD
from stats.catalogue.models import Form

_FEW = 3


def ranked_forms(table: OwnTable, catalogue: Catalogue) -> list[Form]:
    """Return all forms, those first that a table is most like."""
    all_labels = labels_of(catalogue).values()
    weighed = sorted(all_labels, key=lambda labels: -weigh(labels, _paths(table, labels.form.months), catalogue))
    return [labels.form for labels in weighed]


def nearest_forms(table: OwnTable, catalogue: Catalogue) -> Iterator[str]:
    """Yield a line for each of the forms that a table is most like: its code and what the table lacks."""
    for form in ranked_forms(table, catalogue)[:_FEW]:
        labels = labels_of(catalogue)[form.code]
        filled = {labels.match(path) for path in _paths(table, form.months)}
        lacking = [column.label for column in form.columns if column.required and column.code not in filled]
        what = f"表里没有认出{'、'.join(lacking)}" if lacking else "必填的栏都有"
        yield f"《{form.name}》（{form.code}）：{what}"


def _paths(table: OwnTable, months: int) -> list[list[str]]:
    paths = (general_path(path, months)[0].split("/") for path in table.header.paths.values())
    return [bare for path in paths if (bare := [part for part in path if part != PERIOD])]
