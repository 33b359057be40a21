"""Numbers parsed back from sentences, with the range each may mean. Independent of the product's formatter."""

import re
from dataclasses import dataclass

from cn2an import cn2an

_DATES = re.compile(
    r"\d{4}(?:—\d{4})?年(?:[一二三四]季度|上半年|下半年|前三季度)?(?:至\d{4}年[一二三四]季度)?末?|\d{4}-\d\d-\d\d"
)
_NUMBER = re.compile(r"(约?)(\d[\d,]*(?:\.\d+)?)(多?)([万亿]?)(多?)(个百分点|%?)([^\d，。；（]{0,3}?以上)?")
_NUMERAL = re.compile(r"^[零一二两三四五六七八九十百千万]+")
_SCALE = {"": 1, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Number:
    """A number in a text, with the least and greatest value it may mean, in the stored unit."""

    text: str
    low: float
    high: float

    def says(self, value: float | None) -> bool:
        """Return whether it may mean a value, whatever its sign: the verb states the sign."""
        slack = 1e-9 * max(1.0, abs(self.high))
        return value is not None and self.low - slack <= abs(value) <= self.high + slack


def numbers_in(text: str, numerals: bool = True) -> list[Number]:
    """Return the numbers of a text except dates; Chinese numerals, if wanted, only at its beginning."""
    plain = _DATES.sub("某时", text)
    found = [_number(match) for match in _NUMBER.finditer(plain)]
    numeral = _NUMERAL.match(plain) if numerals else None
    if not found and numeral:
        value = float(cn2an(numeral[0].replace("两", "二"), "smart"))
        found = [Number(numeral[0], value, value)]
    return found


def _number(match: re.Match[str]) -> Number:
    about, figures, more, scale, more_after, percent, least = match.groups()
    plain = figures.replace(",", "")
    places = len(plain.partition(".")[2])
    unit = _SCALE[scale] / (100 if percent else 1)
    value = float(plain) * unit
    half = 0.5 * 10**-places * unit
    step = 10.0 ** (len(plain) - len(plain.rstrip("0")) if not places else -places) * unit
    if more or more_after or least:
        return Number(match[0], value, value + (max(step, 0.05) if percent else step))
    return Number(match[0], value - (step / 2 if about else half), value + (step / 2 if about else half))
