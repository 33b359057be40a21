"""Readings as sentences: value, change, target, base and coverage. Pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from base.formats import (
    NO_DATA,
    change_verb,
    say_change,
    say_exact,
    say_lack,
    say_unreported,
    say_value,
    split_value,
)
from base.month_spans import YEAR
from base.periods import length_of, parse_span, say_quarter, say_span, year_of
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.judging import Judgement
from stats.judging.targets import Target
from stats.judging.verdicts import VerdictState
from stats.readings import Reading
from stats.readings.origins import cover_of, mark_changed_origin, mark_own
from stats.totals.coverage import TOO_SHORT

_SIGNS = {">=": "≥", "<=": "≤", "=": "", "range": ""}
_YEARS = ("年数", "年")  # the words for the divisor of an indicator per year
_TOLERANCE = 0.005  # sums of amounts to the cent may differ by floating-point error
_ABSENT = {
    "base_unreported": "分母未报送",
    "not_yet": "本年尚未评选",
    "not_due": "不需报送",
    "nothing": "没有发生",
    "zero_base": "分母为零",
    "of_quarters": "只有整季度的数",
    "of_half_years": "只有半年的数",
    "of_years": "只有全年的数",
    "months_lacking": "月报还没有报齐",
    "unlike_parts": "分子、分母来源不同，还有报表没报",
}
_TASK_STATES = {"done": "已完成", "doing": "正在进行", "todo": "尚未开始"}
_UNTOLD = ("no_number", "no_data", "no_verdict")  # there is nothing to compare with the target, or no better and worse
_STANDINGS = {"on_pace": "按进度推进", "unlikely": "预计难以完成", "behind": "落后于进度"}
_REASONS = {
    "not_begun": "尚未开始考核",
    "lacking": "有报表没报，暂不判断",
    "no_past": "没有往年可比，到期再判断",
    "no_start": "目标下达前没有数，到期再判断",
}


@dataclass(frozen=True)
class Verdict:
    """Whether a target is met: in words, and as a state that a screen may also mark by sign and colour.

    It is the verdict of `stats/judging/`, with "behind" also for what will hardly be reached. "open" means not met
    yet, and not late either.
    """

    state: VerdictState
    words: str


def say_when(reading: Reading) -> str:
    """Return the time of a reading: the end of a quarter for a stock, the whole span for a flow."""
    return say_span(parse_span(reading.span)) if reading.as_of is None else say_end(reading.as_of)


def say_end(quarter: int) -> str:
    """Return the end of a quarter or month: 2010年末, 2010年三季度末, 2010年11月末."""
    return f"{year_of(quarter)}年末" if not (quarter + 1) * length_of(quarter) % YEAR else f"{say_quarter(quarter)}末"


def say_before(reading: Reading) -> str:
    """Return the time a change is measured from: 2009年末, 2007年."""
    before = parse_span(reading.against) if reading.against else parse_span(reading.span).previous
    return say_span(before) if reading.as_of is None else say_end(before.last)


def say_reading(reading: Reading, indicator: Indicator) -> str:
    """Return a reading's value with its unit of measure, rounded as its definition says."""
    return say_value(reading.value, reading.measure, indicator.decimals)


def headline(reading: Reading, indicator: Indicator) -> str:
    """Return the finding in one sentence: when, whose, what, how much, the change, the base and the coverage."""
    if reading.value is None:
        return f"{say_finding(reading, indicator)}（{say_cover(reading)}）。"
    parts = [say_finding(reading, indicator), say_movement(reading, indicator)]
    return f"{'，'.join(part for part in parts if part)}（口径：{reading.base}；{say_cover(reading)}）。"


def say_absent(why: str, expected: int = 1) -> str:
    """Return in words why there is no number: 未报送, 没有发生, 分母为零; 没有数据 where the reason is not known."""
    return say_unreported(expected) if why == "unreported" else _ABSENT.get(why, NO_DATA)


def say_absence(reading: Reading) -> str:
    """Return in words why there is no value."""
    return say_absent(reading.absent, reading.expected)


def say_finding(reading: Reading, indicator: Indicator) -> str:
    """Return the finding alone: 2010年末，示例县总工会的工会会员人数为38,124人."""
    text = say_absence(reading) if reading.value is None else f"为{say_reading(reading, indicator)}{mark_own(reading)}"
    return f"{say_when(reading)}，{reading.unit_name}的{reading.name}{text}"


def say_done(reading: Reading, indicator: Indicator) -> str:
    """Return what was done or what there is: 开展岗位练兵、技术比武48场次, 工会组织数369家; without a time."""
    if reading.value is None:
        return f"{reading.name}{say_absence(reading)}"
    value = say_reading(reading, indicator)
    return indicator.phrase.format(value) if indicator.phrase else f"{reading.name}{value}"


