"""Units in force: of which organisation a number of a draft tells, by the names before it in the text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from stats.catalogue import Catalogue
from stats.claims.checks.check_words import has_any
from stats.claims.from_data.known_sentences import known_sentences, source_words
from stats.claims.from_data.times_in_force import SENTENCE_STOPS
from stats.claims.grammar.word_patterns import ending_with
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.phrase_model import NumberPhrase
from stats.organisations import EXAMPLE, organisations
from stats.warehouse import Warehouse

_CATALOGUES = 4
_FIGURE = 5  # characters of a figure's name that is known as such behind a unit's
_SHORTEST = 3  # characters of a name without what it is
ENDINGS_OF_UNITS = ("总工会", "联合工会", "工会委员会", "工会")
_COMPANIES = ("有限责任公司", "股份有限公司", "有限公司", "公司")
_QUOTED = re.compile("[“《‘][^”》’]{0,60}[”》’]")
_JOINED = re.compile("[、和与及]$")
_GROUP = re.compile("等|[、和与及]")
_REACH = 4  # characters before a name that say what its part was
_COUNTY = "县"
# What a county is called before 县: most names have one or two characters, some three.
_COUNTY_NAME = re.compile(r"(?:^|(?<=[，。；：！？\n]))(?:(?!县)[\u4e00-\u9fff]){1,3}$")
_CLAUSE_BEGINS = r"(?:^|(?<=[，。；：！？\n日月年]))"


@dataclass(frozen=True)
class UnitInForce:
    """The organisations of which a number may tell; none if it is one that is not in the register. `sure` if named."""

    units: tuple[str, ...]
    sure: bool = True


@dataclass(frozen=True)
class _Named:
    start: int
    units: tuple[str, ...]
    wide: bool  # whether sentences behind may still be of it


@dataclass(frozen=True)
class UnitNames:
    """The names of the register's organisations with their codes, and a pattern of all of them."""

    codes: Mapping[str, str]
    pattern: re.Pattern[str]
    county: str
    figures: tuple[str, ...]  # names of figures, which may begin as a unit's name ends: 全国五一劳动奖章


@lru_cache(maxsize=_CATALOGUES)
def unit_names(warehouse: Warehouse, catalogue: Catalogue) -> UnitNames:
    """Return the names and aliases of all organisations; names that two have are left out."""
    full, names = {unit.name for unit in organisations(warehouse)}, defaultdict[str, set[str]](set)
    for unit in organisations(warehouse):
        for name in (unit.name, *(short for short in _shortened(unit.name) if short not in full)):
            names[name].add(unit.code)
    for alias, code in catalogue.aliases.items():
        names[alias].add(code)
    codes = {name: next(iter(units)) for name, units in names.items() if len(units) == 1 and len(name) >= _SHORTEST}
    ordered = sorted(codes, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, ordered)) or r"(?!)")
    county = next((unit.code for unit in organisations(warehouse) if not unit.parent), "")
    return UnitNames(codes=codes, pattern=pattern, county=county, figures=_names_of_figures(catalogue))


