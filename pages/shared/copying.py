"""A table that can be copied as a table, into a workbook or a text."""

from html import escape

from base.periods import say_span
from pages.view.filters import chosen


def copying(what: str) -> str:
    """Return the button that copies the tables in the same element of the class taken, as HTML.

    The copy is headed by whose it is, what and of when.
    """
    view = chosen()
    heading = f"{view.unit.name}：{what}（{say_span(view.span)}）"
    return f'<button type="button" class="copy" aria-live="polite" data-title="{escape(heading)}">复制表格</button>'
