"""One organisation's lines: the rule in words, its number, the points of each stage, the cells."""

from collections.abc import Iterator
from html import escape

import streamlit as st

from base.formats import MISSING, POINTS, say_bound, say_points
from pages.parts.scoring.choice import Scoring, trace_address
from pages.shared.cell_in_sheet import draw_sheet
from pages.shared.fold import say_more
from pages.shared.plotly_chart import draw_chart
from pages.view import cached
from pages.view.stylesheet import palette
from stats.catalogue.schemes import STAGES
from stats.scoring import Score
from stats.scoring.score_lines import SOURCES, Entered, ScoreLine, Source, add_up, say_line_points
from stats.scoring.score_words import group_figure, groups_of, say_reading_of, say_source

_COUNTED = "计入"
_COLUMNS = ("项目和规则", "满分", "依据的数", "自评", "复核", "计算", "核定", _COUNTED, "自评高出", "来源")
_POINTS: tuple[Source, ...] = ("self", "checked", "computed", "final")


def draw_groups(score: Score) -> None:
    """Draw the groups of plain lines as bars against their points."""
    figure = group_figure(score)
    drawing = cached.drawing(figure, palette())
    if drawing is not None:
        st.html(f'<p class="question">{escape(figure.title)}</p>')
        draw_chart(drawing, f"{figure.title}。{'；'.join(figure.lines)}", "chart-score-groups")
    st.html(f'<ul class="lines">{"".join(f"<li>{escape(line)}</li>" for line in figure.lines)}</ul>')


def draw_lines(scoring: Scoring, score: Score) -> None:
    """Draw one row per line under the headings of its group; on a phone each is a card, folded away below its group."""
    head = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    body = "".join(_group(scoring, name, lines) for name, lines in groups_of(score).items())
    st.html(
        '<div class="folded"><div class="scroll" tabindex="0">'
        f'<table class="plain score-lines"><thead><tr>{head}</tr></thead>{body}</table></div>'
        f"{say_more(f'看{len(score.lines):,}项的规则和得分')}</div>"
    )


def draw_cell(scoring: Scoring, score: Score) -> None:
    """Offer the cells of the score sheets; draw the selected one in its sheet."""
    entered = list(_entered(score))
    cells = {f"{name}　{stage}": score for name, stage, score in entered if score.cell.submission in scoring.files}
    if not cells:
        none = "还没有收到这个单位的考核评分表；上面的分都是按指标计算的。"
        st.caption("评分表里的格只给县总工会和报这张表的乡镇、园区、系统看。" if entered else none)
        return
    picked = st.selectbox(
        "看评分表里的哪一格", list(cells), index=None, placeholder="选一项", key="score-cell", width=420
    )
    if picked:
        cell = cells[picked].cell
        draw_sheet(scoring.build, cell)


def _entered(score: Score) -> Iterator[tuple[str, str, Entered]]:
    for line in score.lines:
        for stage in STAGES:
            if stage in line.entered:
                yield line.placed.item.name, SOURCES[stage], line.entered[stage]


def _group(scoring: Scoring, name: str, lines: tuple[ScoreLine, ...]) -> str:
    total = add_up(lines)
    plain = any(line.plain for line in lines)
    text = f"{say_points(total.points)}/{say_bound(total.full.normalize(), POINTS)}" if plain else ""
    text = text or (say_points(total.extra_points) if total.lines else "")
    heading = f'<tr class="group"><th colspan="{len(_COLUMNS)}" scope="rowgroup">{escape(name)}　{text}</th></tr>'
    return f"<tbody>{heading}{''.join(_row(scoring, line) for line in lines)}</tbody>"


def _row(scoring: Scoring, line: ScoreLine) -> str:
    item = line.placed.item
    part = f"{escape(line.placed.part)}·" if line.placed.part else ""
    base = say_reading_of(line)
    value = escape(line.value_text or MISSING) + (f"<small>{escape(base)}</small>" if base else "")
    points = [say_line_points(line, line.points.get(source)) for source in _POINTS]
    cells = [
        say_bound(item.points.normalize(), POINTS) if line.plain else MISSING,
        value,
        *points,
        _say_counts(line),
        say_points(line.difference),
        _ways(scoring, line),
    ]
    named = zip(_COLUMNS[1:], cells, strict=True)
    rest = "".join(f'<td data-name="{name}"{_kind(name)}>{text}</td>' for name, text in named)
    text = f"{part}<b>{escape(item.name)}</b><small>{escape(line.rule)}</small>{_say_objections(scoring, line)}"
    return f'<tr class="later"><td>{text}</td>{rest}</tr>'


def _say_objections(scoring: Scoring, line: ScoreLine) -> str:
    """Return whether there is an objection to a line and whether it was answered; the texts are below on the page."""
    own = [
        objection
        for objection in scoring.objections
        if (objection.unit, objection.item) == (line.unit, line.placed.item.code)
    ]
    if not own:
        return ""
    waiting = sum(not objection.answers for objection in own)
    return f'<small class="asked">△ 申诉{len(own)}次，{f"{waiting}次还没有答复" if waiting else "已答复"}</small>'


def _kind(name: str) -> str:
    return ' class="strong"' if name == _COUNTED else ""


def _say_counts(line: ScoreLine) -> str:
    if line.counts is None:
        return '<span class="behind">△ 没有数据</span>'
    text = say_line_points(line, line.counts)
    return f'<span class="behind">✕ {text}</span>' if line.vetoed else f"{text}<small>按{say_source(line)}</small>"


def _ways(scoring: Scoring, line: ScoreLine) -> str:
    """Return the way to the cells of the indicator, and the cells of the score sheet."""
    basis, parts = line.placed.item.basis, []
    if basis and basis.indicator:
        way = escape(trace_address(scoring, line.unit, basis))
        parts.append(f'<a href="{way}" target="_self">查来源 ›</a>')
    if seen := line.seen(scoring.files):
        place = f"评分表{'、'.join(score.cell.address for score in seen)}"
        note = "；".join(filter(None, (place, seen[-1].basis, seen[-1].remark)))
        parts.append(f'<small title="{escape(seen[-1].cell.name)}">{escape(note)}</small>')
    return "".join(parts) or MISSING
