"""Coverage in words: who has not reported, which readings are based on part of the returns. Pure functions."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from base.formats import say_coverage
from base.periods import parse_span, say_quarter, say_span
from stats.catalogue import Catalogue
from stats.catalogue.models import Form, FormRole, Item
from stats.organisations import Missing
from stats.readings import Reading

_BOTH = 2  # forms that are named each
_UNION, _OTHER = "工会", "单位"  # the words for reporters


def say_overdue(missing: Sequence[Missing], period: int, listed: bool = False) -> list[str]:
    """Return who has not reported in a quarter, once for all forms; nothing if all have.

    The areas with most missing come first. With `listed` the names are left to a list that follows. If all are of one
    area, or there is only one, it is named and not counted again.
    """
    if not missing:
        return []
    of = f"未报{_say_forms(missing)}"
    units = {missing.unit: missing for missing in missing}
    areas = Counter(unit.area_name or unit.unit_name for unit in units.values())
    only = next(iter(areas)) if len(areas) == 1 else ""
    if len(units) == 1:
        return [f"{say_quarter(period)}{next(iter(units.values())).unit_name}{of}。"]
    text = f"{say_quarter(period)}{only}{len(units):,}家单位{of}"
    if listed:
        return [f"{text}（名单附后）。"]
    return [f"{text}。" if only else f"{text}：{_say_counts(areas, _reporting_alone(missing))}。"]


def most_missing(missing: Sequence[Missing], most: int) -> list[str]:
    """Return the names of the areas in which most organisations have not reported, at most so many."""
    units = {entry.unit: entry.area_name or entry.unit_name for entry in missing}
    return [name for name, _ in Counter(units.values()).most_common(most)]


def _say_forms(missing: Sequence[Missing]) -> str:
    names = [name for name, _ in Counter(missing.form_name for missing in missing).most_common()]
    return f"《{names[0]}》等{len(names)}张表" if len(names) > _BOTH else "".join(f"《{name}》" for name in names)


def _reporting_alone(missing: Sequence[Missing]) -> set[str]:
    """Return the areas whose own return is missing and nobody else's."""
    areas: dict[str, set[str]] = {}
    for entry in missing:
        areas.setdefault(entry.area_name or entry.unit_name, set()).add(entry.unit_name)
    return {area for area, names in areas.items() if names == {area}}


def list_overdue(missing: Sequence[Missing]) -> list[str]:
    """Return the names of those who have not reported, one sentence per area, the areas with most first."""
    areas: dict[str, dict[str, None]] = {}
    for entry in missing:
        areas.setdefault(entry.area_name or entry.unit_name, {})[entry.unit_name] = None
    ordered = sorted(areas.items(), key=lambda area: -len(area[1]))
    themselves = _reporting_alone(missing)
    own = [f"{area}。" for area, _ in ordered if area in themselves]
    within = [(area, names) for area, names in ordered if area not in themselves]
    return [f"{area}{len(names):,}家：{'、'.join(names)}。" for area, names in within] + own


def say_uncovered(readings: Iterable[Reading]) -> list[str]:
    """Return one sentence per group of readings with the same incomplete coverage.

    Readings of different spans name their span. Those without any return are one group: they have no value.
    """
    groups: dict[tuple[int, int], list[str]] = {}
    readings = list(readings)
    spans = Counter(name for name, _ in {(reading.name, reading.span) for reading in readings})
    for reading in readings:
        if reading.reported < reading.expected:
            cover = (reading.reported, reading.expected) if reading.reported else (0, 0)
            groups.setdefault(cover, []).append(
                reading.name if spans[reading.name] == 1 else f"{reading.name}（{say_span(parse_span(reading.span))}）"
            )
    return [f"{_say_names(names)}：{_say_basis(*cover)}。" for cover, names in groups.items()]


def is_thin(reading: Reading, level: float) -> bool:
    """Return whether a reading's coverage is low enough that it has to be mentioned."""
    return reading.value is not None and reading.reported < level * reading.expected


