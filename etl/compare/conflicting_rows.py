"""Conflicting rows: two rows with the same key and date but different values, or one enterprise under two codes.

Among rows with the same key, day and quarter decide which is in force (sql/150_order.sql). If these are equal, a person
must choose the right row: neither the position in a sheet nor the name of a file may decide.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from base.text import normalise
from etl.check.finding_writer import FindingWriter
from etl.check.target_documents import WHAT_IS_SET
from etl.known import ORGANISATION, Known
from etl.known.in_force import lost
from etl.known.surroundings import Surroundings
from etl.model.finding import Finding
from etl.model.nouns import Return, Row
from etl.model.rules.wording import Values
from stats.catalogue.form_rules import Refers
from stats.catalogue.models import Form, FormRole

_SEVERAL = 3
_BACK, _AHEAD = 12, 4  # quarters in which rows of the same enterprise are looked for: contracts run for three years
_Place = tuple[str, str]  # what two conflicting rows have in common: the key, and in a register the day


class _Mention(NamedTuple):
    """Where an enterprise is named under a code, in words for the sender, and the key of the row in force, if any."""

    words: str
    key: str = ""


_Codes = dict[str, dict[tuple[str, str], _Mention]]  # by name, code and organisation


@dataclass(frozen=True)
class _Other:
    """Another row with the same key: its plain values, and its place in words for the sender."""

    fields: Mapping[str, object]
    where: str
    reporters: Collection[str] = ()
    in_sheet: bool = False


def check_undecided(filed: Return, sheets: Sequence[Return], known: Known, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row that another contradicts: in the sheet, the file, or another's return in force."""
    form = filed.form
    if not form.repeats_keys:
        return
    others = {
        _place(form, key, day): _Other(fields, f"“{file.name}”", file.reporters)
        for key, day, fields, file in known.rivals()
    }
    others |= _in_other_sheets(filed, sheets)
    for number in _repeated(filed, others):
        row = filed.row(number)
        place, fields = _place(form, row.key, filed.days[number]), _plain(row)
        other = others.setdefault(place, _Other(fields, f"第{row.row}行", in_sheet=True))
        code = _contradicted(form, fields, other.fields)
        if code and not (form.role == FormRole.TARGETS and code in WHAT_IS_SET):
            yield _tell(row, code, fields, other, writer)


def _repeated(filed: Return, others: Iterable[_Place]) -> list[int]:
    """Return the numbers of the rows whose place another row has, in the sheet or elsewhere."""
    seen: dict[_Place, list[int]] = {place: [] for place in others}
    several = set(seen)
    for number, (key, day) in enumerate(zip(filed.keys, filed.days, strict=True)):
        place = _place(filed.form, key, day)
        if place in seen:
            several.add(place)
        seen.setdefault(place, []).append(number)
    return sorted(number for place in several for number in seen[place])


def _in_other_sheets(filed: Return, sheets: Sequence[Return]) -> dict[_Place, _Other]:
    return {
        _place(other_sheet.form, row.key, day): _Other(_plain(row), f"表“{other_sheet.sheet}”")
        for other_sheet in sheets
        if (other_sheet.form.code, other_sheet.period) == (filed.form.code, filed.period)
        for row, day in zip(other_sheet.rows, other_sheet.days, strict=True)
    }


def _place(form: Form, key: str, day: date | None) -> _Place:
    return key, str(day) if form.standing else ""


def _plain(row: Row) -> dict[str, object]:
    """Return a row's values as the warehouse keeps them."""
    return {code: str(value) if isinstance(value, date) else value for code, value in row.values.items()}


def _contradicted(form: Form, fields: Mapping[str, object], others: Mapping[str, object]) -> str | None:
    """Return the first column in which two rows differ; a score may be filed stage by stage, so blanks don't differ."""
    for column in form.columns:
        left, right = fields.get(column.code), others.get(column.code)
        if left != right and not (column.type == "score" and None in (left, right)):
            return column.code
    return None


def _tell(row: Row, code: str, fields: Mapping[str, object], other: _Other, writer: FindingWriter) -> Finding:
    first, second = (
        "空白" if held.get(code) is None else writer.value(row.form.code, code, held[code])
        for held in (fields, other.fields)
    )
    return writer.at(
        row,
        row.form.key[0],
        "undecided",
        "sheet" if other.in_sheet else "file",
        row=writer.named(row),
        label=writer.label(code),
        here=first,
        place=other.where,
        there=second,
        time="生效日期" if row.form.standing else "季度",
    ).quoting(other.reporters)


