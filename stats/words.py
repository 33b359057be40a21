"""Comparing words as people type them: full-width forms, stray spaces."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1 << 16)  # the same labels and names stand in hundreds of sheets
def normalise(text: str) -> str:
    """Return the text with full-width forms made plain and all white space taken out, for comparing labels."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("\u200b", "")
