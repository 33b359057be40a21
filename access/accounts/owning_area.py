"""Owning area: the township, park or system of an organisation, and so the owner of a file."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import select

from etl.journal import ACCEPTED, HELD, WITHDRAWN, Entry, read_entries
from etl.model.examination import Examination
from etl.model.receipt_state import ReceiptState
from stats.organisations import Organisation, Units, area_of
from stats.warehouse import open_warehouse, run_query
from store.builds import current_build
from store.engine import ask
from store.schema import sent_by


def read_units(store: Path) -> Units:
    """Return the organisations of the current build by code; none before a register was accepted."""
    if current_build(store) is None:
        return {}
    warehouse = open_warehouse(store)
    try:
        return {row["code"]: Organisation(**row) for row in run_query(warehouse, "organisations.sql")}
    finally:
        warehouse.close()


def area_names(units: Units) -> dict[str, str]:
    """Return the name of every area by its code."""
    return {unit.code: unit.name for unit in units.values() if area_of(units, unit.code) == unit.code}


def areas_of_entry(units: Units, entry: Entry, senders: Mapping[int, str]) -> list[str | None]:
    """Return the areas a received file reports on; if no organisation is recognised in it, that of its sender."""
    return _areas((about.split("|")[1] for about in entry.returns), units, senders.get(entry.seq) or None)


def areas_of_examination(units: Units, examination: Examination, sender: str | None) -> list[str | None]:
    """Return the areas a judged file reports on; if no organisation is recognised in it, that of its sender.

    In an acceptable file an unknown organisation belongs to no area. The register of organisations is the county's,
    whoever reports it.
    """
    if examination.registers:
        return [None]
    returns = zip(examination.returns, examination.shapes, strict=True)
    reporters = [filed.reporter if filed.reporter in units else shape.reporter for filed, shape in returns]
    return _areas(reporters, units, sender if examination.verdict == ReceiptState.RETURNED else None)


def _areas(reporters: Iterable[str], units: Units, sender: str | None) -> list[str | None]:
    areas = [area_of(units, code) if code in units else sender for code in reporters]
    return areas or [sender]


def senders(store: Path) -> dict[int, str]:
    """Return for each receipt through the pages the area it was sent for, "" for the county's staff."""
    return {row["seq"]: row["area"] for row in ask(store, select(sent_by))}


def files_of_area(store: Path, area: str) -> set[str]:
    """Return the files, by sha256, that are or were in the figures and report on this area alone."""
    units, sent, own_files = read_units(store), senders(store), dict[str, bool]()
    for entry in read_entries(store):
        if entry.what in (ACCEPTED, WITHDRAWN):
            own = all(owner == area for owner in areas_of_entry(units, entry, sent))
            own_files[entry.sha] = own and own_files.get(entry.sha, True)
    return {sha for sha, own in own_files.items() if own}


def returns_of_county(store: Path) -> set[str]:
    """Return the accepted or held returns, as findings name them, that came from the county's staff."""
    sent = senders(store)
    entries = (entry for entry in read_entries(store) if entry.what in (ACCEPTED, HELD) and not sent.get(entry.seq))
    return {about for entry in entries for about in entry.returns}
