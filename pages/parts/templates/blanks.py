"""Blank workbooks made on request, then offered for download."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from base.periods import say_quarter
from pages.shared.background import Tell, begin
from pages.shared.downloads import handing_out
from pages.view import cached
from pages.view.choices import name_units
from pages.view.foreign_text import as_written
from pages.view.person import acts, forms_filled, person
from stats.catalogue.models import Form
from stats.organisations import area_of
from store.builds import current_build, store_path
from store.verbs import Verb

_MADE = "blanks"  # the last request, by the place on the page that offers it


def draw_all_forms(build: str, quarter: int) -> None:
    """Draw the order for a zip of all blank forms of a quarter; a clerk's has those of the own area."""
    offered = forms_filled()
    names = {form.code: form.name for form in offered}
    with st.container(key="all-forms"):
        forms = st.multiselect(
            "哪些表",
            list(names),
            format_func=names.__getitem__,
            placeholder="不选就是这个季度要报的表",
            key="all-wanted",
        )
        single = st.toggle("每个基层工会另做一份", key="single", help="不选则一个乡镇一张总表，一个基层工会一行")
    order = (build, quarter, tuple(forms), single)
    wanted = forms or [form.code for form in offered if not form.standing]
    doing = acts()

    def make(folder: Path) -> Path:
        path = folder / f"{say_quarter(quarter)}空表.zip"
        doing.make_templates(quarter, path, wanted, single)
        return path

    _offer("all", "制作压缩包", order, make)


def draw_one_form(build: str, quarter: int) -> None:
    """Draw the order for one blank form of one organisation, for a clerk one of the own area."""
    due = (form for form in forms_filled() if form.ending_in(quarter))
    forms = {form.code: form for form in sorted(due, key=lambda form: form.standing)}
    own, directory = person().own_area, cached.units_by_code(build)
    open_then = [
        organisation
        for organisation in cached.organisations(build)
        if organisation.opened <= quarter
        and (organisation.closed is None or organisation.closed >= quarter)
        and own in (None, area_of(directory, organisation.code))
    ]
    units = name_units(open_then)
    with st.container(horizontal=True, vertical_alignment="bottom", key="one-form"):
        form = forms[
            st.selectbox(
                "哪张表", list(forms), format_func=lambda code: forms[code].name, key="form", bind="query-params"
            )
        ]
        period = choose_period(form, quarter)
        unit = st.selectbox("哪个单位填", list(units), format_func=units.__getitem__, key="to")
    offer_form("one", form, period, unit, units[unit])


def offer_form(place: str, form: Form, period: int, unit: str = "", name: str = "") -> None:
    """Draw the order for one blank form; without a unit it is one that can be filled in before there is a register."""
    doing = acts()

    def make(folder: Path) -> Path:
        path = folder / f"{'_'.join(filter(None, (form.say(period), form.name, name)))}.xlsx"
        return doing.make_template(form.code, unit, period, path)

    label = "制作这张空表" if unit else f"制作《{form.name}》空表"
    _offer(place, label, (_build_now(), period, form.code, unit), make)


def _build_now() -> str:
    return str(current_build(store_path()))


def choose_period(form: Form, quarter: int) -> int:
    """Return the period of a form that ends in a quarter; of a form of months draw the choice."""
    periods = form.ending_in(quarter)
    if len(periods) == 1:
        return periods[0]
    return st.selectbox("哪个月", list(periods), format_func=form.say, key="month")


def _offer(place: str, label: str, order: tuple[object, ...], make: Callable[[Path], Path]) -> None:
    """Draw the button that makes a file and, once it is made and the order is unchanged, the download."""
    made: dict[str, tuple[object, str, bytes]] = st.session_state.setdefault(_MADE, {})

    def run(_: Tell) -> None:
        with TemporaryDirectory(prefix="mingshu-") as folder:
            path = make(Path(folder))
            made[place] = (order, path.name, path.read_bytes())

    with st.container(horizontal=True, vertical_alignment="center", key=f"offer-{place}"):
        if place in made and made[place][0] == order:
            _, name, content = made[place]
            st.download_button(
                f"下载 {as_written(name)}", data=handing_out(Verb.EXPORTED, name, lambda: content), file_name=name,
                on_click="ignore", type="primary", icon=":material/download:", key=f"download-{place}",
            )  # fmt: skip
        elif st.button(as_written(label), type="primary", key=f"make-{place}"):
            begin("正在制作空表", run)
