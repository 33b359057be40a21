"""Outliers: is a single number an outlier in its column?

Every number is compared with similar rows: those of the return and, while these are few, those in force for the
neighbouring quarters. The same is done for quotients (元/户). A row whose own number in a neighbouring quarter was of
that size is not asked about again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, repeat
from math import inf, log10
from statistics import median

from etl.check.finding_writer import FindingWriter
from etl.known import Column, Known
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.model.rules import OUT_OF_LINE, UNIT_SLIP
from stats.catalogue.form_rules import Each, Far

_SIGMA = 1.4826  # standard deviations per median absolute deviation, for a normal distribution
_NEAR = 10  # a row's own neighbouring number explains one up to this factor larger or smaller
_SEVERAL = 3
_NUMBER = (int, float)
_Kind = tuple[object, ...]  # the values of the columns by which rows are similar
_Far = dict[int, float]  # by the index of an outlying row: the usual number


@dataclass(frozen=True)
class _Quantity:
    """What is checked: a column, or with `per` its quotient by another."""

    code: str
    ratio: float
    per: str | None = None

    @property
    def codes(self) -> list[str]:
        """Return the columns it is computed from."""
        return [self.code, self.per] if self.per else [self.code]


class _Neighbours:
    """The rows that those of a return are compared with, by kind."""

    def __init__(self, filed: Return, known: Known, far: Far) -> None:
        self._found = filed
        self._known = known
        self._limits = far
        self._past: dict[tuple[_Quantity, int], list[tuple[_Kind, float]]] = {}

    @cached_property
    def kinds(self) -> list[_Kind]:
        """Return the kind of each row of the return."""
        columns = [self._found.column(code) for code in self._found.form.history.alike]
        return list(zip(*columns, strict=True)) if columns else [()] * self._found.size

    def numbers(self, quantity: _Quantity) -> list[float | None]:
        """Return the quantity row by row, None where blank or zero."""
        return _reckon([self._found.column(code) for code in quantity.codes])

    def far(self, quantity: _Quantity) -> _Far:
        """Return the rows with outlying numbers, with what is usual for their kind."""
        numbers = self.numbers(quantity)
        by_kind: dict[_Kind, list[int]] = {}
        for number, kind in enumerate(self.kinds):
            if numbers[number] is not None:
                by_kind.setdefault(kind, []).append(number)
        return {
            number: middle
            for kind, rows in by_kind.items()
            for number, middle in self._far_of_kind(quantity, kind, {row: numbers[row] or 0.0 for row in rows})
        }

    def _far_of_kind(self, quantity: _Quantity, kind: _Kind, own: dict[int, float]) -> Iterator[tuple[int, float]]:
        pool, ratio = list(own.values()), quantity.ratio
        if len(pool) < self._limits.enough:
            pool += islice((number for other, number in self._others(quantity) if other == kind), self._limits.enough)
        if len(pool) < self._limits.rows:
            pool = [number for number in self.numbers(quantity) if number] + [n for _, n in self._others(quantity)]
            ratio *= self._limits.unlike
        if len(pool) < self._limits.rows:
            return
        middle = median(pool)
        outside = {row: number for row, number in own.items() if not middle / ratio <= number <= middle * ratio}
        bound = self._limits.spreads * _SIGMA * median(abs(log10(n / middle)) for n in pool) if outside else 0.0
        yield from ((row, middle) for row, number in outside.items() if abs(log10(number / middle)) > bound)

    def _others(self, quantity: _Quantity) -> Iterator[tuple[_Kind, float]]:
        """Yield the kinds and numbers in force for the neighbouring quarters, the nearest first."""
        steps = sorted(range(-self._limits.quarters, self._limits.quarters + 1), key=abs)
        if self._found.form.until == "next":  # what is in force in a quarter includes all before it
            steps = [0]
        for step in steps:
            if (quantity, step) not in self._past:
                self._past[quantity, step] = self._in_quarter(quantity, step)
            yield from self._past[quantity, step]

    def _in_quarter(self, quantity: _Quantity, step: int) -> list[tuple[_Kind, float]]:
        first, *more = (self._column(code, step) for code in quantity.codes)
        alike = [self._column(code, step) for code in self._found.form.history.alike]
        numbers = _reckon([first.values(), *([column.get(key) for key in first] for column in more)])
        kinds = zip(*([column.get(key) for key in first] for column in alike), strict=True) if alike else repeat(())
        return [(kind, number) for kind, number in zip(kinds, numbers, strict=False) if number is not None]

    def explained(self, code: str, number: int) -> bool:
        """Return whether the row's own number in a neighbouring quarter is of the same order of magnitude."""
        (own,) = _reckon([[self._found.column(code)[number]]])
        key = self._found.keys[number]
        for (other,) in (_reckon([[self._column(code, step).get(key)]]) for step in (-1, 1)):
            if own and other and 1 / _NEAR <= own / other <= _NEAR:
                return True
        return False

    def _column(self, code: str, step: int) -> Column:
        return self._known.column(self._found.form.code, self._found.period + step, code)


