"""Scoring: score organisations by a scheme, line by line, from indicators and score sheets, and rank them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from base.errors import UserError, suggest
from base.formats import MISSING, PERCENT, round_half_up, say_value, sign_change
from base.periods import Span
from stats.catalogue import Catalogue
from stats.catalogue.schemes import STAGES, WORDED, Basis, Grade, Scheme, SchemeItem, Stage
from stats.organisations import Organisation, organisations
from stats.readings import Reading, read_units
from stats.readings.sentences import say_cover
from stats.readings.trace import CellRef, cell_ref
from stats.scoring.score_lines import Entered, ScoreLine, ScoreTotal, Source, add_up
from stats.scoring.scoring_rules import bounds_of, points_of, say_rule
from stats.warehouse import Warehouse, run_query


@dataclass(frozen=True)
class Score:
    """The score of one organisation by a scheme. `place` is its rank, 1 the best; None when it can't be ranked."""

    scheme: Scheme
    unit: str
    unit_name: str
    lines: tuple[ScoreLine, ...]
    place: int | None = None

    @property
    def total(self) -> ScoreTotal:
        """Return the total of the points that count, whether or not a veto makes them void."""
        return add_up(self.lines)

    @property
    def void(self) -> bool:
        """Return whether a veto makes the score void (一票否决)."""
        return any(line.vetoed for line in self.lines)

    @property
    def points(self) -> Decimal | None:
        """Return the total with deductions and bonuses; None when it is void or no line has data."""
        return None if self.void or not self.total.lines else self.total.whole

    @property
    def lacking(self) -> tuple[ScoreLine, ...]:
        """Return the lines without points."""
        return tuple(line for line in self.lines if line.counts is None)

    @property
    def complete(self) -> bool:
        """Return whether every line has points; an unclaimed bonus counts as none."""
        return all(line.placed.item.kind == "bonus" for line in self.lacking)

    @property
    def settled(self) -> bool:
        """Return whether every line has final points; an unclaimed bonus needs none."""
        return all("final" in line.points for line in self.lines if line.placed.item.kind != "bonus")

    @property
    def grade(self) -> Grade | None:
        """Return the highest grade that is reached; None below the lowest, and for a void or incomplete score."""
        if not is_ranked(self):
            return None
        return next((grade for grade in self.scheme.grades if self.total.whole >= grade.least), None)

    def stage(self, source: Source) -> ScoreTotal:
        """Return the total of one stage's points."""
        return add_up(self.lines, source)

    @property
    def difference(self) -> Decimal | None:
        """Return self-assessed minus checked points over the lines that have both; None when there are none."""
        gaps = [line.difference for line in self.lines if line.difference is not None]
        return sum(gaps, Decimal(0)) if gaps else None


def scored_units(warehouse: Warehouse, scheme: Scheme) -> list[Organisation]:
    """Return the organisations that a scheme scores: those of its levels open at the end of its year.

    Where only those that take part are scored, one without a score sheet is left out: it does not lack points.
    """
    end = _year(scheme).last
    everyone = scheme.entrants == "all"
    sheets = [] if everyone else run_query(warehouse, "scores.sql", scheme=scheme.code, unit=None)
    entered = {row["unit"] for row in sheets}
    return [
        organisation
        for organisation in organisations(warehouse)
        if organisation.level in scheme.scored
        and organisation.open_in(end)
        and (everyone or organisation.code in entered)
    ]


def score_units(warehouse: Warehouse, catalogue: Catalogue, scheme: Scheme, units: Sequence[str] = ()) -> list[Score]:
    """Return the scores of organisations, by default all, sorted by rank; those without one come last.

    Only complete scores are ranked: a missing line is not zero, and totals of fewer lines are not comparable. Ranks are
    among the organisations returned, so a single one has none. Raises UserError for one the scheme does not score.
    """
    known = {unit.code: unit for unit in scored_units(warehouse, scheme)}
    for unit in units:
        if unit not in known:
            raise UserError(f"“{scheme.name}”不考核代码为“{unit}”的单位{suggest(unit, known)}")
    wanted = [known[unit] for unit in units] or list(known.values())
    readings = _read(warehouse, catalogue, scheme, [organisation.code for organisation in wanted])
    entered = _read_entered(warehouse, catalogue, scheme, wanted[0].code if len(wanted) == 1 else None)
    scores = [
        Score(
            scheme,
            organisation.code,
            organisation.name,
            tuple(_lines(catalogue, scheme, organisation.code, readings, entered)),
        )
        for organisation in wanted
    ]
    return rank(scores) if len(scores) > 1 else scores


def rank(scores: Iterable[Score]) -> list[Score]:
    """Return scores with their ranks, the best first; equal points share a rank. Those without a rank come last."""
    given = list(scores)
    ranked = sorted((score for score in given if is_ranked(score)), key=lambda score: (-_points(score), score.unit))
    places: dict[Decimal, int] = {}
    for number, score in enumerate(ranked, start=1):
        places.setdefault(_points(score), number)
    others = sorted(
        (score for score in given if not is_ranked(score)), key=lambda score: (score.void, -_points(score), score.unit)
    )
    return [replace(score, place=places[_points(score)]) for score in ranked] + others


