"""A headline figure as a card: the value with a sparkline; below it change, target, base and coverage."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from base.formats import split_value
from pages.view.links import WHY, board_address, board_of, explained, indicator_address
from stats.catalogue.models import Indicator
from stats.drawing.spark import draw_spark
from stats.readings import Reading
from stats.readings.sentences import judge, say_absence, say_cover, say_movement, say_target, say_target_note, say_when
from stats.totals.series import Point

FOLDED = "看口径和依据"  # what a phone folds away of the cards
_IN_PART = "<small>已报合计</small>"  # the sum of those who reported is not that of all


def card_of(reading: Reading, indicator: Indicator, points: Sequence[Point]) -> str:
    """Return a card as HTML; all cards are one element, because hundreds of elements take a browser a second."""
    return (
        f'<section class="card" data-code="{indicator.code}">{_name(reading)}{_figure(reading, indicator, points)}'
        f"{_movement(reading, indicator)}{_target(reading, indicator)}{_base(reading)}"
        f"{_ways(reading, indicator)}</section>"
    )


def small_card_of(reading: Reading, indicator: Indicator) -> str:
    """Return a card without a sparkline as HTML, for a page whose drawings show the course; its name is the link."""
    name = f'<a href="{escape(indicator_address(reading))}" target="_self">{escape(reading.name)}</a>'
    aimed = f"<p>{say_verdict(reading, indicator)}</p>" if reading.goal else ""
    return (
        f'<section class="card" data-code="{indicator.code}">'
        f'<div class="name">{name}<span class="when">{say_when(reading)}</span></div>'
        f"{_figure(reading, indicator, ())}{_movement(reading, indicator)}{aimed}{_base(reading)}</section>"
    )


def say_verdict(reading: Reading, indicator: Indicator) -> str:
    """Return the target and its verdict as HTML, by sign, words and colour."""
    verdict = judge(reading, indicator)
    aimed = escape(say_target(reading, indicator))
    if not verdict.words:
        return aimed
    return f'{aimed} <span class="{verdict.state}">{verdict.state.sign} {escape(verdict.words)}</span>'


def _name(reading: Reading) -> str:
    return f'<div class="name">{escape(reading.name)}<span class="when">{say_when(reading)}</span></div>'


def _figure(reading: Reading, indicator: Indicator, points: Sequence[Point]) -> str:
    figures, measure = split_value(reading.value, reading.measure, indicator.decimals)
    partial = {at for at, point in enumerate(points) if point.partial}
    drawing = draw_spark([point.value for point in points], indicator.chart, partial)
    spark = f'<div class="spark" style="--drawing:url(\'data:image/svg+xml;utf8,{quote(drawing)}\')"></div>'
    added = "" if indicator.is_rate or reading.reported >= reading.expected or reading.value is None else _IN_PART
    pressed = explained(figures, indicator.code, reading.unit)
    value = f'<div class="value">{added}{pressed}<span>{escape(measure)}</span></div>'
    return f'<div class="figure">{value}{spark if drawing else ""}</div>'


def _movement(reading: Reading, indicator: Indicator) -> str:
    none = "上一期没有数据，不能比较" if reading.expected or reading.value is not None else say_absence(reading)
    movement = say_movement(reading, indicator) or none
    return f"<p>{escape(movement)}</p>"


def _target(reading: Reading, indicator: Indicator) -> str:
    if reading.goal is None:
        return ""
    note = escape(say_target_note(reading))
    return f'<p>{say_verdict(reading, indicator)}</p><p class="fine later">{note}</p>'


def _base(reading: Reading) -> str:
    coverage = say_cover(reading)
    marked = f"<b>△ {coverage}</b>" if reading.reported < reading.expected else coverage
    return f'<p class="fine">{marked}<span class="later">　口径：{escape(reading.base)}</span></p>'


def _ways(reading: Reading, indicator: Indicator) -> str:
    """Return the links to the board of the field and to the indicator, and the button that explains the figure."""
    ways = {
        board_of(indicator.domain).name: board_address(indicator.domain),
        "看指标": indicator_address(reading),
    }
    links = (f'<a href="{escape(way)}">{escape(name)} ›</a>' for name, way in ways.items())
    return f'<nav class="ways">{"".join(links)}{explained(WHY, indicator.code, reading.unit)}</nav>'
