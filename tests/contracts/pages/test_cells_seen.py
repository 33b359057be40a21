"""Every path on the pages from a figure to a cell or an original asks access/acts who may see it."""

import ast
from collections.abc import Iterator

from tests.contracts.source import ROOT, parse, product_files

# Functions that lead to a cell, to its content or surroundings, or to a file that lists cells.
WAYS = {
    *("cell", "cells", "raw", "entered", "around", "trace", "original", "changes", "proofs", "cells_of"),
    *("cell_of_target", "read_around", "read_bytes", "fill_template", "scores_xlsx", "get_cells", "write_answer"),
    *("write_workbook", "write_document", "write_slides", "write_page"),
}
# How permission is asked; `scoring.files` are the files it was asked for.
ASKS = {"acts().cells", "doing.cells", "doing.around", "doing.original"}
DRAWN = {"cell", "cells", "cell_of_target"}  # drawn by draw_sheet, which asks; not enough for their contents
SEEN = {"scoring.files"}
# These only pass on cells to functions that ask, or show none of them.
HAND_ON = {
    "pages/parts/duties/due_forms.py:_blank": "a blank form that was just made",
    "pages/parts/templates/blanks.py:_offer": "the zip of blank forms that was just made",
    "pages/view/cached.py:around": "called by draw_sheet, through doing.around",
    "pages/explaining/few_cells.py:list_cells": "lists what draw_few_cells and draw_cells_behind asked about",
    "pages/explaining/read_behind.py:read_largest": "adds them up by organisation",
    "pages/parts/trace/cells.py:_draw_list": "lists what draw_cells asked about",
    "pages/parts/help/handbook_page.py:_inline": "a picture of the handbook",
    "pages/parts/papers/paper_files.py:_FILES": "written by _hand_out, which asks",
    "pages/parts/papers/paper_files.py:_PAGE": "written by _hand_out; it tells how many cells, and of none",
    "pages/parts/scoring/score_sheet.py:_entered": "sorted out by draw_cell, which asks",
    "pages/returns/answer_files.py:_answer": "a file on one's own upload list, or an original that was asked for",
    "pages/parts/papers/template_fill.py:_fill": "leaves out by _seen, which asks",
    "pages/parts/catalogue/draft_panel.py:_publish": "what a version of the catalogue changes, and no cell",
    "pages/parts/catalogue/history.py:_draw_version": "what a version of the catalogue changed, and no cell",
    "pages/trace.py:draw_sources": "draw_cells adds them up, then asks",
    "serving/packed.py:_read": "the program's own scripts and styles",
}


def test_s02_every_way_to_a_cell_asks_who_may_see_it() -> None:
    wrong = [
        f"{module}: {name} uses {', '.join(sorted(ways))}"
        for module, name, function in _functions()
        if (ways := _ways(function)) and not _asks(function) and f"{module}:{name}" not in HAND_ON
    ]
    assert not wrong, "ask acts().cells, or draw through draw_sheet:\n" + "\n".join(wrong)


def test_s02_no_exception_outlives_what_it_was_for() -> None:
    known = {f"{module}:{name}" for module, name, function in _functions() if _ways(function)}
    assert set(HAND_ON) - known == set()


def test_s02_a_way_round_would_be_found() -> None:
    for source in (
        "def draw(cell):\n    st.caption(cell.raw)",
        "def draw(figure):\n    st.dataframe([one.address for one in figure.cells])",
        "def draw(view, cell):\n    st.html(cached.around(view.build, cell))",
        "def draw(view, cell):\n    st.html(cell.raw)\n    draw_sheet(view.build, cell)",
        "def draw(path):\n    st.download_button('x', data=path.read_bytes())",
    ):
        function = ast.parse(source).body[0]
        assert _ways(function) and not _asks(function)


def _functions() -> Iterator[tuple[str, str, ast.AST]]:
    for path in product_files():
        module = path.relative_to(ROOT).as_posix()
        if module.startswith(("pages/", "serving/")):
            for node in parse(path).body:
                for one in node.body if isinstance(node, ast.ClassDef) else [node]:
                    if not isinstance(one, ast.Import | ast.ImportFrom):
                        yield module, _name(one), one


def _name(node: ast.stmt) -> str:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", node)]
    return str(getattr(node, "name", "")) or ast.unparse(targets[0])


def _ways(node: ast.AST) -> set[str]:
    attributes = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
    return attributes & WAYS | names & (WAYS - {"cell", "cells", "entered", "changes", "around", "original"})


def _asks(node: ast.AST) -> bool:
    called = {ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
    read = {ast.unparse(one) for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    drawn = "draw_sheet" in called and _ways(node) <= DRAWN
    return bool(called & ASKS or read & SEEN) or drawn
