"""Rosters: the rows of the forms that every union fills in: R01, R04 and R11."""

from dataclasses import asdict
from datetime import date, timedelta

from etl.sample.county.calendar import QUARTERS, last_day, quarter_of
from etl.sample.county.county_state import County, Union
from etl.sample.county.sources import Row, chance, read_data
from etl.sample.county.staffing import count_members
from etl.sample.county.union_facts import AGENCY, FLAGS, NONPUBLIC, UnionFacts
from etl.sample.form_rows.contracts import Contract, sign_contracts, signers
from etl.sample.form_rows.fees import count_fees

UNION_FORMS = ("R01", "R04", "R11")


def yes_no(answer: bool) -> str:
    """Return the code for yes or no."""
    return "yes" if answer else "no"


class Rosters:
    """What every union reports in every quarter."""

    def __init__(self, county: County) -> None:
        """Count members, fees and contracts of the county once."""
        self.county = county
        self.staff = count_members(county)
        self.fees = count_fees(county, self.staff)
        self.standing = UnionFacts(county)
        self.contracts: list[Contract] = sign_contracts(county)
        self._signers = {
            (kind, quarter): signers(self.contracts, kind, quarter)
            for kind in ("collective", "women")
            for quarter in QUARTERS
        }

    def row(self, form: str, union: Union, quarter: int) -> Row | None:
        """Return a union's row of a form; None if it does not fill in the form (R04: enterprises and institutions)."""
        if form == "R04":
            return None if union.category == AGENCY else self._democracy(union, quarter)
        return self._organisation(union, quarter) if form == "R01" else self._fees(union, quarter)

    def rows(self, form: str, unions: list[Union], quarter: int) -> list[Row]:
        """Return the rows of several unions."""
        rows = (self.row(form, union, quarter) for union in unions)
        return [row for row in rows if row is not None]

    def cadres(self, union: Union) -> tuple[int, int]:
        """Return a union's full-time and part-time cadres."""
        rng = chance("cadres", union.code)
        return (rng.randint(1, 2) if union.scale or union.joint else int(rng.random() < 0.2)), rng.randint(2, 6)

    def _organisation(self, union: Union, quarter: int) -> Row:
        full, part = self.cadres(union)
        facts = {
            "union": union.code,
            "org_type": "joint" if union.joint else "single",
            "category": union.category,
            "industry": union.industry,
            "scale": yes_no(union.scale),
            "covered": len(self.county.covered(union.code, quarter)),
            "cadres_full": full,
            "cadres_part": part,
        }
        flags = {flag: yes_no(self._has(flag, union, quarter)) for flag in FLAGS}
        return facts | asdict(self.staff[union.code, quarter]) | flags

    def _has(self, flag: str, union: Union, quarter: int) -> bool:
        """Return whether a union has something; a women's organisation needs women members."""
        without_women = flag == "women_org" and not self.staff[union.code, quarter].members_women
        return not without_women and self.standing.has(flag, union, quarter)

    def _democracy(self, union: Union, quarter: int) -> Row:
        congress = self.standing.has("congress", union, quarter)
        delegates = max(9, self.staff[union.code, quarter].workers // 8) if congress else None
        women = delegates and min(delegates, self.staff[union.code, quarter].workers_women // 9)
        return {
            "union": union.code,
            "congress": yes_no(congress),
            "delegates": delegates,
            "delegates_women": women,
            "regional": yes_no(_by_region(union)),
            "last_session": _last_session(union, quarter) if congress else None,
            "openness": yes_no(self.standing.has("openness", union, quarter)),
            "contract": yes_no(union.code in self._signers["collective", quarter]),
            "women_org": yes_no(self._has("women_org", union, quarter)),
            "women_contract": yes_no(union.code in self._signers["women", quarter]),
        }

    def _fees(self, union: Union, quarter: int) -> Row:
        return {"union": union.code} | asdict(self.fees[union.code, quarter])


def _by_region(union: Union) -> bool:
    """Return whether a regional or industry congress covers the union's employers."""
    small = union.category in NONPUBLIC and not union.scale
    return small and chance("regional", union.code).random() < read_data("standing.yml")["regional"]


def _last_session(union: Union, quarter: int) -> date:
    """Return the day of the last yearly congress up to the quarter's end, but not before the union was founded."""
    rng = chance("congress day", union.code)
    day = date(quarter // 4, rng.randint(1, 12), rng.randint(3, 27))
    day = day if day <= last_day(quarter) else day.replace(year=day.year - 1)
    founded_late = union.opened_on.year >= 2008 and quarter_of(union.opened_on) > quarter_of(date(2008, 1, 1))
    return max(day, min(union.opened_on + timedelta(days=2), last_day(quarter))) if founded_late else day
