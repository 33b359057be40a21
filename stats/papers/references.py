"""References: a short code that identifies a figure, its organisation, its time and the state of the data."""

import re
from hashlib import sha256

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's alphabet, without easily confused characters
_LENGTH = 8  # characters that identify the figure; the ninth is a check digit
REFERENCE = re.compile(rf"[{_LETTERS}]{{4}}-[{_LETTERS}]{{5}}")


def reference(subject: str, unit: str, span: str, build: str) -> str:
    """Return the reference of a figure, such as 7K2M-Q9XT4: the same figure always has the same one.

    `subject` is an indicator's code, or board:panel for a chart; `build` names one state of the data.
    """
    number = int.from_bytes(sha256("\n".join((subject, unit, span, build)).encode()).digest()[:5], "big")
    letters = "".join(_LETTERS[number >> (5 * place) & 31] for place in range(_LENGTH))
    return f"{letters[:4]}-{letters[4:]}{_check(letters)}"


def is_reference(text: str) -> bool:
    """Return whether a text is a valid reference: its last character is the check digit of the others."""
    return bool(REFERENCE.fullmatch(text)) and _check(text.replace("-", "")[:_LENGTH]) == text[-1]


def references_in(text: str) -> list[str]:
    """Return the references in a text, each once, in order."""
    return list(dict.fromkeys(ref for ref, _ in references_at(text)))


def references_at(text: str) -> list[tuple[str, int]]:
    """Return every occurrence of a reference in a text, with its position."""
    return [(match[0], match.start()) for match in REFERENCE.finditer(text) if is_reference(match[0])]


def _check(letters: str) -> str:
    """Return the check digit: it changes with any single character, and with most swaps of neighbours."""
    return _LETTERS[sum((2 * place + 1) * _LETTERS.index(letter) for place, letter in enumerate(letters)) % 32]
