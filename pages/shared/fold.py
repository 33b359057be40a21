"""What a phone folds away, so that a page is a few screens there; on a wider screen and on paper nothing is folded.

The server does not know how wide a screen is: everything is drawn, and the stylesheet folds by the width alone, without
a script or a second load. What is put away can be opened by touch and by keyboard.
"""

from html import escape

ENDS = 10  # rows of a ranking on a phone: the first five and the last five, as look.css says


def say_rest(count: int, what: str = "项") -> str:
    """Return the button that unfolds the parts of the class later within the element of the class folded around it."""
    return _say_button(f"展开其余{count:,}{what}") if count > 0 else ""


def say_more(words: str) -> str:
    """Return the button that unfolds them by its own words: 看口径."""
    return _say_button(words)


def say_below(words: str) -> str:
    """Return the button that unfolds all that is drawn after its element in the same container."""
    return _say_button(words, "foldout below")


def _say_button(words: str, kind: str = "foldout") -> str:
    return (
        f'<label class="{escape(kind)}"><input type="checkbox"><span class="more">{escape(words)}</span>'
        '<span class="less">收起</span></label>'
    )
