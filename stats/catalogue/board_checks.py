"""Validating boards and moves: the indicators, items, forms, columns and codes they refer to are declared."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from base.errors import suggest
from stats.catalogue.boards import (
    PANELS,
    AgeingPanel,
    AreasPanel,
    Board,
    ChangePanel,
    Conditions,
    CoursePanel,
    DistancesPanel,
    FunnelPanel,
    GroupsPanel,
    LadderPanel,
    MatrixPanel,
    MultiplesPanel,
    Panel,
    RatesPanel,
    RecordsPanel,
    ResponsePanel,
    SplitPanel,
    StockPanel,
)
from stats.catalogue.code_lists import CodeList, Domain, Measure
from stats.catalogue.form_rules import Absent, Move, NotSince, Short, Within
from stats.catalogue.models import Column, Form, Indicator, Item

_OfRows = AgeingPanel | FunnelPanel | ResponsePanel | RecordsPanel | MatrixPanel | LadderPanel


class BoardNames(Protocol):
    """What a board may refer to."""

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
    def codes(self) -> Mapping[str, CodeList]:
        """Return the code lists by name."""

    @property
    def domains(self) -> Mapping[str, Domain]:
        """Return the domains by code."""

    @property
    def measures(self) -> Mapping[str, Measure]:
        """Return the units of measure by code."""


def known_keys(place: Sequence[str | int]) -> Iterable[str]:
    """Return the keys that are allowed where a fault in a board was found."""
    if "lacking" in place:
        return Absent.model_fields
    if "within" in place:
        return Within.model_fields
    if "not_since" in place:
        return NotSince.model_fields
    if "short" in place:
        return Short.model_fields
    kinds = [step for step in place if step in PANELS]
    return PANELS[str(kinds[0])].model_fields if kinds else Board.model_fields


def check_boards(boards: Iterable[Board], names: BoardNames) -> Iterator[str]:
    """Yield one sentence per fault, with the nearest known word."""
    for board in boards:
        where = f"boards/{board.code}.yml"
        yield from _unknown(where, "领域", board.domains, names.domains)
        codes = [panel.code for panel in board.panels]
        yield from (f"{where}：图的代码“{code}”重复" for code in sorted({c for c in codes if codes.count(c) > 1}))
        for panel in board.panels:
            yield from (f"{where} 图“{panel.code}”：{fault}" for fault in _check_panel(panel, names))


def _check_panel(panel: Panel, names: BoardNames) -> Iterator[str]:
    yield from _lacking("指标", _indicators(panel), names.indicators)
    yield from _lacking("数据项", _items(panel), names.items)
    if isinstance(panel, RatesPanel):
        units = {names.indicators[code].unit for code in panel.indicators if code in names.indicators}
        if len(units) > 1:
            yield f"并列的指标要用同一个计量单位，这里有 {'、'.join(sorted(units))}"
    elif isinstance(panel, SplitPanel):
        form = names.forms.get(names.items[panel.item].form) if panel.item in names.items else None
        if form:
            yield from _check_columns(form, [panel.by, *([panel.across] if panel.across else [])], ("code",))
    elif isinstance(panel, ChangePanel):
        item = names.items.get(panel.item)
        if item and (item.time != "last" or (item.form in names.forms and names.forms[item.form].ledger)):
            yield f"“{item.code}”不是按单位逐家报送的期末数，不能分解它的变化"
    elif isinstance(panel, GroupsPanel):
        yield from _check_groups(panel, names)
    elif isinstance(panel, _OfRows):
        yield from _lacking("报表", [panel.form], names.forms)
        if panel.form in names.forms:
            yield from _check_rows(panel, names.forms[panel.form], names)


def _check_groups(panel: GroupsPanel, names: BoardNames) -> Iterator[str]:
    yield from _lacking("报表", [panel.form, panel.listed], names.forms)
    yield from _lacking("计量单位", [panel.measure], names.measures)
    if panel.form in names.forms:
        yield from _check_columns(names.forms[panel.form], [panel.by, *panel.columns])
        yield from _check_conditions(panel.where, names.forms[panel.form], names)
    if panel.listed in names.forms:
        yield from _check_columns(names.forms[panel.listed], [panel.by])
        yield from _check_conditions(panel.of, names.forms[panel.listed], names)


def _check_matrix(panel: MatrixPanel | LadderPanel, form: Form, names: BoardNames) -> Iterator[str]:
    yield from _lacking("计量单位", [panel.measure], names.measures)
    if bool(panel.columns) == bool(panel.by):
        yield "各项要么是几栏（columns），要么是一栏的代码（by），写一样"
    answers = panel.columns or ([panel.answer] if panel.answer else [])
    yield from _check_columns(form, [*answers, *([panel.by] if panel.by else [])], ("code",))
    if bool(answers) != bool(panel.met):
        yield "要写明填什么才算有（met），各栏（columns）或回答的栏（answer）按它判断"
    for column in (form.by_code[code] for code in answers if code in form.by_code):
        if column.codes in names.codes:
            yield from _check_words(column, [panel.met] if isinstance(panel.met, str) else panel.met, names.codes)
    share = names.indicators.get(panel.indicator or "")
    if share and share.numerator in names.items and names.items[share.numerator].form != form.code:
        yield f"指标“{share.code}”不是按《{form.name}》算的"


def _check_rows(panel: _OfRows, form: Form, names: BoardNames) -> Iterator[str]:
    yield from _check_conditions(panel.where, form, names)
    if isinstance(panel, MatrixPanel | LadderPanel):
        yield from _check_matrix(panel, form, names)
        return
    if isinstance(panel, AgeingPanel):
        yield from _check_ageing(panel, form, names)
        return
    if isinstance(panel, FunnelPanel):
        yield from _check_columns(form, panel.stages, ("date",))
        yield from (f"“{code}”不在各步（stages）里" for code in panel.limits if code not in panel.stages[1:])
        return
    if isinstance(panel, ResponsePanel):
        yield from _check_deadline(panel.deadline, form)
        yield from _lacking("计量单位", [panel.measure], names.measures)
        yield from _check_columns(form, [panel.by] if panel.by else [], ("code",))
        return
    yield from _check_list(panel, form, names)


def _check_deadline(code: str, form: Form) -> Iterator[str]:
    known = [deadline.code for deadline in form.deadlines]
    yield from (f"{form.code} 的{fault}" for fault in _lacking("期限", [code], known))


def _check_list(panel: RecordsPanel, form: Form, names: BoardNames) -> Iterator[str]:
    yield from _check_columns(form, [*panel.columns, panel.sort])
    if panel.measure:
        yield from _lacking("计量单位", [panel.measure], names.measures)
    if panel.total:
        yield from _check_columns(form, [panel.total], ("integer", "amount", "number"))
    if panel.short:
        yield from _check_columns(form, [panel.short.of, panel.short.by], ("integer", "amount", "number"))
    if panel.within:
        yield from _check_columns(form, [panel.within.column], ("date",))
        yield from _check_columns(form, panel.within.renewed)
    if panel.not_since:
        yield from _check_columns(form, [panel.not_since.column], ("date",))
    if panel.lacking:
        yield from _check_absent(panel.lacking, form, names)
    if panel.open:
        yield from _check_deadline(panel.open, form)


def _check_ageing(panel: AgeingPanel, form: Form, names: BoardNames) -> Iterator[str]:
    yield from _check_columns(form, filter(None, [panel.since, panel.done, panel.until]), ("date",))
    yield from _check_columns(form, [panel.by] if panel.by else [], ("code",))
    yield from _check_columns(form, [panel.total] if panel.total else [], ("integer", "amount", "number"))
    yield from _check_columns(form, panel.renewed)
    yield from _lacking("计量单位", [panel.measure], names.measures)


def _check_absent(absent: Absent, form: Form, names: BoardNames) -> Iterator[str]:
    yield from _check_columns(form, [absent.by])
    yield from _lacking("报表", [absent.form], names.forms)
    other = names.forms.get(absent.form)
    if other:
        yield from _check_columns(other, [absent.by])
        yield from _check_conditions(absent.where, other, names)


def check_moves(indicators: Iterable[Indicator], names: BoardNames) -> Iterator[str]:
    """Yield one sentence per fault in the moves that indicators declare."""
    for indicator in indicators:
        for move in indicator.moves:
            where = f"indicators/{indicator.code}.yml 举措“{move.name}”"
            yield from (f"{where}：{fault}" for fault in _check_move(indicator, move, names))


def _check_move(indicator: Indicator, move: Move, names: BoardNames) -> Iterator[str]:
    if not indicator.is_rate:
        yield "只有比率能逐家列出还差哪些，这个指标没有分母"
    if move.less and not move.adds:
        yield "写了要减去的栏（less），就要写加上的栏（adds）"
    yield from _lacking("报表", [move.form], names.forms)
    form = names.forms.get(move.form)
    if form:
        numbers = [code for code in (move.adds, move.less) if code]
        yield from _check_columns(form, numbers, ("integer", "amount", "number"))
        yield from _check_conditions(move.where, form, names)
        if move.lacking:
            yield from _check_absent(move.lacking, form, names)


def _check_columns(form: Form, codes: Iterable[str], types: Collection[str] = ()) -> Iterator[str]:
    for code in codes:
        if code not in form.by_code:
            yield f"{form.code} 没有名为“{code}”的栏{suggest(code, form.by_code)}"
        elif types and form.column(code).type not in types:
            yield f"{form.code} 的栏“{code}”不合用：它的类型是 {form.column(code).type}，这里要 {'、'.join(types)}"


def _check_conditions(conditions: Conditions, form: Form, names: BoardNames) -> Iterator[str]:
    for code, wanted in conditions.items():
        yield from _check_columns(form, [code], ("code",))
        column = form.by_code.get(code)
        if column and column.codes in names.codes:
            yield from _check_words(column, [wanted] if isinstance(wanted, str) else wanted, names.codes)


def _check_words(column: Column, words: Iterable[str], codes: Mapping[str, CodeList]) -> Iterator[str]:
    known = codes[column.codes or ""]
    for word in words:
        if not known.expand(word):
            yield f"代码表“{column.codes}”里没有“{word}”{suggest(word, known.words())}"


def _indicators(panel: Panel) -> tuple[str, ...]:
    if isinstance(panel, CoursePanel | RatesPanel | DistancesPanel):
        return panel.indicators
    if isinstance(panel, MatrixPanel | LadderPanel):
        return (panel.indicator,) if panel.indicator else ()
    return (panel.indicator,) if isinstance(panel, AreasPanel | MultiplesPanel) else ()


def _items(panel: Panel) -> tuple[str, ...]:
    if isinstance(panel, SplitPanel | ChangePanel):
        return (panel.item,)
    if isinstance(panel, MatrixPanel | LadderPanel):
        return (panel.among,) if panel.among else ()
    if isinstance(panel, StockPanel):
        return (panel.closing, *([panel.opening] if panel.opening else []), *panel.plus, *panel.minus)
    return ()


def _unknown(where: str, what: str, codes: Iterable[str], known: Collection[str]) -> Iterator[str]:
    yield from (f"{where}：{fault}" for fault in _lacking(what, codes, known))


def _lacking(what: str, codes: Iterable[str], known: Collection[str]) -> Iterator[str]:
    yield from (f"没有{what}“{code}”{suggest(code, known)}" for code in codes if code not in known)
