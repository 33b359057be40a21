"""The only place where a number becomes text. Screen, sentence and spreadsheet all round here, so that they agree.

Rates are stored as fractions (0–1) and said in percent; money is stored in 元 and said in 元, 万元 or 亿元.
"""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

MISSING = "—"
UNCHANGED = "持平"  # the word for a change that rounds to nothing
IN_PART = "未报全"  # the words for an organisation some of whose returns are missing
NO_DATA = "没有数据"  # the words in a sentence where a table has a dash
PERCENT = "%"
YUAN = "元"
TONNE = "吨"
POINTS = "分"
TEN_THOUSAND = 10_000
HUNDRED_MILLION = 100_000_000
_VALUES = 20_000  # values cached with their digits: a page says the same ones often
_EXACT = 6  # places after the point; more than any form asks for
_PERCENT_STEP = 5  # percentages are rounded down to multiples of this before 以上

Number = int | float


def counts(measure: str) -> bool:
    """Return whether a measure counts whole things (人, 家, 元), so that an axis has no fractional ticks."""
    return measure not in (PERCENT, TONNE) and "/" not in measure


def round_half_up(value: Number | Decimal, decimals: int) -> Decimal:
    """Return the value rounded half up (四舍五入), from its decimal digits."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@lru_cache(maxsize=_VALUES, typed=True)
def split_value(value: Number | None, measure: str, decimals: int = 0) -> tuple[str, str]:
    """Return a value's digits and its unit of measure separately: ("38,124", "人"), ("85.2", "%"), ("63.8", "万元").

    A missing value is ("—", ""): it is never 0.
    """
    if value is None:
        return MISSING, ""
    if measure == PERCENT:
        return f"{as_percent(value, decimals):,}", PERCENT
    if measure == YUAN:
        return _split_money(value, decimals)
    return _plain(value, decimals), measure


def say_value(value: Number | None, measure: str, decimals: int = 0) -> str:
    """Return a value with its unit of measure: 38,124人, 85.2%, 63.8万元; "—" when it is missing."""
    return "".join(split_value(value, measure, decimals))


def say_exact(value: Number | None, measure: str) -> str:
    """Return a value with all its digits, as cells and sums of cells are written: 638,000元, 25.5吨."""
    return MISSING if value is None else f"{_plain(value, _EXACT)}{measure}"


def say_bound(value: Number | Decimal, measure: str) -> str:
    """Return a bound of a rule with all its digits: 85%, 82.5%, 20人. A bound is never rounded."""
    exact = Decimal(str(value)) * (100 if measure == PERCENT else 1)
    return f"{bare_digits(exact)}{measure}"


def say_step(value: Number | Decimal, measure: str) -> str:
    """Return the step of a rule with all its digits: 1个百分点, 500人."""
    return f"{bare_digits(Decimal(str(value)) * 100)}个百分点" if measure == PERCENT else say_bound(value, measure)


def say_points(points: Decimal | None) -> str:
    """Return points with two places: 8.50分, −2.00分; "—" when there are none."""
    return MISSING if points is None else f"{round_half_up(points, 2):,.2f}{POINTS}".replace("-", "−")


def say_change(change: Number | None, measure: str, decimals: int = 0) -> str:
    """Return a change in words: 增加1,204人, 提高1.2个百分点, 持平; "—" when it is unknown."""
    if change is None:
        return MISSING
    return f"{change_verb(change, measure, decimals)}{say_size(change, measure, decimals)}" or UNCHANGED


def change_verb(change: Number, measure: str, decimals: int = 0) -> str:
    """Return the verb of a change: 增加, 减少, for rates 提高, 下降; "" when it rounds to nothing."""
    if not say_size(change, measure, decimals):
        return ""
    up, down = ("提高", "下降") if measure == PERCENT else ("增加", "减少")
    return up if change > 0 else down


def sign_change(change: Number | None, measure: str, decimals: int = 0) -> str:
    """Return a change with its sign, for tables: +1,204人, −1.2个百分点, 持平; "—" when it is unknown."""
    if change is None:
        return MISSING
    size = say_size(change, measure, decimals)
    return f"{'+' if change > 0 else '−'}{size}" if size else UNCHANGED


def say_size(change: Number, measure: str, decimals: int = 0) -> str:
    """Return the size of a difference without its sign: 1,204人, 1.2个百分点; "" when it rounds to nothing."""
    if measure == PERCENT:
        points = abs(as_percent(change, decimals))
        return f"{points:,}个百分点" if points else ""
    figures, unit = split_value(abs(change), measure, decimals)
    return "" if figures == "0" else f"{figures}{unit}"


def say_lack(number: Number, measure: str, decimals: int = 0) -> str:
    """Return how large a difference is that is not nothing: 1.2个百分点, 不到0.1个百分点 where it rounds to nothing."""
    least = 10**-decimals * (0.01 if measure == PERCENT else 1)
    return say_size(number, measure, decimals) or f"不到{say_size(least, measure, decimals)}"


def say_more_than(value: Number | None, measure: str, decimals: int = 0, step: Number | None = None) -> str:
    """Return the round number a value exceeds, with 多: 120多项, 1400多人, 60多万元, 3万多元.

    `step` is the unit to round down to, in the stored unit; without one the two leading digits stay. A round value, one
    below ten and a rate are written as they are: 多 means strictly more.
    """
    if value is None or measure == PERCENT:
        return say_undivided(value, measure, decimals)
    size, word = _scale(value, measure)
    low = _step_down(value, step or _leading_step(value, size))
    if low <= 0 or low == Decimal(str(value)):
        return say_undivided(value, measure, decimals)
    figures = low / size
    if figures % 10 == 0:
        return f"{bare_digits(figures)}多{word}"
    return f"{bare_digits(figures)}{word[:-1]}多{word[-1:]}" if size > 1 else say_undivided(value, measure, decimals)


def say_at_least(value: Number | None, measure: str, decimals: int = 0, step: Number | None = None) -> str:
    """Return the round number a value reaches, with 以上: 85%以上, 400人次以上. `step` as in say_more_than.

    The bound is rounded down from the stored value, so that 84.96% never reads 85%以上.
    """
    if value is None:
        return MISSING
    if measure == PERCENT:
        low = _step_down(Decimal(str(value)) * 100, step or _PERCENT_STEP)
        if low == 100 and Decimal(str(value)) == 1:
            return "100%"  # all of it: nothing is above
        return f"{bare_digits(low)}%以上" if low > 0 else say_undivided(value, measure, decimals)
    size, word = _scale(value, measure)
    low = _step_down(value, step or _leading_step(value, size))
    return f"{bare_digits(low / size)}{word}以上" if low > 0 else say_undivided(value, measure, decimals)


def say_about(value: Number | None, measure: str, decimals: int = 0, step: Number | None = None) -> str:
    """Return the nearest round number, with 约: 约1400人, 约85%; the value itself where it is that number."""
    if value is None:
        return MISSING
    exact = Decimal(str(value)) * (100 if measure == PERCENT else 1)
    size, word = _scale(value, measure)
    unit = Decimal(str(step or (1 if measure == PERCENT else _leading_step(value, size))))
    near = (exact / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit
    return say_undivided(value, measure, decimals) if near in (exact, 0) else f"约{bare_digits(near / size)}{word}"


def say_undivided(value: Number | None, measure: str, decimals: int = 0) -> str:
    """Return a value as reports print it, without thousands separators: 38124人."""
    return say_value(value, measure, decimals).replace(",", "")


def say_yuan(value: Number | None) -> str:
    """Return an amount in 元, to the cent: 638,000元."""
    return MISSING if value is None else f"{_plain(value, 2)}{YUAN}"


def say_ten_thousands(value: Number | None) -> str:
    """Return an amount in 万元: 63.8万元; what is less than one 万元 keeps two places."""
    if value is None:
        return MISSING
    places = 1 if abs(value) >= TEN_THOUSAND else 2
    return f"{_plain(Decimal(str(value)) / TEN_THOUSAND, places)}万元"


def say_growth(value: Number, before: Number) -> str:
    """Return the growth of an amount relative to its earlier value: 增长3.3%, 增长1.5倍, 下降20.0%.

    The earlier value must be above zero. A fall is always in percent: nothing can fall by a multiple.
    """
    share = (Decimal(str(value)) - Decimal(str(before))) / Decimal(str(before))
    if share >= 1:
        return f"增长{_plain(share, 1)}倍"
    percent = round_half_up(abs(share) * 100, 1)
    return f"{'增长' if share > 0 else '下降'}{percent:,}%" if percent else UNCHANGED


def say_multiple(value: Number, before: Number) -> str:
    """Return a value as a share or multiple of its earlier value, which must be above zero: 2.5倍, 80.0%."""
    share = Decimal(str(value)) / Decimal(str(before))
    return f"{_plain(share, 1)}倍" if share >= 1 else f"{round_half_up(share * 100, 1)}%"


def say_attained(value: Number, goal: Number) -> str:
    """Return the share of a goal that is reached: 83.0%, 104.3%; a share that only rounds to 100% is not written so."""
    share = Decimal(str(value)) / Decimal(str(goal))
    text = f"{round_half_up(share * 100, 1):,}%"
    return f"接近{text}" if share < 1 and round_half_up(share * 100, 1) >= 100 else text


def balance(values: Sequence[Number | Decimal], decimals: int = 0) -> list[Decimal]:
    """Return values rounded so that they add up to their rounded sum (舍位平衡, by the largest remainder).

    Each stays within one step of its value. The argument is not modified.
    """
    step = Decimal(1).scaleb(-decimals)
    exact = [Decimal(str(value)) for value in values]
    rounded = [(value / step).to_integral_value(ROUND_FLOOR) * step for value in exact]
    lacking = int((round_half_up(sum(exact, Decimal(0)), decimals) - sum(rounded, Decimal(0))) / step)
    by_remainder = sorted(range(len(exact)), key=lambda place: rounded[place] - exact[place])
    for place in by_remainder[:lacking]:
        rounded[place] += step
    return [value.quantize(step) for value in rounded]


def balance_shares(values: Sequence[Number], decimals: int = 1) -> list[Decimal]:
    """Return what share each value has of their sum, in percent, rounded so that they add up to 100."""
    total = sum((Decimal(str(value)) for value in values), Decimal(0))
    return balance([Decimal(str(value)) * 100 / total for value in values], decimals) if total else []


def say_coverage(reported: int, expected: int) -> str:
    """Return the returns received of those expected: 已报366/369份; in words when none was expected."""
    return f"已报{reported:,}/{expected:,}份" if expected else "不需报送"


def say_unreported(expected: int) -> str:
    """Return the words for no return received out of a number expected: 均未报送, for a single one 未报送."""
    return "未报送" if expected <= 1 else "均未报送"


def as_percent(fraction: Number, decimals: int) -> Decimal:
    """Return a fraction in percent, rounded: 0.851 is 85.1."""
    return round_half_up(Decimal(str(fraction)) * 100, decimals)


def _split_money(value: Number, decimals: int) -> tuple[str, str]:
    size, unit = _scale(value, YUAN)
    places = {HUNDRED_MILLION: 2, TEN_THOUSAND: 1}.get(size, decimals)
    return _plain(Decimal(str(value)) / size, places), unit


def _scale(value: Number, measure: str) -> tuple[int, str]:
    """Return how many stored units one printed unit is worth, and its word: money is printed in 万元 or 亿元."""
    if measure == YUAN:
        for size, unit in ((HUNDRED_MILLION, "亿元"), (TEN_THOUSAND, "万元")):
            if abs(value) >= size:
                return size, unit
    return 1, measure


def _leading_step(value: Number, size: int) -> Decimal:
    """Return the step that leaves two leading digits, at least ten of the printed unit; one of it below ten."""
    whole = int(abs(Decimal(str(value))) / size)
    return Decimal(size) * (10 ** max(1, len(str(whole)) - 2) if whole >= 10 else 1)


def _step_down(value: Number | Decimal, step: Number | Decimal) -> Decimal:
    unit = Decimal(str(step))
    return (Decimal(str(value)) / unit).to_integral_value(ROUND_FLOOR) * unit


def bare_digits(value: Decimal) -> str:
    """Return digits without thousands separators and without trailing zeros after the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(value: Number | Decimal, decimals: int) -> str:
    """Return digits with thousands separators and without trailing zeros after the point."""
    text = f"{round_half_up(value, decimals):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")