def say_movement(reading: Reading, indicator: Indicator) -> str:
    """Return the change from the previous span, over those that reported both times if others did not.

    "" when there is none. A count of reporters does not change because returns are missing: then the missing ones are
    named instead.
    """
    if reading.change is None:
        return ""
    before = say_before(reading)
    if counts_reporters(reading):
        return f"还有{reading.expected - reading.reported:,}家未报，不能与{before}比较"
    comparable = say_comparable(reading, indicator)
    if comparable:
        return f"与{before}相比，{comparable}"
    moved = change_verb(reading.change, reading.measure, indicator.decimals)
    text = say_change(reading.change, reading.measure, indicator.decimals)
    return f"{'比' if moved else '与'}{before}{text}{mark_changed_origin(reading)}"


def say_comparable(reading: Reading, indicator: Indicator) -> str:
    """Return the change among those that reported both times, in words; "" where the plain one says the same."""
    if reading.comparable_change is None or reading.complete:
        return ""
    plain, comparable = (
        say_change(change, reading.measure, indicator.decimals)
        for change in (reading.change, reading.comparable_change)
    )
    quarters = reading.as_of is None and parse_span(reading.span).length > 1  # then each quarter is compared alone
    return "" if plain == comparable else f"两期都报的{'部分' if quarters else '单位'}{comparable}"


def of_like_seasons(reading: Reading) -> bool:
    """Return whether a reading may be compared with the previous one: a flow only over the same quarters."""
    if reading.as_of is not None or not reading.against:
        return True
    return (parse_span(reading.span).months.first - parse_span(reading.against).months.first) % YEAR == 0


def counts_reporters(reading: Reading) -> bool:
    """Return whether a reading is nothing but the number of those who reported, with some of them missing."""
    lacking = reading.as_of is not None and reading.reported < reading.expected
    return lacking and reading.value == reading.reported and not reading.comparable_change


def say_target(reading: Reading, indicator: Indicator) -> str:
    """Return the target with its year: 2012年目标≥80.0%; "" when there is none."""
    return say_goal(reading.goal, indicator, reading.measure) if reading.goal else ""


def say_goal(goal: Target, indicator: Indicator, measure: str) -> str:
    """Return a target with its year, in its indicator's unit of measure: 2012年目标≥80.0%."""
    if goal.comparator == "task":
        return f"{goal.year}年任务，{goal.due}前完成" if goal.due else f"{goal.year}年任务"
    return f"{goal.year}年目标{_say_bound(goal, indicator, measure)}"


def say_target_note(reading: Reading) -> str:
    """Return where the target comes from and the note beside it, such as a year that had to be inferred."""
    goal = reading.goal
    return "" if goal is None else "；".join(text for text in (f"依据{goal.document}", goal.remark) if text)


def judge(reading: Reading, indicator: Indicator) -> Verdict:
    """Return the verdict on its target in words; no verdict if there is no target or nothing can be told."""
    judgement = reading.judged
    if judgement is None or judgement.reason in _UNTOLD:
        return Verdict(VerdictState.NONE, "")
    if judgement.goal.comparator == "task":
        return Verdict(_standing(judgement), _TASK_STATES.get(judgement.goal.state, "尚未完成"))
    if judgement.state == "met":
        return Verdict(VerdictState.MET, "已达到")
    if judgement.exceeds_range:
        return Verdict(VerdictState.BEHIND, f"超出目标范围{_say_shortfall(reading, indicator)}")
    due = "到期没有达到" if judgement.state == "behind" and judgement.clock.over else ""
    last = year_of(judgement.clock.due)  # before its year "not reached" would read as a failure
    open_still = f"{last}年到期" if last > year_of(judgement.clock.now) else "尚未达到"
    short = f"{due or open_still}{_say_shortfall(reading, indicator)}" if judgement.shortfall else due
    tail = "" if due else _STANDINGS.get(judgement.state) or _REASONS.get(judgement.reason, "")
    return Verdict(_standing(judgement), "，".join(filter(None, (short, tail))))


def _standing(judgement: Judgement) -> VerdictState:
    if judgement.state == "met":
        return VerdictState.MET
    return VerdictState.BEHIND if judgement.state in ("behind", "unlikely") else VerdictState.OPEN


def say_context(reading: Reading, indicator: Indicator) -> str:
    """Return what belongs beside a figure, if known: change, target, verdict and the source of the target."""
    target = "，".join(filter(None, (say_target(reading, indicator), judge(reading, indicator).words)))
    return "；".join(filter(None, (say_movement(reading, indicator), target, say_target_note(reading))))


