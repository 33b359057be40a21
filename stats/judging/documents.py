"""Documents that set targets: what the register says of each, the targets it sets, and where two of them disagree."""

from collections import defaultdict
from dataclasses import dataclass

from stats.catalogue import Catalogue
from stats.judging.targets import Target, targets_set
from stats.warehouse import Warehouse, run_query

_IN_FORCE = "valid"
_MARKS = str.maketrans("", "", "《》〈〉“”\"'〔〕[]（）() \u3000")  # a document is written with or without them


@dataclass(kw_only=True, frozen=True)
class Document:
    """A registered document: its title, number, day of issue and issuer; `status` is a code, "" means unknown."""

    title: str
    number: str
    issued: str
    issuer: str
    status: str
    replaced_by: str

    @property
    def in_force(self) -> bool:
        """Return whether it holds: neither repealed nor replaced."""
        return self.status == _IN_FORCE


@dataclass(kw_only=True, frozen=True)
class DocumentTargets:
    """A document as targets name it, what the register says of it (None if nothing), and the targets that it sets."""

    title: str
    document: Document | None
    targets: tuple[Target, ...]


def plain_title(title: str) -> str:
    """Return a title or number as it is compared: without marks and blanks."""
    return title.translate(_MARKS)


def read_documents(warehouse: Warehouse, quarter: int) -> list[Document]:
    """Return the documents registered by the end of a quarter, as they stood then, the earliest issued first."""
    last = {plain_title(row["title"]): Document(**row) for row in run_query(warehouse, "documents.sql", period=quarter)}
    return list(last.values())


def bases_of(warehouse: Warehouse, catalogue: Catalogue, unit: str, quarter: int) -> list[DocumentTargets]:
    """Return the documents with the targets that each had set for an organisation by a quarter's end.

    A target names its document by title, number, or both. Unregistered documents come first, then those not in force.
    """
    by_title: dict[str, list[Target]] = defaultdict(list)
    for goal in targets_set(warehouse, catalogue, unit, quarter):
        by_title[plain_title(goal.document)].append(goal)
    documents = read_documents(warehouse, quarter)
    named = [(_named(title, documents), goals) for title, goals in by_title.items()]
    known = [_basis(document, [goals for other, goals in named if other == document]) for document in documents]
    unknown = [
        DocumentTargets(title=goals[0].document, document=None, targets=tuple(goals)) for doc, goals in named if not doc
    ]
    return [*unknown, *sorted(known, key=lambda basis: bool(basis.document and basis.document.in_force))]


def _named(title: str, documents: list[Document]) -> Document | None:
    """Return the document that a plain title means, the one issued last of several."""
    for document in reversed(documents):
        own, number = plain_title(document.title), plain_title(document.number)
        if title == own or (number and title in (number, own + number, number + own)):
            return document
    return None


def _basis(document: Document, goals: list[list[Target]]) -> DocumentTargets:
    return DocumentTargets(
        title=document.title, document=document, targets=tuple(goal for own in goals for goal in own)
    )


def disagreements(warehouse: Warehouse, catalogue: Catalogue, unit: str, quarter: int) -> list[tuple[Target, ...]]:
    """Return the targets that documents set in different ways, the one that counts last in each."""
    same: dict[tuple[str, str, int], list[Target]] = defaultdict(list)
    for goal in targets_set(warehouse, catalogue, unit, quarter):
        same[goal.of].append(goal)
    return [tuple(goals) for goals in same.values() if len({_stated(goal) for goal in goals}) > 1]


def _stated(goal: Target) -> tuple[str, float | None, float | None]:
    return goal.comparator, goal.value, goal.high
