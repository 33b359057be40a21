"""Numbers in Chinese numerals, as papers and bills write them."""

import re

from cn2an import an2cn

from base.formats import MISSING, PERCENT, Number, as_percent, bare_digits, round_half_up

_TWO = re.compile(r"^二(?=[千万亿]|$)")  # 两 before a measure word and before 千万亿; 二 in 十二 and 二百


def say_numeral(value: Number | None, measure: str, decimals: int = 0) -> str:
    """Return a value in Chinese numerals: 十期, 两年, 百分之八十五点一; two of anything is 两."""
    if value is None:
        return MISSING
    exact = as_percent(value, decimals) if measure == PERCENT else round_half_up(value, decimals)
    words = _TWO.sub("两", str(an2cn(bare_digits(exact), "low")))
    return f"百分之{an2cn(bare_digits(exact), 'low')}" if measure == PERCENT else f"{words}{measure}"


def say_capitals(value: Number | None) -> str:
    """Return an amount in 元 as it is written on a bill: 陆拾叁万捌仟元整."""
    return MISSING if value is None else str(an2cn(bare_digits(round_half_up(value, 2)), "rmb"))
