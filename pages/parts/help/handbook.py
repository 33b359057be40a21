"""The handbook in chapters: docs/handbook.md, split at its headings; a chapter's first line says for whom it is."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LEADERS, STAFF, CLERKS, ADMINISTRATORS = FOR = ("领导", "工作人员", "填报员", "管理员")
DOCS = Path(__file__).resolve().parents[3] / "docs"
_HEADING = re.compile(r"^## ", re.MULTILINE)
_WHOM = re.compile(r"\A\s*<!-- 给(.+?) -->\s*")
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(([^)]+)\)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class HandbookPart:
    """A part of a chapter: either Markdown text, or a picture with its description."""

    words: str = ""
    picture: Path | None = None


@dataclass(frozen=True)
class Chapter:
    """A chapter: its title, for whom it is, and its parts in their order."""

    title: str
    whom: str
    parts: tuple[HandbookPart, ...]


def chapters(whom: str) -> list[Chapter]:
    """Return the chapters for a person, in the order of the handbook."""
    return [chapter for chapter in read_handbook() if chapter.whom == whom]


@cache
def read_handbook(path: Path = DOCS / "handbook.md") -> tuple[Chapter, ...]:
    """Return all chapters. A chapter that does not say for whom it is, is for staff."""
    _, *texts = _HEADING.split(path.read_text(encoding="utf-8"))
    return tuple(_read_chapter(text, path.parent) for text in texts)


def _read_chapter(text: str, folder: Path) -> Chapter:
    title, _, body = text.partition("\n")
    whom = _WHOM.match(body)
    plain = body[whom.end() :] if whom else body
    return Chapter(title.strip(), whom[1] if whom else STAFF, tuple(_parts(plain, folder)))


def _parts(text: str, folder: Path) -> list[HandbookPart]:
    parts, begun = [], 0
    for match in _PICTURE.finditer(text):
        parts += [HandbookPart(text[begun : match.start()].strip()), HandbookPart(match[1], folder / match[2])]
        begun = match.end()
    return [part for part in [*parts, HandbookPart(text[begun:].strip())] if part.words or part.picture]
