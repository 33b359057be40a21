"""Check target documents: each in the measure of its indicator, and none set twice in two ways without a word."""

from collections.abc import Iterator

from etl.known.targets_in_force import TargetSet, TargetsInForce, targets_in
from etl.model.finding import Finding, tell
from etl.model.nouns import Return, Row
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole, Indicator

WHAT_IS_SET = ("comparator", "value", "high")  # what check_set_before asks about, with both cells
_MARKS = str.maketrans("", "", "《》〈〉“”\"'〔〕[]（）() \u3000")  # a document is written with or without them


def check_targets(found: Return, file: str, catalogue: Catalogue) -> list[Finding]:
    """Return findings on targets whose measure or size does not fit the indicator; none for other forms."""
    if found.form.role != FormRole.TARGETS or "indicator" not in found.columns:
        return []
    targets = [row for row in found.rows if "indicator" in row.values and row.number("value") is not None]
    return [
        tell(
            rule=rule,
            file=file,
            sheet=found.sheet,
            address=row.cells[column].address,
            problem=said,
            requirement=expected,
            todo=todo,
        )
        for row in targets
        for rule, column, said, expected, todo in _problems(row, catalogue)
    ]


def _problems(row: Row, catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    indicator = catalogue.indicators[str(row.values["indicator"])]
    words = catalogue.spellings(indicator)
    if row.values.get("measure") not in words:
        said = f"计量单位填的是“{row.values.get('measure', '')}”"
        yield (
            "target_measure",
            "measure" if "measure" in row.cells else "value",
            said,
            f"“{indicator.name}”用{'、'.join(words)}计",
            "请改正计量单位",
        )
    for column in ("value", "high"):
        if _too_great(indicator, row.number(column)):
            yield (
                "target_size",
                column,
                f"目标值填的是{row.cells[column].raw}",
                "比率的目标应在 0 到 100% 之间",
                "请写成百分数，例如 80%",
            )


def _too_great(indicator: Indicator, value: float | None) -> bool:
    return indicator.is_rate and indicator.valid.max is not None and value is not None and value > indicator.valid.max


def check_set_before(found: Return, file: str, known: TargetsInForce, catalogue: Catalogue) -> list[Finding]:
    """Return questions on targets that are set in two ways: by one document, or by two of the same day.

    Held against each other are the rows in force and those of this return. A task that has come further is no other
    target, nor is one that a later document changes.
    """
    if found.form.role != FormRole.TARGETS:
        return []
    before: list[TargetSet] = known.all()
    findings: list[Finding] = []
    for one in targets_in(found, file):
        other = _contradicting(one, before, catalogue)
        if other:
            findings.append(_ask(one, other, found, catalogue))
        before.append(one)
    return findings


def _contradicting(one: TargetSet, before: list[TargetSet], catalogue: Catalogue) -> TargetSet | None:
    """Return what was set last in another way by the same document, or by another of the same day."""
    alike = [
        other
        for other in before
        if other.of == one.of and (_is_same_document(one, other) or (one.day and one.day == other.day))
    ]
    last = {other.document: other for other in alike}  # of each document what was filed last
    different = [other for other in last.values() if _stored(other, catalogue) != _stored(one, catalogue)]
    return different[-1] if different else None


def _is_same_document(one: TargetSet, other: TargetSet) -> bool:
    return one.document.translate(_MARKS) == other.document.translate(_MARKS)


def _stored(one: TargetSet, catalogue: Catalogue) -> tuple[str, float | None, float | None]:
    """Return what a row sets in the unit its indicator is stored in: 60 万元 is 600,000 元."""
    scale = catalogue.spellings(catalogue.indicators[one.of[0]]).get(one.measure, 1.0)
    comparator, *bounds = one.stated
    value, high = (None if bound is None else round(bound * scale, 6) for bound in bounds)
    return comparator, value, high


def _ask(one: TargetSet, other: TargetSet, found: Return, catalogue: Catalogue) -> Finding:
    name, file = catalogue.indicators[one.of[0]].name, one.place[0]
    there, sheet, cell = other.place
    there = cell if (there, sheet) == one.place[:2] else f"“{there}”表“{sheet}”{cell}"
    same = _is_same_document(one, other)
    said = f"{one.of[2]}年“{name}”的目标（{one.document}）填的是{_say(one, catalogue)}，"
    said += f"{there}{'' if same else other.document}填的是{_say(other, catalogue)}"
    if same:
        fits = "同一份文件给同一个单位的同一项目标只有一个数"
        todo = "填错的请改正；后来改了目标的，请写改目标的那份文件和发文日期；上次填错、以这次为准的，请说明原因"
    else:
        fits = f"两份文件都按{one.day}算，分不出哪一份在后"
        todo = "请写清各自的发文日期；不改的请说明原因，以后报的一份为准，同一份里以靠下的一行为准"
    return tell(
        rule="target_changed",
        file=file,
        sheet=found.sheet,
        address=one.place[2],
        problem=said,
        requirement=fits,
        todo=todo,
    )


def _say(one: TargetSet, catalogue: Catalogue) -> str:
    comparator, value, high = one.stated
    form = catalogue.codes["comparator"].name_of(comparator)
    if value is None:
        return f"“{form}”"
    size = 100 if one.measure.endswith("%") else 1
    bounds = "—".join(f"{bound * size:,.10g}" for bound in (value, high) if bound is not None)
    return f"{form if high is None else ''}{bounds}{one.measure}"
