"""Known: what the store holds already that a new return must be held against."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from etl.nouns import Row

Values = Mapping[str, object]  # a row's numbers and codes by column code
Rows = Mapping[str, Values]  # by row key


def _no_rows(form: str, period: int) -> Rows:
    return {}


def _no_quarters() -> Mapping[str, int]:
    return {}


@dataclass(frozen=True)
class Known:
    """What is in force when a file is examined: what was accepted before it, in this very load too.

    `keys` are the row keys that other returns of the form hold, and the file each stands in; `rows` gives the rows of a
    form and quarter (of a register: its state in that quarter); `last_reported` the last quarter for which each
    organisation stands in an accepted roster.
    """

    keys: Mapping[str, str] = field(default_factory=dict)
    rows: Callable[[str, int], Rows] = _no_rows
    last_reported: Callable[[], Mapping[str, int]] = _no_quarters


def key_of(row: Row) -> str:
    """Return the text that identifies a row within its form; the row's organisation must be resolved."""
    if row.key is None:
        parts = row.form.key_parts
        row.key = "|".join(row.unit if named else str(row.values.get(code, "")) for code, named in parts)
    return row.key
