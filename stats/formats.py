"""The one place where a number becomes text. Screen, sentence and spreadsheet all round here, so they say the same.

Rates are stored as fractions (0–1) and said in percent; money is stored in 元 and said in 元, 万元 or 亿元.
"""

from decimal import ROUND_HALF_UP, Decimal

MISSING = "—"
PERCENT = "%"
YUAN = "元"
TONNE = "吨"
TEN_THOUSAND = 10_000
HUNDRED_MILLION = 100_000_000
_EXACT = 6  # places after the point; more than any form asks for

Number = int | float


def counts(measure: str) -> bool:
    """Return whether a measure counts whole things (人, 家, 元), of which there is no half on an axis."""
    return measure not in (PERCENT, TONNE) and "/" not in measure


def round_half_up(value: Number | Decimal, decimals: int) -> Decimal:
    """Return the value rounded as people are taught (四舍五入), from the digits it is written with."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def split_value(value: Number | None, measure: str, decimals: int = 0) -> tuple[str, str]:
    """Return a value's figures and its unit of measure apart: ("38,124", "人"), ("85.2", "%"), ("63.8", "万元").

    A missing value is ("—", ""): it is never 0.
    """
    if value is None:
        return MISSING, ""
    if measure == PERCENT:
        return f"{_as_percent(value, decimals):,}", PERCENT
    if measure == YUAN:
        return _split_money(value, decimals)
    return _plain(value, decimals), measure


def say_value(value: Number | None, measure: str, decimals: int = 0) -> str:
    """Return a value with its unit of measure: 38,124人, 85.2%, 63.8万元; "—" when it is missing."""
    return "".join(split_value(value, measure, decimals))


def say_exact(value: Number | None, measure: str) -> str:
    """Return a value with all its figures, as cells and sums of cells are said: 638,000元, 25.5吨."""
    return MISSING if value is None else f"{_plain(value, _EXACT)}{measure}"


def say_change(change: Number | None, measure: str, decimals: int = 0) -> str:
    """Return a change in words: 增加1,204人, 提高1.2个百分点, 持平; "—" when it is unknown."""
    if change is None:
        return MISSING
    size = say_size(change, measure, decimals)
    if not size:
        return "持平"
    up, down = ("提高", "下降") if measure == PERCENT else ("增加", "减少")
    return f"{up if change > 0 else down}{size}"


def sign_change(change: Number | None, measure: str, decimals: int = 0) -> str:
    """Return a change with its sign, for tables: +1,204人, −1.2个百分点, 持平; "—" when it is unknown."""
    if change is None:
        return MISSING
    size = say_size(change, measure, decimals)
    return f"{'+' if change > 0 else '−'}{size}" if size else "持平"


def say_size(change: Number, measure: str, decimals: int = 0) -> str:
    """Return how large a difference is, without its direction: 1,204人, 1.2个百分点; "" when it rounds to nothing."""
    if measure == PERCENT:
        points = abs(_as_percent(change, decimals))
        return f"{points:,}个百分点" if points else ""
    figures, unit = split_value(abs(change), measure, decimals)
    return "" if figures == "0" else f"{figures}{unit}"


def say_coverage(reported: int, expected: int) -> str:
    """Return how many returns came in of how many that had to: 已报366/369; in words when none had to."""
    return f"已报{reported:,}/{expected:,}" if expected else "不需报送"


def _as_percent(fraction: Number, decimals: int) -> Decimal:
    return round_half_up(Decimal(str(fraction)) * 100, decimals)


def _split_money(value: Number, decimals: int) -> tuple[str, str]:
    for size, unit, places in ((HUNDRED_MILLION, "亿元", 2), (TEN_THOUSAND, "万元", 1)):
        if abs(value) >= size:
            return _plain(Decimal(str(value)) / size, places), unit
    return _plain(value, decimals), YUAN


def _plain(value: Number | Decimal, decimals: int) -> str:
    """Return figures with thousands parted and no zeros after the point that say nothing."""
    text = f"{round_half_up(value, decimals):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")
