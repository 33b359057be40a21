"""A form of the county's own made from an example: the file, what its columns are, what is open, and declaring it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from etl.form_proposals.example_columns import WantedForm, headings_offered
from etl.form_proposals.tried_form import TriedForm, describe_form, try_form
from etl.layout_proposals.own_table import OwnTable, own_tables
from etl.layout_proposals.register_names import levels_in_register
from etl.layout_proposals.trial import describe_trial
from etl.own_layouts.fitting import best_fit
from pages.parts.move_in.described_lines import draw_lines
from pages.parts.move_in.form_questions_asked import settle_form
from pages.shared.background import Tell, begin
from pages.shared.finding_list import draw_findings
from pages.shared.heading import draw_part
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import as_written
from pages.view.links import UPLOAD_PAGE
from pages.view.notices import show_empty
from pages.view.person import acts
from serving.streamlit_internals import UploadedFile
from stats.catalogue import Catalogue
from store.builds import store_path

_TABLES = "move-in-tables"
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


def draw_new_form() -> None:
    """Ask for a table of the county's own, show the form made from it, and offer to declare it."""
    upload = st.file_uploader("本县的表", key="move-in-example")
    if upload is None:
        show_empty(
            "把县里一直在用的表拖进来一份，照它的样子立一张报表，以后同样的表直接收。姓名、电话、身份证号不会存进来。"
        )
        return
    catalogue, tables = catalogue_now(), _tables(upload)
    county, levels = levels_in_register(store_path())
    wanted, domain = _wanted(upload, tables, catalogue, county)
    if not wanted.name:
        show_empty("请写报表的名称。")
        return
    if known := _read_already(tables, catalogue):
        st.success(as_written(f"《{known}》已经立好了，以后同样的表在“上报”里直接收。"), icon=":material/check:")
        st.page_link(UPLOAD_PAGE, label="去上报 ›")
        return
    if wanted.name in {form.name for form in catalogue.forms.values()}:
        show_empty(f"已经有《{wanted.name}》这张报表了。请换一个名称。")
        return
    kept = [table for table in tables if table.sheet.name not in wanted.left_out]
    draw_part("要定的", "看不准的，都在这里")
    wanted, proposed = settle_form(kept, wanted, levels, catalogue)
    draw_part("各栏", f"《{wanted.name}》")
    draw_lines(describe_form(proposed, catalogue))
    if proposed.questions:
        st.caption(f"还有 {len(proposed.questions)} 处要定，定好了才能立。")
        return
    _offer(try_form(store_path(), kept, upload.name, wanted.code, proposed, domain, catalogue), wanted)


def _read_already(tables: Sequence[OwnTable], catalogue: Catalogue) -> str:
    """Return the name of the form as which the very table is read already, "" where there is none."""
    fit = best_fit(tables[0].sheet, catalogue)
    return catalogue.forms[fit.layout.form].name if fit and fit.exact else ""


def _tables(upload: UploadedFile) -> Sequence[OwnTable]:
    """Return the tables of the file, read once; nothing of it is kept but in this session."""
    kept: tuple[str, Sequence[OwnTable]] | None = st.session_state.get(_TABLES)
    if kept is None or kept[0] != upload.file_id:
        with TemporaryDirectory(prefix="mingshu-") as folder:
            path = Path(folder) / Path(upload.name).name
            path.write_bytes(upload.getvalue())
            kept = (upload.file_id, own_tables(path, catalogue_now()))
        st.session_state[_TABLES] = kept
    return kept[1]


def _wanted(
    upload: UploadedFile, tables: Sequence[OwnTable], catalogue: Catalogue, county: str
) -> tuple[WantedForm, str]:
    """Return what is said of the form, and the field of work of its numbers."""
    left, right = st.columns(2)
    with left:
        wanted = _whole_form(upload, catalogue)
        domains = {code: as_written(domain.name) for code, domain in catalogue.domains.items()}
        domain = st.selectbox("归哪个领域", list(domains), format_func=domains.__getitem__, key="form-domain")
    with right:
        wanted = _numbers(wanted, catalogue)
    wanted = _parts(wanted, tables, catalogue)
    return replace(wanted, county=county), domain


def _whole_form(upload: UploadedFile, catalogue: Catalogue) -> WantedForm:
    stem = Path(upload.name).stem[:_LONGEST]
    name = st.text_input("报表名称", value=stem, key=f"form-name-{upload.file_id}", max_chars=_LONGEST)
    often = st.selectbox("多久报一次", list(_FREQUENCIES), format_func=_FREQUENCIES.__getitem__, key="form-often")
    return WantedForm(code=_free_code(catalogue), name=name.strip(), frequency=often)


def _numbers(wanted: WantedForm, catalogue: Catalogue) -> WantedForm:
    numbers = st.selectbox("各栏的数是", list(_NUMBERS), format_func=_NUMBERS.__getitem__, key="form-numbers")
    measure = st.selectbox(
        "整数栏的计量单位", _measures(catalogue), index=None, placeholder="各栏不一样", key="form-measure"
    )
    count = st.selectbox(
        "也数有几行，计量单位是", _measures(catalogue), index=None, placeholder="不数", key="form-count"
    )
    return replace(wanted, numbers=numbers, measure=measure or "", count=count or "")


def _measures(catalogue: Catalogue) -> list[str]:
    return [measure.name for measure in catalogue.measures.values()]


def _parts(wanted: WantedForm, tables: Sequence[OwnTable], catalogue: Catalogue) -> WantedForm:
    """Return the same with what is not read, and by which columns numbers are split."""
    shown = headings_offered(tables[0], wanted.frequency)
    sheets = list(dict.fromkeys(table.sheet.name for table in tables))
    with st.expander("不读的、要分开算的"):
        unused = st.multiselect("不用的栏", list(shown), format_func=_in(shown), placeholder="没有", key="form-unused")
        splits = st.multiselect(
            "各数再按哪几栏的类别分开算", list(shown), format_func=_in(shown), placeholder="不分", key="form-splits"
        )
        left_out = st.multiselect(
            "不读的工作表，例如汇总表", sheets, format_func=as_written, placeholder="没有", key="form-left-out"
        )
        by_days = st.checkbox("表上没有写时间：按最后的日期认报告期", key="form-by-days")
    return replace(
        wanted, unused=frozenset(unused), splits=frozenset(splits), left_out=tuple(left_out), by_days=by_days
    )


def _in(shown: Mapping[str, str]) -> Callable[[str], str]:
    return lambda path: as_written(shown[path])


def _free_code(catalogue: Catalogue) -> str:
    numbers = range(1, len(catalogue.forms) + 2)
    return next(code for number in numbers if (code := f"{_PREFIX}{number:02d}") not in catalogue.forms)


def _offer(tried: TriedForm, wanted: WantedForm) -> None:
    """Draw what the very file comes to when read with the form, and offer to declare it unless it would be returned."""
    draw_part("照这样读出来", "和表上的合计对一对")
    draw_lines(describe_trial(tried.trial, tried.then))
    draw_findings(tried.trial.faults)
    if st.button("立下这张报表", type="primary", disabled=bool(tried.trial.faults)):
        begin("正在立报表", _declaring(tried, wanted))


def _declaring(tried: TriedForm, wanted: WantedForm) -> Callable[[Tell], object]:
    """Return the task that publishes the form."""
    doing, why = acts(), f"照本县的表立《{wanted.name}》"

    def run(report: Tell) -> None:
        doing.publish_declared(tried.wanted, why, tried.after, why if wanted.known else "")

    return run
