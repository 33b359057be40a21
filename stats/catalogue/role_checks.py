"""Validating roles: one form a role, with the columns and the key that the queries of the role read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from base.errors import suggest
from stats.catalogue.models import ColumnType, Form, FormRole


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
        yield from (f"{form.code}.yml：{fault}" for fault in _faults(form, role))


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
