"""Rows of phrases with what each says, and whether the product reads them so."""

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from stats.claims.phrases import read_phrases
from stats.claims.phrases.phrase_model import NOT_A_FIGURE, NumberPhrase

MISSION = Path(__file__).resolve().parents[4] / "shared" / "mission"
MADE_UP = Path(__file__).with_name("made_up_phrases.csv")
NEAR = Decimal("0.0001")
ANY = "*"  # a comparator that the row leaves open
Row = dict[str, str]


def shared_file(name: str) -> Path:
    """Return a file of published texts, where they lie beside the project; they are never copied into it."""
    path = MISSION / name
    if not path.is_file():
        pytest.skip("the published texts do not lie beside this copy of the project")
    return path


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def says(phrase: NumberPhrase, value: str) -> bool:
    """Return whether a phrase says a value: a number, 30..50 for a range, 2023-12 or H1 for a date."""
    if phrase.amount is None:
        return phrase.says == value
    if phrase.amount.upper is not None:
        return f"{phrase.amount.value.normalize():f}..{phrase.amount.upper.normalize():f}" == value
    try:
        return abs(phrase.amount.value - Decimal(value)) < NEAR
    except InvalidOperation:
        return False


def claimed(row: Row, phrases: Sequence[NumberPhrase]) -> list[NumberPhrase]:
    """Return the figures read in a row that is none, with its value if it has one: 21家省百强民企 has a figure too."""
    return [phrase for phrase in phrases if phrase.is_figure and (not row["value"] or says(phrase, row["value"]))]


def judge(row: Row, phrases: Sequence[NumberPhrase]) -> tuple[bool, bool, bool]:
    """Return whether the value, the class and the comparator of a row are read right."""
    if row["class"] == "scope":
        right = any(phrase.name == "scope" for phrase in phrases)
        return right, right, right
    by_value = [[phrase for phrase in phrases if says(phrase, value)] for value in row["value"].split(";")]
    saying = [phrase for phrases in by_value for phrase in phrases]
    of_class = [phrase for phrase in saying if phrase.name == row["class"]]
    compared = row["comparator"] in (ANY, "range") or any(
        (phrase.comparator or "") == row["comparator"] for phrase in of_class or saying
    )
    return all(by_value), bool(of_class), bool(saying) and compared


def in_context(rows: Sequence[Row]) -> Iterator[tuple[Row, list[NumberPhrase]]]:
    """Yield each row with what is read in it, where it stands among the other rows of its text."""
    for source in dict.fromkeys(row["source"] for row in rows):
        own = [row for row in rows if row["source"] == source]
        read = read_phrases("；".join(row["phrase"] for row in own)).phrases
        start = 0
        for row in own:
            end = start + len(row["phrase"])
            yield row, [phrase for phrase in read if start <= phrase.place.start < end]
            start = end + 1


def is_no_figure(row: Row) -> bool:
    return row["class"] == NOT_A_FIGURE
