"""Names in a table that the register does not have: of which organisation each is, where somebody says so."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from base.text import normalise
from etl.labels.total_labels import total_rank
from etl.layout_proposals.chosen_columns import Chosen
from etl.layout_proposals.own_table import OwnTable
from etl.layout_proposals.unknown_names import unknown_names
from pages.view.foreign_text import as_written
from stats.catalogue.layouts import TableLayout
from stats.catalogue.models import Form

_UNION = "union"


def settle_names(
    table: OwnTable, layout: TableLayout, chosen: Chosen, form: Form, levels: Mapping[str, str], county: str, mark: str
) -> Chosen:
    """Return what is chosen with the organisations that unknown names mean; a word for the whole is the county.

    `levels` are those of the organisations in the register by normalised name, `mark` is the file's.
    """
    words = {column: dict(meant) for column, meant in chosen.words.items()}
    options = [county, *(name for name, level in levels.items() if level != _UNION and name != normalise(county))]
    for column, word in unknown_names(table, layout, form, levels):
        name = st.selectbox(
            as_written(f"名册里没有“{word}”，是哪个单位？"),
            options,
            index=0 if total_rank(word) else None,
            placeholder="照原样，收的时候再核对",
            key=f"layout-name-{column}-{word}-{mark}",
        )
        if name:
            words.setdefault(column, {})[normalise(word)] = name
    return replace(chosen, words=words)
