"""Validating what a form is for and how often it is sent.

One form a role, with the columns and the key that the queries of the role read. What works by the quarter alone refuses
forms that are sent by the month, the half-year or the year.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from base.errors import suggest
from base.month_spans import QUARTER
from stats.catalogue.boards import (
    AgeingPanel,
    Board,
    ChangePanel,
    CoursePanel,
    FunnelPanel,
    GroupsPanel,
    LadderPanel,
    MatrixPanel,
    Panel,
    RecordsPanel,
    ResponsePanel,
    SplitPanel,
    StockPanel,
)
from stats.catalogue.deadlines import Frequency
from stats.catalogue.form_rules import Reporting, Thresholds
from stats.catalogue.models import ColumnType, Form, FormRole, Indicator, Item

_OfRows = AgeingPanel | FunnelPanel | ResponsePanel | RecordsPanel | MatrixPanel | LadderPanel
_WORDS: dict[Frequency, str] = {
    "month": "按月",
    "quarter": "按季",
    "half_year": "按半年",
    "year": "按年",
    "standing": "随时",
}


@dataclass(frozen=True)
class RoleNeeds:
    """What a form in a role must declare: columns with their types, and the columns that identify a row."""

    columns: dict[str, ColumnType]
    key: tuple[str, ...]


NEEDS = {
    FormRole.UNITS: RoleNeeds(
        {
            "unit_code": "text",
            "unit_name": "text",
            "level": "code",
            "parent": "text",
            "category": "code",
            "status": "code",
            "effective": "date",
            "successor": "text",
        },
        ("unit_code",),
    ),
    FormRole.TARGETS: RoleNeeds(
        {
            "indicator": "indicator",
            "unit": "unit",
            "year": "integer",
            "comparator": "code",
            "value": "number",
            "high": "number",
            "measure": "text",
            "document": "text",
            "issued": "date",
            "owner": "text",
            "due": "date",
            "state": "code",
            "date": "date",
            "remark": "text",
        },
        ("indicator", "unit", "year", "document"),
    ),
    FormRole.DOCUMENTS: RoleNeeds(
        {
            "document": "text",
            "number": "text",
            "issued": "date",
            "issuer": "text",
            "status": "code",
            "replaced_by": "text",
        },
        ("document",),
    ),
    FormRole.SCORES: RoleNeeds(
        {
            "scheme": "code",
            "unit": "unit",
            "item": "code",
            "self": "score",
            "checked": "score",
            "final": "score",
            "basis": "text",
            "remark": "text",
        },
        ("scheme", "unit", "item"),
    ),
}


def check_roles(forms: Iterable[Form]) -> Iterator[str]:
    """Yield one sentence per fault: a role on two forms, no register of organisations, a column a role lacks."""
    special = [(form, form.role) for form in forms if form.role]
    counts = Counter(role for _, role in special)
    for role in sorted(role for role, count in counts.items() if count > 1):
        named = "、".join(form.code for form, own in special if own == role)
        yield f"role“{role}”只能写在一张报表里，现在写在{named}里"
    if FormRole.UNITS not in counts:
        yield f"没有一张报表登记单位，请在单位名册的文件里写 role: {FormRole.UNITS}"
    for form, role in special:
        yield from (f"forms/{form.code}.yml：{fault}" for fault in _faults(form, role))


def _faults(form: Form, role: FormRole) -> Iterator[str]:
    needs = NEEDS[role]
    for code, kind in needs.columns.items():
        if code not in form.by_code:
            known = form.by_code.keys() - needs.columns.keys()
            yield f"role“{role}”要有名为“{code}”的栏{suggest(code, known)}"
        elif form.column(code).type != kind:
            yield f"role“{role}”的栏“{code}”的 type 要写 {kind}"
    if form.key != needs.key:
        yield f"role“{role}”的 key 要写 [{', '.join(needs.key)}]"


class FrequencyNames(Protocol):
    """What a form's frequency must fit."""

    @property
    def thresholds(self) -> Thresholds:
        """Return what is unusual, and by which items the size of an organisation is known."""

    @property
    def reporting(self) -> Reporting:
        """Return the rules of reporting."""

    @property
    def forms(self) -> Mapping[str, Form]:
        """Return the forms by code."""

    @property
    def items(self) -> Mapping[str, Item]:
        """Return the items by code."""

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """Return the indicators by code."""


class TotalNames(Protocol):
    """What a form of own totals may name."""

    @property
    def forms(self) -> Mapping[str, Form]:
        """Return the forms by code."""

    @property
    def items(self) -> Mapping[str, Item]:
        """Return the items by code."""


def check_frequencies(declared: FrequencyNames) -> Iterator[str]:
    """Yield one sentence per fault of a form that is sent neither by the quarter nor at any time."""
    for form in declared.forms.values():
        yield from (f"forms/{form.code}.yml：{fault}" for fault in _frequency_faults(form))
        others = (declared.forms.get(rule.form) for rule in form.across)
        for other in (other for other in others if other and other.months != form.months):
            yield f"forms/{form.code}.yml：{_say(form)}报的报表不能与{_say(other)}报的 {other.code} 逐行核对"
    sizes = {code for size in declared.thresholds.sizes.values() for code in size.items} | {declared.reporting.size}
    yield from _by_quarter("单位规模", (declared.forms.get(form) for form in sorted(_forms_of(sizes, declared))))
    for indicator in declared.indicators.values():
        for move in indicator.moves:
            named = [declared.forms.get(code) for code in (move.form, *([move.lacking.form] if move.lacking else []))]
            yield from _by_quarter(f"indicators/{indicator.code}.yml 举措“{move.name}”", named)


