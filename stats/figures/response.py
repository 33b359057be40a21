"""How long the rows of a ledger took from one time to another, how many in time, and what is still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from base.formats import MISSING, PERCENT, say_value
from base.periods import last_day, say_span
from stats.catalogue.boards import ResponsePanel
from stats.catalogue.deadlines import Deadline
from stats.catalogue.models import Form, Indicator
from stats.figures.elements.conditions import codes_allowed, codes_of_done, name_code, say_undated
from stats.figures.elements.cover import Cover, cover_of_rows
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, SeriesRole, Source
from stats.figures.elements.lines import name_of, say_who, source_line
from stats.figures.elements.waiting import EXAMPLE, say_duration, unit_of
from stats.totals import last_filed
from stats.warehouse import run_query

ALL = "合计"
_HOUR, _DAY = 3600, 86400  # seconds


@dataclass(kw_only=True, frozen=True)
class Response:
    """What is known of a group of rows (`key`, None: all of them) at the span's end, counted as response.sql says.

    `records` are the ids of rows where they are listed.
    """

    key: str | None
    begun: int
    done: int
    median: float | None
    p90: float | None
    due: int
    in_time: int
    open: int
    overdue: int
    longest: float | None
    backwards: int
    undated: int
    records: Sequence[int] | None = None

    @property
    def code(self) -> str:
        """Return the key of the group's marks: "" of all rows together."""
        return "" if self.key is None else self.key or MISSING


@dataclass(frozen=True)
class _Terms:
    """What the figure is about: the deadline, the unit its times are said in, and what a row is counted in."""

    form: Form
    deadline: Deadline
    measure: str
    counted: str

    def times(self, value: float | None) -> str:
        return say_duration(value, self.measure)

    def counts(self, value: int) -> str:
        return say_value(value, self.counted)


def make_response(source: Source, panel: ResponsePanel, view: Selection) -> Figure:
    """Return times, share in time and what is open, by the codes of a column or the organisation's direct children.

    Times are those of the rows done within the span; the share is of those whose outcome became known in it.
    """
    form = source.catalogue.forms[panel.form]
    deadline = form.deadline(panel.deadline)
    terms = _Terms(form, deadline, unit_of(form, deadline), source.catalogue.measures[panel.measure].name)
    cover = cover_of_rows(source, form.code, view, None)
    filed = last_filed(source.warehouse, form.code, view.span)
    responses = read_responses(source, panel, view) if filed is not None and not cover.nobody else []
    groups = _ordered(responses)
    indicator = _share_of(source, panel)
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(panel, terms, groups, view, cover),
        question=panel.question,
        series=_series(source, panel, terms, groups, view) if any(_counts(group) for group in groups) else (),
        measure=f"{terms.counted}、{terms.measure}、{PERCENT}",
        when=f"时间：{say_span(view.span)}，没有{deadline.done}的按期末计",
        who=say_who(source, view),
        base=_say_base(source, panel, terms),
        coverage=cover.line(form.name),
        source=source_line(source, [form.code]),
        note="；".join(filter(None, (panel.note, *_say_rest(source, panel, terms, groups)))),
        indicator=indicator.code if indicator else "",
    )


def read_responses(source: Source, panel: ResponsePanel, view: Selection, listed: str = "") -> list[Response]:
    """Return what is known of each group at the span's end, and of all rows together (key None), which come first.

    `listed` names the count whose rows are listed too, none by default.
    """
    form = source.catalogue.forms[panel.form]
    deadline, exact = form.deadline(panel.deadline), form.exact(form.deadline(panel.deadline))
    rows = run_query(
        source.warehouse,
        "response.sql",
        form=form.code,
        unit=view.unit,
        last=view.span.last,
        begin=datetime.combine(last_day(view.span.first - 1) + timedelta(days=1), time()),
        until=datetime.combine(last_day(view.span.last) + timedelta(days=1), time()),
        start=deadline.start,
        end=deadline.end,
        by=panel.by,
        limit=deadline.limit,
        limit_by=deadline.by,
        codes=list(deadline.limits),
        limits=list(deadline.limits.values()),
        bound=deadline.until,
        unit_seconds=_HOUR if exact else _DAY,
        grace=0 if exact else _DAY,
        done_if=codes_of_done(source, form, deadline.end),
        conditions=codes_allowed(source, form, panel.where),
        listed=listed,
    )
    return [Response(**row) for row in rows]


