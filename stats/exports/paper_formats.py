"""The formats in which a paper is written."""

from collections.abc import Callable, Mapping

from stats.exports.slides import write_slides
from stats.exports.word.document import write_document
from stats.exports.workbook.brief import write_workbook
from stats.papers.paper_model import Brief

WRITERS: Mapping[str, Callable[[Brief], bytes]] = {
    "docx": write_document,
    "pptx": write_slides,
    "xlsx": write_workbook,
}
