"""One organisation's figures beside those of its peers: the median among them, and its rank."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from base.formats import MISSING
from pages.shared.card import say_verdict
from pages.shared.downloads import copying
from pages.shared.fold import say_rest
from pages.view import cached
from pages.view.filters import View
from pages.view.links import explained, indicator_address
from stats.catalogue import Catalogue
from stats.judging.verdicts import VerdictState
from stats.organisations import Peers
from stats.readings import Reading
from stats.readings.levels import say_median
from stats.readings.movements import sign_movement
from stats.readings.sentences import judge, say_cover, say_finding, say_reading
from stats.readings.standings import Among, among, say_place, say_place_among

_HEAD = "<tr><th>指标</th><th>数值</th><th>比上期</th><th>同类中位数</th><th>名次</th></tr>"
_HEAD_WITHOUT_PEERS = "<tr><th>指标</th><th>数值</th><th>比上期</th></tr>"


def say_unit(view: View, known: Sequence[Reading], peers: Peers | None, catalogue: Catalogue) -> str:
    """Return the finding: the organisation's first figure, with who reported if not all did, and its rank."""
    if not known:
        return f"{view.unit.name}在这一期间还没有数据"
    first = first_of(known, catalogue)
    lacking = first.reported < first.expected
    cover = f"（{say_cover(first)}）" if lacking else ""
    text = f"{say_finding(first, catalogue.indicators[first.indicator])}{cover}"
    place = _places(view, [first.indicator], peers).get(first.indicator)
    return f"{text}，{say_place_among(place, peers.name)}" if place and peers else text


def draw_peers(view: View, known: Sequence[Reading], peers: Peers | None, catalogue: Catalogue) -> None:
    """Draw one table per field of work, in the order of the menu.

    A phone shows the headline figures and those behind their target, and the others when asked.
    """
    places = _places(view, [reading.indicator for reading in known], peers)
    blocks = []
    for board in catalogue.boards.values():
        rows = [
            _row(reading, catalogue, places, peers is not None)
            for reading in sorted(
                known, key=lambda reading: catalogue.indicators[reading.indicator].headline or len(known)
            )
            if catalogue.fields[catalogue.indicators[reading.indicator].domain].code == board.code
            and _tells(reading, places)
        ]
        if rows:
            head = _HEAD if peers else _HEAD_WITHOUT_PEERS
            table = f'<table class="plain peers"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'
            blocks.append(f'<section class="domain"><h3>{escape(board.name)}</h3>{table}</section>')
    rest = sum(not _leads(reading, catalogue) and _tells(reading, places) for reading in known)
    st.html(
        f'<div class="taken folded leading"><div class="domains">{"".join(blocks)}</div>'
        f"{say_rest(rest, '个指标')}{copying('各项指标')}</div>"
    )


def first_of(known: Sequence[Reading], catalogue: Catalogue) -> Reading:
    """Return the reading to begin with: the one for the organisation's size, else the first."""
    size = catalogue.reporting.size
    return next((reading for reading in known if catalogue.indicators[reading.indicator].numerator == size), known[0])


def _places(view: View, codes: Sequence[str], peers: Peers | None) -> dict[str, Among]:
    if peers is None:
        return {}
    standings = cached.standings(view.build, tuple(sorted(set(codes))), peers.codes, view.span)
    places = {code: among(placed, view.unit.code) for code, placed in standings.items()}
    return {code: place for code, place in places.items() if place}


def _leads(reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether a figure is a headline figure or behind its target."""
    indicator = catalogue.indicators[reading.indicator]
    return bool(indicator.headline) or judge(reading, indicator).state == VerdictState.BEHIND


def _tells(reading: Reading, places: dict[str, Among]) -> bool:
    """Return whether a figure is worth showing: not if it is zero and the median is too."""
    peers = places.get(reading.indicator)
    return bool(reading.value or reading.goal or (peers and peers.median))


def _row(reading: Reading, catalogue: Catalogue, places: dict[str, Among], compared: bool) -> str:
    indicator = catalogue.indicators[reading.indicator]
    verdict = f"<small>{say_verdict(reading, indicator)}</small>" if reading.goal else ""
    name = f'<a href="{escape(indicator_address(reading))}" target="_self">{escape(reading.name)}</a>{verdict}'
    cells = f"<td>{sign_movement(reading, indicator)}</td>"
    if compared:
        peers = places.get(reading.indicator)
        usual = say_median(peers.median, reading.measure, indicator) if peers else MISSING
        cells += f"<td>{usual}</td><td>{say_place(peers) if peers else MISSING}</td>"
    row = '<tr class="main">' if _leads(reading, catalogue) else "<tr>"
    value = explained(say_reading(reading, indicator), indicator.code, reading.unit)
    return f'{row}<td>{name}</td><td class="strong">{value}</td>{cells}</tr>'
