"""Validating forms, items, indicators and deadlines: what they refer to is declared, and fits each other."""

from collections import Counter
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Protocol

from base.errors import suggest
from base.formats import PERCENT
from stats.catalogue.code_lists import CodeList, Domain, Measure
from stats.catalogue.deadlines import FLOWS, Deadline
from stats.catalogue.form_checks import check_roles
from stats.catalogue.models import Column, Form, Indicator, Item

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
    def indicators(self) -> Mapping[str, Indicator]:
        """Return the indicators by code."""

    @property
    def domains(self) -> Mapping[str, Domain]:
        """Return the fields of work by code."""

    @property
    def codes(self) -> Mapping[str, CodeList]:
        """Return the code lists by name."""

    @property
    def measures(self) -> Mapping[str, Measure]:
        """Return the units of measure by code."""


def check_forms(declared: ItemNames) -> Iterator[str]:
    """Yield one sentence per fault of a form: its role, and the columns and words it names."""
    yield from check_roles(declared.forms.values())
    names = Counter(name for form in declared.forms.values() for name in {form.name, *form.aliases})
    for form in declared.forms.values():
        yield from (
            f"forms/{form.code}.yml：表名“{name}”和别的表重复，收到的表分不清是哪一张"
            for name in (form.name, *form.aliases)
            if names[name] > 1
        )
        yield from (f"forms/{form.code}.yml：栏的代码“{code}”重复" for code in _repeated(form))
    for form in declared.forms.values():
        known = {column.code for column in form.columns}
        named = {*form.subject, *form.key, *([form.date] if form.date else []), *form.checked_columns()}
        for code in sorted(named - known):
            yield f"forms/{form.code}.yml：没有名为“{code}”的栏{suggest(code, known)}"
        for column in form.columns:
            yield from _check_column(declared, form, column)


def _repeated(form: Form) -> list[str]:
    return [code for code, times in Counter(column.code for column in form.columns).items() if times > 1]


def _check_column(declared: ItemNames, form: Form, column: Column) -> Iterator[str]:
    where = f"forms/{form.code}.yml 栏“{column.code}”"
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
                yield f"forms/{form.code}.yml：没有报表“{rule.form}”{suggest(rule.form, declared.forms)}"
            elif rule.right not in other.by_code:
                near = suggest(rule.right, other.by_code)
                yield f"forms/{form.code}.yml：{other.code} 没有名为“{rule.right}”的栏{near}"
            elif len(other.key) > 1:
                yield f"forms/{form.code}.yml：{other.code} 的一行要由一栏认定，才能与它核对"
        for code in form.history.columns():
            if code in form.by_code and not form.column(code).numeric:
                yield f"forms/{form.code}.yml：“{code}”不是数字栏，不能与上季度相比"
        for code in form.history.alike:
            if code in form.by_code and not form.column(code).codes:
                yield f"forms/{form.code}.yml：“{code}”不是代码栏，不能用来分类"


def check_refers(declared: ItemNames) -> Iterator[str]:
    """Yield faults of forms that refer to a register."""
    for code, refers in ((form.code, form.refers) for form in declared.forms.values() if form.refers):
        if not (other := declared.forms.get(refers.form)) or not other.is_register or not other.label:
            yield f"forms/{code}.yml：refers 的“{refers.form}”不是写了 label 的名册"
    pairs = {form.code: {form.refers.form} for form in declared.forms.values() if form.refers}
    try:
        TopologicalSorter(pairs).prepare()
    except CycleError as circle:
        yield f"forms/{circle.args[1][0]}.yml：报表绕着圈互相对应：{' → '.join(circle.args[1])}"


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
        for code in sorted(set(item.bounded) & known):
            if not form.column(code).numeric:
                yield f"{where}：“{form.column(code).label}”不是数字栏，不能说多少才算"
        for code in set(item.where) & known:
            yield from _check_where(declared, item, form.column(code))
        if item.measure not in declared.measures:
            yield f"{where}：没有计量单位“{item.measure}”{suggest(item.measure, declared.measures)}"
        yield from (f"{where}：{fault}" for fault in _check_state(item, form))


def check_indicators(declared: ItemNames) -> Iterator[str]:
    """Yield one sentence per fault of an indicator: what it names, and whether its parts may be divided."""
    names = Counter(indicator.name for indicator in declared.indicators.values())
    for indicator in declared.indicators.values():
        where = f"indicators/{indicator.code}.yml"
        for code in (indicator.numerator, indicator.denominator):
            if code and code not in declared.items:
                yield f"{where}：没有数据项“{code}”{suggest(code, declared.items)}"
        if indicator.unit not in declared.measures:
            yield f"{where}：没有计量单位“{indicator.unit}”{suggest(indicator.unit, declared.measures)}"
        if indicator.domain not in declared.domains:
            yield f"{where}：没有领域“{indicator.domain}”{suggest(indicator.domain, declared.domains)}"
        for code in indicator.settings:
            if code not in declared.indicators:
                yield f"{where}：没有指标“{code}”{suggest(code, declared.indicators)}"
        if indicator.code in indicator.settings:
            yield f"{where}：换口径的指标里写了它自己，绕成了圈"
        if names[indicator.name] > 1:
            yield f"{where}：指标名称“{indicator.name}”重复"
        yield from (f"{where}：{fault}" for fault in _unlike(indicator, declared))


def _unlike(indicator: Indicator, declared: ItemNames) -> Iterator[str]:
    """Yield why the parts of an indicator do not fit its unit of measure: a share is of like things."""
    parts = [declared.items.get(code) for code in (indicator.numerator, indicator.denominator) if code]
    words = [declared.measures[part.measure].name for part in parts if part and part.measure in declared.measures]
    unit = declared.measures[indicator.unit].name if indicator.unit in declared.measures else ""
    if unit == PERCENT and len(words) == 2 and words[0] != words[1]:
        yield f"分子按{words[0]}计，分母按{words[1]}计，不是一类东西，不能相除成{PERCENT}"
    elif unit == PERCENT and indicator.denominator is None:
        yield f"计量单位是{PERCENT}，要有分母"
    elif unit and indicator.denominator is None and indicator.summary == "total" and words and words[0] != unit:
        yield f"数据项按{words[0]}计，指标却写的是{unit}"


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
            where = f"forms/{form.code}.yml 期限“{deadline.code}”"
            yield from (f"{where}：{fault}" for fault in _faults(deadline, form, declared))


def _check_done_if(form: Form, declared: ItemNames) -> Iterator[str]:
    for column in form.columns:
        for code, words in column.done_if.items():
            where = f"forms/{form.code}.yml 栏“{column.code}”（done_if）"
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
