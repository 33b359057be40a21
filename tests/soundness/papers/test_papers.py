"""No sentence of a paper contains a number that its readings don't: each is parsed back and looked up."""

import re

import pytest

from base.periods import parse_span
from stats.figures.elements.figure_model import Source
from stats.organisations import missing, organisations_by_code
from stats.papers.paper_model import Brief, Cited
from stats.readings import Reading, read
from tests.lib.oracles.numbers_said import Number, numbers_in
from tests.lib.oracles.papers_said import Said, sentences

_AIMED = "目标进度"  # paces and forecasts belong to the targets, and are compared with them elsewhere
_REPORTED = re.compile(r"已报的([\d,]+)(?:家|份)[^（]*（应报([\d,]+)(?:家|份)）")
_MOVE = re.compile(r"(?:，因[^，]+?(?:增加|减少)[\d,]+[^\d，]+)+，同口径(?:持平|(?:增加|减少)[\d,]+[^\d，；。]+)")
_SIGNED = re.compile(r"(增加|减少|持平)([\d,]+)?")


@pytest.fixture(scope="module")
def said(papers: list[Brief]) -> list[Said]:
    return list(sentences(papers))


def fresh(source: Source, found: Reading) -> Reading:
    """Return a reading computed on its own, as `python -m stats read` does."""
    against = parse_span(found.against) if found.against else None
    span = parse_span(found.span)
    same = against if against and against.length == span.length else None
    return read(source.warehouse, source.catalogue, found.unit, span, [found.indicator], same)[0]


def values_of(reading: Reading) -> list[float]:
    """Return every number that may be stated for a reading."""
    goal = reading.goal
    aims = [goal.value, goal.high] if goal else []
    growth = reading.change / reading.previous if reading.change is not None and reading.previous else None
    told = [reading.value, reading.previous, reading.change, reading.comparable_change, growth, *aims]
    return [value for value in told if value is not None]


def without_move(text: str, change: float | None) -> str:
    """Return a text without the breakdown of a change, after checking that its parts add up to the change."""
    move = _MOVE.search(text)
    if not move:
        return text
    parts = [
        (1 if verb == "增加" else -1) * float((size or "0").replace(",", "")) for verb, size in _SIGNED.findall(move[0])
    ]
    assert sum(parts) == change, text
    return text.replace(move[0], "")


def unfounded(cited: Cited, reading: Reading) -> list[Number]:
    """Return the numbers of a cited figure that its reading does not contain."""
    text = without_move(cited.text, reading.change)
    return [number for number in numbers_in(text) if not any(map(number.says, values_of(reading)))]


def test_every_figure_says_what_is_read_for_that_unit_and_span(said: list[Said], paper_source: Source) -> None:
    read_anew: dict[tuple[str, str, str, str], Reading] = {}
    wrong, looked = [], 0
    for sentence in said:
        for cited in [] if sentence.section == _AIMED else sentence.cited:
            found = cited.reading
            key = (found.indicator, found.unit, found.span, found.against)
            reading = read_anew.setdefault(key, read_anew.get(key) or fresh(paper_source, found))
            wrong += [(sentence.text, number.text) for number in unfounded(cited, reading)]
            looked += 1
    assert not wrong, wrong[:5]
    assert looked > 1000


def test_every_figure_of_a_target_begins_with_what_is_read(said: list[Said]) -> None:
    aimed = [cited for sentence in said if sentence.section == _AIMED for cited in sentence.cited]
    firsts = [(numbers_in(cited.text), cited.reading) for cited in aimed]
    assert aimed and all(numbers[0].says(reading.value) for numbers, reading in firsts if numbers)


def test_words_around_figures_hold_no_number_but_who_reported(said: list[Said]) -> None:
    for sentence in said:
        words = "".join(piece if isinstance(piece, str) else "某数" for piece in sentence.pieces)
        covers = [(cited.reading.reported, cited.reading.expected) for cited in sentence.cited]
        for found in _REPORTED.finditer(words):
            told = tuple(int(count.replace(",", "")) for count in found.groups())
            assert told in covers, sentence.text
        if sentence.cited:
            assert numbers_in(_REPORTED.sub("", words), numerals=False) == [], sentence.text


def test_who_is_missing_is_counted_as_the_returns_are(papers: list[Brief], paper_source: Source) -> None:
    county, looked = paper_source.warehouse, 0
    for brief in papers:
        quarter = min(parse_span(brief.span).last, parse_span("2011Q2").last)
        for sentence in sentences([brief]):
            found = re.search(r"季度([\d,]+)家单位未报", sentence.text)
            if found:
                late = {one.unit for one in missing(county, quarter) if brief.unit in ("COUNTY", one.unit, one.area)}
                assert int(found[1]) == len(late), sentence.text
                looked += 1
    assert looked


def test_papers_name_the_organisation_they_are_of(papers: list[Brief], paper_source: Source) -> None:
    known = organisations_by_code(paper_source.warehouse)
    assert all(brief.unit_name == known[brief.unit].name and brief.unit_name in brief.title for brief in papers)