def _names_of_figures(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple({each.linked for each in known_sentences(catalogue) if len(each.linked) >= _FIGURE})


def _shortened(name: str) -> Iterator[str]:
    short = next((name.removesuffix(end) for end in ENDINGS_OF_UNITS if name.endswith(end)), name)
    yield short
    yield next((short.removesuffix(end) for end in _COMPANIES if short.endswith(end)), short)


class UnitsOfDraft:
    """The organisations of a draft: `unit` is the one for which it speaks."""

    def __init__(self, names: UnitNames, unit: str) -> None:
        self._names, self._unit = names, unit
        self._of_section: tuple[str, ...] = (unit,)

    def enter_heading(self, read: ReadParagraph) -> None:
        """Take the organisation of a heading for what stands below it: none where the register doesn't have it."""
        named = self._named(read.text)
        if named:
            self._of_section = tuple(dict.fromkeys([*named[-1].units, self._unit])) if named[-1].units else ()

    def in_paragraph(self, read: ReadParagraph) -> Iterator[tuple[NumberPhrase, UnitInForce]]:
        """Yield the figures of a paragraph, each with its organisation."""
        named = self._named(read.text)
        for phrase in read.phrases:
            if phrase.amount:
                yield phrase, self._at(read.text, phrase.amount.start, named)

    def at(self, read: ReadParagraph, place: int) -> UnitInForce:
        """Return the organisation at a place of a paragraph."""
        return self._at(read.text, place, self._named(read.text))

    def names_in(self, text: str) -> tuple[str, ...]:
        """Return the names of organisations that stand in a text."""
        return tuple(dict.fromkeys(self._without_figure(text, match) for match in self._names.pattern.finditer(text)))

    def _at(self, text: str, place: int, named: Sequence[_Named]) -> UnitInForce:
        sentence = max(text.rfind(stop, 0, place) for stop in SENTENCE_STOPS) + 1
        before = [each for each in named if each.start < place]
        own = [each for each in before if each.start >= sentence]
        if own:
            is_here = own[-1].units == (self._unit,)
            return UnitInForce(self._of_section if is_here and not self._of_section else own[-1].units)
        earlier = [each for each in before if each.wide]
        units = dict.fromkeys([*(earlier[-1].units if earlier else ()), *self._of_section])
        return UnitInForce(tuple(units), sure=len(units) == 1)

    def _named(self, text: str) -> list[_Named]:
        plain = _QUOTED.sub(lambda match: "\u0000" * len(match[0]), text)
        every = [*self._registered(plain), *self._spoken(plain), *self._unknown(plain)]
        return self._resolved(sorted(every, key=lambda each: each.start), plain)

    def _registered(self, text: str) -> Iterator[_Named]:
        last, partner = None, False
        for match in self._names.pattern.finditer(text):
            between = text[last.end() : match.start()] if last else ""
            joined = last is not None and len(between) == 1 and _JOINED.search(between)
            partner = partner if joined else _partner().search(text[: match.start()][-_REACH:]) is not None
            if not partner:
                yield self._naming(text, match, bool(joined))
            last = match

    def _naming(self, text: str, match: re.Match[str], joined: bool) -> _Named:
        """Return a name as whose figure is told: of several together that of none."""
        group = bool(joined or _GROUP.match(text, match.end()))
        at_place = has_any(text[max(0, match.start() - 1) : match.start()], source_words().there)
        code = self._names.codes[self._without_figure(text, match)]
        units = () if group else (self._unit, code) if at_place else (code,)
        return _Named(match.start(), units, not group and code != self._unit)

    def _without_figure(self, text: str, match: re.Match[str]) -> str:
        """Return a name, or the shorter one it begins with before a figure's name: 甲镇联合工会涵盖单位数."""
        for end in range(_SHORTEST, len(match[0])):
            shorter = match[0][:end]
            if shorter in self._names.codes and text.startswith(self._names.figures, match.start() + end):
                return shorter
        return match[0]

    def _spoken(self, text: str) -> Iterator[_Named]:
        words = source_words()
        for word in words.of_county:
            starts = (match.start() for match in re.finditer(re.escape(word), text))
            yield from (_Named(start, (self._names.county,), False) for start in starts if _is_here(text, start, word))
        for word in words.here:
            starts = (match.start() for match in re.finditer(re.escape(word), text))
            yield from (_Named(start, (self._unit,), False) for start in starts if _is_here(text, start, word))
        for word in words.that_unit:
            yield from (_Named(match.start(), (word,), False) for match in re.finditer(re.escape(word), text))
        for word in words.beyond:
            for match in re.finditer(rf"{_CLAUSE_BEGINS}{re.escape(word)}(?!\u0000)", text):
                if not text.startswith(self._names.figures, match.start()):
                    yield _Named(match.start(), (), False)

    def _unknown(self, text: str) -> Iterator[_Named]:
        """Yield what begins a clause and is named as a place or an enterprise, but is not in the register."""
        for match in _unknown_name().finditer(text):
            if not self._names.pattern.search(match["name"]) and not _is_common(match["name"]):
                yield _Named(match.start("name"), (), False)

    def _resolved(self, every: Sequence[_Named], text: str) -> list[_Named]:
        """Return the names with 该镇 as the unit named before; a name that begins where another does goes first."""
        resolved: list[_Named] = []
        last: tuple[str, ...] = ()
        for each in every:
            units = last if each.units and each.units[0] in source_words().that_unit else each.units
            resolved.append(_Named(each.start, units, each.wide))
            last = units if each.wide else last
        return resolved


def _is_here(text: str, start: int, word: str) -> bool:
    """Return whether a word for one's own unit is that, and no part of another word or name: 全乡 in 齐全乡镇."""
    around = text[max(0, start - 1) : start + len(word) + 1]
    return not has_any(around, source_words().not_here) and not _of_other_county(text, start)


def _of_other_county(text: str, start: int) -> bool:
    """Return whether a word for one's own unit is the rest of another county's name: 县工会 in 东山县工会."""
    name = _COUNTY_NAME.search(text[max(0, start - 4) : start])
    words = source_words()
    common = (*words.neutral, *words.there, *words.partners, *words.of_county, *words.here)
    return text.startswith(_COUNTY, start) and name is not None and name[0] not in common


@cache
def _partner() -> re.Pattern[str]:
    return ending_with(source_words().partners)


@cache
def _unknown_name() -> re.Pattern[str]:
    words = source_words()
    return re.compile(
        _CLAUSE_BEGINS
        + rf"(?P<name>[\u4e00-\u9fff]{{1,10}}?(?:{'|'.join(map(re.escape, words.places))}))"
        + rf"(?:$|(?=[，、\d])|(?={'|'.join(map(re.escape, words.after_places))}))"
    )


def _is_common(name: str) -> bool:
    return name.startswith(EXAMPLE) or has_any(
        name, (*source_words().no_places, *source_words().of_county, *source_words().here)
    )
