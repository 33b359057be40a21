"""Change book: the return of the register that holds the confirmed differences of a later list, and nothing else."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from base.periods import quarter_of, say_day
from etl.forms.filled_form import Value, write_filled
from etl.register_changes.compared_list import Differs, RegisterChange
from etl.register_changes.register_now import RegisterNow
from stats.catalogue import Catalogue
from stats.catalogue.models import Form, FormRole

_ADDS = "补报"  # in the file's name: the return is added to those of its quarter and takes the place of none


@dataclass(frozen=True)
class ListSource:
    """Where the differences are from: the name of the list, who confirms them, and the catalogue."""

    file: str
    who: str
    catalogue: Catalogue


def not_settled(chosen: Sequence[RegisterChange], changes: Iterable[RegisterChange]) -> Iterator[str]:
    """Yield a sentence for each organisation that would stand in an area which is new and was not confirmed."""
    areas = {change.code: change for change in changes if change.differs == Differs.NEW_AREA}
    confirmed = {change.code for change in chosen}
    for change in chosen:
        area = areas.get(change.fields.get("parent", ""))
        if area and area.code not in confirmed:
            yield f"“{change.name}”归“{area.name}”，“{area.name}”还没有确认新设。请一并确认。"


def begun_too_early(chosen: Sequence[RegisterChange], now: RegisterNow, since: date) -> Iterator[str]:
    """Yield a sentence for each organisation whose newest row is valid from a later day: it would stay in force."""
    for code in dict.fromkeys(change.code for change in chosen):
        unit = now.units.get(code)
        if unit and unit.since > since:
            yield f"“{unit.name}”现在的登记从{say_day(unit.since)}起算，不能从更早的日子起改。请改日期，或先不确认。"


def write_change_book(
    folder: Path,
    chosen: Sequence[RegisterChange],
    now: RegisterNow,
    since: date,
    source: ListSource,
) -> Path:
    """Write the confirmed differences as a return that can be loaded, each valid from a day on, and return its path."""
    form = source.catalogue.form_of(FormRole.UNITS)
    path = folder / f"{form.name}{_ADDS}.xlsx"
    codes = list(dict.fromkeys(change.code for change in chosen))
    own = {code: [change for change in chosen if change.code == code] for code in codes}
    rows = [_row(code, own[code], now, form, source.catalogue) | {"effective": since} for code in codes]
    remarks = [_remark(own[code], source.file) for code in codes]
    write_filled(path, form, (now.root.code, now.root.name), quarter_of(since), rows, source.who, remarks)
    return path


def _row(
    code: str,
    changes: Collection[RegisterChange],
    now: RegisterNow,
    form: Form,
    catalogue: Catalogue,
) -> dict[str, Value]:
    fields = dict(now.units[code].fields) if code in now.units else {}
    for change in changes:
        fields |= change.fields
    fields.pop("successor", None)
    row: dict[str, Value] = {}
    for column in form.columns:
        if value := fields.get(column.code):
            row[column.code] = catalogue.codes[column.codes].name_of(value) if column.codes else value
    return row | {"unit_code": code}


def _remark(changes: Collection[RegisterChange], file: str) -> str:
    places = "、".join(dict.fromkeys(change.place for change in changes if change.place))
    return f"取自“{file}”的 {places}" if places else f"“{file}”里没有"
