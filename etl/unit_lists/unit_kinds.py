"""Unit kinds: the code of the kind that a word of a list means; words that no code list has are asked about."""

from collections import defaultdict
from collections.abc import Iterator

from base.errors import UserError, suggest
from base.text import normalise
from etl.unit_lists.list_words import COLUMN_NAMES, ListColumn
from etl.unit_lists.listed_rows import ListedUnit
from etl.unit_lists.register_questions import RegisterQuestion, Settled
from etl.unit_lists.settled_names import Answers, say_places
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole

_CATEGORY, _JOINT = "category", "org_type"  # columns of a register


class UnitKinds:
    """Finds the kinds of organisations and gathers the words that mean none."""

    def __init__(self, catalogue: Catalogue, answers: Answers) -> None:
        """Raises UserError for an answer that names no kind."""
        register = catalogue.form_of(FormRole.UNITS)
        self._lists = {code: catalogue.codes[register.column(code).codes or ""] for code in (_CATEGORY, _JOINT)}
        self._unknown: dict[tuple[ListColumn, str], list[str]] = defaultdict(list)
        self._answers = {word: self._answer(word, kind) for word, kind in answers.kinds.items()}

    def of(self, unit: ListedUnit) -> dict[str, str]:
        """Return the codes of a unit's kinds by column of the register; a kind may be told by either column."""
        matched: dict[str, str] = {}
        for column in (ListColumn.KIND, ListColumn.JOINT):
            word = unit.values.get(column, "")
            known = self._known(normalise(word)) if word else {}
            if word and known is None:
                self._unknown[column, word].append(unit.at(column))
            matched |= known or {}
        return matched

    def questions(self) -> Iterator[RegisterQuestion]:
        """Yield a question for each word that means no kind, with its places."""
        choices = tuple(dict.fromkeys(name for words in self._lists.values() for name in words.names()))
        for (column, word), places in self._unknown.items():
            about = f"“{word}”（{say_places(places)}）不在{COLUMN_NAMES[column]}里。"
            yield RegisterQuestion(about=about, settled=Settled.KIND, names=(word,), choices=choices)

    def _known(self, word: str) -> dict[str, str] | None:
        if word in self._answers:
            return self._answers[word]
        return next(({code: words.by_word[word]} for code, words in self._lists.items() if word in words.by_word), None)

    def _answer(self, word: str, kind: str) -> dict[str, str]:
        if not kind:
            return {}
        known = next(
            ({code: words.by_word[kind]} for code, words in self._lists.items() if kind in words.by_word), None
        )
        if known is None:
            names = [name for words in self._lists.values() for name in words.names()]
            raise UserError(f"没有“{kind}”这个类别{suggest(kind, names) or '。'}可以写的是{'、'.join(names)}。")
        return known
