"""Column sums: columns that claim to be sums of others (合计 after the months, 小计 of a group), checked row by row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.labels.derived_labels import derived_label
from etl.labels.total_labels import bare_label, counts_from_before, total_rank
from etl.layout.table import ColumnTotal, SumCheck, Table, TableColumn, TableRow
from etl.layout.text_kinds import is_rate, is_ratio, is_subset, scale_of
from etl.sums.column_totals import Sums
from etl.sums.period_labels import period_rank
from etl.sums.scope import RankedRows

_SHARE = 0.5  # minimum share of rows in which a column has to be the sum of others
_NAMED = 5
_RUNS = range(2, 13)  # so many columns right beside it may make up another
_NAMED_TOTAL = re.compile(r".(?:总数|总额|总量|总人数|总户数)(?:\(.*\))?$")  # 会员总数, a sum where its figures say so
_PARTIAL = ("小计", "分计")


@dataclass(frozen=True)
class _Tried:
    """Candidate columns for a sum, the number of rows in which they add up, and the rows in which they don't."""

    parts: tuple[TableColumn, ...]
    agreeing: int
    differs: tuple[SumCheck, ...]

    @property
    def share(self) -> float:
        """Return the share of rows that agree; a single comparable row decides by itself."""
        held = self.agreeing + len(self.differs)
        return self.agreeing / held if held else 0.0


def check_columns(table: Table, sums: Sums) -> tuple[list[ColumnTotal], list[str]]:
    """Return the columns that are sums of others with the rows in which they differ, and remarks.

    A column counts as a sum if its heading says so and at least half of its rows agree.
    """
    figures = [column for column in table.columns if column.role in ("figure", "total")]
    ranks = _ranks(figures)
    rows = [row for row in _rows(table) if not is_rate(row.label) and not is_ratio(row.measure)]
    checks, remarks = [], list[str]()
    for column in figures:
        if not ranks[column.number]:
            continue
        tried = [_try(column, parts, rows, sums) for parts in _candidates(column, figures, ranks)]
        best = max(tried, key=lambda candidate: candidate.share, default=None)
        if best is None or not best.agreeing + len(best.differs):
            continue
        if best.share >= _SHARE:
            checks.append(ColumnTotal(column, best.parts, best.agreeing, best.differs))
            remarks += _say(table, checks[-1], rows, sums)
        elif _is_plain(column) and not any(_is_part(part) or not _grouped(part, column) for part in best.parts):
            remarks.append(f"{sums.name(column.number)}这一栏多数行不是 {_letters(best.parts)} 列之和，没有按合计核对")
    return checks, remarks


def _rows(table: Table) -> list[TableRow]:
    rows = [*table.details, *(total.row for total in table.totals), *(part.row for part in table.subsets)]
    return sorted(rows, key=lambda row: row.row)


def _ranks(figures: Sequence[TableColumn]) -> dict[int, int]:
    """Return for each column the rank of its headings as a sum: 2, 1, or 0."""
    timed = period_rank([column.path[-1] if column.path else "" for column in figures])
    return {
        column.number: max(
            [of_time, bool(_NAMED_TOTAL.search("".join(column.path[-1:]))), *map(total_rank, column.path)]
        )
        for column, of_time in zip(figures, timed, strict=True)
    }


def _candidates(
    column: TableColumn, figures: Sequence[TableColumn], ranks: Mapping[int, int]
) -> Iterator[tuple[TableColumn, ...]]:
    """Yield sets of at least two columns that one may be the sum of, the likeliest first."""
    level = max((n for n, part in enumerate(column.path) if total_rank(part)), default=len(column.path) - 1)
    alike = [figure for figure in figures if figure is not column and _apart(figure, column, level)]
    measured_alike = [
        figure for figure in figures if figure is column or (_adds_up(figure) and _measured_alike(figure, column))
    ]
    outline = RankedRows([ranks[column.number] for column in measured_alike])
    at = measured_alike.index(column)
    spans = [[part for part in measured_alike[slice(*span)] if not ranks[part.number]] for span in outline.spans(at)]
    grouped = [figure for figure in figures if 1 < len(column.path) < len(figure.path) and _grouped(figure, column)]
    ways = [[part for part in alike if _adds_up(part) and _measured_alike(part, column)], *spans, grouped]
    runs = [measured_alike[at + 1 : at + 1 + n] for n in _RUNS] + [measured_alike[max(0, at - n) : at] for n in _RUNS]
    ways += [run for run in runs if not any(ranks[column.number] for column in run)]
    yield from dict.fromkeys(tuple(part for part in way if part is not column) for way in ways if len(way) > 1)


