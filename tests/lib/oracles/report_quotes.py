"""Phrases of the work report: each number with its bound and measure, and the words before it."""

import csv
import re
from pathlib import Path

FIGURES = Path(__file__).parents[2] / "report_figures.csv"
# What the report states without a number: a title won in a year, one union named.
BY_WORD = {
    "SF062": "“六好”乡镇工会荣誉称号的有1个",
    "SF070": "2008年2项",
    "SF071": "2008年2项",
    "SF072": "2009年2项",
    "SF073": "2009年2项",
    "SF074": "2010年2项",
    "SF075": "2010年2项",
}
_NUMBER = re.compile(
    r"\d+多?(?:%以上|场次|万元|人次|[项条个名人对家份起吨])|[一二两三四五六七八九十]+(?=大职工|期$|年召开)[大期年]"
)
_BEFORE = 3  # characters before a number that identify it


def quoted_phrases() -> dict[str, str]:
    """Return by the figure's id the words that a text must contain to state it as the report does."""
    with FIGURES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {row["id"]: BY_WORD.get(row["id"]) or _phrase(row["quote"]) for row in rows}


def _phrase(quote: str) -> str:
    said = quote.replace("(", "（").replace(")", "）")
    found = _NUMBER.search(said)
    assert found, quote
    return said[max(0, found.start() - _BEFORE) : found.end()]
