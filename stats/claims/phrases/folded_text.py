"""Folded text: a paragraph as the grammar reads it, and the way from there back to the paragraph."""

import re
from dataclasses import dataclass

from base.text import INVISIBLE

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SIGNS = {
    **dict.fromkeys("–－−―─~～〜﹣", "—"),
    **dict.fromkeys("[［", "〔"),
    **dict.fromkeys("]］", "〕"),
    **{";": "；", "!": "！", "?": "？", "(": "（", ")": "）", "∶": "：", ":": "："},
    **{"〝": "“", "〞": "”", "「": "“", "」": "”", "『": "“", "』": "”", "﹪": "%"},
}
_FOLDED = {**_FULL_WIDTH, **{ord("，"): "，", ord("．"): "."}, **{ord(sign): to for sign, to in _SIGNS.items()}}
_FOLDED |= {ord(full): _SIGNS[half] for full, half in zip("；！？（）：［］～－", ";!?():[]~–", strict=True)}
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")


@dataclass(frozen=True)
class FoldedText:
    """A paragraph half-width and without blanks; `origin` is where each of its characters stands in the paragraph."""

    text: str
    origin: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the text begins and ends in the paragraph."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(paragraph: str) -> FoldedText:
    """Return a paragraph as the grammar reads it. A blank between two digits or letters stays, for it parts them."""
    characters: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(paragraph):
        if _is_blank(sign):
            continue
        if origin and place - origin[-1] > 1 and _are_parted(characters[-1], sign):
            characters.append(" ")
            origin.append(place - 1)
        characters.append(sign.translate(_FOLDED))
        origin.append(place)
    return FoldedText(_COMMA.sub("，", "".join(characters)), tuple(origin))


def _are_parted(left: str, right: str) -> bool:
    """Return whether a blank between two characters means something."""
    return left.isascii() and left.isalnum() and right.isascii() and right.isalnum()


def _is_blank(sign: str) -> bool:
    return sign.isspace() or INVISIBLE.match(sign) is not None
