"""How far the rows of a ledger have got: how many reached each date, the days between, what is overdue or skipped."""

from collections.abc import Sequence
from dataclasses import dataclass

from base.formats import MISSING, round_half_up, say_value
from base.periods import last_day, say_span
from stats.catalogue.boards import FunnelPanel
from stats.catalogue.models import Form
from stats.figures.elements.conditions import codes_allowed
from stats.figures.elements.cover import Cover, cover_of_rows
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, SeriesRole, Source
from stats.figures.elements.lines import say_who, source_line
from stats.totals import last_filed
from stats.warehouse import run_query

REACHED, DAYS, WAITING, SKIPPED = "到这一步的", "比上一步用时（中位数）", "超期未到这一步的", "跳过这一步的"
_NAMES = {
    SeriesRole.VALUE: REACHED,
    SeriesRole.DAYS: DAYS,
    SeriesRole.WAITING: WAITING,
    SeriesRole.SKIPPED: SKIPPED,
}
_COUNTED, _DAY = "件", "天"
_DATE, _BEGUN = "日期", "登记"


@dataclass(kw_only=True, frozen=True)
class Stage:
    """A stage: how many rows reached it, the median days since the previous one (`timed` rows have both), and faults.

    `late` rows came after the limit, `waiting` ones are past it and have not come, `skipped` ones went on without it,
    `backwards` ones are dated before the previous stage. `records` are the ids of rows where they are listed.
    """

    stage: str
    reached: int
    timed: int
    days: float | None
    late: int
    waiting: int
    skipped: int
    backwards: int
    records: Sequence[int] | None = None


def make_funnel(source: Source, panel: FunnelPanel, view: Selection) -> Figure:
    """Return how many rows dated within the span had reached each stage by its end, as aligned series.

    Days are counted for rows with both dates; dates after the span's end are ignored.
    """
    form = source.catalogue.forms[panel.form]
    cover = cover_of_rows(source, form.code, view, None)
    filed = last_filed(source.warehouse, form.code, view.span)
    stages = read_stages(source, panel, view) if filed and not cover.nobody else []
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(form, stages, view, cover),
        question=panel.question,
        series=_series(form, panel, stages),
        measure=_COUNTED,
        when=f"时间：{say_span(view.span)}{_name(form, form.date or panel.stages[0])}的，到期末为止",
        who=say_who(source, view),
        base=_say_base(form, panel),
        coverage=cover.line(form.name),
        source=source_line(source, [form.code]),
        note="；".join(filter(None, (panel.note, *_say_faults(form, stages)))),
    )


def read_stages(source: Source, panel: FunnelPanel, view: Selection, listed: str = "") -> list[Stage]:
    """Return the stages of the rows dated within the span, in order, as of its end.

    `listed` names the count whose rows are listed too, none by default.
    """
    rows = run_query(
        source.warehouse,
        "funnel.sql",
        form=panel.form,
        unit=view.unit,
        first=view.span.first,
        last=view.span.last,
        until=last_day(view.span.last),
        stages=list(panel.stages),
        limits=[panel.limits.get(stage) for stage in panel.stages],
        conditions=codes_allowed(source, source.catalogue.forms[panel.form], panel.where),
        listed=listed,
    )
    return [Stage(**row) for row in rows]


def _series(form: Form, panel: FunnelPanel, stages: Sequence[Stage]) -> tuple[Series, ...]:
    if not stages or not stages[0].reached and not any(stage.reached for stage in stages):
        return ()
    names = [_name(form, stage.stage) for stage in stages]
    counts: list[tuple[SeriesRole, list[int]]] = [(SeriesRole.VALUE, [stage.reached for stage in stages])]
    if panel.limits:
        counts.append((SeriesRole.WAITING, [stage.waiting for stage in stages]))
    if any(stage.skipped for stage in stages):
        counts.append((SeriesRole.SKIPPED, [stage.skipped for stage in stages]))
    days = tuple(
        Mark(
            label=name,
            value=stage.days,
            text=_say_days(stage.days),
            key=stage.stage,
            note=f"{stage.timed:,}{_COUNTED}两个日期都有",
        )
        for name, stage in zip(names, stages, strict=True)
    )
    reached, *rest = (
        Series(
            name=_NAMES[role],
            measure=_COUNTED,
            marks=tuple(
                Mark(
                    label=name,
                    value=float(value),
                    text=say_value(value, _COUNTED),
                    key=stage.stage,
                    note=_share(stages, at, role),
                )
                for at, (name, stage, value) in enumerate(zip(names, stages, values, strict=True))
            ),
            role=role,
        )
        for role, values in counts
    )
    return (reached, Series(name=DAYS, measure=_DAY, marks=days, role=SeriesRole.DAYS), *rest)


def _share(stages: Sequence[Stage], at: int, role: SeriesRole) -> str:
    """Return the share of the first stage's rows that reached this one; only for the series of those rows."""
    if role != SeriesRole.VALUE or at == 0 or not stages[0].reached:
        return ""
    return f"占第一步的{round_half_up(stages[at].reached / stages[0].reached * 100, 1)}%"


def _name(form: Form, stage: str) -> str:
    label = form.column(stage).label
    return label.removesuffix(_DATE) or _BEGUN


def _say_days(days: float | None) -> str:
    return MISSING if days is None else f"{round_half_up(days, 1).normalize():f}{_DAY}"


def _title(form: Form, stages: Sequence[Stage], view: Selection, cover: Cover) -> str:
    if not stages:
        return f"{say_span(view.span)}，{form.name}{cover.absence}"
    first, last = stages[0], stages[-1]
    when = f"{say_span(view.span)}，{cover.words}" if cover.words else say_span(view.span)
    text = f"{when}{_name(form, first.stage)}的{first.reached:,}{_COUNTED}"
    if not first.reached:
        return f"{text}，没有可看的进度"
    text += f"，已{_name(form, last.stage)}{last.reached:,}{_COUNTED}"
    timed = [stage for stage in stages if stage.days is not None]
    if timed:
        slow = max(timed, key=lambda stage: stage.days or 0.0)
        text += f"，最慢的一步是{_name(form, slow.stage)}，一般要{_say_days(slow.days)}"
    waiting = sum(stage.waiting for stage in stages)
    return f"{text}；超期{waiting:,}{_COUNTED}" if waiting else text


def _say_base(form: Form, panel: FunnelPanel) -> str:
    limits = "、".join(f"{_name(form, stage)}{days}{_DAY}" for stage, days in panel.limits.items())
    limit = f"；各步限期（从上一步算起）：{limits}" if limits else ""
    return f"口径：《{form.name}》，一条记录计一件，填了日期算到了这一步{limit}"


def _say_faults(form: Form, stages: Sequence[Stage]) -> list[str]:
    """Return the faults: a later stage without this one, dates in the wrong order, steps beyond the limit."""
    faults = []
    for stage in stages:
        name = _name(form, stage.stage)
        if stage.skipped:
            faults.append(f"△ {stage.skipped:,}{_COUNTED}没有{name}日期却填了后面的日期")
        if stage.backwards:
            faults.append(f"△ {stage.backwards:,}{_COUNTED}的{name}日期早于上一步")
        if stage.late:
            faults.append(f"{stage.late:,}{_COUNTED}超过限期才{name}")
    return faults
