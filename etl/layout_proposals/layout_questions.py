"""Layout questions: what a table leaves open about the layout that reads it as a form, and what settles each."""

from dataclasses import dataclass, field
from enum import StrEnum


class LayoutAnswer(StrEnum):
    """What a question asks for."""

    HEADING = "heading"  # which column of the form a heading is, or that it is not used
    COLUMN = "column"  # from which heading a required column comes, or what it holds in every row
    WORD = "word"  # which word of a list a word in the table means
    DOUBLE = "double"  # which of several headings is the column that all of them fill


@dataclass(frozen=True, kw_only=True)
class LayoutQuestion:
    """A question in words: `path` is the heading it is about, `column` the code of a column, `word` as written.

    What the question is not about is "". `choices` are the codes of the columns that nothing fills yet, or the words of
    the list. Two questions are the same when they are about the same.
    """

    about: str = field(compare=False)
    asks: LayoutAnswer
    path: str = ""
    column: str = ""
    word: str = ""
    choices: tuple[str, ...] = field(default=(), compare=False)