def is_ranked(score: Score) -> bool:
    """Return whether a score can be ranked: complete and not void."""
    return score.complete and not score.void and bool(score.total.lines)


def _points(score: Score) -> Decimal:
    return score.total.whole


def cells_of(scores: Iterable[Score]) -> list[CellRef]:
    """Return the cells of the score sheets behind scores."""
    return [entered.cell for score in scores for line in score.lines for entered in line.entered.values()]


def _year(scheme: Scheme, quarters: tuple[int, int] = (1, 4)) -> Span:
    return Span(scheme.year * 4 + quarters[0] - 1, scheme.year * 4 + quarters[1] - 1)


_Readings = Mapping[tuple[str, str, tuple[int, int]], Reading]
_Entries = Mapping[tuple[str, str], Mapping[Stage, Entered]]


def _read(warehouse: Warehouse, catalogue: Catalogue, scheme: Scheme, units: Sequence[str]) -> _Readings:
    """Return the readings the rules need, by organisation, indicator and quarters of the year."""
    codes_of: dict[tuple[int, int], list[str]] = defaultdict(list)
    for item in scheme.items.values():
        if item.basis and item.basis.indicator:
            codes_of[item.basis.quarters].append(item.basis.indicator)
    return {
        (reading.unit, reading.indicator, quarters): reading
        for quarters, codes in codes_of.items()
        for reading in read_units(
            warehouse, catalogue, units, _year(scheme, quarters), list(dict.fromkeys(codes)), _before(scheme, quarters)
        )
    }


def _before(scheme: Scheme, quarters: tuple[int, int]) -> Span:
    """Return the same quarters of the year before: changes are from year to year."""
    span = _year(scheme, quarters)
    return Span(span.first - 4, span.last - 4)


def _read_entered(warehouse: Warehouse, catalogue: Catalogue, scheme: Scheme, unit: str | None) -> _Entries:
    by_item: dict[tuple[str, str], dict[Stage, Entered]] = defaultdict(dict)
    stages = {item.code: stage for item in catalogue.items.values() for stage in STAGES if item.take == stage}
    for row in run_query(warehouse, "scores.sql", scheme=scheme.code, unit=unit):
        item, stage = scheme.items.get(row.pop("scheme_item")), stages.get(row["item"])
        if item and stage:
            by_item[row["unit"], item.code][stage] = _entered(warehouse, item, row)
    return by_item


def _entered(warehouse: Warehouse, item: SchemeItem, row: dict[str, Any]) -> Entered:
    """Return the points in a cell. A yes is stored as 1: it gives all points of its item; for a veto it stays a yes."""
    basis, remark, value = row.pop("basis"), row.pop("remark"), Decimal(str(row["value"]))
    points = points_of(item, value) if item.kind in WORDED and item.kind != "veto" else value
    return Entered(
        points=points,
        raw=row["raw"].strip(),
        cell=cell_ref(warehouse, row | {"role": "numerator"}),
        basis=basis,
        remark=remark,
    )


def _lines(
    catalogue: Catalogue, scheme: Scheme, unit: str, readings: _Readings, entered: _Entries
) -> Iterable[ScoreLine]:
    for placed in scheme.placed:
        item = placed.item
        basis = item.basis
        reading = readings.get((unit, basis.indicator, basis.quarters)) if basis and basis.indicator else None
        held = entered.get((unit, item.code), {})
        points: dict[Source, Decimal] = {stage: entered.points for stage, entered in held.items()}
        value = _value(basis, reading) if basis and reading else None
        if value is not None:
            points["computed"] = Decimal(value > 0) if item.kind == "veto" else points_of(item, value)
        text = say_value_of(item, reading, value, catalogue) if reading else ""
        yield ScoreLine(
            unit=unit,
            placed=placed,
            rule=say_rule(item, catalogue),
            points=points,
            entered=dict(held),
            reading=reading,
            value=value,
            value_text=text,
        )


def _value(basis: Basis, reading: Reading) -> Decimal | None:
    """Return the number a rule is applied to, exact; None when it is not known."""
    if basis.of == "coverage":
        return Decimal(reading.reported) / Decimal(reading.expected) if reading.expected else None
    if basis.of == "change":
        known = reading.value is not None and reading.previous is not None
        return Decimal(str(reading.value)) - Decimal(str(reading.previous)) if known else None
    return None if reading.value is None else Decimal(str(reading.value))


def say_value_of(item: SchemeItem, reading: Reading, value: Decimal | None, catalogue: Catalogue) -> str:
    """Return the number a rule is applied to, in the usual words; one that only rounds to a bound is marked 接近."""
    of = item.basis.of if item.basis else "value"
    if value is None:
        return MISSING
    decimals = 1 if of == "coverage" else catalogue.indicators[reading.indicator].decimals
    if of == "change":
        return sign_change(float(value), reading.measure, decimals)
    measure = PERCENT if of == "coverage" else reading.measure
    text = say_value(float(value), measure, decimals)
    rounded = round_half_up(value * 100, decimals) / 100 if measure == PERCENT else round_half_up(value, decimals)
    near = "接近" if any(value < bound <= rounded for bound in bounds_of(item)) else ""
    cover = f"（{say_cover(reading)}）" if of == "coverage" else ""
    return f"{near}{text}{cover}"
