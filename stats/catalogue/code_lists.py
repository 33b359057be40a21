"""Code lists, units of measure, kinds and domains: the words that declarations refer to."""

from dataclasses import dataclass
from functools import cached_property

from base.text import normalise
from stats.catalogue.form_rules import Closed


@dataclass(frozen=True)
class Code:
    """One entry of a code list: the stored code, the name shown, other accepted words, the groups it belongs to."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeList:
    """The values a column may hold."""

    entries: tuple[Code, ...]

    @cached_property
    def by_word(self) -> dict[str, str]:
        """Return the code of each accepted word, normalised: names, aliases and the codes themselves."""
        words = {word: entry.code for entry in self.entries for word in (entry.code, *entry.aliases, entry.name)}
        return {normalise(word): code for word, code in words.items()}

    def words(self) -> list[str]:
        """Return the codes and groups that a declaration may refer to."""
        return [entry.code for entry in self.entries] + sorted({g for entry in self.entries for g in entry.groups})

    def names(self) -> list[str]:
        """Return the names offered to a person who fills in the form."""
        return [entry.name for entry in self.entries]

    def name_of(self, code: str) -> str:
        """Return the name of a code, or the code itself when it is unknown."""
        return next((entry.name for entry in self.entries if entry.code == code), code)

    def expand(self, word: str) -> frozenset[str]:
        """Return the codes that a code or group stands for; empty when it is neither."""
        return frozenset(entry.code for entry in self.entries if word == entry.code or word in entry.groups)


class Measure(Closed):
    """A unit of measure: its word on screen and how many stored units one of each spelling is worth."""

    code: str
    name: str
    spellings: dict[str, float] = {}


class Kind(Closed):
    """A kind of organisation to filter by, such as 非公有制单位: `code` is a group of the code list `codes`."""

    code: str
    name: str
    codes: str


class Domain(Closed):
    """A field of the federation's work, such as 集体协商; its order in the file is its order on screen."""

    code: str
    name: str
