"""Area tree: the townships, parks and systems that a list names, with the codes given to them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from base.text import normalise
from etl.unit_lists.list_words import ListColumn, list_words
from etl.unit_lists.listed_rows import ListedUnit
from etl.unit_lists.register_questions import RegisterQuestion, Settled
from etl.unit_lists.settled_names import Answers, say_places
from stats.catalogue import Catalogue
from stats.catalogue.deadlines import Level
from stats.catalogue.models import FormRole

ROOT = "COUNTY"  # the code of the county federation
_LEVELS: tuple[Level, ...] = ("town", "park", "system")


@dataclass(frozen=True)
class ListedArea:
    """An area: its code, name, level, and the first place in the list that names it."""

    code: str
    name: str
    level: Level
    place: str


class AreaTree:
    """The areas of a list in the order in which they are first named."""

    def __init__(self, listed: Sequence[ListedUnit], county: str, catalogue: Catalogue, answers: Answers) -> None:
        self._names = catalogue.codes[catalogue.form_of(FormRole.UNITS).column("level").codes or ""]
        self._direct = {normalise(county), *list_words().direct}
        self._places: dict[str, list[str]] = defaultdict(list)
        for unit in listed:
            if unit.area and normalise(unit.area) not in self._direct:
                self._places[unit.area].append(_place_of(unit))
        self._levels = {area: self._level(area, answers) for area in self._places}
        self.areas = tuple(self._areas())
        self._codes = {area.name: area.code for area in self.areas}

    def code_of(self, area: str) -> str:
        """Return the code of an area, that of the county for what is directly under it."""
        return self._codes.get(area, ROOT)

    def questions(self) -> Iterator[RegisterQuestion]:
        """Yield a question on each area of unknown level."""
        choices = tuple(self._names.name_of(level) for level in _LEVELS)
        for area in (area for area, level in self._levels.items() if level is None):
            about = f"“{area}”（{say_places(self._places[area])}）看不出是乡镇、园区还是系统。"
            yield RegisterQuestion(about=about, settled=Settled.LEVEL, names=(area,), choices=choices)

    def _level(self, area: str, answers: Answers) -> Level | None:
        answer = self._names.by_word.get(answers.levels.get(normalise(area), ""))
        known = next((level for level in _LEVELS if level == answer), None)
        return known or list_words().level_of(area)

    def _areas(self) -> Iterator[ListedArea]:
        words, counts = list_words(), Counter[str]()
        for name, level in self._levels.items():
            if level is not None:
                counts[level] += 1
                yield ListedArea(f"{words.levels[level].prefix}{counts[level]:02d}", name, level, self._places[name][0])


def _place_of(unit: ListedUnit) -> str:
    return unit.at(ListColumn.AREA) if ListColumn.AREA in unit.addresses else f"{unit.sheet} 第 {unit.row} 行"
