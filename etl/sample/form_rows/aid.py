"""The tables that the offices keep by area: hardship files (R06), cadres and instructors (R12)."""

from etl.sample.county.calendar import FIRST, QUARTERS
from etl.sample.county.county_state import Area, County
from etl.sample.county.sources import Row, chance, read_data, share_out
from etl.sample.form_rows.rosters import Rosters

TYPES = ("hardship", "extreme")


class Archives:
    """Hardship files by area and type; the opening number of a quarter is the closing one of the quarter before."""

    def __init__(self, county: County) -> None:
        """Distribute the county's closing numbers over areas and types."""
        settings = read_data("aid.yml")["archives"]
        self._keys = [(area.code, kind) for area in county.areas.values() for kind in TYPES]
        extreme = settings["extreme_share"]
        weights = [
            _weight(area) * (extreme if kind == "extreme" else 1 - extreme)
            for area in county.areas.values()
            for kind in TYPES
        ]
        totals = [settings["opening"], *settings["closing"]]
        self._stock = [dict(zip(self._keys, share_out(total, weights), strict=True)) for total in totals]

    def rows(self, quarter: int) -> list[Row]:
        """Return the rows of a quarter: opening + opened − closed = closing in each."""
        return [self._row(area, kind, quarter) for area, kind in self._keys]

    def _row(self, area: str, kind: str, quarter: int) -> Row:
        opening, closing = (self._stock[quarter - FIRST + step][area, kind] for step in (0, 1))
        closed = min(opening, max(opening - closing, 0) + chance("files", area, kind, quarter).randint(0, 5))
        return {
            "area": area,
            "type": kind,
            "opening": opening,
            "opened": closing - opening + closed,
            "closed": closed,
            "closing": closing,
        }


def _weight(area: Area) -> float:
    return chance("need", area.code).uniform(0.7, 1.3) * {"town": 1.0, "park": 0.7, "system": 1.4}[area.level]


def instructor_rows(county: County, rosters: Rosters, quarter: int) -> list[Row]:
    """Return instructors, the firms they serve, and the cadres of the area's unions, by area."""
    settings = read_data("aid.yml")
    places, vacant = _places(county), settings["vacant"]
    rows = []
    for area in county.areas:
        cadres = [rosters.cadres(union) for union in county.unions_of(area, quarter)]
        rows.append(
            {
                "area": area,
                "cadres_full": sum(full for full, _ in cadres),
                "cadres_part": sum(part for _, part in cadres),
                "posts": sum(full for full, _ in cadres) + chance("posts", area, quarter // 4).choice(vacant),
                "instructors": places[: settings["instructors"][quarter - QUARTERS.start]].count(area),
                "enterprises": places[: settings["instructed"][quarter - QUARTERS.start]].count(area),
            }
        )
    return rows


def _places(county: County) -> list[str]:
    """Return the areas in the order in which they get instructors and firms to serve."""
    areas = [area.code for area in county.areas.values() if area.level != "system"]
    chance("instructors").shuffle(areas)
    return areas * 3
