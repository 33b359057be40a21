"""Score sheets (R18) of the example scheme: the townships' own scores, the checked ones and the final ones."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from base.periods import parse_quarter
from etl.sample.county.sources import Row, chance, read_data
from stats.catalogue import Catalogue
from stats.catalogue.schemes import WORDED, SchemeItem

_ENTERED_ONLY = ("yes_no", "manual", "veto")


def score_rows(catalogue: Catalogue, quarter: int) -> list[Row]:
    """Return the rows filed in a quarter: one row per organisation and item, with the scores known by then."""
    settings = read_data("scores.yml")
    if quarter != parse_quarter(settings["quarter"]):
        return []
    scheme = catalogue.scheme(settings["scheme"])
    units = [*settings["entered"], *settings["partly"]]
    return [row for unit in sorted(units) for row in _rows(scheme.code, list(scheme.items.values()), unit, settings)]


def _rows(scheme: str, items: list[SchemeItem], unit: str, settings: dict[str, Any]) -> Iterator[Row]:
    for item in items:
        if item.code in settings["partly"].get(unit, ()):
            continue
        rng = chance("score", unit, item.code)
        own = _own(item, unit, settings, rng)
        stages = {"self": own, **_later(item, own, unit, settings, rng)}
        days = settings["checked"] if len(stages) > 1 else settings["filed"]
        yield {
            "scheme": scheme,
            "unit": unit,
            "item": item.code,
            "date": days if isinstance(days, date) else date.fromisoformat(days),
            "basis": "查阅资料" if len(stages) > 1 else None,
            **stages,
        }


def _own(item: SchemeItem, unit: str, settings: dict[str, Any], rng: Random) -> float | str:
    if item.kind in WORDED:
        bad = settings["vetoed"].get(unit) == item.code
        return "是" if (item.kind == "yes_no") != bad else "否"
    if item.kind in ("deduction", "bonus"):
        return 0
    return max(0.0, float(item.points) - float(rng.choice(settings["steps"])))


def _later(item: SchemeItem, own: float | str, unit: str, settings: dict[str, Any], rng: Random) -> Row:
    """Return the later stages of items that only people can judge; the others are scored from the data."""
    if item.kind not in _ENTERED_ONLY and not (item.kind in ("deduction", "bonus") and item.basis is None):
        return {}
    checked = own
    if not isinstance(own, str) and own > 0 and rng.random() < settings["strict"]:
        checked = max(0.0, own - 0.5)
    return {"checked": checked} | ({"final": checked} if unit in settings["settled"] else {})
