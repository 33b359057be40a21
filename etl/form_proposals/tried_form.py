"""Tried form: what declaring a proposed form would come to, the very file read with it; nothing is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from base.china_days import today
from etl.form_proposals.declared_form import declared_with
from etl.form_proposals.proposed_form import ProposedForm
from etl.layout_proposals.own_table import OwnTable
from etl.layout_proposals.proposal import say_path
from etl.layout_proposals.saved_layout import free_code
from etl.layout_proposals.trial import LayoutTrial, try_layout
from stats.catalogue import Catalogue
from stats.catalogue_declared import Declared, catalogue_declared, declared_in
from store.catalogue_versions import newest

_KINDS = {
    "period": "时期",
    "unit": "单位",
    "date": "日期",
    "code": "从代码表里选",
    "text": "文字",
    "integer": "整数",
    "amount": "金额",
}


@dataclass(frozen=True, kw_only=True)
class TriedForm:
    """A form tried: what would be declared after which version, the catalogue then, and what the file comes to."""

    wanted: Declared
    after: int
    then: Catalogue
    trial: LayoutTrial


def try_form(
    store: Path, tables: Sequence[OwnTable], file: str, code: str, proposed: ProposedForm, domain: str, now: Catalogue
) -> TriedForm:
    """Return what a proposed form without open questions comes to. Raises UserError where it can't be declared."""
    after = newest(store)
    layout = free_code(code, set(now.layouts))
    wanted = declared_with(declared_in(store, after), code, layout, proposed, domain, now, today())
    then = catalogue_declared(store, wanted)
    return TriedForm(wanted=wanted, after=after, then=then, trial=try_layout(tables, then.layouts[layout], file, then))


def describe_form(proposed: ProposedForm, catalogue: Catalogue) -> Iterator[str]:
    """Yield a line for each column of a proposed form, and one for what is not taken."""
    for column in proposed.form["columns"]:
        measure = catalogue.measures.get(column.get("measure", ""))
        kind = f"数，{measure.name}" if measure else "数" if "measure" in column else _KINDS[column["type"]]
        yield f"  {column['name'].replace('/', '·')}：{kind}{'，必填' if column.get('required') else ''}"
    if proposed.layout.get("persons"):
        yield f"  不取，收件时抹去：{'、'.join(proposed.layout['persons'])}"
    if proposed.unread:
        yield f"  合计、累计和比率不加总，不读：{'、'.join(map(say_path, proposed.unread))}"
    unused = [heading["path"] for heading in proposed.layout["headings"] if not heading.get("columns")]
    if unused := [path for path in unused if path != proposed.layout.get("periods_in")]:
        yield f"  不用：{'、'.join(map(say_path, unused))}"