def _apart(part: TableColumn, column: TableColumn, level: int) -> bool:
    """Return whether two columns have the same headings but for one level, at which `part` is not a sum."""
    if len(part.path) != len(column.path) or not column.path:
        return False
    own, other = column.path, part.path
    return (*own[:level], *own[level + 1 :]) == (*other[:level], *other[level + 1 :]) and not total_rank(other[level])


def _grouped(part: TableColumn, column: TableColumn) -> bool:
    """Return whether a column shares its first heading with another column."""
    return len(column.path) < 2 or part.path[:1] == column.path[:1]


def _adds_up(column: TableColumn) -> bool:
    return not any(derived_label(part) or counts_from_before(part) or is_subset(part) for part in column.path)


def _measured_alike(column: TableColumn, other: TableColumn) -> bool:
    return not column.measure or not other.measure or scale_of(column.measure)[1] == scale_of(other.measure)[1]


def _is_part(column: TableColumn) -> bool:
    return any(map(is_subset, column.path))


def _is_plain(column: TableColumn) -> bool:
    """Return whether a column's heading says no more than that it is a sum: 合计, 总计, 小计."""
    last = column.path[-1] if column.path else ""
    return (total_rank(last) == 2 or bare_label(last) in _PARTIAL) and not counts_from_before(last)


def _try(column: TableColumn, parts: tuple[TableColumn, ...], rows: Iterable[TableRow], sums: Sums) -> _Tried:
    agreeing, differs = 0, []
    for row in rows:
        written = sums.at(row.row, column.number)
        held = [(part, number) for part in parts if (number := sums.at(row.row, part.number)) is not None]
        if written is None or not held or not (written or any(number for _, number in held)):
            continue
        added = sum(number * _times(part, column) for part, number in held)
        if abs(added - written) <= _allowed(row.row, column, parts, sums) + 1e-9 * (1 + abs(written)):
            agreeing += 1
        elif added > written or not any(sums.is_unread(row.row, part.number) for part in parts):
            differs.append(SumCheck(row.row, written, round(added, 6)))
    return _Tried(parts, agreeing, tuple(differs))


def _times(part: TableColumn, total: TableColumn) -> float:
    """Return the factor from a part's unit to the total's: 元 among 万元."""
    if not part.measure or not total.measure:
        return 1.0
    return scale_of(part.measure)[0] / scale_of(total.measure)[0]


def _allowed(row: int, column: TableColumn, parts: Sequence[TableColumn], sums: Sums) -> float:
    """Return the tolerance of a sum of rounded decimals."""
    places = max(sums.places(row, column.number) for column in (column, *parts))
    return 0.5 * 10.0**-places * (len(parts) + 1) if places else 0.0


def _say(table: Table, total: ColumnTotal, rows: Iterable[TableRow], sums: Sums) -> Iterator[str]:
    labels = {row.row: row.label for row in rows}
    for check in total.differs[:_NAMED]:
        name = f"第 {check.row} 行“{labels[check.row]}”{sums.name(total.column.number)}"
        yield f"{name}写的是 {check.written:.12g}，{_letters(total.covers)} 列相加 {check.added:.12g}，不符"
    if len(total.differs) > _NAMED:
        yield f"{sums.name(total.column.number)}这一栏共有 {len(total.differs)} 行与各栏之和不符"


def _letters(parts: Sequence[TableColumn]) -> str:
    letters = [part.letter for part in parts]
    return "、".join(letters) if len(letters) < 5 else f"{letters[0]}、{letters[1]}……{letters[-1]}"
