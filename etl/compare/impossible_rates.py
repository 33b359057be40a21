"""Impossible rates: does a load push a rate out of the valid range of its definition, such as above 100 %?

This is checked for all files of a load together, once the figures are computed, so that the order of files does not
matter: a denominator may be filed after its numerator. The file with the largest contribution is held. Where the
numerator was there before, the file is held that brings the denominator or makes it smaller.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from base.periods import say_quarter
from etl.model.finding import Finding, tell
from etl.model.grid import address_of
from etl.model.rules.wording import Values
from stats.catalogue import Catalogue
from stats.catalogue.models import Item

OutOfRange = Mapping[str, Any]  # a row of out_of_range.sql


def limits(catalogue: Catalogue) -> dict[str, list[Any]]:
    """Return the rates that have a maximum, and their maxima, as two lists."""
    bounded = {
        code: indicator.valid.max
        for code, indicator in catalogue.indicators.items()
        if indicator.is_rate and indicator.valid.max
    }
    return {"rates": list(bounded), "most": list(bounded.values())}


def impossible_rates(
    rows: Iterable[OutOfRange], files: Mapping[int, str], catalogue: Catalogue
) -> dict[int, list[Finding]]:
    """Return a finding for each cell that pushes rates out of their range, by submission. `files` are their names.

    If there are several rates, the finding names the first and how many there are; of a return in a denominator it
    names the item.
    """
    by_cell: dict[tuple[Any, ...], list[OutOfRange]] = {}
    for row in rows:
        by_cell.setdefault((row["submission"], row["sheet"], row["row"], row["column"] or row["item"]), []).append(row)
    by_submission: dict[int, list[Finding]] = {}
    for (submission, *_), pushed in by_cell.items():
        by_submission.setdefault(submission, []).append(_tell(pushed, files[submission], catalogue))
    return by_submission


def _tell(pushed: list[OutOfRange], file: str, catalogue: Catalogue) -> Finding:
    first = pushed[0]
    indicator, form = catalogue.indicators[first["indicator"]], catalogue.forms[first["form"]]
    item = list(catalogue.items.values())[first["item"]]
    column = form.column(item.take or item.at or form.key[0])
    rates = {row["indicator"] for row in pushed}
    below = first["row"] is None
    return tell(
        "impossible_rate",
        "denominator" if below else "numerator",
        file=file,
        sheet=first["sheet"],
        address="" if below else address_of((first["row"], first["column"])),
        column=column.label,
        about=f"{first['form']}|{first['reporter']}|{first['reported']}",
        unit=first["place"],
        quarter=say_quarter(first["period"]),
        indicator=indicator.name,
        rate=first["rate"],
        most=indicator.valid.max,
        count=len(rates) if len(rates) > 1 else None,
        **(_whole(first, item, catalogue) if below else _heaviest(first, column.label)),
    )


def _heaviest(row: OutOfRange, label: str) -> Values:
    return {"name": row["key"].split("|")[0], "label": label, "value": row["raw"]}


def _whole(row: OutOfRange, item: Item, catalogue: Catalogue) -> Values:
    return {"item": item.name, "sum": f"{float(row['raw']):,.10g}{catalogue.measures[item.measure].name}"}
