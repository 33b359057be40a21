"""Validating forms, items and deadlines: the columns and codes they refer to are declared, and fit each other."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from base.errors import suggest
from stats.catalogue.code_lists import CodeList, Measure
from stats.catalogue.deadlines import FLOWS, Deadline
from stats.catalogue.models import Column, Form, Item
from stats.catalogue.role_checks import check_roles

_INDICATORS = "indicator"
_TIMES = ("date", "moment")


class ItemNames(Protocol):
    """What an item may refer to."""

    @property
    def forms(self) -> Mapping[str, Form]:
        """Return the forms by code."""

    @property
    def items(self) -> Mapping[str, Item]:
        """Return the items by code."""

    @property
    def codes(self) -> Mapping[str, CodeList]:
        """Return the code lists by name."""

    @property
    def measures(self) -> Mapping[str, Measure]:
        """Return the units of measure by code."""


def check_forms(declared: ItemNames) -> Iterator[str]:
    """Yield one sentence per fault of a form: its role, and the columns and words it names."""
    yield from check_roles(declared.forms.values())
    for form in declared.forms.values():
        known = {column.code for column in form.columns}
        named = {*form.subject, *form.key, *([form.date] if form.date else []), *form.checked_columns()}
        for code in sorted(named - known):
            yield f"{form.code}.yml：没有名为“{code}”的栏{suggest(code, known)}"
        for column in form.columns:
            yield from _check_column(declared, form, column)


def _check_column(declared: ItemNames, form: Form, column: Column) -> Iterator[str]:
    where = f"{form.code}.yml 栏“{column.code}”"
    if column.type in ("code", "score") and column.codes not in declared.codes:
        yield f"{where}：没有代码表“{column.codes}”{suggest(column.codes or '', declared.codes)}"
    if column.measure and column.measure not in declared.measures:
        yield f"{where}：没有计量单位“{column.measure}”{suggest(column.measure, declared.measures)}"


def check_across(declared: ItemNames) -> Iterator[str]:
    """Yield faults of the rules between forms, and of columns in `history` that hold no numbers."""
    for form in declared.forms.values():
        for rule in form.across:
            other = declared.forms.get(rule.form)
            if other is None:
                yield f"{form.code}.yml：没有报表“{rule.form}”{suggest(rule.form, declared.forms)}"
            elif rule.right not in other.by_code:
                near = suggest(rule.right, other.by_code)
                yield f"{form.code}.yml：{other.code} 没有名为“{rule.right}”的栏{near}"
            elif len(other.key) > 1:
                yield f"{form.code}.yml：{other.code} 的一行要由一栏认定，才能与它核对"
        for code in form.history.columns():
            if code in form.by_code and not form.column(code).numeric:
                yield f"{form.code}.yml：“{code}”不是数字栏，不能与上季度相比"
        for code in form.history.alike:
            if code in form.by_code and not form.column(code).codes:
                yield f"{form.code}.yml：“{code}”不是代码栏，不能用来分类"


def check_refers(declared: ItemNames) -> Iterator[str]:
    """Yield faults of forms that refer to a register."""
    for code, refers in ((form.code, form.refers) for form in declared.forms.values() if form.refers):
        if not (other := declared.forms.get(refers.form)) or not other.is_register or not other.label:
            yield f"{code}.yml：refers 的“{refers.form}”不是写了 label 的名册"


def check_items(declared: ItemNames) -> Iterator[str]:
    """Yield one sentence per fault of an item, with the nearest known word."""
    for item in declared.items.values():
        where = f"items.yml {item.code}"
        if item.form not in declared.forms:
            yield f"{where}：没有报表“{item.form}”{suggest(item.form, declared.forms)}"
            continue
        form = declared.forms[item.form]
        known = {column.code for column in form.columns}
        for code in sorted(set(item.named_columns()) - known):
            yield f"{where}：{item.form} 没有名为“{code}”的栏{suggest(code, known)}"
        for code in set(item.where) & known:
            yield from _check_where(declared, item, form.column(code))
        if item.measure not in declared.measures:
            yield f"{where}：没有计量单位“{item.measure}”{suggest(item.measure, declared.measures)}"
        yield from (f"{where}：{fault}" for fault in _check_state(item, form))


def _check_where(declared: ItemNames, item: Item, column: Column) -> Iterator[str]:
    codes = declared.codes[column.codes or _INDICATORS]
    for wanted in item.wanted(column.code):
        if not codes.expand(wanted):
            yield f"items.yml {item.code}：代码表“{column.codes}”里没有“{wanted}”{suggest(wanted, codes.words())}"


def _check_state(item: Item, form: Form) -> Iterator[str]:
    if (item.deadline is None) != (item.state is None):
        yield "期限（deadline）和办到哪一步（state）要一起写"
    elif item.deadline is not None and item.state is not None:
        names = {deadline.code for deadline in form.deadlines}
        if item.deadline not in names:
            yield f"{form.code} 没有期限“{item.deadline}”{suggest(item.deadline, names)}"
        if (item.time == "sum") != (item.state in FLOWS):
            yield f"“{item.state}”要按 {'sum' if item.state in FLOWS else 'last'} 计"
        if item.distinct or not form.ledger:
            yield "办到哪一步（state）只能用于台账，也不能与 distinct 同用"


def check_deadlines(declared: ItemNames) -> Iterator[str]:
    """Yield one sentence per fault in the deadlines of the forms."""
    for form in declared.forms.values():
        yield from _check_done_if(form, declared)
        for deadline in form.deadlines:
            where = f"{form.code}.yml 期限“{deadline.code}”"
            yield from (f"{where}：{fault}" for fault in _faults(deadline, form, declared))


def _check_done_if(form: Form, declared: ItemNames) -> Iterator[str]:
    for column in form.columns:
        for code, words in column.done_if.items():
            where = f"{form.code}.yml 栏“{column.code}”（done_if）"
            if code not in form.by_code or form.column(code).codes not in declared.codes:
                yield f"{where}：没有名为“{code}”的代码栏{suggest(code, form.by_code)}"
                continue
            codes = declared.codes[form.column(code).codes or ""]
            wrong = [word for word in ((words,) if isinstance(words, str) else words) if not codes.expand(word)]
            yield from (f"{where}：代码表里没有“{word}”{suggest(word, codes.words())}" for word in wrong)


def _faults(deadline: Deadline, form: Form, declared: ItemNames) -> Iterator[str]:
    unknown = [code for code in deadline.columns() if code not in form.by_code]
    yield from (f"没有名为“{code}”的栏{suggest(code, form.by_code)}" for code in unknown)
    if unknown:
        return
    times = [deadline.start, deadline.end, *([deadline.until] if deadline.until else [])]
    kinds = {form.column(code).type for code in times}
    if len(kinds) > 1 or not kinds <= {*_TIMES}:
        yield f"{'、'.join(times)}要都是日期，或者都是日期时间"
    limits = [*deadline.limits.values(), *([deadline.limit] if deadline.limit else [])]
    if kinds == {"date"} and any(limit % 1 for limit in limits):
        yield "按天计的期限要是整天"
    if not form.column(deadline.start).required:
        yield f"“{deadline.start}”要必填，否则不知道从何时算起"
    if deadline.by:
        yield from _check_limits(deadline, form.column(deadline.by), declared)


def _check_limits(deadline: Deadline, column: Column, declared: ItemNames) -> Iterator[str]:
    codes = declared.codes.get(column.codes or "")
    if codes is None or not column.required:
        yield f"“{column.code}”要是必填的代码栏"
        return
    known = {entry.code for entry in codes.entries}
    yield from (f"代码表里没有“{code}”{suggest(code, known)}" for code in sorted(deadline.limits.keys() - known))
