"""Check score sheets: does the item belong to the scheme, does it score the organisation, do the points fit?"""

from collections.abc import Iterator
from decimal import Decimal

from base.errors import nearest
from base.text import normalise
from etl.check.finding_writer import FindingWriter
from etl.model.finding import Finding
from etl.model.nouns import Return, Row
from etl.model.rules.wording import Values
from etl.model.unit_register import Register
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole
from stats.catalogue.schemes import STAGES, WORDED, BonusRule, DeductionRule, Scheme, SchemeItem

_YES_NO, _LEVELS = "yes_no", "unit_level"
_SLACK = 1e-9


def check_scores(filed: Return, catalogue: Catalogue, register: Register, writer: FindingWriter) -> list[Finding]:
    """Return findings on the rows of a score sheet whose codes are known; none for other forms."""
    if filed.form.role != FormRole.SCORES:
        return []
    checker = _Checker(filed, catalogue, register, writer)
    return [finding for row in filed.rows for finding in checker.check(row)]


class _Checker:
    def __init__(self, filed: Return, catalogue: Catalogue, register: Register, writer: FindingWriter) -> None:
        self._period = filed.period
        self._catalogue = catalogue
        self._register = register
        self._writer = writer
        self._words = catalogue.codes[_YES_NO].by_word
        self._near: dict[str, str | None] = {}

    def check(self, row: Row) -> Iterator[Finding]:
        scheme = self._catalogue.schemes.get(str(row.values.get("scheme")))
        if scheme is None or "item" not in row.values:
            return  # an unknown code has a finding of its own
        item = scheme.items.get(str(row.values["item"]))
        if item is None:
            yield self._foreign_item(row, scheme)
            return
        if row.unit and (level := self._register.level_of(row.unit)) not in scheme.scored:
            yield self._not_scored(row, scheme, level or "")
        for stage in STAGES:
            if stage in row.values:
                yield from self._check_points(row, stage, item)

    def _foreign_item(self, row: Row, scheme: Scheme) -> Finding:
        text = row.cells["item"].raw.strip()
        if text not in self._near:
            self._near[text] = nearest(text, [item.name for item in scheme.items.values()])
        near = self._near[text]
        return self._writer.at(row, "item", "score_item", value=text, scheme=scheme.name, near=near)

    def _not_scored(self, row: Row, scheme: Scheme, level: str) -> Finding:
        names = self._catalogue.codes[_LEVELS]
        return self._writer.at(
            row,
            "unit",
            "score_unit",
            unit=row.cells["unit"].raw.strip(),
            level=names.name_of(level),
            scheme=scheme.name,
            levels=[names.name_of(level) for level in scheme.scored],
        )

    def _check_points(self, row: Row, stage: str, item: SchemeItem) -> Iterator[Finding]:
        raw = row.cells[stage].raw
        in_words, wanted = normalise(raw) in self._words, item.kind in WORDED
        if in_words and wanted:
            return
        if in_words != wanted or not _fits(item, row.number(stage)):
            wording, bounds = _bounds(item)
            yield self._writer.at(row, stage, "score_points", wording, item=item.name, value=raw.strip(), **bounds)


def _fits(item: SchemeItem, points: float | None) -> bool:
    if points is None:
        return True  # not parsed: already reported
    if isinstance(item.rule, DeductionRule) and item.rule.values:
        return any(abs(points - value) < _SLACK for value in (0.0, *map(float, item.rule.values)))
    return float(item.least) - _SLACK <= points <= float(item.most) + _SLACK


def _bounds(item: SchemeItem) -> tuple[str, Values]:
    """Return the wording for the values allowed in the cell, and what bounds them."""
    if item.kind in WORDED:
        return "yes_no", {}
    if isinstance(item.rule, DeductionRule):
        if item.rule.values:
            return "listed", {"values": [f"{value.normalize():f}" for value in (Decimal(0), *item.rule.values)]}
        return "deduction", {"least": item.least.normalize()}
    return "bonus" if isinstance(item.rule, BonusRule) else "points", {"most": item.most.normalize()}
