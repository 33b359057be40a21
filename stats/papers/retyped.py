"""Retyped: whether the text for a figure in a paper still states the registered value."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cn2an import cn2an

from base.formats import PERCENT
from base.text import normalise
from stats.papers.cited_figures import Registered

_SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "亿": 100_000_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
}
_DATES = re.compile(
    r"\d{4}(?:[—–-]\d{4})?年(?:[一二三四]季度|上半年|下半年|前三季度|\d{1,2}(?:—\d{1,2})?月)?末?|\d{4}-\d\d-\d\d"
)
_NUMBER = re.compile(
    r"(约|近|超过|至少)?([−-]?\d[\d,]*(?:\.\d+)?)(多|余)?(百万|千万|[十百千万亿])?(多|余)?(%?)([^\d，。；]{0,3}?以上)?(左右)?"
)
_NUMERALS = re.compile(r"(?:百分之)?[零〇一二两三四五六七八九十百千万亿点]+")
_LONGEST = 30  # numerals of an amount; parsing takes time quadratic in their number
_FORMAL = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
_MONEY_NUMERALS = re.compile(rf"(?<![{_FORMAL}])[{_FORMAL}]+元[{_FORMAL}角分整]*")
CHART = ":"  # between a board and its panel
_FEW_PERCENT = 5  # percentages are rounded down to multiples of this before 以上


@dataclass(frozen=True)
class Retyped:
    """A figure that differs in a file: the text there ("" for none), and the registered text."""

    written: str
    registered: str

    @property
    def sentence(self) -> str:
        """Return both texts in a sentence."""
        written = f"文中写的是 {self.written}" if self.written else "文中没有写数"
        return f"{written}，登记的是 {self.registered}"


def retyped(written: Iterable[str], registered: Registered, printed: Sequence[str]) -> list[Retyped]:
    """Return which texts for a figure in a file state another number than the registered one.

    `printed` are the words that papers printed for it. A number may be written with or without thousands separators, in
    full width, in 万 or 亿, rounded as its words say (约, 多, 以上), or in Chinese numerals.
    """
    if CHART in registered.subject:
        return []  # the text of a chart is its title, not a number
    known = list(dict.fromkeys([*printed, registered.text]))
    plain = {_plain(wrong) for wrong in known}
    wrong = [wrong for wrong in written if _plain(wrong) not in plain and not _says(_plain(wrong), registered, known)]
    return [Retyped(wrong, _nearest(wrong, known, registered.text)) for wrong in dict.fromkeys(wrong)]


def _says(text: str, registered: Registered, known: Sequence[str]) -> bool:
    """Return whether a text states the registered value, or one of the known wordings."""
    alike = [words for words in map(_plain, known) if _skeleton(words) == _skeleton(text)]
    if any(_same(text, words) for words in alike):
        return True
    if registered.value is None:
        return False
    value, numbers = Decimal(str(registered.value)), _numbers(text)
    carrying = [words for words in alike if _numbers(words) and _fits(_numbers(words)[0], value)]
    if alike and not carrying:
        return False  # the known words are a change or a target and not the value
    return _fits(numbers[0], value) if numbers else _in_words(text, value, registered)


def _plain(text: str) -> str:
    return normalise(text).replace(",", "")


def _skeleton(text: str) -> str:
    """Return a text without its numbers."""
    return _NUMBER.sub("#", text)


def _numbers(text: str) -> list[re.Match[str]]:
    return list(_NUMBER.finditer(_DATES.sub("", text)))


def _same(first: str, second: str) -> bool:
    """Return whether two texts contain the same numbers, including dates."""
    numbers, other = ([_exact(match) for match in _NUMBER.finditer(text)] for text in (first, second))
    return bool(numbers) and numbers == other


def _exact(match: re.Match[str]) -> Decimal:
    return Decimal(match[2].replace("−", "-")) * _SCALES[match[4] or ""]


def _fits(match: re.Match[str], value: Decimal) -> bool:
    """Return whether a number states a value as precisely as its words claim."""
    about, figures, more, _, more_after, percent, least, roughly = match.groups()
    written = _exact(match)
    value = value * 100 if percent else value
    step = _step(figures) * _SCALES[match[4] or ""]
    if more or more_after or least:
        width = max(step, Decimal(_FEW_PERCENT)) if percent else step
        return written <= value < written + width
    if about or roughly:
        return abs(written - value) <= step / 2
    last = Decimal(1).scaleb(-len(figures.partition(".")[2])) * _SCALES[match[4] or ""]
    return abs(written - value) <= last / 2


def _step(figures: str) -> Decimal:
    """Return the unit of the last nonzero digit: 10 for 120, 0.1 for 63.8."""
    places = len(figures.partition(".")[2])
    zeros = 0 if places else len(figures) - len(figures.rstrip("0"))
    return Decimal(10) ** (zeros - places)


def _in_words(text: str, value: Decimal, registered: Registered) -> bool:
    """Return whether Chinese numerals in a text state the value."""
    match = _MONEY_NUMERALS.search(text) or _NUMERALS.search(text)
    if not match or len(match[0]) > _LONGEST:
        return False
    try:
        written = Decimal(str(cn2an(match[0].removeprefix("百分之").replace("两", "二"), "smart")))
    except (ValueError, ArithmeticError):
        return False
    percent = match[0].startswith("百分之") or registered.text.endswith(PERCENT)
    return abs(written - (value * 100 if percent else value)) <= Decimal("0.05")


def _nearest(written: str, known: Sequence[str], standard: str) -> str:
    """Return the known wording that differs only in its numbers, else the standard one."""
    alike = [name for name in known if _skeleton(_plain(name)) == _skeleton(_plain(written))]
    return alike[0] if alike else standard
