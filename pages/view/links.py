"""Ways from a figure: the button that explains it, links to its indicator, its board and its cells.

Links keep the filter bar's selection.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from base.periods import Span
from pages.view import cached
from pages.view.choices import name_indicators, names_of_against
from pages.view.declared_now import catalogue_now
from pages.view.filters import View, chosen, words_of_span
from stats.catalogue.boards import Board
from stats.readings import Reading

TRACE_PAGE, INDICATOR_PAGE, UNIT_PAGE, SHOW_PAGE = "trace.py", "indicator.py", "unit.py", "show.py"
HOME_PAGE, TARGETS_PAGE, PAPERS_PAGE = "overview.py", "targets.py", "papers.py"
UPLOAD_PAGE, SUBMISSIONS_PAGE, TEMPLATES_PAGE = "upload.py", "submissions.py", "templates.py"
MOVE_IN_PAGE = "move_in.py"
CALLED_FROM = "of"  # the page that 投影 was called from, in its address
BAR = frozenset({"unit", "span", "from", "to", "against", "kind"})  # the filter bar's parameters in the address


WHY = "怎么来的 ›"  # the words of a button that explains a figure, where it does not bear the number itself


def explained(
    shown: str, figure: str = "", unit: str = "", span: Span | None = None, *, of_target: bool = False
) -> str:
    """Return a number, or words, as a button whose press opens the panel that explains the figure, as HTML.

    What is not named here, its table's row or column names (`marks_of`); otherwise the filter bar's selection holds.
    """
    return (
        f'<button type="button" class="why"{marks_of(figure, unit, span, of_target=of_target)}>{escape(shown)}</button>'
    )


def marks_of(figure: str = "", unit: str = "", span: Span | None = None, *, of_target: bool = False) -> str:
    """Return which figure is meant as attributes, for a button or for the row, the column or the table it stands in."""
    return (
        (f' data-figure="{escape(figure)}"' if figure else "")
        + (f' data-unit="{escape(unit)}"' if unit else "")
        + (f' data-span="{escape(str(span))}"' if span else "")
        + (" data-target=yes" if of_target else "")
    )


def explained_as(shown: str, names: Mapping[str, str]) -> str:
    """Return the same for what a mark of a figure asks about, in the words that name it (`Asking`)."""
    return f'<button type="button" class="why"{naming(names)}>{escape(shown)}</button>'


def naming(names: Mapping[str, str]) -> str:
    """Return words that name what is asked about as attributes."""
    return "".join(f' data-{word}="{escape(value)}"' for word, value in names.items())


def board_of(domain: str) -> Board:
    """Return the first board of a field of work."""
    return catalogue_now().fields[domain]


def board_address(domain: str) -> str:
    """Return the address of the board of a field of work."""
    return address(board_of(domain).code)


def address(page: str, unit: str = "", figure: str = "", span: Span | None = None) -> str:
    """Return the address of a page for the current selection, or another organisation, indicator (code) or span.

    It uses the words of the bar, as the bar itself writes them, so that the link is followed within the session.
    """
    view = chosen()
    if span is not None:
        view = replace(view, span=span, against=None)
    named = cached.unit_names(view.build)[unit or view.unit.code]
    shown = name_indicators(cached.catalogue(view.build))[figure] if figure else ""
    words = [_encode("unit", named), _encode_beside_unit(view), *([_encode("figure", shown)] if figure else [])]
    return f"{page}?{'&'.join(words)}"


def aim_address(code: str) -> str:
    """Return the address of one target on the page 目标完成, at its course."""
    return f"{address('goals')}&{urlencode({'gap': name_indicators(catalogue_now())[code]})}#gap"


@lru_cache(maxsize=64)
def _encode_beside_unit(view: View) -> str:
    words = words_of_span(view.span, view.build)
    if view.against:
        words["against"] = names_of_against(view.span, view.data)[view.against]
    if view.kind:
        words["kind"] = cached.catalogue(view.build).kinds[view.kind].name
    return urlencode(words)


@lru_cache(maxsize=5000)
def _encode(key: str, words: str) -> str:
    return urlencode({key: words})


def state_of(view: View) -> dict[str, str]:
    """Return the current selection as parameters of an address to be saved: by code, because names may change."""
    state = {"unit": view.unit.code, "span": str(view.span)}
    if view.against:
        state["against"] = str(view.against)
    return state | ({"kind": view.kind} if view.kind else {})


def trace_address(reading: Reading) -> str:
    """Return the address of the page 数字来源 for a figure."""
    return address("trace", figure=reading.indicator, unit=reading.unit)


def indicator_address(reading: Reading) -> str:
    """Return the address of the page 指标 for a figure."""
    return address("indicator", figure=reading.indicator, unit=reading.unit)