def check_spread(filed: Return, known: Known, far: Far, writer: FindingWriter) -> list[Finding]:
    """Return the findings on outlying numbers; if most of a column are, it is reported once."""
    if not filed.size:
        return []
    neighbours = _Neighbours(filed, known, far)
    whole: list[Finding] = []
    by_cell: dict[tuple[int, str], Finding] = {}
    for column in filed.form.sized:
        quantity = _Quantity(column.code, far.ratio.get(column.measure or "", far.otherwise))
        wrong = {
            row: usual for row, usual in neighbours.far(quantity).items() if not neighbours.explained(column.code, row)
        }
        if len(wrong) >= _SEVERAL and 2 * len(wrong) >= sum(n is not None for n in neighbours.numbers(quantity)):
            whole.append(_tell_column(column.code, wrong, filed, writer))
        else:
            by_cell |= {
                (row, column.code): _tell(column.code, row, usual, filed, writer) for row, usual in wrong.items()
            }
    for each in filed.form.history.each:
        if not {finding.column for finding in whole} & {writer.label(each.column), writer.label(each.per)}:
            for row, usual in _far_each(each, neighbours, far).items():
                if not by_cell.keys() & {(row, each.column), (row, each.per)}:
                    by_cell[row, each.column] = _tell_each(each, row, usual, filed, writer)
    return whole + [by_cell[place] for place in sorted(by_cell)]


def _far_each(each: Each, neighbours: _Neighbours, far: Far) -> dict[int, float | None]:
    """Return the rows beyond a limit, with None, and the outliers on a side that has a limit."""
    quantity = _Quantity(each.column, far.each, each.per)
    numbers = neighbours.numbers(quantity)
    low, high = each.least or 0.0, each.most or inf
    wrong: dict[int, float | None] = {
        row: usual
        for row, usual in neighbours.far(quantity).items()
        if (each.least if (numbers[row] or 0.0) < usual else each.most) is not None
    }
    wrong |= {row: None for row, number in enumerate(numbers) if number is not None and not low <= number <= high}
    return dict(sorted(wrong.items()))


def _reckon(columns: Sequence[Iterable[object]]) -> list[float | None]:
    """Return the magnitudes of a column's numbers, or of its quotients by another; None where one is blank or zero."""
    sizes, *by = ([_size(value) for value in column] for column in columns)
    for divisors in by:
        sizes = [size / other if size and other else None for size, other in zip(sizes, divisors, strict=True)]
    return sizes


def _size(value: object) -> float | None:
    return abs(float(value)) if isinstance(value, _NUMBER) and value else None


def _tell(code: str, number: int, usual: float, filed: Return, writer: FindingWriter) -> Finding:
    row, form = filed.row(number), filed.form.code
    value = row.number(code) or 0.0
    return writer.at(
        row,
        code,
        OUT_OF_LINE,
        "usual",
        row=writer.named(row),
        label=writer.label(code),
        value=writer.value(form, code, value),
        usual=writer.value(form, code, usual),
        times=_times(abs(value), usual),
    )


def _tell_column(code: str, wrong: dict[int, float], filed: Return, writer: FindingWriter) -> Finding:
    first, form = filed.row(next(iter(wrong))), filed.form.code
    total = sum(filed.row(number).number(code) or 0.0 for number in wrong)
    value, added, usual = (
        writer.value(form, code, number) for number in (first.number(code), total, median(wrong.values()))
    )
    return writer.on_sheet(
        UNIT_SLIP,
        "spread",
        column=code,
        severity="confirm",
        row=writer.named(first),
        label=writer.label(code),
        value=value,
        count=len(wrong),
        sum=added,
        usual=usual,
    )


def _tell_each(each: Each, number: int, usual: float | None, filed: Return, writer: FindingWriter) -> Finding:
    row = filed.row(number)
    (size,) = _reckon([[row.number(each.column)], [row.number(each.per)]])
    if usual is not None:
        wording, bound = "each_usual", usual
    elif each.most is not None and (size or 0.0) > each.most:
        wording, bound = "each_most", each.most
    else:
        wording, bound = "each_least", each.least or 0.0
    value, limit = (
        writer.value(filed.form.code, each.column, float(f"{number:.4g}")) for number in (size or 0.0, bound)
    )
    return writer.at(
        row,
        each.column,
        OUT_OF_LINE,
        wording,
        row=writer.named(row),
        numbers=[writer.number(row, code) for code in (each.column, each.per)],
        measure=writer.measure(each.per),
        value=value,
        limit=limit,
    )


def _times(value: float, usual: float) -> float:
    return max(value, usual) / min(value, usual)
