"""What a text says by itself: its numbers checked against each other, each with the arithmetic as proof."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from stats.claims.checks.calendar_checks import check_dates, date_of
from stats.claims.checks.change_checks import check_changes
from stats.claims.checks.check_model import ParagraphToCheck, TextCheck, to_check
from stats.claims.checks.derived_values import check_derived
from stats.claims.checks.means import check_means
from stats.claims.checks.parts import check_parts
from stats.claims.checks.repeated import check_repeated, told_figures
from stats.claims.checks.shares import check_shares
from stats.claims.checks.tables_of_draft import check_table
from stats.claims.draft_files.draft_model import DraftText
from stats.claims.phrases import ReadParagraph, read_phrases
from stats.claims.phrases.phrase_model import NumberPhrase, Place


@dataclass(kw_only=True, frozen=True)
class CheckedDraft:
    """A draft with all its numbers, and what was checked of them."""

    draft: DraftText
    on: date | None
    paragraphs: tuple[ReadParagraph, ...]
    phrases: tuple[NumberPhrase, ...]
    checks: tuple[TextCheck, ...]

    @property
    def by_place(self) -> Mapping[Place, TextCheck]:
        """Return by place the check that decides: one that doesn't hold before one that does."""
        ordered = sorted(self.checks, key=lambda check: (check.holds, not check.certain))
        return {check.phrase.place: check for check in reversed(ordered)}


def check_draft(draft: DraftText, on: date | None = None) -> CheckedDraft:
    """Return a draft with its numbers checked against each other. `on` is its date, otherwise the one it bears."""
    on = on or date_of(draft)
    paragraphs = [
        (to_check(read_phrases(paragraph.text, paragraph.number, on)), paragraph) for paragraph in draft.paragraphs
    ]
    repeatable = [
        each for read, paragraph in paragraphs for each in told_figures(read, paragraph.where) if not paragraph.cell
    ]
    checks = [check for read, _ in paragraphs for check in _check(read, on)]
    checks += check_repeated(repeatable)
    checks += (check for rows in draft.tables.values() for check in check_table(rows))
    phrases = [phrase for read, _ in paragraphs for phrase in read.read.phrases]
    return CheckedDraft(
        draft=draft,
        on=on,
        paragraphs=tuple(read.read for read, _ in paragraphs),
        phrases=_with_cells(phrases, checks),
        checks=tuple(checks),
    )


def _check(paragraph: ParagraphToCheck, on: date | None) -> Iterator[TextCheck]:
    yield from check_dates(paragraph, on)
    yield from check_changes(paragraph)
    yield from check_derived(paragraph)
    yield from check_parts(paragraph)
    yield from check_shares(paragraph)
    yield from check_means(paragraph)


def _with_cells(phrases: list[NumberPhrase], checks: list[TextCheck]) -> tuple[NumberPhrase, ...]:
    """Return the phrases with the totals of tables among them, which have no measure word."""
    places = {phrase.place for phrase in phrases}
    cells = [check.phrase for check in checks if check.phrase.place not in places]
    return tuple(sorted([*phrases, *cells], key=lambda phrase: (phrase.place.paragraph, phrase.place.start)))
