"""The words of data/claims/tables.yml, by which the labels of a draft's tables are read."""

from functools import cache

from stats.catalogue.form_rules import Closed
from stats.claims.grammar import read_file
from stats.claims.grammar.words import Words


class TableWords(Closed):
    """All words of tables; the file says what each is for."""

    plain_labels: Words
    totals: Words
    no_values: Words
    caption_endings: Words
    title_words: Words
    measure_notes: Words


@cache
def table_words() -> TableWords:
    """Return the words. Raises pydantic's ValidationError for a file that doesn't hold them."""
    return TableWords.model_validate(read_file("tables"))
