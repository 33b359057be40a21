"""Arranged boards: in their order, with the usual board of a field that declares none, and on another base."""

from collections.abc import Collection, Iterable, Mapping

from stats.catalogue.boards import (
    MOST_SERIES,
    UNPLACED,
    AreasPanel,
    Board,
    CoursePanel,
    DistancesPanel,
    MultiplesPanel,
    Panel,
    RatesPanel,
)
from stats.catalogue.code_lists import Domain
from stats.catalogue.models import Indicator


def exchange(panel: Panel, code: str, other: str) -> Panel:
    """Return the panel with one indicator replaced by another: the same question on another base."""
    if isinstance(panel, AreasPanel | MultiplesPanel):
        return panel.model_copy(update={"indicator": other if panel.indicator == code else panel.indicator})
    if isinstance(panel, CoursePanel | RatesPanel):
        return panel.model_copy(update={"indicators": tuple(other if c == code else c for c in panel.indicators)})
    return panel


def named_on(panel: Panel, known: Iterable[Indicator]) -> tuple[str, ...]:
    """Return the indicators that a panel names; distances that name none are those of the headline figures."""
    if isinstance(panel, AreasPanel | MultiplesPanel):
        return (panel.indicator,)
    if isinstance(panel, DistancesPanel):
        return panel.indicators or tuple(indicator.code for indicator in headlines_of(known))
    return panel.indicators if isinstance(panel, CoursePanel | RatesPanel) else ()


def side_by_side_on(board: Board, known: Collection[Indicator]) -> tuple[str, ...]:
    """Return the indicators of which a board's panels show every organisation below the one selected."""
    panels = [panel for panel in board.panels if isinstance(panel, AreasPanel | MultiplesPanel | DistancesPanel)]
    return tuple(dict.fromkeys(code for panel in panels for code in named_on(panel, known)))


def headlines_of(known: Iterable[Indicator]) -> list[Indicator]:
    """Return the headline figures in their order."""
    headlines = (indicator for indicator in known if indicator.headline)
    return sorted(headlines, key=lambda indicator: indicator.headline or 0)


def arrange(
    declared: Iterable[Board], domains: Mapping[str, Domain], indicators: Iterable[Indicator]
) -> dict[str, Board]:
    """Return the boards by code, in their order; a domain without a board gets the default one."""
    boards, known, places = list(declared), list(indicators), list(domains)
    covered = {code for board in boards for code in board.domains}
    lacking = [domain for domain in domains.values() if domain.code not in covered]
    usual = [board for domain in lacking if (board := _usual_board(domain, known))]
    ordered = sorted(
        boards + usual, key=lambda b: (b.order, places.index(b.domain) if b.domain in domains else len(places))
    )
    return {board.code: board for board in ordered}


def _usual_board(domain: Domain, indicators: Iterable[Indicator]) -> Board | None:
    """Return the default board: the headline indicators over time, the rates against targets, the first one by area."""
    own = [indicator for indicator in indicators if indicator.domain == domain.code]
    own.sort(key=lambda indicator: indicator.headline if indicator.headline is not None else UNPLACED)
    counted = [indicator.code for indicator in own]
    shares = [indicator for indicator in own if indicator.is_rate]
    rates = tuple(indicator.code for indicator in shares if indicator.unit == shares[0].unit)  # on one scale
    panels: list[Panel] = []
    if counted:
        panels.append(CoursePanel(code="course", kind="course", indicators=tuple(counted[:MOST_SERIES])))
    if rates:
        panels.append(RatesPanel(code="rates", kind="rates", indicators=rates))
    if counted:
        panels.append(AreasPanel(code="areas", kind="areas", indicator=counted[0]))
    return (
        Board.model_validate({"code": domain.code, "name": domain.name, "domain": domain.code, "panels": panels})
        if panels
        else None
    )
