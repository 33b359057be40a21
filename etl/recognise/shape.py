"""Shape: the layout of a return as stored in the journal, by which a unit's own spreadsheet is recognised again."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from etl.model.nouns import Layout
from etl.privacy import hide
from etl.recognise.form_columns import asked_paths, header_address, own_paths
from etl.recognise.headers import labels_of
from stats.catalogue import Catalogue


@dataclass(frozen=True)
class Shape:
    """The layout of one return.

    `reporter` is "" while the reporter is unknown. `paths` are the header paths in order, each with its column number
    in the sheet; `asked` the unknown ones, each with its address; `free` the codes of the form's columns that no header
    names; `answers` the earlier answers: a column's code by path, "" for not used.
    """

    form: str
    reporter: str
    period: int
    sheet: str
    paths: dict[str, int]
    asked: dict[str, str]
    free: tuple[str, ...]
    answers: dict[str, str]

    @classmethod
    def of(cls, record: dict[str, Any]) -> "Shape":
        """Return the shape from its record in the journal."""
        return cls(**{**record, "free": tuple(record["free"])})

    @property
    def fingerprint(self) -> str:
        """Return the key under which answers for this layout are stored."""
        return fingerprint(self.form, self.paths)


def fingerprint(form: str, paths: Iterable[str]) -> str:
    """Return a hash of a form's header paths in their order."""
    return hashlib.sha256(json.dumps([form, *paths], ensure_ascii=False).encode()).hexdigest()[:32]


def shape_of(layout: Layout, reporter: str, period: int, catalogue: Catalogue) -> Shape:
    """Return the shape of a table, including the answers already applied to it."""
    taken = set(layout.columns) - set(layout.answers.values())
    free = tuple(column.code for column in layout.form.columns if column.code not in taken)
    unknown = asked_paths(layout, labels_of(catalogue)[layout.form.code])
    asked = {path: header_address(layout, column) for path, column in unknown.items()}
    where = (layout.form.code, reporter, period, hide(layout.sheet.name))
    return Shape(*where, own_paths(layout), asked, free, dict(layout.answers))
