"""How much room words take: Chinese letters are twice as wide as Latin ones."""


def breadth(text: str) -> int:
    """Return how many narrow letters' room a text takes: Chinese ones are twice as wide."""
    return sum(2 if ord(letter) > 0x2E7F or letter in "“”‘’…—" else 1 for letter in text)
