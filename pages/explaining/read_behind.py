"""What a press on a mark that is no reading asks for; it is read then, and not kept."""

from base.errors import UserError
from pages.view import cached
from pages.view.filters import View
from stats.figures.behind import find_behind
from stats.figures.behind.behind_model import Behind, add_up_below
from stats.figures.elements.figure_model import Figure


def read_behind(view: View, board: str, figure: Figure, at: int, key: str) -> Behind | None:
    """Return the cells behind the mark of a key in the series at that place of a figure; None if it has none."""
    panel = cached.catalogue(view.build).board(board).panel(figure.code)
    if panel is None:
        raise UserError("这张图已经不在这一页上了。请刷新页面再点。")
    return find_behind(cached.source_on(view.build, board), panel, view.selection, figure, at, key)


def read_largest(view: View, behind: Behind) -> list[tuple[str, float]]:
    """Return what it comes to for each organisation right below the one looked at, by name, the most first."""
    return add_up_below(cached.source(view.build), view.unit.code, behind.cells)
