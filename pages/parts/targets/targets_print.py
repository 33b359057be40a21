"""The targets as they are printed: all of them at a glance, then what is said of each."""

from collections.abc import Sequence

from pages.parts.targets.target_list import lines_of, worst_first
from stats.attainment import Attainment
from stats.attainment.attainment_words import say_state
from stats.catalogue import Catalogue
from stats.exports.page.whole_page import PrintedTable
from stats.readings.sentences import say_reading, say_target

_HEADS = ("项目", "完成", "目标", "状态", "责任部门")


def tables_of_targets(attainments: Sequence[Attainment], catalogue: Catalogue) -> list[PrintedTable]:
    """Return the targets as two tables, those that are behind first."""
    ordered = worst_first(attainments)
    sentences = ((attainment.reading.name, "；".join(lines_of(attainment, catalogue))) for attainment in ordered)
    return [
        PrintedTable(title="目标完成", heads=_HEADS, rows=tuple(_row(attainment, catalogue) for attainment in ordered)),
        PrintedTable(
            title="逐项看", heads=("项目", "进度、预计和差额"), rows=tuple(row for row in sentences if row[1])
        ),
    ]


def _row(attainment: Attainment, catalogue: Catalogue) -> tuple[str, ...]:
    indicator = catalogue.indicators[attainment.goal.indicator]
    return (
        attainment.reading.name,
        say_reading(attainment.reading, indicator),
        say_target(attainment.reading, indicator),
        say_state(attainment),
        attainment.goal.owner,
    )
