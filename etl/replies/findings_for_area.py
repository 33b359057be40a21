"""Findings for an area: what they quote from the returns of other areas is left out."""

from collections.abc import Iterable

from etl.model.finding import Finding
from stats.organisations import Units, area_of

_COUNTY, _OTHERS = "县总工会", "别的单位"


def findings_for_area(area: str | None, findings: Iterable[Finding], units: Units) -> tuple[Finding, ...]:
    """Return the findings as an area may see them, in short where they quote what others filed.

    None stands for the county, which sees all of them.
    """
    return tuple(finding if area is None else _in_short_for(area, finding, units) for finding in findings)


def area_answered(reporters: Iterable[str], units: Units) -> str | None:
    """Return the area that an answer about these reporters goes to; None when it goes to the county itself."""
    areas = {area_of(units, code) for code in reporters if code in units}
    return areas.pop() if len(areas) == 1 else None


def _in_short_for(area: str, finding: Finding, units: Units) -> Finding:
    others = sorted(code for code in finding.quoted if area_of(units, code) != area)
    return finding.in_short("、".join(dict.fromkeys(_name(code, units) for code in others))) if others else finding


def _name(code: str, units: Units) -> str:
    """Return whom to ask about what an organisation filed."""
    if code not in units:
        return _OTHERS
    area = area_of(units, code)
    return units[area].name if area else _COUNTY
