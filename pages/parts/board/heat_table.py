"""Who has what, or how far who is from the target, as a table: the darker a cell the more is missing.

The number, and what is missing of it, always stand in the cell in words: colour alone says nothing.
"""

from html import escape

import streamlit as st

from base.formats import PERCENT
from pages.shared.downloads import copying
from pages.shared.fold import say_more
from pages.view.links import address, explained, marks_of
from pages.view.scripts import bring
from stats.catalogue.boards import Board
from stats.figures.elements.figure_model import Figure, Mark, Series

_LEGEND = "格里写着有的比例和数目；颜色越深，没有的越多。"
_DISTANCES = "落后项数多的在前；点表头按那一项离目标的远近排；颜色越深离得越远，△ 是落后，✓ 是达到；点名称看这个单位。"
_FIRST = {"matrix": "项目", "ladder": "单位", "distances": "单位"}
_BY_UNIT = ("ladder", "distances")
_AT_FIRST = 8  # rows on a phone
_FEW = 2  # columns on a phone, as look.css says


def draw_heat_table(board: Board, figure: Figure) -> None:
    """Draw a row a label and a column a series; an organisation's name is a link to what is told of it."""
    if not figure.known:
        return
    sortable = figure.kind == "distances"
    head = "".join(_head(board, series, sortable) for series in figure.series)
    first = _button(_FIRST[figure.kind]) if sortable else _FIRST[figure.kind]
    rows = "".join(_row(board, figure, at) for at in range(len(figure.series[0].marks)))
    st.html(
        f'<p class="fine">{_DISTANCES if sortable else _LEGEND}</p>'
        f'<div class="taken folded{"" if sortable else " few-columns"}">'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(figure.title)}">'
        f'<table class="plain heat{" sortable distances" if sortable else ""}"><thead><tr><th>{first}</th>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>{_unfold(figure) if sortable else _more(figure)}"
        f"{copying(figure.question or figure.title)}</div>"
    )
    if sortable:
        bring("sort")


def _more(figure: Figure) -> str:
    """Return the button that shows the columns which a phone folds away."""
    return say_more(f"看全部{len(figure.series)}列") if len(figure.series) > _FEW else ""


def _unfold(figure: Figure) -> str:
    """Return the button that shows the rows which a phone folds away; look.css says how many those are."""
    rest = len(figure.series[0].marks) - _AT_FIRST
    words = f"展开其余{rest}个单位"
    return f'<button type="button" class="unfold rows" data-name="{words}">{words}</button>' if rest > 0 else ""


def _head(board: Board, series: Series, sortable: bool) -> str:
    if not sortable:
        return f"<th>{_named(board, series.key, series.name)}</th>"
    aimed = f"<small>{escape(series.target_text)}</small>" if series.target_text else ""
    return f"<th{marks_of(series.indicator)}>{_button(series.name)}{aimed}</th>"


def _button(name: str) -> str:
    return f'<button type="button">{escape(name)}</button>'


def _row(board: Board, figure: Figure, at: int) -> str:
    first = figure.series[0].marks[at]
    name = _named(board, first.key if figure.kind in _BY_UNIT else "", first.label, figure.kind)
    if figure.kind == "distances":
        cells = "".join(_distance(series, series.marks[at]) for series in figure.series)
        return f"<tr{marks_of(unit=first.key)}><td>{name}</td>{cells}</tr>"
    return f"<tr><td>{name}</td>{''.join(_cell(series, series.marks[at]) for series in figure.series)}</tr>"


def _named(board: Board, unit: str, name: str, kind: str = "") -> str:
    """Return a name as a link to the same board for the organisation, from its distances to its own page."""
    if not unit:
        return escape(name)
    place = address("unit" if kind == "distances" else board.code, unit=unit)
    return f'<a href="{escape(place)}" target="_self">{escape(name)}</a>'


def _cell(series: Series, mark: Mark) -> str:
    if mark.value is None:
        return f"<td>{escape(mark.shown_text)}</td>"
    shade = f' style="--shade:{1 - mark.value:.2f}"' if series.measure == PERCENT else ""
    note = f"<small>{escape(mark.note)}</small>" if mark.text.endswith(PERCENT) else ""  # of one it says nothing more
    return f"<td{shade}>{escape(mark.text)}{note}</td>"


def _distance(series: Series, mark: Mark) -> str:
    """Return a cell that is sorted by how far it is behind; in a column where none can be, by its value.

    Beside others that are behind or not, one of which that can't be said is not sorted among them but comes last.
    """
    name = f' data-name="{escape(series.name)}"'
    if mark.value is None:
        return f"<td{name}>{escape(mark.shown_text)}</td>"
    told_apart = any(other.behind is not None for other in series.marks)
    furthest = max((other.behind or 0.0 for other in series.marks), default=0.0)
    share = max(mark.behind or 0.0, 0.0) / furthest if furthest > 0 else 0.0
    shade = f' style="--shade:{share:.2f}"' if share else ""
    note = f'<small class="{escape(mark.verdict)}">{escape(mark.note)}</small>' if mark.note else ""
    value = explained(mark.text) if series.indicator else escape(mark.text)
    key = mark.behind if told_apart else mark.value
    place = "" if key is None else f' data-value="{key:.6f}"'
    return f"<td{name}{place}{shade}>{value}{note}</td>"
