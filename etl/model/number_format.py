"""Number formats: what a cell shows beyond its bare number, as if somebody had typed it: 12.5万元, 0012, 2011年07月.

Decimals that a format does not show are kept: only words, scales, leading zeros and digits set apart are added.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import dropwhile, takewhile
from typing import Protocol

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*](?P<pad>.)|\[(?P<bracket>[^\[\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<power>E[+-])|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"?|\\.|!.|[_*].|\[[^\[\]]*\]|[^;])*', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_DAY = re.compile("[ymdhsaegb年月日时分秒/]", re.IGNORECASE)  # outside quotes: a date, a time or a fraction
_TELLING = re.compile(r"[^\W_]|[‰%$€£№#]")  # a letter, a hanzi, a digit, or a sign other than our currency's
_PLAIN = re.compile(r"(?:[¥￥]|RMB|CNY)\s*", re.IGNORECASE)
_SIGNS = "()（）+-−－ \u3000"
_LEAST_ZEROS = 2
_NUMERALS = re.compile("[〇零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億]++[^\\W\\d]*")
_SHOWN = re.compile(r"([^\d]*?)([+-]?\d[\d,]*(?:\.\d+)?)(\D*)", re.DOTALL)
_THOUSANDS, _TEN = 1000, 10
_PERCENT, _SCALES = Decimal("0.01"), (Decimal(1), Decimal(10**3), Decimal(10**4), Decimal(10**6), Decimal(10**8))
BUILT_IN = {9: "0%", 10: "0.00%"}  # formats that files refer to by number only, as far as they show more


class Showing(Protocol):
    """How a value is displayed."""

    def say(self, value: object) -> str:
        """Return what is shown in place of a value, "" where that is just the value."""


@dataclass(frozen=True)
class _Section:
    """One of the parts of a format, which semicolons separate."""

    items: tuple[tuple[str, str], ...]  # kind (literal, digit, point, comma, percent, general, text) and character
    condition: tuple[str, float] | None

    @property
    def words(self) -> str:
        """Return the literals, without signs and our own currency."""
        return _PLAIN.sub("", "".join(text for kind, text in self.items if kind == "literal")).strip(_SIGNS)

    def kinds(self) -> set[str]:
        """Return the kinds of its items."""
        return {kind for kind, _ in self.items}

    @property
    def whole(self) -> list[tuple[str, str]]:
        """Return the items from the first digit to the last one before the decimal point, literals between included."""
        before = [item for item in self.items[: self._point()] if item[0] in ("digit", "literal")]
        inner = list(dropwhile(lambda item: item[0] != "digit", before))
        return list(dropwhile(lambda item: item[0] != "digit", inner[::-1]))[::-1]

    def _point(self) -> int:
        return next((at for at, (kind, _) in enumerate(self.items) if kind == "point"), len(self.items))

    @property
    def scale(self) -> int:
        """Return by what the shown number is smaller: a thousand for each comma behind the last digit."""
        digits = [at for at, (kind, _) in enumerate(self.items) if kind == "digit"]
        last = max((at for at in digits if at < self._point()), default=-1) if digits else -1
        behind = self.items[max(digits) + 1 :] if digits else ()
        inner = self.items[last + 1 : self._point()] if last >= 0 and self._point() < len(self.items) else ()
        return int(_THOUSANDS ** sum(kind == "comma" for kind, _ in (*inner, *behind)))

    def speaks(self) -> bool:
        """Return whether the display says more than the number."""
        kinds = self.kinds()
        if "text" in kinds or not kinds & {"digit", "general"}:
            return bool("text" in kinds and _TELLING.search(self.words))
        zeros = sum(text == "0" for kind, text in self.whole if kind == "digit")
        apart = any(kind == "literal" for kind, _ in self.whole)
        rescaled = self.scale > 1 or "percent" in kinds
        return bool(_TELLING.search(self.words)) or apart or rescaled or zeros >= _LEAST_ZEROS

    @property
    def negates(self) -> bool:
        """Return whether it puts a minus in front of whatever number it shows."""
        before = takewhile(lambda item: item[0] not in ("digit", "general"), self.items)
        return any(text in ("-", "−") for _, text in before)

    def say(self, value: float) -> str:
        """Return the number as shown, with all its decimals."""
        number = abs(Decimal(repr(value))) / self.scale
        if "percent" in self.kinds():
            number *= 100
        ahead, behind = self._around()
        text = self._digits(number)
        return (
            ("-" if value < 0 or (value > 0 and self.negates) else "")
            + ahead
            + text
            + ("%" if "percent" in self.kinds() else "")
            + behind
        )

    def _digits(self, number: Decimal) -> str:
        whole = self.whole
        apart = "".join(text for kind, text in whole if kind == "literal")
        if apart == ".":  # 0!.0, is the usual way to show ten thousands
            return _plain(number / _TEN ** sum(kind == "digit" for kind, _ in whole[whole.index(("literal", ".")) :]))
        if apart:
            return _set_apart(whole, str(number.quantize(Decimal(1), ROUND_HALF_UP)))
        front, point, rest = _plain(number).partition(".")
        return front.zfill(sum(text == "0" for kind, text in whole if kind == "digit")) + point + rest

    def _around(self) -> tuple[str, str]:
        """Return the words before and after the number; signs are part of the number."""
        runs = [(kind in ("digit", "general"), text) for kind, text in self.items if kind != "text"]
        first = next((at for at, (is_digit, _) in enumerate(runs) if is_digit), len(runs))
        last = max((at for at, (is_digit, _) in enumerate(runs) if is_digit), default=-1)
        literal = [text if kind == "literal" else "" for kind, text in self.items if kind != "text"]
        ahead, behind = "".join(literal[:first]), "".join(literal[last + 1 :])
        return ahead.lstrip(_SIGNS), behind.strip(_SIGNS)


@dataclass(frozen=True)
class NumberFormat:
    """A format that shows more than the number, by its sections."""

    sections: tuple[_Section, ...]

    def say(self, value: object) -> str:
        """Return what is shown in place of a number or a text, "" where that is just the value."""
        if type(value) is str:
            return self._say_text(value)
        if type(value) is not float:
            return ""
        section = self._section_for(value)
        if section is None or "text" in section.kinds():
            return ""
        return section.say(value) if section.speaks() or (value > 0 and section.negates) else ""

    def _say_text(self, value: str) -> str:
        section = next((section for section in self.sections if "text" in section.kinds()), None)
        if section is None or not section.speaks() or not value.strip():
            return ""
        return "".join(value.strip() if kind == "text" else text for kind, text in section.items)

    def _section_for(self, value: float) -> _Section | None:
        numbered = [section for section in self.sections[:3] if section.kinds() != {"text"}] or list(self.sections)
        if any(section.condition for section in numbered):
            return next(
                (section for section in numbered if section.condition is None or _holds(value, *section.condition)),
                None,
            )
        at = 0 if value > 0 or len(numbered) == 1 else 1 if value < 0 else 2 if len(numbered) > 2 else 0
        return numbered[at]


@dataclass(frozen=True)
class Unseen:
    """An invisible value: by an empty format (;;;), or by white text on white."""

    shown: Showing | None = None

    def say(self, value: object) -> str:
        """Return what would be shown in place of a value, "" where that is just the value."""
        return self.shown.say(value) if self.shown else ""


@dataclass(frozen=True)
class ShownText:
    """The text a cell displayed when saved, if the file keeps it next to the value."""

    text: str

    def say(self, value: object) -> str:
        """Return the shown text with all decimals of the number, "" where that is just the value."""
        match = _SHOWN.fullmatch(self.text.strip())
        if type(value) is not float or not match:
            return self.text.strip() if type(value) is float and _NUMERALS.fullmatch(self.text.strip()) else ""
        ahead, shown, behind = match[1].strip(_SIGNS), match[2].replace(",", ""), match[3].strip(_SIGNS)
        words = _PLAIN.sub("", ahead + behind).strip(_SIGNS)
        front = shown.lstrip("+-").partition(".")[0]
        padded = len(front) >= _LEAST_ZEROS and front.startswith("0")
        scale = _scale_between(abs(value), Decimal(shown.lstrip("+-")), percent="%" in behind)
        if scale is None or not (_TELLING.search(words) or padded or scale != 1):
            return ""
        whole, point, rest = _plain(abs(Decimal(repr(value))) / scale).partition(".")
        return ("-" if value < 0 else "") + ahead + whole.zfill(len(front) if padded else 1) + point + rest + behind


def _scale_between(value: float, shown: Decimal, percent: bool) -> Decimal | None:
    """Return by what the shown number is smaller than the value; None where they have nothing in common."""
    scales = (_PERCENT, Decimal(1)) if percent else _SCALES
    half = Decimal("0.5").scaleb(int(shown.as_tuple().exponent))
    exact = Decimal(repr(value))
    return next((scale for scale in scales if abs(exact / scale - shown) <= half), None)


@lru_cache(maxsize=10_000)
def read_format(code: str) -> NumberFormat | Unseen | None:
    """Return a format code as a format, None where it shows no more than the number or is one of dates."""
    sections = [_read_section(part) for part in _split(code)[:4]]
    if code and sections[0] is not None and not any(text for _, text in sections[0].items):
        return Unseen()
    if any(section is None for section in sections):
        return None
    made = NumberFormat(tuple(section for section in sections if section))
    return made if made.sections[0].negates or any(section.speaks() for section in made.sections) else None


def _split(code: str) -> list[str]:
    parts, at = [], 0
    while at <= len(code):
        match = _SECTION.match(code, at)
        end = match.end() if match else at
        parts.append(code[at:end])
        at = end + 1
    return parts


def _read_section(code: str) -> _Section | None:
    """Return a section; None for dates, times, powers and fractions."""
    items: list[tuple[str, str]] = []
    condition = None
    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), match[match.lastgroup or 0] or ""
        if kind == "power" or (kind == "other" and _DAY.fullmatch(text)):
            return None
        if kind == "bracket":
            if bounded := _CONDITION.fullmatch(text):
                condition = bounded[1], float(bounded[2])
            elif text.startswith("$"):
                items.append(("literal", text[1:].partition("-")[0]))
            elif re.fullmatch("[hms]+", text, re.IGNORECASE):
                return None
        elif kind in ("quoted", "escaped", "other"):
            items.append(("literal", text))
        elif kind != "pad":
            items.append((kind, text))
    return _Section(tuple(items), condition)


def _holds(value: float, sign: str, limit: float) -> bool:
    return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
            "=": value == limit, "<>": value != limit}[sign]  # fmt: skip


def _set_apart(whole: list[tuple[str, str]], digits: str) -> str:
    """Return digits placed among the literals of a format, from the right; the remaining ones go in front."""
    left, made = list(digits), list[str]()
    for at, (kind, text) in reversed(list(enumerate(whole))):
        if kind == "literal":
            made.append(text)
        elif left:
            made.append("".join(left) if at == 0 else left.pop())
        elif text == "0":
            made.append("0")
    return "".join(reversed(made))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
