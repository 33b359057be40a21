"""The tree of a register that is proposed: its areas, each with its unions to fold out."""

from html import escape

import streamlit as st

from etl.unit_lists.describe_register import AreaInTree, areas_in_tree
from etl.unit_lists.proposed_register import ProposedRegister
from stats.catalogue import Catalogue


def draw_tree(register: ProposedRegister, catalogue: Catalogue) -> None:
    """Draw the county and its areas as a table; the unions of each fold out below its name."""
    rows = "".join(_row(area) for area in areas_in_tree(register, catalogue))
    st.html(
        '<div class="scroll"><table class="plain"><thead><tr><th>乡镇、园区、系统</th><th class="words">层级</th>'
        f'<th>基层工会</th><th class="words">单位类别</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(area: AreaInTree) -> str:
    names = "、".join(f"{unit.code} {unit.name}" for unit in area.unions)
    title = f"{area.code} {area.name}" if area.code else "县总工会直属"
    return (
        f"<tr><td><details><summary>{escape(title)}</summary><small>{escape(names)}</small></details></td>"
        f'<td class="words">{escape(area.level)}</td><td>{len(area.unions)}家</td>'
        f'<td class="words">{escape(area.kinds)}</td></tr>'
    )
