"""Times the check of drafts, and counts what is recognised and told rightly, each apart."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from base.periods import parse_span
from etl.intake import load_paths
from etl.sample import write_county
from stats.catalogue import load_catalogue
from stats.claims.from_data.data_verdicts import AskedOfData
from stats.claims.phrases import read_phrases
from stats.warehouse import open_warehouse
from tests.stats.claims.altered_figures import judged
from tests.stats.claims.generated_drafts import GeneratedDraft, generate, outcome_of
from tests.stats.claims.spoken_rows import MADE_UP, claimed, is_no_figure, judge, rows_of

SPAN = "2008Q1..2010Q4"
DRAFTS, SLIPS = 500, (0.0, 0.2, 0.3)
SPEECH, PAGES = 6_000, 70_000  # characters of a speech and of a hundred pages
MANY = 10_000  # numbers


def bench_verify(folder: Path) -> dict[str, Any]:
    """Return seconds for a speech, a hundred pages and ten thousand numbers; and the shares that are told rightly."""
    write_county(folder / "county")
    load_paths([folder / "county"], folder / "store")
    catalogue, warehouse = load_catalogue(), open_warehouse(folder / "store")
    asked = AskedOfData(warehouse, catalogue, "COUNTY", parse_span(SPAN))
    random = Random(500)
    drafts = [generate(random, warehouse, catalogue, random.choice(SLIPS)) for _ in range(DRAFTS)]
    try:
        return {"recognition": _recognition(), "generated": _told(drafts, asked), "time": _times(drafts, asked)}
    finally:
        warehouse.close()


def _recognition() -> dict[str, float]:
    """Return the shares of made-up phrases whose value, class and comparator are read right."""
    rows = [(row, read_phrases(row["phrase"]).phrases) for row in rows_of(MADE_UP)]
    figures = [judge(row, phrases) for row, phrases in rows if not is_no_figure(row)]
    none = [row for row, phrases in rows if is_no_figure(row) and claimed(row, phrases)]
    shares = [round(sum(right) / len(figures), 4) for right in zip(*figures, strict=True)]
    return {**dict(zip(("value", "class", "comparator"), shares, strict=True)), "wrongly_claimed": len(none)}


def _told(drafts: list[GeneratedDraft], asked: AskedOfData) -> dict[str, float]:
    outcome = outcome_of(drafts, asked)
    return {
        "drafts": len(drafts),
        "slips": outcome.told + len(outcome.missed),
        "right_numbers": outcome.right,
        "agreed": outcome.agreed,
        "precision": round(outcome.precision, 4),
        "recall": round(outcome.recall, 4),
    }


def _times(drafts: list[GeneratedDraft], asked: AskedOfData) -> dict[str, float]:
    text = "\n".join(draft.text for draft in drafts)
    long = text * (PAGES // len(text) + 1)
    many = "\n".join(f"第{place}组：培训职工{place}人次，新建工会{place % 50}家。" for place in range(MANY // 2))
    return {
        "speech_s": _seconds(lambda: judged(text[:SPEECH], asked)),
        "hundred_pages_s": _seconds(lambda: judged(long[:PAGES], asked)),
        "ten_thousand_numbers_s": _seconds(lambda: judged(many, asked)),
    }


def _seconds(step: Callable[[], object]) -> float:
    start = perf_counter()
    step()
    return round(perf_counter() - start, 3)
