"""Verdicts by the data: a number of a draft against the reading or the target that it tells of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stats.claims.checks import CheckedDraft
from stats.claims.checks.check_words import has_any
from stats.claims.from_data.change_verdicts import judge_changes
from stats.claims.from_data.claimed_indicators import candidates_for
from stats.claims.from_data.data_verdict import DataVerdict
from stats.claims.from_data.in_tables.draft_table import DraftTable, tables_of
from stats.claims.from_data.in_tables.table_numbers import NumberInTable, NumbersOfTable
from stats.claims.from_data.in_tables.table_verdicts import judge_in_table
from stats.claims.from_data.in_tables.table_words import table_words
from stats.claims.from_data.judged_readings import ToldNumber, judge_by_readings
from stats.claims.from_data.known_sentences import source_words
from stats.claims.from_data.named_awards import NamedAward, judge_awards, named_awards
from stats.claims.from_data.own_words import own_words
from stats.claims.from_data.strange_drafts import without_strangers
from stats.claims.from_data.target_verdicts import judge_by_targets
from stats.claims.from_data.times_in_force import TimesOfDraft
from stats.claims.from_data.told_readings import AskedOfData, ToldReadings
from stats.claims.from_data.units_in_force import UnitsOfDraft, unit_names
from stats.claims.from_data.wholes.labelled_parts import judge_labelled_parts
from stats.claims.from_data.wholes.unknown_wholes import parts_of_unknown
from stats.claims.from_data.worded_targets import judge_wordings, worded_targets
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.phrase_model import NumberPhrase, Place

__all__ = ["AskedOfData", "DataVerdict", "judge_by_data"]
_CHANGES = {"abs_change", "pct_change", "pp_change", "pp_difference", "from_to", "multiple", "proportion"}
_HEADING = 40  # characters of a heading


def judge_by_data(checked: CheckedDraft, asked: AskedOfData) -> dict[Place, DataVerdict]:
    """Return what the data say of the figures of a draft, by their places; of what is told without a number too."""
    readings = ToldReadings(asked)
    draft = _DraftInData(checked, readings)
    numbers = list(draft.numbers())
    verdicts = {number.phrase.place: number.judge(readings) for number in numbers}
    verdicts |= dict(_labelled_parts(checked, numbers, verdicts, readings))
    verdicts |= {number.phrase.place: judge_in_table(number, readings, plans) for number, plans in draft.in_tables}
    verdicts = without_strangers({**verdicts, **dict(parts_of_unknown(checked, verdicts))})
    changes = (judge_changes(read, verdicts, readings) for read in checked.paragraphs)
    verdicts |= {place: verdict for in_paragraph in changes for place, verdict in in_paragraph}
    return {**verdicts, **dict(judge_awards(draft.awards, readings)), **draft.worded}


def _labelled_parts(
    checked: CheckedDraft, numbers: list["_Judgeable"], verdicts: Mapping[Place, DataVerdict], readings: ToldReadings
) -> Iterator[tuple[Place, DataVerdict]]:
    done = defaultdict[int, list[ToldNumber]](list)
    for each in numbers:
        if not each.planned:
            done[each.phrase.place.paragraph].append(each.number)
    for read, paragraph in zip(checked.paragraphs, checked.draft.paragraphs, strict=True):
        yield from judge_labelled_parts(done[paragraph.number], read, verdicts, readings)


class _DraftInData:
    """A draft while it is gone through, with the time, the organisation and the kind of section at each place."""

    def __init__(self, checked: CheckedDraft, readings: ToldReadings) -> None:
        self._checked, self._asked = checked, readings.asked
        names = unit_names(self._asked.warehouse, self._asked.catalogue)
        self._times = TimesOfDraft(self._asked.span, checked.on)
        self._units = UnitsOfDraft(names, self._asked.unit)
        self.awards: list[NamedAward] = []
        self.worded: dict[Place, DataVerdict] = {}
        self.in_tables: list[tuple[NumberInTable, bool]] = []

    def numbers(self) -> Iterator["_Judgeable"]:
        """Yield the numbers that tell a value, each with all that it may be, and keep the others.

        Those are what is told without a number, and what stands in tables.
        """
        paragraphs = self._checked.draft.paragraphs
        targets, plans = worded_targets(self._asked), False
        tables = tables_of(paragraphs, table_words().measure_notes)
        titles = {paragraph.number for table in tables.values() for paragraph in table.above}
        for read, paragraph in zip(self._checked.paragraphs, paragraphs, strict=True):
            if paragraph.table is not None:
                self._keep_table(tables.pop(paragraph.table, None), plans)
                continue
            if len(read.text) <= _HEADING and "。" not in read.text and paragraph.number not in titles:
                self._times.enter_heading(read)
                self._units.enter_heading(read)
                plans = _plans(read.text, plans)
            if plans:
                self.worded |= dict(judge_wordings(read, paragraph, targets, self._asked))
            else:
                catalogue = self._asked.catalogue
                self.awards += named_awards(read, paragraph, catalogue, self._times, self._units)
            yield from self._in_paragraph(read, plans)

    def _keep_table(self, table: DraftTable | None, plans: bool) -> None:
        if table is not None:
            numbers = NumbersOfTable(table, self._asked, self._times, self._units).read()
            self.in_tables += ((number, plans) for number in numbers)

    def _in_paragraph(self, read: ReadParagraph, plans: bool) -> Iterator["_Judgeable"]:
        own_units = self._units.names_in(read.text)
        in_paragraph = zip(self._times.in_paragraph(read), self._units.in_paragraph(read), strict=True)
        for (phrase, time), (_, unit) in in_paragraph:
            if phrase.amount and phrase.name not in _CHANGES:
                words = own_words(phrase, phrase.amount, read, own_units)
                candidates = candidates_for(words, phrase.amount, self._asked.catalogue, self._asked.chosen)
                number = ToldNumber(
                    phrase=phrase,
                    amount=phrase.amount,
                    words=words,
                    candidates=tuple(candidates),
                    time=time,
                    unit=unit,
                )
                yield _Judgeable(number, plans or phrase.name == "target")


@dataclass(frozen=True)
class _Judgeable:
    """A number and whether it is planned."""

    number: ToldNumber
    planned: bool

    @property
    def phrase(self) -> NumberPhrase:
        return self.number.phrase

    def judge(self, readings: ToldReadings) -> DataVerdict:
        """Return the verdict by the targets for what is planned, by the readings for all else."""
        return judge_by_targets(self.number, readings) if self.planned else judge_by_readings(self.number, readings)


def _plans(heading: str, plans: bool) -> bool:
    """Return whether below a heading a draft tells what is to be done; `plans` is whether it does above it."""
    words = source_words()
    return has_any(heading, words.plan_headings) or (plans and not has_any(heading, words.past_headings))
