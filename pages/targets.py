"""目标: each target of the year: progress, pace, forecast, shortfall, and its split among the organisations below."""

import streamlit as st

from pages.parts.targets.breakdown_editor import draw_breakdown
from pages.parts.targets.document_list import draw_bases
from pages.parts.targets.target_detail import draw_one
from pages.parts.targets.target_list import draw_aim_table, draw_aims
from pages.parts.targets.targets_print import tables_of_targets
from pages.shared.fold import say_below
from pages.shared.heading import draw_finding, draw_part, draw_summary
from pages.shared.printing import offer_pdf
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View, chosen
from pages.view.notices import show_empty
from stats.attainment import Attainment
from stats.attainment.attainment_words import say_states
from stats.catalogue.models import FormRole
from stats.readings.sentences import say_end

CATALOGUE = catalogue_now()


def show() -> None:
    view = chosen()
    attainments = cached.attainments(view.build, view.unit.code, view.span.last)
    draw_summary(view, [])
    draw_finding(say_title(view, attainments), "" if is_early(attainments) else say_beside(view, attainments))
    if is_early(attainments):
        show_empty(say_beside(view, attainments))
    elif attainments:
        draw_aim_table(attainments, CATALOGUE)
        draw_part("逐项看", "每项的进度、预计和差额；落后的在前")
        draw_aims(attainments, CATALOGUE)
        draw_part(
            "进度和差额",
            "一项目标走到哪里、差在哪里、出自哪份文件：最少抓哪几家就能达到，各能增加多少；名单可以下载分派",
        )
        figures = draw_one(view, attainments)
        offer_pdf(view, "目标完成", figures, tables_of_targets(attainments, CATALOGUE))
        draw_part(
            "目标和文件", "每份文件定了哪些目标，点目标看进度；没有登记、不再有效的文件和定得不一样的目标列在前面"
        )
        draw_bases(view)
    else:
        show_empty(
            f"{view.unit.name}没有定目标。目标由《{CATALOGUE.form_of(FormRole.TARGETS).name}》报来，县总工会的目标可以在下面分解。"
        )
    draw_part("目标分解", "把全县的目标分到乡镇、园区、系统，分解结果作为一份报表收下，随时可查")
    with st.container():
        st.html(say_below("分解一项目标"))
        draw_breakdown(view)


def say_title(view: View, attainments: list[Attainment]) -> str:
    return f"截至{say_end(view.span.last)}，{say_states(attainments)}"


def is_early(attainments: list[Attainment]) -> bool:
    """Return whether there are targets and none of them has begun: nothing can be said of each yet."""
    dated = [attainment for attainment in attainments if attainment.goal.value is not None]
    return bool(dated) and not any(attainment.clock.begun for attainment in dated)


def say_beside(view: View, attainments: list[Attainment]) -> str:
    """Return a hint when no target has begun: they are shown as of the selected quarter."""
    if not is_early(attainments):
        return "时间进度是按时间平均应达到的程度；无法判断的不算落后"
    last = say_end(view.data.last).removesuffix("末")
    later = f"要看进度，请在上面把期间选到{last}。" if view.data.months.last > view.span.months.last else ""
    return f"这些目标的时间还没有开始。{later}"


show()
