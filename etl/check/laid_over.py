"""Own totals: is one laid over numbers of those below it, or over another that was sent before? The sender is asked.

This is checked for all files of a load together, once the figures are computed, so that the order of files does not
matter.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from base.month_spans import QUARTER, Months, say_months
from etl.model.finding import Finding, tell
from etl.model.grid import address_of
from stats.catalogue import Catalogue

LaidOver = Mapping[str, Any]  # a row of laid_over.sql


def ask_of_totals(rows: Iterable[LaidOver], files: Mapping[int, str], catalogue: Catalogue) -> dict[int, list[Finding]]:
    """Return one question per column of own totals that differ from what is below, by submission.

    The rows of a column follow each other; `files` are the names of the submissions.
    """
    asked: dict[int, list[Finding]] = {}
    for (submission, *_), alike in groupby(
        rows, lambda row: (row["submission"], row["sheet"], row["kind"], row["column"])
    ):
        asked.setdefault(submission, []).append(_tell(list(alike), files[submission], catalogue))
    return asked


def _tell(rows: list[LaidOver], file: str, catalogue: Catalogue) -> Finding:
    first, item = rows[0], catalogue.items[rows[0]["item"]]
    form = catalogue.forms[first["form"]]
    column = next(form.column(code) for code, name in form.totals.items() if name == item.code)
    measure = catalogue.measures[item.measure].name
    months = Months(first["first"] * QUARTER, first["period"] * QUARTER + QUARTER - 1)
    words = ("value", "below") if first["kind"] == "below" else ("now", "then")
    numbers = zip(words, (first["value"], first["other"]), strict=True)
    quoted: dict[str, Any] = {word: f"{number:,.10g}{measure}" for word, number in numbers}
    return tell(
        "own_total",
        first["kind"],
        file=file,
        sheet=first["sheet"],
        address=address_of((first["row"], first["column"])),
        column=column.label,
        about=f"{first['form']}|{first['reporter']}|{first['reported']}",
        unit=first["unit_name"],
        period=say_months(months),
        count=len(rows) if len(rows) > 1 else None,
        **quoted,
    )
