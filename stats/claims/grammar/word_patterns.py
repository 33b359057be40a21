"""Templates: the patterns of the grammar as its files write them, plain text with slots and alternatives.

`第{n}[届|次]` is 第, a number, and 届 or 次. An empty alternative makes a part optional. Everything else is text.
"""

import re
from functools import cache

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
NUMERAL = "零〇一二两三四五六七八九十百千万亿"
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
NUMERALS = rf"(?:[{NUMERAL}]+(?:点[零〇一二三四五六七八九]+)?|[{FORMAL}零万亿]+)"
END = "，。；！？：\n"  # what ends a clause
NOTHING = r"(?!)"
SLOTS = {
    "": "",
    "n": rf"(?:\d+(?!\d|\.\d)|[{NUMERAL}]+)",
    "d": rf"{DIGITS}(?!\d|\.\d)",
    "c": rf"[{NUMERAL}]+",
    "w": f"(?![{NUMERAL}])[\u4e00-\u9fff]",
    "any": rf"[^{END}]{{0,24}}?",
    "on": "(?=[\u4e00-\u9fff“])",
    "whole": "(?![一二三四五六七八九])",
    "few": rf"[^{END}]{{0,6}}?",
    "open": "(?<![\u4e00-\u9fff\\d])",
    "close": "(?![\u4e00-\u9fff\\d])",
    "end": "$",
    "date": r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?|底|初|末)?",
    "start": r"(?<![^\s，。；：])",
    "daily": "(?<![今昨节假每生周工明次翌近连十月全本当去上前往])",
    "latin": "[A-Za-z]",
    "quote": "[“‘「『《]",
    "unquote": "[”’」』》]",
}
_SLOT = re.compile(r"\{(\w+)\}")


def template_pattern(template: str) -> str:
    """Return the pattern of a template. Raises KeyError for a slot there is not."""
    parts = _SLOT.split(template)
    return "".join(
        re.escape(text).replace(r"\[", "(?:").replace(r"\|", "|").replace(r"\]", ")") + SLOTS[slot]
        for text, slot in zip(parts[::2], [*parts[1::2], ""], strict=True)
    )


@cache
def any_of(templates: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches any of the templates, longer ones first."""
    ordered = sorted(templates, key=len, reverse=True)
    return re.compile("|".join(template_pattern(template) for template in ordered) or NOTHING)


@cache
def ending_with(templates: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches a text that ends with any of the templates."""
    ordered = sorted(templates, key=len, reverse=True)
    return re.compile("(?:" + ("|".join(template_pattern(template) for template in ordered) or NOTHING) + ")$")
