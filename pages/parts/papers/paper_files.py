"""The files of a paper: written when downloaded, and recorded in the register of figures."""

from collections.abc import Callable
from functools import partial

from access.accounts.roles import Action
from access.acts import Acts
from pages.shared.downloads import WORD, XLSX, offer_file
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.person import acts
from stats.catalogue.outlines import Outline
from stats.exports.page import write_page
from stats.exports.slides import write_slides
from stats.exports.style.file_names import file_name
from stats.exports.word.document import write_document
from stats.exports.workbook.brief import write_workbook
from stats.papers.cited_figures import register
from stats.papers.paper_model import Brief
from stats.papers.recheck import figures_of
from store.builds import store_path

_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_FILES: tuple[tuple[str, str, str, Callable[[Brief], bytes]], ...] = (
    ("文稿（Word）", "docx", WORD, write_document),
    (
        "幻灯片（PPT）",
        "pptx",
        _PPTX,
        write_slides,
    ),
    ("表格（Excel）", "xlsx", XLSX, write_workbook),
)
_PAGE = ("一页纸（PDF）", "pdf", "application/pdf", write_page)  # of an outline made to fit on one


def offer_paper(view: View, text: Brief, outline: Outline, prove: Callable[[], Brief]) -> None:
    """Draw one button per file; a download is recorded with every figure in it.

    `prove` returns the paper with its proofs, which are looked up only for a file.
    """
    doing = acts()
    for label, ending, mime, write in (_PAGE, *_FILES) if outline.one_page else _FILES:
        name = file_name(text.title, ending)
        make = partial(_hand_out, view, prove, name, write, doing)
        offer_file(label, name, mime, make, registers=True)


def _hand_out(view: View, prove: Callable[[], Brief], name: str, write: Callable[[Brief], bytes], doing: Acts) -> bytes:
    """Return the file of a paper, with the cells that the person may see; the one-page paper only counts them."""
    by, brief = doing.permit(Action.VIEW).shown, prove()
    seen = {cell.submission for cell in doing.cells(brief.cells())}
    content = write(brief if write is write_page else brief.seen(seen))
    warehouse = cached.warehouse(view.build)
    register(store_path(), name, figures_of(brief, warehouse, catalogue_now()), by)
    return content
