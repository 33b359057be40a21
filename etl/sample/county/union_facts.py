"""Union facts: which unions have registration, audit, women's organisation, congress or openness, and since when."""

from collections.abc import Iterable

from etl.sample.county.calendar import FIRST, LAST, YEAR_END, quarter_of
from etl.sample.county.county_state import County, Union
from etl.sample.county.sources import chance, read_data

NEVER = LAST + 1
FLAGS = ("legal_person", "audit", "women_org", "account", "standardized")
NONPUBLIC = ("170", "200", "300", "600", "700")
AGENCY = "500"


class UnionFacts:
    """Answers whether a union has something in a quarter."""

    def __init__(self, county: County) -> None:
        """Choose for every union and every flag the quarter from which it is set."""
        settings = read_data("standing.yml")
        at_end = county.open_unions(YEAR_END)
        self._since: dict[tuple[str, str], int] = {}
        for flag in FLAGS:
            self._give(flag, county.unions.values(), round(len(county.unions) * settings["share"][flag] / 100))
        large = [union for union in at_end if union.scale and union.category in NONPUBLIC]
        self._give("standardized", large, settings["counts"]["standardized_scale_nonpublic"])
        in_base = [union for union in at_end if union.category != AGENCY]
        others = [union for union in county.unions.values() if union not in in_base]
        for flag in ("congress", "openness"):
            self._give(flag, in_base, settings["counts"][flag])
            self._give(flag, others, round(len(others) * 0.8))

    def has(self, flag: str, union: Union, quarter: int) -> bool:
        """Return whether a union has something in a quarter."""
        return self._since[flag, union.code] <= quarter

    def _give(self, flag: str, unions: Iterable[Union], count: int) -> None:
        """Set a flag for exactly `count` of the unions by the end of 2010, and for some of the others in 2011."""
        rng = chance("standing", flag)
        shuffled = sorted(unions, key=lambda union: (rng.random(), union.code))
        for place, union in enumerate(shuffled):
            self._since[flag, union.code] = _since(flag, union) if place < count else _later(flag, union)


def _since(flag: str, union: Union) -> int:
    rng = chance("since", flag, union.code)
    opened = quarter_of(union.opened_on)
    if opened >= YEAR_END or rng.random() < read_data("standing.yml")["early"]:
        return opened
    return rng.randint(max(opened, FIRST), YEAR_END)


def _later(flag: str, union: Union) -> int:
    return LAST if chance("later", flag, union.code).random() < 0.1 else NEVER