def say_reported(reading: Reading, catalogue: Catalogue) -> str:
    """Return who reported, as the subject of a sentence: 已报的347家工会（应报375家）."""
    single = _of_one_quarter(reading, catalogue)
    return say_returns_received(_form(reading, catalogue), reading.reported, reading.expected, single)


def say_returns_received(form: Form, reported: int, expected: int, single: bool) -> str:
    """Return who sent a form if each sends a single return (`single`), otherwise the number of returns received."""
    if not single:
        return f"据已报的{reported:,}份报表（应报{expected:,}份），"
    return f"已报的{reported:,}家{_senders(form)}（应报{expected:,}家）"


def say_nobody(readings: Sequence[Reading], catalogue: Catalogue) -> str:
    """Return a sentence that nobody of an organisation reported, once for all readings without a value."""
    most = max(readings, key=lambda reading: (_of_one_quarter(reading, catalogue), reading.expected))
    names = dict.fromkeys(f"《{_form(reading, catalogue).name}》" for reading in readings)
    of = f"（{''.join(names)}）" if len(names) > 1 else ""
    when = _quarter_in_span(most)
    if most.expected == 1:  # it may have sent others, so that those it did not send are named
        return f"{most.unit_name}{when}未报送{''.join(names)}，{'' if when else '本期'}无数。"
    count = f"{most.expected:,}家{_senders(_form(most, catalogue))}" if _of_one_quarter(most, catalogue) else "各单位"
    return f"{most.unit_name}{count}{when}均未报送，{'' if when else '本期'}无数{of}。"


def _quarter_in_span(reading: Reading) -> str:
    """Return the quarter of a longer span for which nobody reported."""
    if reading.as_of is None or parse_span(reading.span).length == 1:
        return ""
    return say_quarter(reading.as_of)


def counts_reporters(reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether a reading only counts the rows of a roster, so that it says how many reported."""
    items = catalogue.parts(catalogue.indicators[reading.indicator])
    return len(items) == 1 and counts_rows(items[0], catalogue)


def counts_kind(reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether a reading counts the rows of a roster by what the register of organisations says of them too.

    What an organisation is hardly changes from quarter to quarter: over those who reported both times there is no news.
    """
    item, *others = catalogue.parts(catalogue.indicators[reading.indicator])
    register = catalogue.form_of(FormRole.UNITS)
    plain = not others and not item.take and item.time == "last" and not catalogue.forms[item.form].ledger
    return plain and bool(item.where) and item.where.keys() <= register.by_code.keys()


def counts_rows(item: Item, catalogue: Catalogue) -> bool:
    """Return whether an item is how many rows a roster has, so that it is how many reported."""
    plain = not item.named_columns() and not item.where
    return plain and item.time == "last" and not catalogue.forms[item.form].ledger


def _of_one_quarter(reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether each reporter sent one return; what a ledger holds was reported over many quarters."""
    if reading.as_of is None:
        span = parse_span(reading.span)
        return span.length == 1 and span.each <= _form(reading, catalogue).months
    return not _form(reading, catalogue).ledger or reading.expected == 1


def _form(reading: Reading, catalogue: Catalogue) -> Form:
    """Return the form that a reading counts; for a rate, the form of its numerator."""
    items = catalogue.parts(catalogue.indicators[reading.indicator])
    return catalogue.forms[items[0].form]


def _senders(form: Form) -> str:
    return _UNION if form.assigned.level == ("union",) else _OTHER


def _say_basis(reported: int, expected: int) -> str:
    return f"按{say_coverage(reported, expected)}计算，未报的不在内" if reported else "均未报送，未计算"


def _say_counts(counts: Counter[str], uncounted: Collection[str], most: int = 6) -> str:
    text = "、".join(name if name in uncounted else f"{name}{count}家" for name, count in counts.most_common(most))
    return f"{text}等{len(counts)}处" if len(counts) > most else text


def _say_names(names: Sequence[str], most: int = 3) -> str:
    text = "、".join(names[:most])
    return f"{text}等{len(names)}项" if len(names) > most else text
