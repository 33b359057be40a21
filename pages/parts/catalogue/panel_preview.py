"""A panel drawn on today's data while it is made."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from base.errors import UserError
from pages.shared.plotly_chart import draw_chart
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.person import acts
from pages.view.stylesheet import palette
from stats.catalogue import Catalogue
from stats.catalogue.arranged_boards import named_on
from stats.catalogue.boards import PANELS, Panel
from stats.catalogue_declared import catalogue_declared
from stats.exports.style.figure_table import table_of
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.totals import county_of
from store.builds import store_path

_ROWS = 8  # of a list


def is_panel(model: type[BaseModel]) -> bool:
    """Return whether a model is one of a panel."""
    return model in PANELS.values()


def draw_preview(content: Mapping[str, Any]) -> None:
    """Draw a panel as far as it is filled in, for the county over the year so far."""
    st.html("<h3>按现在的数据画出来</h3>")
    try:
        panel = TypeAdapter[Panel](Panel).validate_python(content)
        figure = _figure_of(panel)
    except ValidationError:
        st.caption("填齐以后在这里画出来。")
    except UserError as error:
        st.html(f'<p class="nothing">{escape(str(error))}</p>')
    else:
        draw_figure(figure, f"preview-{figure.code}")


def draw_figure(figure: Figure, key: str) -> None:
    """Draw a figure: what it says, the drawing, or the first rows of a list."""
    st.html(f'<h3 class="says">{escape(figure.title)}</h3>')
    drawing = None if figure.is_listed else cached.drawing(figure, palette())
    if drawing:
        draw_chart(drawing, figure.title, key)
    elif figure.is_listed or figure.known:
        st.html(_first_rows(figure))
    else:
        st.html(f'<p class="nothing">{escape(figure.absence)}</p>')


def catalogue_of_draft() -> Catalogue:
    """Return the catalogue with one's own draft, or the one in force while the draft has faults."""
    try:
        return catalogue_declared(store_path(), acts().wanted())
    except UserError:
        return catalogue_now()


def _figure_of(panel: Panel) -> Figure:
    """Return a panel's figure of today's build. Raises UserError where it names what the build does not hold."""
    build = cached.current()
    catalogue, warehouse = catalogue_of_draft(), cached.warehouse(build)
    if new := _new_items(panel, catalogue, cached.catalogue(build)):
        raise UserError(f"“{new}”还没有发布，现在的数据里没有；试算以后在下面画出来。")
    selection = Selection(county_of(warehouse), cached.present(build))
    try:
        return make_figure(Source(warehouse, catalogue), panel, selection)
    except KeyError as error:
        raise UserError(f"目录里没有“{error.args[0]}”，填齐以后再画。") from None


def _new_items(panel: Panel, catalogue: Catalogue, built: Catalogue) -> str:
    """Return the name of an item that a panel shows and the build was not made with, "" where there is none."""
    named_codes = named_on(panel, catalogue.indicators.values())
    shown = [catalogue.indicators[code] for code in named_codes if code in catalogue.indicators]
    items = [item for indicator in shown for item in catalogue.parts(indicator)]
    named = [str(getattr(panel, key, "") or "") for key in ("item", "closing", "opening")]
    items += [catalogue.items[code] for code in named if code in catalogue.items]
    return next((item.name for item in items if built.items.get(item.code) != item), "")


def _first_rows(figure: Figure) -> str:
    table = table_of(figure)
    head = "".join(f"<th>{escape(column.heading)}</th>" for column in table.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(mark.shown_text)}</td>' for mark in row)}</tr>" for row in table.rows[:_ROWS]
    )
    return (
        f'<div class="scroll" tabindex="0"><table class="plain"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
