"""The register made from a list: the file, what its columns are, what is open, the tree, and taking it in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from base.china_days import today
from etl.intake import ACCEPTED, Outcome
from etl.unit_lists.describe_register import describe_columns, say_size
from etl.unit_lists.list_headings import headings_of
from etl.unit_lists.proposed_register import ProposedRegister, propose_register
from etl.unit_lists.read_list import UnitList, list_in
from etl.unit_lists.register_book import demand_no_register, write_register_book
from pages.parts.move_in.column_choices import ask_fill_down, choose_columns
from pages.parts.move_in.described_lines import draw_lines
from pages.parts.move_in.list_questions import draw_in_list, settle
from pages.parts.move_in.list_sheets import sheets_dropped
from pages.parts.move_in.register_tree import draw_tree
from pages.shared.background import Tell, begin
from pages.shared.finding_list import draw_findings
from pages.shared.heading import draw_part
from pages.view.declared_now import catalogue_now
from pages.view.notices import show_empty
from pages.view.person import acts, person
from store.builds import store_path

_REFUSED = "move-in-refused"
_LEAST = date(1949, 1, 1)  # no register begins earlier


def draw_new_register() -> None:
    """Ask for the name of the county federation and its list, show what was understood, and offer to take it in."""
    for outcome in st.session_state.pop(_REFUSED, ()):
        draw_findings(outcome.findings)
    name = st.text_input("县总工会的全称", key="move-in-county", max_chars=40, placeholder="例如：某某县总工会").strip()
    upload = st.file_uploader("花名册", key="move-in-list")
    if upload is None or not name:
        show_empty("写好全称，把现有的花名册拖进来，不用改格式。姓名、电话、身份证号不会存进来。")
        return
    sheets = sheets_dropped(upload)
    draw_part("各栏", "不对的，在下面指明哪一栏是什么")
    chosen = choose_columns(headings_of(sheets, upload.name, catalogue_now()))
    units = list_in(sheets, upload.name, catalogue_now(), chosen, fill_down=ask_fill_down())
    draw_lines(describe_columns(units))
    _draw_proposed(name, units)


def _draw_proposed(name: str, units: UnitList) -> None:
    catalogue = catalogue_now()
    draw_part("要定的", "表里看不准的，都在这里")
    answers = settle(lambda given: propose_register(name, units.units, catalogue, given).questions)
    register = propose_register(name, units.units, catalogue, answers)
    draw_in_list(register.questions)
    draw_part("看出来的单位", say_size(register))
    draw_tree(register, catalogue)
    default = date(units.year, 1, 1) if units.year else None
    since = st.date_input(
        "从哪天起算",
        value=default,
        min_value=_LEAST,
        max_value=today(),
        key=f"move-in-since-{units.year}",
        help="那天以后建会的，从建会的月份起算；那天以前有哪些单位，这份表说不准，不往前算",
    )
    _offer(register, since, units)


def _offer(register: ProposedRegister, since: object, units: UnitList) -> None:
    """Offer to take the register in, once nothing is open."""
    left = len(register.questions)
    if left:
        st.caption(f"还有 {left} 处要定，定好了才能收下。")
    if not isinstance(since, date):
        st.caption("看不出花名册是哪一年的，请写从哪天起算。")
    ready = not left and isinstance(since, date)
    if st.button("收下，建名册", type="primary", disabled=not ready) and isinstance(since, date):
        begin("正在建单位名册", _taking_in(register, since, units.file))


def _taking_in(register: ProposedRegister, since: date, file: str) -> Callable[[Tell], object]:
    """Return the task that takes the register in; what is not accepted is shown afterwards."""
    catalogue, who, doing = catalogue_now(), person().shown, acts()
    refused: list[Outcome] = []
    st.session_state[_REFUSED] = refused

    def run(report: Tell) -> None:
        demand_no_register(store_path())  # somebody else may have been quicker
        with TemporaryDirectory(prefix="mingshu-") as folder:
            path = write_register_book(Path(folder), register, since, file, catalogue, who)
            summary = doing.take_in([path], lambda outcome, total: report(outcome.name, total))
        refused.extend(outcome for outcome in summary.outcomes if outcome.what != ACCEPTED)

    return run
