"""Score sheets (R18) of the schemes: the organisations' own scores, the checked ones and the final ones."""

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
    return [
        row
        for settings in read_data("scores.yml")
        if quarter == parse_quarter(settings["quarter"])
        for unit in sorted([*settings["entered"], *settings["partly"]])
        for row in _rows(settings["scheme"], list(catalogue.scheme(settings["scheme"]).items.values()), unit, settings)
    ]


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
    lost = settings.get("lost", {})
    if item.code in lost and rng.random() < lost[item.code]:
        return 0.0
    steps = settings["weak_steps" if unit in settings.get("weak", ()) else "steps"]
    return max(0.0, float(item.points) - float(rng.choice(steps)))


def _later(item: SchemeItem, own: float | str, unit: str, settings: dict[str, Any], rng: Random) -> Row:
    """Return the later stages of items that only people can judge; the others are scored from the data."""
    if item.kind not in _ENTERED_ONLY and not (item.kind in ("deduction", "bonus") and item.basis is None):
        return {}
    if unit in settings.get("own_only", ()):
        return {}
    checked = settings.get("deducted", {}).get(unit, {}).get(item.code, _less(own, settings["strict"], rng))
    final = {"final": _less(checked, settings.get("stricter", 0), rng)} if unit in settings["settled"] else {}
    return final if unit in settings.get("skipped", ()) else {"checked": checked} | final


def _less(points: float | str, often: float, rng: Random) -> float | str:
    """Return points with sometimes half a point taken off."""
    if isinstance(points, str) or points <= 0 or rng.random() >= often:
        return points
    return max(0.0, points - 0.5)
