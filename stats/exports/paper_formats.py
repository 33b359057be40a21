"""The formats in which a paper is written, and what its files are called."""

import re
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
_UNNAMEABLE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what no system, or not each, allows in a file's name
_LONGEST = 80


def file_name(title: str, suffix: str) -> str:
    """Return what a paper's file is called: its title, without what a file's name can't hold."""
    return f"{_UNNAMEABLE.sub('', title).strip(' .')[:_LONGEST] or '材料'}.{suffix}"
