"""A later list held against the register: what differs, which of it is confirmed, and taking that in."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from etl.intake import ACCEPTED, Outcome
from etl.register_changes.change_book import ListSource, begun_too_early, not_settled, write_change_book
from etl.register_changes.compared_list import ComparedList, Differs, RegisterChange, compare_list
from etl.register_changes.register_now import RegisterNow, demand_unchanged, register_now
from etl.register_changes.say_changes import TITLES, UNCHANGED, say_change
from etl.unit_lists.describe_register import describe_columns
from etl.unit_lists.list_headings import headings_of
from etl.unit_lists.read_list import list_in
from pages.parts.move_in.column_choices import ask_fill_down, choose_columns
from pages.parts.move_in.described_lines import draw_lines
from pages.parts.move_in.list_questions import draw_in_list, settle
from pages.parts.move_in.list_sheets import sheets_dropped
from pages.shared.background import Tell, begin
from pages.shared.finding_list import draw_findings
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import as_written
from pages.view.notices import show_empty
from pages.view.person import acts, person
from store.builds import store_path

_REFUSED = "later-list-refused"
_FEW = 10  # differences of a kind that are shown unfolded


def draw_later_list() -> None:
    """Ask for a later list, show how it differs from the register, and offer to take in what is confirmed."""
    for outcome in st.session_state.pop(_REFUSED, ()):
        draw_findings(outcome.findings)
    upload = st.file_uploader("后来的花名册", key="later-list")
    if upload is None:
        show_empty("花名册更新了，把新的一份拖进来，和名册对一对：新建、撤销、更名、迁移的逐个确认，没有确认的照旧。")
        return
    catalogue, now, sheets = catalogue_now(), register_now(store_path()), sheets_dropped(upload)
    chosen = choose_columns(headings_of(sheets, upload.name, catalogue))
    units = list_in(sheets, upload.name, catalogue, chosen, fill_down=ask_fill_down())
    draw_lines(describe_columns(units))
    answers = settle(lambda given: compare_list(units.units, now, catalogue, given).questions)
    compared = compare_list(units.units, now, catalogue, answers)
    draw_in_list(compared.questions)
    _offer(compared, _confirmed(compared), now, ListSource(units.file, person().shown, catalogue))


def _confirmed(compared: ComparedList) -> list[RegisterChange]:
    """Ask which differences are confirmed, kind by kind; none is beforehand."""
    st.caption(as_written(f"和名册一样的 {compared.same} 个。{UNCHANGED}"))
    return [change for differs, title in TITLES.items() for change in _of_kind(compared.of(differs), differs, title)]


def _of_kind(changes: Sequence[RegisterChange], differs: Differs, title: str) -> list[RegisterChange]:
    if not changes:
        return []
    by_code = {change.code: change for change in changes}
    with st.expander(as_written(f"{title} {len(changes)} 个"), expanded=len(changes) <= _FEW):
        draw_lines(say_change(change) for change in changes)
    if st.checkbox(as_written(f"{title}：{len(changes)} 个全部确认"), key=f"later-all-{differs}"):
        return [*changes]
    codes = st.multiselect(
        as_written(f"{title}：只确认其中几个"),
        list(by_code),
        format_func=lambda code: say_change(by_code[code]),
        placeholder="一个也不确认",
        key=f"later-{differs}",
    )
    return [by_code[code] for code in codes]


def _offer(compared: ComparedList, chosen: Sequence[RegisterChange], now: RegisterNow, source: ListSource) -> None:
    since = st.date_input("变动从哪天起算", value=None, key="later-since")
    left = [*_still_open(compared, chosen, since), *not_settled(chosen, compared.differences)]
    left += begun_too_early(chosen, now, since) if isinstance(since, date) else ()
    for sentence in left:
        st.caption(as_written(sentence))
    ready = bool(chosen) and not left
    if st.button(f"收下 {len(chosen)} 处变动", type="primary", disabled=not ready) and isinstance(since, date):
        begin("正在收下名册的变动", _taking_in(chosen, now, since, source))


def _still_open(compared: ComparedList, chosen: Sequence[RegisterChange], since: object) -> Iterator[str]:
    """Yield what has to be done before anything can be taken in."""
    if compared.questions:
        yield f"还有 {len(compared.questions)} 处要定，定好了才能收下。"
    if chosen and since is None:
        yield "请写变动从哪天起算。"


def _taking_in(
    chosen: Sequence[RegisterChange], now: RegisterNow, since: date, source: ListSource
) -> Callable[[Tell], object]:
    """Return the task that takes the differences in; what is not accepted is shown afterwards."""
    doing = acts()
    refused: list[Outcome] = []
    st.session_state[_REFUSED] = refused

    def run(report: Tell) -> None:
        demand_unchanged(store_path(), now)  # somebody else may have been quicker
        with TemporaryDirectory(prefix="mingshu-") as folder:
            path = write_change_book(Path(folder), chosen, now, since, source)
            summary = doing.take_in([path], lambda outcome, total: report(outcome.name, total))
        refused.extend(outcome for outcome in summary.outcomes if outcome.what != ACCEPTED)

    return run
