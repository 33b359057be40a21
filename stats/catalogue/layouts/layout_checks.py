"""Validating table layouts: each column of the form is filled once at most, and everything named is there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from base.errors import UserError, suggest
from base.month_spans import parse_period
from stats.catalogue.layouts import TableHeading, TableLayout


class _Column(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def default(self) -> str | None: ...


class _Form(Protocol):
    @property
    def columns(self) -> Sequence[_Column]: ...
    @property
    def months(self) -> int: ...


def check_layouts(layouts: Iterable[TableLayout], forms: Mapping[str, _Form]) -> Iterator[str]:
    """Yield one sentence per fault of the layouts."""
    layouts = list(layouts)
    yield from _alike(layouts)
    for layout in layouts:
        where = f"layouts/{layout.code}.yml"
        form = forms.get(layout.form)
        if form is None:
            yield f"{where}：没有报表“{layout.form}”{suggest(layout.form, forms)}"
            continue
        for fault in (*_columns(layout, form), *_side_by_side(layout), *_paths(layout), *_days(layout, form)):
            yield f"{where}：{fault}"


def _alike(layouts: Sequence[TableLayout]) -> Iterator[str]:
    """Yield a fault for each layout that has the headings of an earlier one for the same year, or for any.

    No table could be told apart.
    """
    earlier: dict[frozenset[str], list[TableLayout]] = {}
    for layout in layouts:
        alike = earlier.setdefault(frozenset([*layout.paths, *layout.persons]), [])
        if other := next((each for each in alike if each.is_for(layout.year) or layout.year is None), None):
            yield f"layouts/{layout.code}.yml：栏头和表式“{other.name}”的一样，分不清一张表是哪一个"
        alike.append(layout)


def _columns(layout: TableLayout, form: _Form) -> Iterator[str]:
    known = {column.code: column for column in form.columns}
    filled = [code for heading in layout.headings if not heading.fixed for code in heading.columns]
    side_codes = [_filled_by(heading) for heading in layout.headings if heading.fixed]
    filled += [each.column for each in layout.fixed]
    filled += [code for code in (layout.named_by_sheet, layout.turned, layout.period_as) if code]
    filled += sorted({code for codes in side_codes for code in codes})
    named = [*filled, *(meant.column for meant in layout.words), *([layout.dated_by] if layout.dated_by else [])]
    for code in sorted({*named} - known.keys()):
        yield f"报表“{layout.form}”没有栏“{code}”{suggest(code, known)}"
    for code, times in Counter(filled).items():
        if times > 1:
            yield f"栏“{code}”有 {times} 处来填，只能有一处"
    for code, column in known.items():
        if column.required and not column.default and code not in filled:
            yield f"必填的栏“{column.name}”（{code}）没有来处"


def _side_by_side(layout: TableLayout) -> Iterator[str]:
    """Yield a fault for each column that two headings of one row fill."""
    for group in layout.side_groups:
        codes = Counter(code for heading in layout.headings if heading.fixed == group for code in heading.columns)
        for code, times in codes.items():
            if times > 1:
                names = "、".join(each.value for each in group)
                yield f"“{names}”的栏“{code}”有 {times} 处来填，只能有一处"


def _is_period(text: str, months: int) -> bool:
    try:
        return bool(parse_period(text, months))
    except UserError:
        return False


def _filled_by(heading: TableHeading) -> list[str]:
    return [*heading.columns, *(each.column for each in heading.fixed)]


def _paths(layout: TableLayout) -> Iterator[str]:
    paths = [heading.path for heading in layout.headings] + [*layout.persons]
    for path, times in Counter(paths).items():
        if times > 1:
            yield f"栏头“{path}”写了 {times} 次"
    for named in (layout.periods_in, layout.within):
        if named and named not in layout.paths:
            yield f"栏头里没有“{named}”"


def _days(layout: TableLayout, form: _Form) -> Iterator[str]:
    types = {column.code: column.type for column in form.columns}
    for heading in layout.headings:
        if (
            len(heading.columns) > 1
            and not heading.bound
            and any(types.get(code) != "date" for code in heading.columns)
        ):
            yield f"“{heading.path}”一格里有两个日期，填的两栏都要是日期"
        if heading.suffix and any(types.get(code) not in ("unit", "text") for code in heading.columns):
            yield f"“{heading.path}”后面要补字，填的栏要是单位或文字"
    if layout.period and not _is_period(layout.period, form.months):
        yield f"“{layout.period}”不是这张报表的一期"
    if layout.dated_by and types.get(layout.dated_by, "date") not in ("date", "period"):
        yield f"按“{layout.dated_by}”这一栏认报告期，它要是日期或时期"
