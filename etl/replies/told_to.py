"""Told to: findings as one area may be told them; what they quote of the returns of others is left out."""

from collections.abc import Iterable

from etl.model.finding import Finding
from stats.organisations import Units, area_of

_COUNTY, _OTHERS = "县总工会", "别的单位"


def told_to(area: str | None, findings: Iterable[Finding], units: Units) -> tuple[Finding, ...]:
    """Return the findings as an area may be told them, in short where they quote what others filed.

    None stands for the county's own people, who are told all.
    """
    return tuple(finding if area is None else _told(area, finding, units) for finding in findings)


def area_answered(reporters: Iterable[str], units: Units) -> str | None:
    """Return the area that an answer about these reporters goes to; None when it goes to the county itself."""
    areas = {area_of(units, code) for code in reporters if code in units}
    return areas.pop() if len(areas) == 1 else None


def _told(area: str, finding: Finding, units: Units) -> Finding:
    others = sorted(code for code in finding.quoted if area_of(units, code) != area)
    return finding.in_short("、".join(dict.fromkeys(_name(code, units) for code in others))) if others else finding


def _name(code: str, units: Units) -> str:
    """Return whom to ask about what an organisation filed."""
    if code not in units:
        return _OTHERS
    area = area_of(units, code)
    return units[area].name if area else _COUNTY
