"""Chinese numerals: 三百二十, 十二, 二〇一〇. Ambiguous ones (三百二, 三五, 几十) are not accepted."""

import re

_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_PLAIN = str.maketrans("〇○壹贰叁肆伍陆柒捌玖拾佰仟萬億两", "零零一二三四五六七八九十百千万亿二")

# 三百二 is 320 to some and 302 to others, so a digit behind 百 or 千 needs 零 or its own unit.
_D = "[一二三四五六七八九]"
_TENS = f"(?:{_D}十{_D}?|零{_D})"
_HUNDREDS = f"(?:{_D}百{_TENS}?|零(?:{_D}十{_D}?|{_D}))"
_SECTION = f"(?:{_D}千{_HUNDREDS}?|{_D}百{_TENS}?|{_D}?十{_D}?|{_D})"
_AFTER = f"(?:{_D}千{_HUNDREDS}?|零(?:{_D}百{_TENS}?|{_D}十{_D}?|{_D}))"
_PART = f"({_SECTION}|{_AFTER})"
_COUNTED = re.compile(f"(?:{_PART}亿)?(?:{_PART}万)?{_PART}?")
_SPELT = re.compile("[零一二三四五六七八九]+")


def parse_numeral(text: str) -> int:
    """Return the whole number of a Chinese numeral. Raises ValueError for anything else or an ambiguous one."""
    plain = text.translate(_PLAIN)
    if plain == "零":
        return 0
    if _SPELT.fullmatch(plain) and (len(plain) > 2 or len(plain) == 2 and "零" in plain):  # 三五 means "three to five"
        return int("".join(str(_DIGITS[word]) for word in plain))
    match = _COUNTED.fullmatch(plain)
    parts = [part for part in match.groups() if part] if match else []
    if not match or not parts or not re.fullmatch(_SECTION, parts[0]):
        raise ValueError(text)
    if not all(re.fullmatch(_AFTER, part) for part in parts[1:]):  # 一万二: 12,000 or 10,002
        raise ValueError(text)
    hundred_millions, ten_thousands, ones = (_section(part or "") for part in match.groups())
    return hundred_millions * 10**8 + ten_thousands * 10**4 + ones


def _section(words: str) -> int:
    """Return the number below ten thousand: each digit times the unit behind it; a leading 十 is one ten."""
    total = digit = 0
    for word in words:
        if word in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[word], 0
        else:
            digit = _DIGITS[word]
    return total + digit
