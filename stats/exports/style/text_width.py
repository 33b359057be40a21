"""The width of text: Chinese characters are twice as wide as Latin letters."""


def breadth(text: str) -> int:
    """Return the width of a text in Latin letters: Chinese characters count twice."""
    return sum(2 if ord(letter) > 0x2E7F or letter in "“”‘’…—" else 1 for letter in text)