def _ordered(responses: Sequence[Response]) -> list[Response]:
    """Return all rows together first, then the groups with anything in the span, those with most to be done first."""
    whole = [group for group in responses if group.key is None]
    parts = [group for group in responses if group.key is not None and _counts(group)]
    return [
        *whole,
        *sorted(parts, key=lambda group: (-group.overdue, -group.open, -group.due, -group.done, group.key or "")),
    ]


def _counts(group: Response) -> bool:
    return any((group.begun, group.done, group.due, group.open, group.backwards, group.undated))


def _share_of(source: Source, panel: ResponsePanel) -> Indicator | None:
    """Return the indicator that is the share in time of these rows, by which the figure can be traced."""
    items = source.catalogue.items
    for indicator in source.catalogue.indicators.values():
        top, below = items[indicator.numerator], items.get(indicator.denominator or "")
        same = (top.form, top.deadline, top.where) == (panel.form, panel.deadline, panel.where)
        if same and top.state == "within" and below and (below.state, below.where) == ("due", panel.where):
            return indicator
    return None


def _series(
    source: Source, panel: ResponsePanel, terms: _Terms, groups: Sequence[Response], view: Selection
) -> tuple[Series, ...]:
    done = terms.deadline.done
    columns: list[tuple[str, str, SeriesRole, list[tuple[float | None, str]]]] = [
        (f"已{done}", terms.counted, SeriesRole.VALUE, [(group.done, terms.counts(group.done)) for group in groups]),
        ("用时中位数", terms.measure, SeriesRole.DAYS, [(group.median, terms.times(group.median)) for group in groups]),
        ("九成在多久以内", terms.measure, SeriesRole.TAIL, [(group.p90, terms.times(group.p90)) for group in groups]),
        ("期限内占比", PERCENT, SeriesRole.SHARE, [_share(group) for group in groups]),
        (
            f"还没有{done}",
            terms.counted,
            SeriesRole.WAITING,
            [(group.open, terms.counts(group.open)) for group in groups],
        ),
        (
            "其中已过期限",
            terms.counted,
            SeriesRole.OVERDUE,
            [(group.overdue, terms.counts(group.overdue)) for group in groups],
        ),
        (
            "最久的已等",
            terms.measure,
            SeriesRole.LONGEST,
            [(group.longest, terms.times(group.longest)) for group in groups],
        ),
    ]
    labels = [_label(source, panel, terms.form, group, view) for group in groups]
    return tuple(
        Series(name=name, measure=measure, role=role, marks=_marks(panel, terms, groups, labels, role, values))
        for name, measure, role, values in columns
    )


def _share(group: Response) -> tuple[float | None, str]:
    share = group.in_time / group.due if group.due else None
    return share, say_value(share, PERCENT, 1)


def _marks(
    panel: ResponsePanel,
    terms: _Terms,
    groups: Sequence[Response],
    labels: Sequence[str],
    role: SeriesRole,
    values: Sequence[tuple[float | None, str]],
) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            label=label,
            value=value,
            text=text,
            key=group.code,
            target=_limit(panel, terms.deadline, group) if role == SeriesRole.DAYS else None,
            note=_note(terms, group, role),
            absent="" if value is not None else _absent(terms, role),
        )
        for label, group, (value, text) in zip(labels, groups, values, strict=True)
    )


def _note(terms: _Terms, group: Response, role: SeriesRole) -> str:
    """Return what a time or a share rests on."""
    if role == SeriesRole.SHARE and group.due:
        return f"{terms.counts(group.due)}到了期限或已{terms.deadline.done}，{terms.counts(group.in_time)}在期限内"
    return f"{terms.counts(group.done)}本期{terms.deadline.done}的" if role == SeriesRole.DAYS and group.done else ""


