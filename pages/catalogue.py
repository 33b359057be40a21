"""目录: the forms, items, indicators, boards and words of the county, changed in dialogs, tried and published."""

import streamlit as st

from access.accounts.roles import Action
from pages.parts.catalogue.dialog import draw_dialog
from pages.parts.catalogue.draft_panel import draw_draft
from pages.parts.catalogue.entry_list import choose_kind, draw_entries
from pages.parts.catalogue.history import draw_exchange, draw_history
from pages.parts.catalogue.kinds import known_now
from pages.parts.catalogue.new_target import draw_target_dialog
from pages.parts.catalogue.version_in_use import draw_in_force
from pages.shared.background import watch
from pages.shared.heading import draw_part
from pages.view.person import acts

_ENTRIES, _VERSIONS = "各项", "各版、导出和导入"


def show() -> None:
    acts().permit(Action.DECLARE)
    draw_in_force()
    watch()
    known = known_now()
    draw_draft(acts().draft(), known)
    part = st.segmented_control("看什么", [_ENTRIES, _VERSIONS], default=_ENTRIES, key="catalogue-part", required=True)
    if part == _VERSIONS:
        draw_history()
        draw_exchange()
        return
    draw_part("各项", "点开看怎么定的、从哪里来；内置的也可以改，改了随时能改回")
    draw_entries(choose_kind(known), known)
    draw_dialog()
    draw_target_dialog()


show()
