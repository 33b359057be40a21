"""Who has not reported: size, forms, and state."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from base.formats import say_value
from etl.collection.status import MissingReturn
from etl.model.receipt_state import MissingState
from pages.returns.quarter_choice import Collecting
from pages.shared.fold import say_rest
from pages.shared.paging import page_of
from pages.view.person import is_sender

_PAGE = 20
_AT_FIRST = 5  # rows on a phone, as look.css says
_STATES = {
    MissingState.MISSING: ("behind", "✕ 未报：请催报"),
    MissingState.RETURNED: ("behind", "△ 已退回：等更正的报表"),
    MissingState.HELD: ("asked", "△ 待核实：在下面的收退记录里确认"),
}
# The same, told to the clerk who has to report.
_OWED = {
    MissingState.MISSING: ("behind", "✕ 未报：请填好报来"),
    MissingState.RETURNED: ("behind", "△ 已退回：请照退回单改好再报"),
    MissingState.HELD: ("asked", "△ 待核实：等县总工会核实，填错的请改正再报"),
}


def draw_missing(collection: Collecting) -> None:
    """Draw one row per organisation and state, the largest first."""
    groups: dict[tuple[str, str], list[MissingReturn]] = {}
    for filing in collection.status.missing:
        groups.setdefault((filing.unit, filing.state), []).append(filing)
    ordered = sorted(groups.values(), key=lambda group: (-(group[0].size or -1), group[0].unit))
    shown = page_of(ordered, "家", "missing", _PAGE)
    rows = "".join(map(_row, shown))
    head = "<tr><th>单位</th><th class=words>缺的表</th><th class=words>到哪一步了</th><th>上次报的规模</th></tr>"
    table = f'<table class="plain missing"><thead>{head}</thead><tbody>{rows}</tbody></table>'
    st.html(f'<div class="folded few-rows">{table}{say_rest(len(shown) - _AT_FIRST, "家")}</div>')


def _row(group: Sequence[MissingReturn]) -> str:
    missing = group[0]
    area = f"<small>{escape(missing.area_name)}</small>" if missing.area_name != missing.unit_name else ""
    forms = "、".join(escape(missing.form_name) for missing in group)
    kind, words = (_OWED if is_sender() else _STATES)[missing.state]
    size = say_value(missing.size, missing.size_measure)
    return (
        f'<tr><td>{escape(missing.unit_name)}{area}</td><td class="words">{forms}</td>'
        f'<td class="words"><span class="{kind}">{words}</span></td><td class="strong">{size}</td></tr>'
    )
