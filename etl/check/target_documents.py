"""Check target documents: each in the measure of its indicator, and none set twice in two ways without a word.

In a county's own table of targets, its own number is held against what its areas' add up to. A rate does not add up.
"""

from collections import defaultdict
from collections.abc import Iterator

from base.formats import say_exact
from etl.known.targets_in_force import TargetSet, TargetsInForce, targets_in
from etl.model.finding import Finding, tell
from etl.model.nouns import Return, Row
from etl.model.rules.wording import Values
from etl.model.unit_register import Register
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole, Indicator
from stats.judging.documents import plain_title

_ALIKE = 1e-6
WHAT_IS_SET = ("comparator", "value", "high")  # what check_set_before asks about, with both cells


def check_targets(filed: Return, file: str, catalogue: Catalogue) -> list[Finding]:
    """Return findings on targets whose measure or size does not fit the indicator; none for other forms."""
    if filed.form.role != FormRole.TARGETS or "indicator" not in filed.columns:
        return []
    targets = [row for row in filed.rows if "indicator" in row.values and row.number("value") is not None]
    return [
        tell(rule, wording, file=file, sheet=filed.sheet, address=row.cells[column].address, **values)
        for row in targets
        for rule, wording, column, values in _problems(row, catalogue)
    ]


def _problems(row: Row, catalogue: Catalogue) -> Iterator[tuple[str, str, str, Values]]:
    """Yield rule, wording, column and values of what is wrong with a target."""
    indicator = catalogue.indicators[str(row.values["indicator"])]
    words = catalogue.spellings(indicator)
    if row.values.get("measure") not in words:
        column = "measure" if "measure" in row.cells else "value"
        measure = row.values.get("measure", "")
        yield "target_measure", "", column, {"measure": measure, "indicator": indicator.name, "measures": [*words]}
    for column in ("value", "high"):
        if _too_great(indicator, row.number(column)):
            yield "target_size", "", column, {"value": row.cells[column].raw}


def _too_great(indicator: Indicator, value: float | None) -> bool:
    return indicator.is_rate and indicator.valid.max is not None and value is not None and value > indicator.valid.max


def check_set_before(filed: Return, file: str, known: TargetsInForce, catalogue: Catalogue) -> list[Finding]:
    """Return questions on targets that are set in two ways: by one document, or by two of the same day.

    The rows in force are compared with those of this return. A task that has progressed is the same target, and so is
    one that a later document changes.
    """
    if filed.form.role != FormRole.TARGETS:
        return []
    before: list[TargetSet] = known.all()
    findings: list[Finding] = []
    for target in targets_in(filed, file):
        other = _contradicting(target, before, catalogue)
        if other:
            findings.append(_ask(target, other, filed, catalogue))
        before.append(target)
    return findings


def _contradicting(target: TargetSet, before: list[TargetSet], catalogue: Catalogue) -> TargetSet | None:
    """Return what was set last in another way by the same document, or by another of the same day."""
    alike = [
        other
        for other in before
        if other.of == target.of and (_is_same_document(target, other) or (target.day and target.day == other.day))
    ]
    last = {other.document: other for other in alike}  # of each document what was filed last
    different = [other for other in last.values() if _stored(other, catalogue) != _stored(target, catalogue)]
    return different[-1] if different else None


def _is_same_document(target: TargetSet, other: TargetSet) -> bool:
    return plain_title(target.document) == plain_title(other.document)


def _stored(target: TargetSet, catalogue: Catalogue) -> tuple[str, float | None, float | None]:
    """Return what a row sets in the unit its indicator is stored in: 60 万元 is 600,000 元."""
    scale = catalogue.spellings(catalogue.indicators[target.of[0]]).get(target.measure, 1.0)
    comparator, *bounds = target.stated
    value, high = (None if bound is None else round(bound * scale, 6) for bound in bounds)
    return comparator, value, high


def _ask(target: TargetSet, other: TargetSet, filed: Return, catalogue: Catalogue) -> Finding:
    name, file = catalogue.indicators[target.of[0]].name, target.place[0]
    place, sheet, cell = other.place
    place = cell if (place, sheet) == target.place[:2] else f"“{place}”表“{sheet}”{cell}"
    same = _is_same_document(target, other)
    values: Values = {
        "year": target.of[2],
        "indicator": name,
        "document": target.document,
        "here": _say(target, catalogue),
        "place": place,
        "there": _say(other, catalogue),
        **({} if same else {"other": other.document, "day": target.day}),
    }
    wording = "document" if same else "day"
    finding = tell("target_changed", wording, file=file, sheet=filed.sheet, address=target.place[2], **values)
    return finding.quoting({other.reporter} - {target.reporter})


def _say(target: TargetSet, catalogue: Catalogue) -> str:
    comparator, value, high = target.stated
    form = catalogue.codes["comparator"].name_of(comparator)
    if value is None:
        return f"“{form}”"
    size = 100 if target.measure.endswith("%") else 1
    bounds = "—".join(f"{bound * size:,.10g}" for bound in (value, high) if bound is not None)
    return f"{form if high is None else ''}{bounds}{target.measure}"


def check_target_sums(filed: Return, file: str, register: Register, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield a question on each indicator of which the areas' targets add up to another number than the county's."""
    if filed.form.role != FormRole.TARGETS or filed.layout.shown is None or not filed.units:
        return
    by_indicator: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for unit, row in zip(filed.units, filed.rows, strict=True):
        by_indicator[str(row.values.get("indicator"))].append((unit, row))
    for code, rows in by_indicator.items():
        indicator = catalogue.indicators.get(code)
        whole = [row for unit, row in rows if unit == register.root()]
        parts = [row.number("value") for unit, row in rows if unit != register.root()]
        if indicator is None or indicator.is_rate or len(whole) != 1 or None in parts or not parts:
            continue
        yield from _differing(whole[0], sum(part or 0.0 for part in parts), filed, file)


def _differing(whole: Row, added: float, filed: Return, file: str) -> Iterator[Finding]:
    stated = whole.number("value")
    if stated is not None and abs(stated - added) > _ALIKE * max(abs(stated), 1.0):
        measure = str(whole.values.get("measure", ""))
        at = whole.cells["value"].address
        value, parts = say_exact(stated, measure), say_exact(added, measure)
        yield tell("target_sum", file=file, sheet=filed.sheet, address=at, value=value, added=parts)
