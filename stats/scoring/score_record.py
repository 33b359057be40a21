"""Score record: the scores of a scheme as text that can be stored, read again and compared with today's."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from base.formats import MISSING
from stats.catalogue_in_force import catalogue_under
from stats.scoring import Score, score_units
from stats.scoring.score_lines import ORDER, ScoreLine, say_line_points
from stats.warehouse import open_warehouse

_VALUE, _RULE, _COUNTS = "依据的数", "规则", "计入"
_SHOWN = "said"  # the key in records, which are stored in the journal and keep their first format
_STAGES = {"self": "自评", "checked": "复核", "computed": "计算", "final": "核定"}


@dataclass(frozen=True)
class KeptLine:
    """A recorded line: its item's name, and each of its fields as shown and with all digits."""

    name: str
    shown: Mapping[str, str]
    exact: Mapping[str, str]


@dataclass(kw_only=True, frozen=True)
class KeptScore:
    """A recorded score. `points` is None when it was void or had no line with data; `lines` by item."""

    unit: str
    name: str
    place: int | None
    points: Decimal | None
    void: bool
    lines: Mapping[str, KeptLine]


@dataclass(frozen=True)
class LineChange:
    """A difference in a line: the field, its recorded and its present text."""

    item: str
    name: str
    what: str
    was: str
    now: str


def record_scores(store: Path, build: int, scheme: str) -> str:
    """Return the scores of all organisations of a scheme, read from a given build, as text.

    Raises UserError when the build can't be read.
    """
    warehouse = open_warehouse(store, build)
    try:
        catalogue = catalogue_under(warehouse)
        scores = score_units(warehouse, catalogue, catalogue.scheme(scheme))
    finally:
        warehouse.close()
    return json.dumps([_as_row(score) for score in scores], ensure_ascii=False)


def read_record(text: str) -> dict[str, KeptScore]:
    """Return recorded scores by organisation, sorted by rank."""
    return {row["unit"]: _kept(row) for row in json.loads(text)}


def changes_since(kept: KeptScore, score: Score) -> list[LineChange]:
    """Return the differences of all lines, in the order of the scheme, including added and removed lines."""
    now = {line.placed.item.code: _keep_line(line) for line in score.lines}
    items = [*now, *(item for item in kept.lines if item not in now)]
    return [change for item in items for change in _compare(item, kept.lines.get(item), now.get(item))]


def _compare(item: str, earlier: KeptLine | None, now: KeptLine | None) -> Iterator[LineChange]:
    """Yield the fields with different values; if both round to the same text, they are written with all digits."""
    name = next(line.name for line in (now, earlier) if line)
    for what in dict.fromkeys([*(now.shown if now else ()), *(earlier.shown if earlier else ())]):
        exact = [_look(line.exact if line else {}, what) for line in (earlier, now)]
        shown = [_look(line.shown if line else {}, what) for line in (earlier, now)]
        if exact[0] != exact[1]:
            yield LineChange(item, name, what, *(exact if shown[0] == shown[1] else shown))


def _look(texts: Mapping[str, str], what: str) -> str:
    return texts.get(what, MISSING)


def _as_row(score: Score) -> dict[str, Any]:
    return {
        "unit": score.unit,
        "name": score.unit_name,
        "place": score.place,
        "points": None if score.points is None else str(score.points),
        "void": score.void,
        "lines": {line.placed.item.code: _line_row(_keep_line(line)) for line in score.lines},
    }


def _line_row(line: KeptLine) -> dict[str, Any]:
    return {"name": line.name, _SHOWN: line.shown, "exact": line.exact}


def _keep_line(line: ScoreLine) -> KeptLine:
    """Return a line's fields, in the words of the screen and with all digits."""
    points = {_STAGES[source]: line.points.get(source) for source in reversed(ORDER)} | {_COUNTS: line.counts}
    shown = {what: say_line_points(line, value) for what, value in points.items()} | {_RULE: line.rule}
    exact = {what: _figures(value) for what, value in points.items()} | {_RULE: line.rule}
    if line.value_text:
        shown, exact = {_VALUE: line.value_text} | shown, {_VALUE: _figures(line.value)} | exact
    return KeptLine(line.placed.item.name, shown, exact)


def _figures(value: Decimal | None) -> str:
    return MISSING if value is None else f"{value.normalize():f}"


def _kept(row: Mapping[str, Any]) -> KeptScore:
    points = None if row["points"] is None else Decimal(row["points"])
    lines = {item: KeptLine(line["name"], line[_SHOWN], line["exact"]) for item, line in row["lines"].items()}
    return KeptScore(
        unit=row["unit"], name=row["name"], place=row["place"], points=points, void=row["void"], lines=lines
    )
