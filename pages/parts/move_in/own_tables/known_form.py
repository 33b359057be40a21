"""A table of the county's own read as a form that is there: which one, what its headings are, and keeping that."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from etl.layout_proposals.bound_to_year import bound_to_year
from etl.layout_proposals.chosen_columns import Chosen
from etl.layout_proposals.nearest_forms import ranked_forms
from etl.layout_proposals.own_table import OwnTable
from etl.layout_proposals.proposal import Proposal, propose
from etl.layout_proposals.register_names import levels_in_register
from etl.layout_proposals.saved_layout import free_code, with_layout
from etl.layout_proposals.say_layout import describe_layout
from etl.layout_proposals.stated_values import stated_values
from etl.layout_proposals.trial import LayoutTrial, try_layout
from etl.layout_proposals.turned_proposal import propose_turned
from pages.parts.move_in.described_lines import draw_lines, draw_tried
from pages.parts.move_in.own_tables.layout_questions_asked import in_turn, settle_layout
from pages.parts.move_in.own_tables.names_asked import settle_names
from pages.parts.move_in.own_tables.table_choices import choose_parts
from pages.shared.background import Tell, begin
from pages.shared.heading import draw_part
from pages.view.notices import show_empty
from pages.view.person import acts
from serving.streamlit_internals import UploadedFile
from stats.catalogue import Catalogue
from stats.catalogue.layouts import TableLayout
from stats.catalogue.models import Form
from stats.catalogue_declared import declared_in
from store.builds import store_path
from store.catalogue_versions import newest


def draw_known_form(upload: UploadedFile, tables: Sequence[OwnTable], catalogue: Catalogue) -> None:
    """Ask as which form a table is read and what of it is open, show what it comes to, and offer to keep it."""
    form = _form(tables[0], catalogue, upload.file_id)
    if form is None:
        show_empty("请选择当作哪张报表。最像的排在前面。")
        return
    county, levels = levels_in_register(store_path())
    chosen, across = choose_parts(tables, form, county, upload.file_id)
    kept = [table for table in tables if table.sheet.name not in chosen.left_out] or list(tables)
    making = _making(kept[0], form, catalogue, levels, across)
    stated = _units(form, county) | stated_values(kept[0], form, upload.name)
    draw_part("要定的", "看不准的，都在这里")
    chosen, proposal = settle_layout(making, chosen, form, catalogue, stated, upload.file_id)
    if asked := in_turn(proposal.questions):
        st.caption(f"还有 {len(asked)} 处要定，定好了才能记下。")
        return
    chosen = settle_names(kept[0], proposal.layout, chosen, form, levels, county, upload.file_id)
    proposal = making(chosen)
    _offer(kept, bound_to_year(proposal.layout, kept[0], upload.name), upload.name, catalogue)


def _form(table: OwnTable, catalogue: Catalogue, mark: str) -> Form | None:
    forms = {form.code: form for form in ranked_forms(table, catalogue)}
    code = st.selectbox(
        "当作哪张报表",
        list(forms),
        index=None,
        placeholder="请选择",
        format_func=lambda code: f"《{forms[code].name}》",
        key=f"own-table-form-{mark}",
    )
    return forms.get(code or "")


def _making(
    table: OwnTable, form: Form, catalogue: Catalogue, levels: Mapping[str, str], across: str | None
) -> Callable[[Chosen], Proposal]:
    """Return how a layout is proposed from what is chosen; `across` is the column that names across the top fill."""
    titles = (free_code(form.code, set(catalogue.layouts)), f"{form.name}（本县的表）")
    if across:
        return partial(propose_turned, table, form, catalogue, across=across, titles=titles)
    return partial(propose, table, form, catalogue, names=levels, titles=titles)


def _units(form: Form, county: str) -> dict[str, str]:
    """Return the county for each column of organisations: what a table without one is about."""
    return {column.code: county for column in form.columns if column.type == "unit"}


def _offer(tables: Sequence[OwnTable], layout: TableLayout, file: str, catalogue: Catalogue) -> None:
    """Draw how the headings are taken and what the very file comes to, and offer to keep it unless it is returned."""
    form = catalogue.forms[layout.form]
    draw_part("各栏", f"《{form.name}》")
    draw_lines(describe_layout(layout, form, catalogue)[1:])
    trial = try_layout(tables, layout, file, catalogue)
    draw_tried(trial, catalogue)
    if st.button("记下这个表式", type="primary", disabled=not _fit_to_keep(trial)):
        begin("正在记下表式", _keeping(layout, form))


def _fit_to_keep(trial: LayoutTrial) -> bool:
    return bool(trial.returns) and not trial.faults


def _keeping(layout: TableLayout, form: Form) -> Callable[[Tell], object]:
    """Return the task that publishes the layout."""
    doing, after = acts(), newest(store_path())
    wanted = with_layout(declared_in(store_path(), after), layout)

    def run(report: Tell) -> None:
        doing.publish_declared(wanted, f"把本县的表认作《{form.name}》", after)

    return run