def say_formula(reading: Reading, indicator: Indicator, top: tuple[str, str], bottom: tuple[str, str]) -> str:
    """Return the formula with its numbers: 分子 ÷ 分母 ＝ 值. A part is given by its name and unit of measure."""
    value = say_reading(reading, indicator)
    if reading.denominator is None:
        return f"{top[0]} ＝ {value}"
    under = f"{bottom[0]} {say_exact(reading.denominator, bottom[1])}"
    return f"{top[0]} {say_exact(reading.numerator, top[1])} ÷ {under} ＝ {value}"


def formula_of(reading: Reading, indicator: Indicator, catalogue: Catalogue) -> str:
    """Return the formula with its numbers, its parts named as the catalogue names them."""
    parts = [(item.name, catalogue.measures[item.measure].name) for item in catalogue.parts(indicator)]
    if indicator.summary == "streak_years":  # what is counted in years is not the number of meetings
        parts = [(indicator.name, catalogue.unit_of(indicator))]
    return say_formula(reading, indicator, parts[0], parts[1] if len(parts) > 1 else _YEARS)


def say_sum(name: str, values: Sequence[float], expected: float | None, measure: str) -> Verdict:
    """Return a sentence on whether the cells' values of one part add up to the reading, with both numbers."""
    total = sum(values)
    text = f"{name}：{len(values):,}格相加得{say_exact(total, measure)}"
    if expected is None or abs(total - expected) > _TOLERANCE:
        return Verdict(VerdictState.BEHIND, f"{text}，读数用的是{say_exact(expected, measure)}，两者不一致")
    return Verdict(VerdictState.MET, f"{text}，与读数一致")


def overview_title(readings: Sequence[Reading], indicators: dict[str, Indicator], aimed: str) -> str:
    """Return the summary of the headline figures: the first two, like for like if returns are missing, and `aimed`.

    Where returns lack, who reported comes first: 2011年二季度末已报347/375，工会会员人数合计35,861人，….
    """
    known = [reading for reading in readings if reading.value is not None]
    if not known:
        short = (reading for reading in readings if reading.absent in TOO_SHORT)
        return next((f"{say_when(reading)}，主要数字{say_absence(reading)}" for reading in short), "这一期间还没有数据")
    shown = known[:2]
    lacking = max(shown, key=lambda reading: reading.expected - reading.reported)
    if lacking.reported == lacking.expected:
        text = "、".join(f"{reading.name}{say_reading(reading, indicators[reading.indicator])}" for reading in shown)
        return f"{say_when(known[0])}{text}；{aimed}"
    counted = [reading for reading in shown if not counts_reporters(reading)]
    parts = [say_cover(lacking), *(_say_in_part(reading, indicators[reading.indicator]) for reading in counted)]
    return f"{say_when(known[0])}{'，'.join(parts)}；{aimed}"


def _say_in_part(reading: Reading, indicator: Indicator) -> str:
    """Return a reading with missing returns: 工会会员人数合计35,861人，与2010年末相比，两期都报的单位增加275人."""
    added = "" if indicator.is_rate or reading.reported == reading.expected else "合计"
    value = f"{reading.name}{added}{say_reading(reading, indicator)}"
    return "，".join(filter(None, (value, say_movement(reading, indicator))))


def say_implausible(readings: Iterable[Reading], indicators: dict[str, Indicator]) -> list[str]:
    """Return one sentence per reading outside the valid range of its definition, such as a rate above 100%."""
    doubtful = []
    for reading in readings:
        indicator = indicators[reading.indicator]
        if reading.value is not None and not _is_plausible(reading.value, indicator):
            doubtful.append(
                f"{reading.name}{say_reading(reading, indicator)}超出合理范围，多半是有单位没报或填错，请查来源。"
            )
    return doubtful


def _is_plausible(value: float, indicator: Indicator) -> bool:
    low, high = indicator.valid.min, indicator.valid.max
    return (low is None or value >= low) and (high is None or value <= high)


def _say_shortfall(reading: Reading, indicator: Indicator) -> str:
    shortfall = reading.judged.shortfall if reading.judged else None
    if not shortfall:
        return ""
    return f"，{'高出' if shortfall < 0 else '还差'}{say_lack(shortfall, reading.measure, indicator.decimals)}"


def _say_bound(goal: Target, indicator: Indicator, measure: str) -> str:
    if goal.value is None:
        return "未定数量"
    bound = say_value(goal.value, measure, indicator.decimals)
    if goal.comparator != "range" or goal.high is None:
        return f"{_SIGNS.get(goal.comparator, '')}{bound}"
    low, _ = split_value(goal.value, measure, indicator.decimals)
    return f"{low}—{say_value(goal.high, measure, indicator.decimals)}"


def say_cover(reading: Reading) -> str:
    """Return how many of the returns came, that an own total stands there, or that the span is too short for any."""
    too_short = reading.absent in TOO_SHORT and not reading.expected
    return _ABSENT[reading.absent] if too_short else cover_of(reading)
