"""Sources: the input files in data/sample, and random numbers that are the same on every run."""

import csv
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[3] / "data" / "sample"
SEED = "示例县"

Row = dict[str, Any]


def chance(*words: object) -> Random:
    """Return a random source seeded by the words alone, so that changing one part of the county keeps the rest."""
    return Random("|".join([SEED, *map(str, words)]))


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a CSV file of data/sample."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def read_data(name: str) -> Any:
    """Return the content of a YAML file of data/sample."""
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def share_out(total: int, weights: list[float]) -> list[int]:
    """Return whole parts of a total in proportion to the weights; they add up to the total (largest remainder)."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
