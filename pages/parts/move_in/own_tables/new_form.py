"""A form of the county's own made from an example: the file, what its columns are, what is open, and declaring it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from etl.form_proposals.example_columns import WantedForm, heading_of, headings_offered
from etl.form_proposals.form_basis import FormBasis
from etl.form_proposals.suggested_frequency import suggested_frequency
from etl.form_proposals.tried_form import TriedForm, describe_form, try_form
from etl.layout_proposals.own_table import OwnTable
from etl.layout_proposals.register_names import levels_in_register
from pages.parts.move_in.described_lines import draw_lines, draw_tried
from pages.parts.move_in.own_tables.form_questions_asked import settle_form
from pages.shared.background import Tell, begin
from pages.shared.heading import draw_part
from pages.view.foreign_text import as_written
from pages.view.notices import show_empty
from pages.view.person import acts
from serving.streamlit_internals import UploadedFile
from stats.catalogue import Catalogue
from store.builds import store_path

_FREQUENCIES = {
    "month": "每月",
    "quarter": "每季",
    "half_year": "每半年",
    "year": "每年",
    "standing": "长期有效，变了再报",
}
_NUMBERS = {"": "各栏不一样", "stock": "期末的数", "flow": "这一期里发生的数"}
_LONGEST = 40  # characters of a form's name
_PREFIX = "L"  # of the codes given to a county's own forms


def draw_new_form(upload: UploadedFile, tables: Sequence[OwnTable], catalogue: Catalogue) -> None:
    """Ask what an example leaves open, show the form made from it, and offer to declare it."""
    county, levels = levels_in_register(store_path())
    wanted, domain = _wanted(upload, tables, catalogue, county, levels)
    if not wanted.name:
        show_empty("请写报表的名称。")
        return
    if wanted.name in {form.name for form in catalogue.forms.values()}:
        show_empty(f"已经有《{wanted.name}》这张报表了。请换一个名称。")
        return
    kept = [table for table in tables if table.sheet.name not in wanted.left_out]
    draw_part("要定的", "看不准的，都在这里")
    wanted, proposed = settle_form(kept, wanted, levels, catalogue, upload.file_id)
    draw_part("各栏", f"《{wanted.name}》")
    draw_lines(describe_form(proposed, catalogue))
    if proposed.questions:
        st.caption(f"还有 {len(proposed.questions)} 处要定，定好了才能立。")
        return
    _offer(try_form(store_path(), kept, upload.name, wanted.code, proposed, domain, catalogue), wanted)


def _wanted(
    upload: UploadedFile, tables: Sequence[OwnTable], catalogue: Catalogue, county: str, levels: Mapping[str, str]
) -> tuple[WantedForm, str]:
    """Return what is said of the form, and the field of work of its numbers."""
    suggested = suggested_frequency(tables, levels, catalogue)
    left, right = st.columns(2)
    with left:
        wanted = _whole_form(upload, catalogue, suggested)
        domains = {code: domain.name for code, domain in catalogue.domains.items()}
        domain = st.selectbox(
            "归哪个领域", list(domains), format_func=domains.__getitem__, key=f"form-domain-{upload.file_id}"
        )
    with right:
        wanted = _numbers(wanted, catalogue, upload.file_id)  # another file is asked about anew
    splits = _splits(tables, wanted, levels, catalogue, upload.file_id)
    wanted = replace(_parts(wanted, tables, upload.file_id), splits=frozenset(splits))
    return replace(wanted, county=county), domain


def _whole_form(upload: UploadedFile, catalogue: Catalogue, suggested: str) -> WantedForm:
    stem = Path(upload.name).stem[:_LONGEST]
    name = st.text_input("报表名称", value=stem, key=f"form-name-{upload.file_id}", max_chars=_LONGEST)
    often = st.radio(
        "多久报一次",
        list(_FREQUENCIES),
        index=list(_FREQUENCIES).index(suggested),
        format_func=_FREQUENCIES.__getitem__,
        horizontal=True,
        key=f"form-often-{upload.file_id}",
    )
    return WantedForm(code=_free_code(catalogue), name=name.strip(), frequency=often)


def _numbers(wanted: WantedForm, catalogue: Catalogue, mark: str) -> WantedForm:
    numbers = st.radio(
        "各栏的数是", list(_NUMBERS), format_func=_NUMBERS.__getitem__, horizontal=True, key=f"form-numbers-{mark}"
    )
    measure = st.selectbox(
        "整数栏的计量单位", _measures(catalogue), index=None, placeholder="各栏不一样", key=f"form-measure-{mark}"
    )
    count = st.selectbox(
        "也数有几行，计量单位是", _measures(catalogue), index=None, placeholder="不数", key=f"form-count-{mark}"
    )
    return replace(wanted, numbers=numbers, measure=measure or "", count=count or "")


def _measures(catalogue: Catalogue) -> list[str]:
    return [measure.name for measure in catalogue.measures.values()]


def _parts(wanted: WantedForm, tables: Sequence[OwnTable], mark: str) -> WantedForm:
    """Return the same with what is not read."""
    shown = headings_offered(tables[0], wanted.frequency)
    sheets = list(dict.fromkeys(table.sheet.name for table in tables))
    with st.expander("不读的"):
        unused = st.multiselect(
            "不用的栏", list(shown), format_func=shown.__getitem__, placeholder="没有", key=f"form-unused-{mark}"
        )
        left_out = st.multiselect("不读的工作表，例如汇总表", sheets, placeholder="没有", key=f"form-left-out-{mark}")
        by_days = st.checkbox("表上没有写时间：按最后的日期认报告期", key=f"form-by-days-{mark}")
    return replace(wanted, unused=frozenset(unused), left_out=tuple(left_out), by_days=by_days)


def _splits(
    tables: Sequence[OwnTable], wanted: WantedForm, levels: Mapping[str, str], catalogue: Catalogue, mark: str
) -> Sequence[str]:
    """Ask by which columns of kinds the numbers are split as well."""
    columns = FormBasis(tables, wanted, levels, catalogue).taken
    shown = {column.path: heading_of(column) for column in columns if column.kind.kind == "code"}
    if not shown:
        return []
    label = "各数再按哪几栏的类别分开算"
    return st.pills(
        label,
        list(shown),
        selection_mode="multi",
        format_func=lambda path: as_written(shown[path]),
        key=f"form-splits-{mark}",
    )


def _free_code(catalogue: Catalogue) -> str:
    numbers = range(1, len(catalogue.forms) + 2)
    return next(code for number in numbers if (code := f"{_PREFIX}{number:02d}") not in catalogue.forms)


def _offer(tried: TriedForm, wanted: WantedForm) -> None:
    """Draw what the very file comes to when read with the form, and offer to declare it unless it would be returned."""
    draw_tried(tried.trial, tried.then)
    if st.button("立下这张报表", type="primary", disabled=bool(tried.trial.faults)):
        begin("正在立报表", _declaring(tried, wanted))


def _declaring(tried: TriedForm, wanted: WantedForm) -> Callable[[Tell], object]:
    """Return the task that publishes the form."""
    doing, why = acts(), f"照本县的表立《{wanted.name}》"

    def run(report: Tell) -> None:
        doing.publish_declared(tried.wanted, why, tried.after, why if wanted.known else "")

    return run
