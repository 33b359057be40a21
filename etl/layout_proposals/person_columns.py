"""Person columns: which columns name persons or hold their numbers, by heading and values together.

A heading such as 职工 heads names in one table and counts in another; a column of counts names nobody.
"""

import re
from collections.abc import Sequence

from etl.privacy.person_labels import labels_a_person, names_persons
from etl.unit_lists.list_words import list_words

_COUNT = re.compile(r"\d{1,6}(?:\.\d+)?")  # shorter than any number by which somebody is called
_MOST = 0.8


def holds_persons(path: Sequence[str], texts: Sequence[str]) -> bool:
    """Return whether a column under some headings, with these texts in it, names persons or holds their numbers."""
    if texts and sum(bool(_COUNT.fullmatch(text)) for text in texts) >= _MOST * len(texts):
        return False
    worded = list_words().names_persons(list(path))
    return worded or any(labels_a_person(label) and names_persons(label, texts) for label in path)
