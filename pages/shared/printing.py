"""A page as a PDF: the same figures and readings as on the screen."""

from collections.abc import Sequence

from base.periods import say_quarter, say_span
from pages.shared.downloads import offer_file
from pages.view.filters import View
from stats.catalogue import Catalogue
from stats.exports.page.whole_page import PrintedPage, PrintedTable, write_whole_page
from stats.exports.style.file_names import file_name
from stats.exports.style.house_style import EXAMPLE
from stats.figures.elements.figure_model import Figure
from stats.readings import Reading
from stats.readings.movements import sign_movement
from stats.readings.origins import cover_in_short
from stats.readings.sentences import judge, say_reading, say_target

_HEADS = ("指标", "数值", "比上期", "目标", "已报/应报")


def offer_pdf(view: View, name: str, figures: Sequence[Figure], tables: Sequence[PrintedTable]) -> None:
    """Draw the download of a page as a PDF; what it holds was read by now, for it is made outside of the page's run."""
    title = f"{view.unit.name}{name}（{say_span(view.span)}）"
    about = (
        f"与{say_span(view.against)}相比" if view.against else "",
        f"数据截至{say_quarter(view.known_until)}",
        EXAMPLE if view.example else "",
    )
    page = PrintedPage(title=title, about=tuple(filter(None, about)), figures=tuple(figures), tables=tuple(tables))
    offer_file("整页（PDF）", file_name(title, "pdf"), "application/pdf", lambda: write_whole_page(page), "tertiary")


def tables_by_domain(readings: Sequence[Reading], catalogue: Catalogue) -> list[PrintedTable]:
    """Return a table of readings for each field of work that has any."""
    by_domain = {
        domain: [reading for reading in readings if catalogue.indicators[reading.indicator].domain == domain.code]
        for domain in catalogue.domains.values()
    }
    return [table_of_readings(domain.name, own, catalogue) for domain, own in by_domain.items() if own]


def table_of_readings(title: str, readings: Sequence[Reading], catalogue: Catalogue) -> PrintedTable:
    """Return readings as a table, one a row."""
    return PrintedTable(title=title, heads=_HEADS, rows=tuple(_row(reading, catalogue) for reading in readings))


def _row(reading: Reading, catalogue: Catalogue) -> tuple[str, ...]:
    indicator = catalogue.indicators[reading.indicator]
    aimed = " ".join(filter(None, (say_target(reading, indicator), judge(reading, indicator).words)))
    cover = cover_in_short(reading)
    return (reading.name, say_reading(reading, indicator), sign_movement(reading, indicator), aimed, cover)
