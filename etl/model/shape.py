"""Shape: the layout of a return, as the journal keeps it: what is remembered of a unit's own spreadsheet."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(kw_only=True, frozen=True)
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
