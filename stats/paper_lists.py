"""Lists of sentences that the data make for a paper: what changed, what is off track, what is late, who is covered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stats.attainment import attainments
from stats.attainment_words import say_behind_targets, say_others
from stats.figure import Selection, Source
from stats.movements import largest_changes
from stats.organisations import missing
from stats.periods import say_quarter
from stats.readings import Reading
from stats.sentences import say_overdue, say_uncovered
from stats.totals import county_of


@dataclass(frozen=True)
class Sentence:
    """A sentence; one about a reading is parted into the words before its figure, the figure and what follows."""

    words: str
    reading: Reading | None = None

    @property
    def before(self) -> str:
        """Return the words before the figure: what it is the figure of."""
        return self.reading.name if self.reading and self.words.startswith(self.reading.name) else ""

    @property
    def after(self) -> str:
        """Return what follows the figure: the full stop."""
        return "。" if self.words.endswith("。") else ""

    @property
    def figure(self) -> str:
        """Return the figure with what is said of it: its value, change, target."""
        return self.words.removeprefix(self.before).removesuffix(self.after)


@dataclass(frozen=True)
class _Looked:
    source: Source
    view: Selection
    readings: Sequence[Reading]
    quarter: int


def sentences_of(
    name: str, source: Source, view: Selection, readings: Sequence[Reading], quarter: int
) -> list[Sentence]:
    """Return the sentences of a list by its name; one that says so where there is nothing to tell.

    `quarter` is the last one of the span in which returns were due.
    """
    return _LISTS[name](_Looked(source, view, readings, quarter))


def _changes(looked: _Looked) -> list[Sentence]:
    found = largest_changes(looked.readings, looked.source.catalogue)
    return [Sentence(change.words, change.reading) for change in found] or [Sentence("没有可比的变化。")]


def _behind(looked: _Looked) -> list[Sentence]:
    """Return what 总览 says of the targets: those that are behind one by one, and how the others stand."""
    source, view = looked.source, looked.view
    found = attainments(source.warehouse, source.catalogue, view.unit, view.span.last)
    behind = [Sentence(said, one.reading) for one, said in say_behind_targets(found, source.catalogue)]
    others = say_others(found)
    rest = [Sentence(f"{'其余目标' if behind else '各项目标'}{others}")] if others else []
    return [*behind, *rest] or [Sentence("没有定目标。")]


def _overdue(looked: _Looked) -> list[Sentence]:
    unit, found = looked.view.unit, missing(looked.source.warehouse, looked.quarter)
    if unit != county_of(looked.source.warehouse):
        found = [one for one in found if unit in (one.unit, one.area)]
    said = say_overdue(found, looked.quarter) or [f"{say_quarter(looked.quarter)}的报表已经报齐。"]
    return [Sentence(words) for words in said]


def _covered(looked: _Looked) -> list[Sentence]:
    said = say_uncovered(looked.readings) or ["各项指标都按应报单位报齐。"]
    return [Sentence(words) for words in said]


_LISTS: dict[str, Callable[[_Looked], list[Sentence]]] = {
    "本期变化": _changes,
    "未达目标": _behind,
    "未报情况": _overdue,
    "覆盖情况": _covered,
}