def _absent(terms: _Terms, role: SeriesRole) -> str:
    """Return why there is no number."""
    if role == SeriesRole.LONGEST:
        return f"没有未{terms.deadline.done}的"
    return "没有到期限的" if role == SeriesRole.SHARE else f"没有{terms.deadline.done}的"


def _limit(panel: ResponsePanel, deadline: Deadline, group: Response) -> float | None:
    """Return the limit that all rows of a group share, None where they have different ones."""
    if deadline.limit is not None:
        return deadline.limit
    return deadline.limits.get(group.key or "") if panel.by == deadline.by else None


def _label(source: Source, panel: ResponsePanel, form: Form, group: Response, view: Selection) -> str:
    if group.key is None:
        return ALL
    if panel.by is None:
        return f"{name_of(source, group.key)}本级" if group.key == view.unit else name_of(source, group.key)
    return name_code(source, form.column(panel.by), group.key)


def _title(panel: ResponsePanel, terms: _Terms, groups: Sequence[Response], view: Selection, cover: Cover) -> str:
    when, done = say_span(view.span), terms.deadline.done
    if not groups:
        return f"{when}，{panel.name}{cover.absence}"
    whole = groups[0]
    text = f"{when}，{cover.words}{panel.name}{done}{terms.counts(whole.done)}"
    if whole.median is not None:
        text += f"，一般用{terms.times(whole.median)}，九成在{terms.times(whole.p90)}以内"
    if whole.due:
        text += f"；期限内的占{_share(whole)[1]}"
    if not whole.open:
        return f"{text}，没有未{done}的" if _counts(whole) else f"{when}，{cover.words}没有{panel.name}"
    text += f"；期末还有{terms.counts(whole.open)}没有{done}"
    return f"{text}，其中{terms.counts(whole.overdue)}已过期限" if whole.overdue else text


def _say_base(source: Source, panel: ResponsePanel, terms: _Terms) -> str:
    deadline, form = terms.deadline, terms.form
    start, end = (form.column(code).label for code in (deadline.start, deadline.end))
    parts = [
        f"口径：《{form.name}》的{panel.name}，从{start}到{end}，用时只算本期{deadline.done}的",
        f"期限内占比：本期在期限内{deadline.done}的÷（加上本期过了期限的），过了期限还没有{deadline.done}的算不在期限内",
        f"期限：{_say_limits(source, terms)}{EXAMPLE if deadline.example else ''}",
    ]
    return "；".join(parts)


def _say_limits(source: Source, terms: _Terms) -> str:
    deadline = terms.deadline
    if deadline.until:
        return f"各自的{terms.form.column(deadline.until).label}"
    if deadline.limit is not None:
        return terms.times(deadline.limit)
    codes = source.catalogue.codes[terms.form.column(deadline.by or "").codes or ""]
    return "、".join(f"{codes.name_of(code)}{terms.times(limit)}" for code, limit in deadline.limits.items())


def _say_rest(source: Source, panel: ResponsePanel, terms: _Terms, groups: Sequence[Response]) -> list[str]:
    """Return which kinds had none in the span, and how many rows are dated in the wrong order."""
    remarks = []
    if groups and panel.by and panel.by == terms.deadline.by:
        codes = source.catalogue.codes[terms.form.column(panel.by).codes or ""]
        asked = codes_allowed(source, terms.form, {panel.by: panel.where[panel.by]}) if panel.by in panel.where else []
        among = asked[0]["codes"] if asked else list(terms.deadline.limits)
        shown = {group.key for group in groups}
        if none := [codes.name_of(code) for code in terms.deadline.limits if code in among and code not in shown]:
            remarks.append(f"{'、'.join(none)}没有发生")
    if groups and groups[0].backwards:
        end, start = (terms.form.column(code).label for code in (terms.deadline.end, terms.deadline.start))
        remarks.append(f"△ {terms.counts(groups[0].backwards)}的{end}早于{start}，没有算在内")
    if groups:
        remarks.append(say_undated(terms.form, terms.deadline.end, groups[0].undated, terms.counted))
    return remarks
