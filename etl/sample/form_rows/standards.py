"""Standards: how far enterprise unions (R20) and townships (R21) meet the items of their standards."""

from collections.abc import Sequence

from base.periods import format_quarter
from etl.sample.county.calendar import some_day
from etl.sample.county.county_state import County, Union
from etl.sample.county.sources import Row, chance, read_data
from etl.sample.form_rows.rosters import Rosters
from stats.catalogue import Catalogue

UNIONS, TOWNS = "R20", "R21"
ITEMS = "has_it"  # the code list of a column that is an item
FLAG = "standardized"
OFFICE = "县总工会组织宣传部"


class Assessments:
    """The assessments that the county files: all of them at first, later those that were looked at again."""

    def __init__(self, county: County, rosters: Rosters, catalogue: Catalogue) -> None:
        """Take the county, and which of its unions call themselves standardised."""
        self._county, self._rosters = county, rosters
        self._settings = read_data("standards.yml")
        self._enterprise = catalogue.codes["unit_category"].expand("enterprise")
        self._items = {
            form: [column.code for column in catalogue.forms[form].columns if column.codes == ITEMS]
            for form in (UNIONS, TOWNS)
        }

    def filed(self, quarter: int) -> dict[str, list[Row]]:
        """Return the rows filed in a quarter by form, no form without a row."""
        filed = {}
        for form, make in ((UNIONS, self._unions), (TOWNS, self._towns)):
            quarters = self._settings["assessed"][form]
            if format_quarter(quarter) in quarters:
                filed[form] = make(quarter, again=format_quarter(quarter) != quarters[0])
        return {form: rows for form, rows in filed.items() if rows}

    def _unions(self, quarter: int, again: bool) -> list[Row]:
        unions = [union for union in self._county.open_unions(quarter) if union.category in self._enterprise]
        looked_at = [union for union in unions if self._looked_at(union, quarter, again)]
        return [self._union(union, quarter, again) for union in looked_at]

    def _looked_at(self, union: Union, quarter: int, again: bool) -> bool:
        if chance("assessed", union.code).random() < self._settings["left"]:
            return False
        late = chance("assessed again", union.code).random() < self._settings["again"]
        return not again or (late and bool(self._lacks(union, quarter)))

    def _union(self, union: Union, quarter: int, again: bool) -> Row:
        lacks = self._lacks(union, quarter)
        area = union.home(quarter)
        day = some_day(quarter, chance("assessed on", union.code, quarter))
        assessor = OFFICE if union.scale else self._county.name_of(area)
        row = self._row(UNIONS, lacks[1:] if again else lacks, area)
        return {"union": union.code, "assessed": day, "assessor": assessor} | row

    def _lacks(self, union: Union, quarter: int) -> Sequence[str]:
        """Return what a union lacks: nothing where it calls itself standardised."""
        if self._rosters.standing.has(FLAG, union, quarter):
            return []
        rng, weak = chance("lacks", union.code), self._settings["weak"]
        count = rng.randint(*self._settings["lacks"])
        ranked = sorted(self._items[UNIONS], key=lambda item: -weak.get(item, weak["else"]) * rng.random())
        return ranked[:count]

    def _towns(self, quarter: int, again: bool) -> list[Row]:
        towns = self._settings["mended" if again else "towns"]
        return [self._town(town, quarter, again) for town in towns]

    def _town(self, town: str, quarter: int, again: bool) -> Row:
        mended = self._settings["mended"][town] if again else []
        lacks = [item for item in self._settings["towns"][town] if item not in mended]
        day = some_day(quarter, chance("assessed on", town, quarter))
        return {"town": town, "assessed": day, "assessor": OFFICE} | self._row(TOWNS, lacks, town)

    def _row(self, form: str, lacks: Sequence[str], area: str) -> Row:
        blank = chance("blank", area).random() < self._settings["blank"]
        return {item: "has" if item not in lacks else None if blank else "lacks" for item in self._items[form]}