def check_codes(filed: Return, surroundings: Surroundings, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row whose enterprise has another code elsewhere, or has one there but none here.

    Otherwise a count of distinct enterprises would count it twice.
    """
    refers = filed.form.refers
    if refers is None:
        return
    registered = _registered(refers, filed, surroundings)
    codes = _codes_in_force(refers, filed, surroundings)
    for number, (name, code) in enumerate(zip(filed.column(refers.named), filed.column(refers.by), strict=True)):
        row, plain, own = filed.row(number), normalise(str(name)), str(code or "")
        if all(row.values.get(column) == wanted for column, wanted in refers.where.items()):
            where = _elsewhere(own, row.unit, registered.get(plain, {}), codes.get(plain, {}))
            if where:
                filed_by = writer.filed_by(refers.form, filed.quarter, [where[0]]) | _filed_by(where[1], filed, writer)
                yield _tell_codes(row, refers, own, where, writer).quoting(filed_by)
            codes.setdefault(plain, {}).setdefault((own, row.unit), _Mention(writer.named(row)))


def _filed_by(mention: _Mention, filed: Return, writer: FindingWriter) -> set[str]:
    """Return who else filed the row in force that names an enterprise."""
    periods = range(filed.period - _BACK, filed.period + _AHEAD + 1) if mention.key else ()
    return {name for period in periods for name in writer.filed_by(filed.form.code, period, [mention.key])}


def _registered(refers: Refers, filed: Return, surroundings: Surroundings) -> dict[str, dict[str, _Mention]]:
    """Return the codes of each name in the register, with what to call it."""
    form = surroundings.catalogue.forms[refers.form]
    codes: dict[str, dict[str, _Mention]] = {}
    for code, name in surroundings.column(form.code, filed.quarter, str(form.label)).items():
        codes.setdefault(normalise(str(name)), {})[code] = _Mention(f"“{form.name}”")
    return codes


def _codes_in_force(refers: Refers, filed: Return, surroundings: Surroundings) -> _Codes:
    """Return the codes, and blanks, of each name in the form's rows in force in these years.

    Rows that the return replaces or drops are left out: a correction may correct a code.
    """
    codes: _Codes = {}
    form, own, last = filed.form.code, {*filed.keys} | _dropped(filed, surroundings), filed.period + _AHEAD
    for period in [last] if filed.form.repeats_keys else range(filed.period - _BACK, last + 1):
        names, numbers, units = (
            surroundings.column(form, period, code) for code in (refers.named, refers.by, ORGANISATION)
        )
        for key, name in names.items():
            if key not in own:
                place = str(numbers.get(key) or ""), str(units.get(key))
                codes.setdefault(normalise(str(name)), {}).setdefault(place, _Mention(f"“{key}”", key))
    return codes


def _dropped(filed: Return, surroundings: Surroundings) -> set[str]:
    """Return the keys of the rows in force that go when the return is accepted: none of a supplement."""
    stored = surroundings.known.in_force()
    if stored is None or filed.act == "supplement":
        return set()
    whole = [sheet for sheet in surroundings.other_sheets if (sheet.form, sheet.period) == (filed.form, filed.period)]
    return {row.key for row in lost([filed, *whole], stored.rows)}


def _elsewhere(
    own: str, unit: str, registered: Mapping[str, _Mention], mentioned: Mapping[tuple[str, str], _Mention]
) -> tuple[str, _Mention] | None:
    """Return another code of the same enterprise, and where it stands; None where nothing contradicts."""
    others = {code: where for code, where in registered.items() if own not in registered}
    if not others and not registered:
        others = {
            code: where for (code, of), where in mentioned.items() if code and code != own and (not own or of == unit)
        }
    if not others and own:
        others = {code: where for (code, of), where in mentioned.items() if not code}
    return next(iter(sorted(others.items())), None)


def check_zeros(filed: Return, known: Known, writer: FindingWriter) -> list[Finding]:
    """Return a finding on each row whose number equals another's except for leading zeros, which spreadsheets drop.

    The two would count as different enterprises. Many are reported as one finding.
    """
    form, named = filed.form, filed.form.refers.named if filed.form.refers else filed.form.label
    if not (form.repeats_keys and named and len(form.key) == 1 and form.column(form.key[0]).identifier):
        return []
    in_force = known.column(form.code, filed.period + _AHEAD, named)
    written = {key.lstrip("0"): key for key in in_force if key.isdigit()}
    pairs: list[tuple[Row, str]] = []
    for number, key in enumerate(filed.keys):
        other = written.setdefault(key.lstrip("0"), key) if key.isdigit() and key not in in_force else key
        if other != key:
            pairs.append((filed.row(number), other))
    code, label = form.key[0], writer.label(form.key[0])
    filed_by = writer.filed_by(form.code, filed.period + _AHEAD, [other for _, other in pairs])
    if len(pairs) < _SEVERAL:
        return [
            writer.at(row, code, "leading_zeros", row=writer.named(row), other=other, label=label).quoting(filed_by)
            for row, other in pairs
        ]
    row, other = pairs[0]
    values: Values = {"row": writer.named(row), "other": other, "label": label}
    return [writer.on_sheet("leading_zeros", column=code, **values, count=len(pairs)).quoting(filed_by)]


def _tell_codes(row: Row, refers: Refers, own: str, where: tuple[str, _Mention], writer: FindingWriter) -> Finding:
    code, mention = where
    values: Values = {"row": writer.named(row), "label": writer.label(refers.by), "place": mention.words}
    values |= {"name": row.values[refers.named]} | ({"own": own} if own else {}) | ({"code": code} if code else {})
    wording = "both" if own and code else "blank_there" if own else "blank_here"
    return writer.at(row, refers.by, "two_codes", wording, **values)
