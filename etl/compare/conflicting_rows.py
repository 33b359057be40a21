"""Conflicting rows: two rows with the same key and date but different values, and nothing to decide between them.

Where rows are told again and again, day and quarter say which of them holds (sql/150_order.sql). Where these are the
same somebody must say which row is right: neither the place in a sheet nor the name of a file may.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from etl.check.finding_writer import FindingWriter
from etl.check.target_documents import WHAT_IS_SET
from etl.known import Known
from etl.model.finding import Finding
from etl.model.nouns import Return, Row
from stats.catalogue.models import Form, FormRole

_Place = tuple[str, str]  # what two rows must share to stand against each other: the key, and of a register the day


@dataclass(frozen=True)
class _Other:
    """What another row says under the same key, as plain values, and how the sender knows where it stands."""

    fields: Mapping[str, object]
    where: str
    in_sheet: bool = False


def check_undecided(found: Return, beside: Sequence[Return], known: Known, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row that another contradicts: in the sheet, the file, or another's return in force."""
    form = found.form
    if not form.repeats_keys:
        return
    others = {_place(form, key, day): _Other(fields, f"“{name}”") for key, day, fields, name in known.rivals()}
    others |= _in_other_sheets(found, beside)
    for number in _repeated(found, others):
        row = found.row(number)
        place, fields = _place(form, row.key, found.days[number]), _plain(row)
        other = others.setdefault(place, _Other(fields, f"第{row.row}行", in_sheet=True))
        code = _contradicted(form, fields, other.fields)
        if code and not (form.role == FormRole.TARGETS and code in WHAT_IS_SET):
            yield _tell(row, code, fields, other, writer)


def _repeated(found: Return, others: Iterable[_Place]) -> list[int]:
    """Return the numbers of the rows whose place another row has, in the sheet or elsewhere."""
    seen: dict[_Place, list[int]] = {place: [] for place in others}
    several = set(seen)
    for number, (key, day) in enumerate(zip(found.keys, found.days, strict=True)):
        place = _place(found.form, key, day)
        if place in seen:
            several.add(place)
        seen.setdefault(place, []).append(number)
    return sorted(number for place in several for number in seen[place])


def _in_other_sheets(found: Return, beside: Sequence[Return]) -> dict[_Place, _Other]:
    return {
        _place(one.form, row.key, day): _Other(_plain(row), f"表“{one.sheet}”")
        for one in beside
        if (one.form.code, one.period) == (found.form.code, found.period)
        for row, day in zip(one.rows, one.days, strict=True)
    }


def _place(form: Form, key: str, day: date | None) -> _Place:
    return key, str(day) if form.frequency == "standing" else ""


def _plain(row: Row) -> dict[str, object]:
    """Return a row's values as the warehouse keeps them."""
    return {code: str(value) if isinstance(value, date) else value for code, value in row.values.items()}


def _contradicted(form: Form, one: Mapping[str, object], other: Mapping[str, object]) -> str | None:
    """Return the first column in which two rows differ; a score may be told stage by stage, so a blank is no other."""
    for column in form.columns:
        left, right = one.get(column.code), other.get(column.code)
        if left != right and not (column.type == "score" and None in (left, right)):
            return column.code
    return None


def _tell(row: Row, code: str, fields: Mapping[str, object], other: _Other, writer: FindingWriter) -> Finding:
    one, two = (
        "空白" if held.get(code) is None else writer.value(row.form.code, code, held[code])
        for held in (fields, other.fields)
    )
    said = f"{writer.named(row)}的{writer.label(code)}这里是{one}，{other.where}是{two}"
    when = "生效日期" if row.form.frequency == "standing" else "季度"
    todo = "请删去不对的一行" if other.in_sheet else "请核对以哪一份为准，改好另一份"
    after = "以靠下的一行为准" if other.in_sheet else "以后报的一份为准"
    return writer.at(
        row,
        row.form.key[0],
        "undecided",
        said,
        f"{when}相同，应只有一种说法",
        f"{todo}；不改的请说明原因，{after}",
    )
