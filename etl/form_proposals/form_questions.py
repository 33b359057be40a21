"""Form questions: what an example leaves open about the form made from it, and what settles each."""

from dataclasses import dataclass
from enum import StrEnum


class FormAnswer(StrEnum):
    """What a question asks for."""

    TIME = "time"  # whether a column holds what is there at the end of a period, or what happened in it
    MEASURE = "measure"  # what a column counts in
    ITEM = "item"  # of which item a column holds the total
    LASTING = "lasting"  # that the form is sent once and stays in force
    COUNT = "count"  # in what rows are counted
    IN_TABLE = "in_table"  # the table itself has to be changed, or something else be there first


@dataclass(frozen=True)
class FormQuestion:
    """A question in words; `path` is that of the column it is about, "" for the whole table."""

    about: str
    asks: FormAnswer = FormAnswer.IN_TABLE
    path: str = ""
