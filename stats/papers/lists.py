"""Generated lists of sentences for a paper: changes, targets off track, missing returns, coverage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from base.periods import parse_span, say_quarter, say_span
from stats.attainment import attainments
from stats.attainment.attainment_words import say_behind_targets, say_others
from stats.figures.elements.figure_model import Selection, Source
from stats.figures.moves import say_moves
from stats.organisations import Missing, missing
from stats.readings import Reading
from stats.readings.coverage_words import list_overdue, say_overdue, say_uncovered
from stats.readings.movements import Movement, largest_changes
from stats.totals import county_of, data_like

_STOP = "。"


@dataclass(frozen=True)
class Sentence:
    """A sentence; one about a reading is split into the words before its figure, the figure and what follows.

    `of` are the words at its beginning that name the figure, if they differ from the reading's name.
    """

    words: str
    reading: Reading | None = None
    of: str = ""

    @property
    def before(self) -> str:
        """Return the words before the figure, which name it."""
        named = self.of or (self.reading.name if self.reading else "")
        return named if self.words.startswith(named) else ""

    @property
    def after(self) -> str:
        """Return what follows the figure: the full stop."""
        return "。" if self.words.endswith("。") else ""

    @property
    def figure(self) -> str:
        """Return the figure with its value, change and target."""
        return self.words.removeprefix(self.before).removesuffix(self.after)


@dataclass(frozen=True)
class _Context:
    source: Source
    view: Selection
    readings: Sequence[Reading]
    quarter: int


def sentences_of(
    name: str, source: Source, view: Selection, readings: Sequence[Reading], quarter: int
) -> list[Sentence]:
    """Return the sentences of a list by its name; if there are none, one that says so.

    `quarter` is the last one of the span in which returns were due.
    """
    return _LISTS[name](_Context(source, view, readings, quarter))


def _changes(context: _Context) -> list[Sentence]:
    movements = largest_changes(context.readings, context.source.catalogue)
    return [_moved(change, context.source) for change in movements] or [Sentence("没有可比的变化。")]


def _moved(change: Movement, source: Source) -> Sentence:
    """Return a change as a sentence, with the move that explains it."""
    moves = say_moves(source, change.reading, source.catalogue.indicators[change.reading.indicator])
    words = f"{change.words.removesuffix(_STOP)}，{moves}{_STOP}" if moves else change.words
    return Sentence(words, change.reading, change.of)


def _behind(context: _Context) -> list[Sentence]:
    """Return what 总览 says about the targets: those that are behind one by one, and a summary of the others."""
    source, view = context.source, context.view
    reached = attainments(source.warehouse, source.catalogue, view.unit, view.span.last)
    behind = [
        _aimed(text, attainment.reading, view) for attainment, text in say_behind_targets(reached, source.catalogue)
    ]
    others = say_others(reached, "其余目标" if behind else "各项目标")
    rest = [Sentence(others)] if others else []
    return [*behind, *rest] or [Sentence("没有定目标。")]


def _aimed(text: str, reading: Reading, view: Selection) -> Sentence:
    """Return a sentence on a target, with the span of its figure if that differs from the paper's."""
    if reading.as_of is not None or reading.span == str(view.span) or not text.startswith(reading.name):
        return Sentence(text, reading)
    of = f"{reading.name}{say_span(parse_span(reading.span))}累计"
    return Sentence(of + text.removeprefix(reading.name), reading, of)


def _overdue(context: _Context, listed: bool = False) -> list[Sentence]:
    texts = say_overdue(_missing(context), context.quarter, listed)
    if not texts and context.quarter > _last_known(context):
        texts = [f"{say_quarter(context.quarter)}还没有报表。"]
    return [Sentence(words) for words in texts or [f"{say_quarter(context.quarter)}的报表已经报齐。"]]


def _last_known(context: _Context) -> int:
    return data_like(context.source.warehouse, context.view.span).last


def _overdue_in_short(context: _Context) -> list[Sentence]:
    return _overdue(context, listed=True)


def _names(context: _Context) -> list[Sentence]:
    return [Sentence(words) for words in list_overdue(_missing(context))]


def _missing(context: _Context) -> list[Missing]:
    unit, returns = context.view.unit, missing(context.source.warehouse, context.quarter)
    if unit == county_of(context.source.warehouse):
        return returns
    return [missing_return for missing_return in returns if unit in (missing_return.unit, missing_return.area)]


def _covered(context: _Context) -> list[Sentence]:
    begun = context.quarter <= _last_known(context)
    known = begun and any(reading.value is not None for reading in context.readings)
    texts = say_uncovered(context.readings) or ["各项指标都按应报单位报齐。" if known else "各项指标都还没有数据。"]
    return [Sentence(words) for words in texts]


_LISTS: dict[str, Callable[[_Context], list[Sentence]]] = {
    "本期变化": _changes,
    "未达目标": _behind,
    "未报情况": _overdue,
    "未报小结": _overdue_in_short,
    "未报名单": _names,
    "报齐情况": _covered,
}
