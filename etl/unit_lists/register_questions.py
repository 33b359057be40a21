"""Register questions: what a list of organisations leaves open, each with where it stands and what settles it."""

from dataclasses import dataclass
from enum import StrEnum


class Settled(StrEnum):
    """How a question is settled: by an answer about its words, or by mending the list."""

    KIND = "kind"  # which kind of organisation a word means
    LEVEL = "level"  # of which level an area is
    DOUBLE = "double"  # rows of one name are one organisation, or several
    APART = "apart"  # names that look alike are of several organisations
    FILL_DOWN = "fill_down"  # a blank area is that of the row above, where the list is read so
    IN_LIST = "in_list"


@dataclass(frozen=True, kw_only=True)
class RegisterQuestion:
    """A question: what is asked about, in words with its places, and how it is settled.

    `names` are the words or names it is about, `choices` the answers there are, in the words of the code list.
    """

    about: str
    settled: Settled = Settled.IN_LIST
    names: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
