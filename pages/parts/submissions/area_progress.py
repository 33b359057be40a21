"""Areas against forms: how many returns came of how many expected, by colour and in words."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from base.formats import MISSING
from etl.collection.status import StatusLine
from pages.returns.quarter_choice import Collecting
from pages.shared.fold import say_more, say_rest

_TOTAL, _ON_TIME = "合计", "按时"
_AT_FIRST = 8  # forms of the county's own on a phone, those that lack returns


def draw_areas(collection: Collecting) -> None:
    """Draw a table of the forms that several areas report, below it those that only the county itself reports.

    A phone shows who lacks something, and how much in all; the rest is folded away.
    """
    wide, own = _parted(collection)
    if wide:
        st.html(
            '<div class="folded few-columns"><div class="scroll" tabindex="0">'
            f'<table class="plain grid">{_head(wide)}{_body(wide, collection)}</table></div>'
            f"{say_more('看全部单位和报表')}</div>"
        )
    if own:
        first = sum(map(bool, (_lacking([line]) for line in own[:_AT_FIRST])))
        items = "".join(
            f"{_item(at < first)}{escape(line.form_name)}{_cell([line])}</li>" for at, line in enumerate(own)
        )
        head = f"<h3>{escape(collection.county.name)}本级报的</h3>"
        rest = say_rest(len(own) - first, "张表")
        st.html(f'<div class="told folded">{head}<ul class="own">{items}</ul>{rest}</div>')


def _item(at_first: bool) -> str:
    return "<li>" if at_first else '<li class="later">'


def say_parts(collection: Collecting) -> str:
    """Return how many of the expected returns are the areas' and how many the county's own; "" where all are one's."""
    wide, own = (sum(line.expected for line in lines) for lines in _parted(collection))
    return f"应报 {wide + own:,} 份，其中各地 {wide:,} 份、本级 {own:,} 份" if wide and own else ""


def _parted(collection: Collecting) -> tuple[list[StatusLine], list[StatusLine]]:
    """Return the lines of the forms that several areas report, and those of the county's own, what lacks most first."""
    lines, county = collection.status.lines, collection.county.code
    shared = {line.form for line in lines if line.area != county}
    own = (line for line in lines if line.form not in shared)
    wide = [line for line in lines if line.form in shared]
    return wide, sorted(own, key=lambda line: line.received - line.expected)


def _head(lines: Sequence[StatusLine]) -> str:
    names = [_TOTAL, *([_ON_TIME] if _counts_on_time(lines) else []), *_forms(lines).values()]
    return f"<thead><tr><th>单位</th>{''.join(f'<th>{escape(name)}</th>' for name in names)}</tr></thead>"


def _body(lines: Sequence[StatusLine], collection: Collecting) -> str:
    areas: dict[str, list[StatusLine]] = {}
    for line in lines:
        areas.setdefault(line.area_name, []).append(line)
    ordered = sorted(areas.items(), key=lambda pair: -_lacking(pair[1]))
    rows = [] if collection.area else [_row("各地合计", lines, lines)]
    return f"<tbody>{''.join([*rows, *(_row(name, area_lines, lines) for name, area_lines in ordered)])}</tbody>"


def _row(name: str, area_lines: Sequence[StatusLine], lines: Sequence[StatusLine]) -> str:
    on_time = [_say_on_time(area_lines)] if _counts_on_time(lines) else []
    cells = [
        _cell(area_lines),
        *on_time,
        *(_cell([line for line in area_lines if line.form == form]) for form in _forms(lines)),
    ]
    row = "<tr>" if _lacking(area_lines) else '<tr class="later">'
    return f"{row}<td>{escape(name)}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _cell(lines: Sequence[StatusLine]) -> str:
    expected, received = sum(line.expected for line in lines), sum(line.received for line in lines)
    if not expected:
        return MISSING
    if received >= expected:
        return f'<span class="met">✓ {received:,}/{expected:,}</span>'
    counts = [(sum(line.returned for line in lines), "退"), (sum(line.held for line in lines), "核")]
    asides = "".join(f"，{word}{count}" for count, word in counts if count)
    return f'<span class="behind">△ {received:,}/{expected:,}</span><small>缺{expected - received:,}{asides}</small>'


def _counts_on_time(lines: Iterable[StatusLine]) -> bool:
    """Return whether returns can be on time: in a quarter entered retrospectively they can't."""
    return all(line.on_time is not None for line in lines)


def _say_on_time(lines: Sequence[StatusLine]) -> str:
    return f"{sum(line.on_time or 0 for line in lines):,}/{sum(line.expected for line in lines):,}"


def _forms(lines: Iterable[StatusLine]) -> dict[str, str]:
    return dict(sorted({line.form: line.form_name for line in lines}.items()))


def _lacking(lines: Iterable[StatusLine]) -> int:
    return sum(line.expected - line.received for line in lines)