def check_totals(declared: TotalNames) -> Iterator[str]:
    """Yield one sentence per fault of a form of own totals (total_of): whose they are, of when, and of which items."""
    holders = Counter(item for form in declared.forms.values() for item in form.totals.values())
    taken = Counter(item.form for item in declared.items.values())
    for form in declared.forms.values():
        where = f"{form.code}.yml"
        if not form.totals:
            if form.rows_of or any(column.type == "period" for column in form.columns):
                yield f"{where}：时期栏（period）和 rows_of 只用于填单位总数（total_of）的报表"
            continue
        yield from (f"{where}：{fault}" for fault in _total_faults(form))
        if taken[form.code]:
            yield f"{where}：填单位总数（total_of）的报表不能再有自己的数据项，总数和明细要分开报"
        for code, name in form.totals.items():
            yield from (f"{where} 栏“{code}”：{fault}" for fault in _held_faults(form, code, name, declared))
            if holders[name] > 1:
                yield f"{where} 栏“{code}”：“{name}”的单位总数只能写在一栏里，否则分不清用哪个"


def _total_faults(form: Form) -> Iterator[str]:
    if "union" in (*form.assigned.level, *form.total_levels):
        yield "单位总数是县、乡镇、园区、系统的，不是基层工会的（assigned、about）"
    if form.role or form.deadlines or form.months < QUARTER:
        yield "填单位总数的报表不能有 role 和期限，也不能按月报"
    if not form.ledger:
        if form.standing or form.rows_of or form.key != form.subject:
            yield "一期一张的单位总数，要按季、按半年或按年报，一行由单位认定（key）"
    elif not (form.is_register and form.rows_of and form.date and form.key == (*form.subject, form.date)):
        yield "一行一个时期的单位总数，要写 standing、rows_of、until: next，一行由单位和时期认定（key）"
    elif form.by_code[form.date].type != "period":
        yield f"“{form.date}”要是时期栏（type: period）"


def _held_faults(form: Form, code: str, name: str, declared: TotalNames) -> Iterator[str]:
    item, column = declared.items.get(name), form.by_code[code]
    if item is None or item.form not in declared.forms:
        yield f"没有数据项“{name}”{suggest(name, declared.items)}"
        return
    if not column.numeric or column.measure != item.measure:
        yield f"“{item.name}”的计量单位是 {item.measure}，这一栏也要是它的数字栏"
    counted = declared.forms[item.form]
    if counted.role or form.row_months < counted.months:
        yield f"“{item.name}”按{_WORDS[counted.frequency]}的报表计，单位总数的时期不能比它短"


def check_panels(boards: Iterable[Board], declared: FrequencyNames) -> Iterator[str]:
    """Yield one sentence per panel that looks at single rows, or at the ends of a span, of forms of another length."""
    for board in boards:
        for panel in board.panels:
            where = f"boards/{board.code}.yml 图“{panel.code}”"
            yield from _by_quarter(where, [declared.forms.get(code) for code in _forms(panel, declared)])
            if isinstance(panel, CoursePanel) and len(_lengths(panel, declared)) > 1:
                yield f"{where}：一张走势图里的指标，报送周期要一样长"


def _lengths(panel: CoursePanel, declared: FrequencyNames) -> set[int]:
    """Return of how many quarters the numbers of a panel's indicators are."""
    named = [declared.indicators[code] for code in panel.indicators if code in declared.indicators]
    parts = [
        [code for code in (indicator.numerator, indicator.denominator) if code in declared.items] for indicator in named
    ]
    forms = [[declared.forms.get(declared.items[code].form) for code in codes if code] for codes in parts]
    return {max((form.quarters for form in own if form), default=1) for own in forms}


def _frequency_faults(form: Form) -> Iterator[str]:
    if form.months == QUARTER:
        return
    if form.role:
        yield f"有 role 的报表要按季报或随时报，不能{_say(form)}报"
    if form.ledger and form.quarters > 1:
        yield f"台账要按月或按季报，不能{_say(form)}报"
    if form.ledger and form.until is not None:
        yield f"{_say(form)}报的台账，一行只能是一件事，不能写 until"
    if form.deadlines:
        yield f"{_say(form)}报的报表不能写期限（deadlines）"


def _by_quarter(where: str, forms: Iterable[Form | None]) -> Iterator[str]:
    yield from (
        f"{where}：{form.code} {_say(form)}报，这里只能用按季报或随时报的报表"
        for form in forms
        if form and form.months != QUARTER
    )


def _say(form: Form) -> str:
    return _WORDS[form.frequency]


def _forms(panel: Panel, declared: FrequencyNames) -> list[str]:
    """Return the forms of whose single rows or quarters a panel is made."""
    if isinstance(panel, _OfRows):
        absent = getattr(panel, "lacking", None)
        return [panel.form, *([absent.form] if absent else [])]
    if isinstance(panel, GroupsPanel):
        return [panel.form, panel.listed]
    items = [panel.item] if isinstance(panel, ChangePanel | SplitPanel) else []
    if isinstance(panel, StockPanel):
        items = [panel.closing, *([panel.opening] if panel.opening else []), *panel.plus, *panel.minus]
    return _forms_of(items, declared)


def _forms_of(items: Iterable[str], declared: FrequencyNames) -> list[str]:
    return [declared.items[code].form for code in items if code in declared.items]
