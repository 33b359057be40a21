"""Comparing words as people type them: full-width forms, stray spaces, invisible characters."""

import re
import unicodedata
from functools import lru_cache

# Soft hyphens, joiners, marks of direction, byte order marks, fillers, variation selectors and tags: they come along
# when a text is copied from a web page, a chat or a PDF, and a text that differs only in them looks the same.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
INVISIBLE = re.compile(f"[{_INVISIBLE}]+")
_DASHES = re.compile("[‐-―−]+")


def without_invisible(text: str) -> str:
    """Return the text without invisible characters; white space stays."""
    return text if text.isascii() else INVISIBLE.sub("", text)


@lru_cache(maxsize=1 << 16)  # the same labels and names stand in hundreds of sheets
def normalise(text: str) -> str:
    """Return the text normalised for comparison: half-width, without white space and invisible characters."""
    return re.sub(r"\s+", "", without_invisible(unicodedata.normalize("NFKC", without_invisible(text))))


def identifier(text: str) -> str:
    """Return a number or code as it is compared: half-width capitals, one kind of dash, no white space."""
    return _DASHES.sub("-", normalise(text)).upper()
