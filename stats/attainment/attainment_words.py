"""Attainment in words: progress, pace, forecast and shortfall. Pure functions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil

from base.formats import PERCENT, YUAN, counts, round_half_up, say_attained, say_lack, say_size, say_value
from base.periods import year_of
from stats.attainment import Attainment
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.judging.pace import Forecast
from stats.judging.verdicts import State, misses
from stats.readings.sentences import say_absence, say_end, say_reading, say_target

NOT_BEGUN = "尚未开始考核"
NO_NUMBER = "没有定数量"
STATES: dict[State, tuple[str, str]] = {
    "met": ("✓", "已达到"),
    "on_pace": ("○", "按进度推进"),
    "unlikely": ("△", "预计难以完成"),
    "behind": ("△", "落后于进度"),
    "unknown": ("？", "无法判断"),
}
_REASONS = {
    "no_number": "任务类目标，按完成情况判断",
    "no_data": "这一期还没有报数",
    "not_begun": NOT_BEGUN,
    "no_verdict": "这个指标不论高低，只列进度",
    "no_past": "每年报一次，没有往年可比，到期再判断",
    "no_start": "目标下达前没有数，算不出时间进度，到期再判断",
}
_TASKS = {"done": "已完成", "doing": "正在进行", "todo": "尚未开始"}
_DONE = {"件": "已办"}  # the verb by measure; 已有 for all others
_FEW = 10  # below this, halves of a unit are printed
_OFF_TRACK = ("behind", "unlikely")
_SHARES = (">=", "=")  # comparators for which a share of the target is meaningful


def say_state(attainment: Attainment) -> str:
    """Return the state with its sign: ✓ 已达到, △ 落后于进度."""
    if attainment.reason == "no_number":
        return f"— {say_state_words(attainment)}"
    state = "on_pace" if attainment.reason == "not_begun" and not _is_past(attainment) else attainment.state
    return f"{STATES[state][0]} {say_state_words(attainment)}"


def say_state_words(attainment: Attainment) -> str:
    """Return the state in words: 已达到, 落后于进度; one that is due and not reached is 未达到."""
    if _is_past(attainment):
        return "超出目标范围"
    if attainment.reason == "not_begun":
        return NOT_BEGUN
    if attainment.goal.comparator == "task" and attainment.state != "met":
        return "到期没有完成" if attainment.state == "behind" else _TASKS.get(attainment.goal.state, "没有报进度")
    if attainment.reason == "no_number":
        return NO_NUMBER
    return "到期没有达到" if attainment.state == "behind" and attainment.clock.over else STATES[attainment.state][1]


def say_attainment(attainment: Attainment, catalogue: Catalogue) -> str:
    """Return one target as a sentence: date, value, pace, forecast, shortfall."""
    indicator = catalogue.indicators[attainment.goal.indicator]
    if attainment.goal.comparator == "task":
        return (
            f"{attainment.reading.name}：{say_target(attainment.reading, indicator)}，{say_state_words(attainment)}。"
        )
    parts = [
        f"{_say_when(attainment)}，{attainment.reading.name}{_say_value(attainment, indicator)}"
        f"{_say_share(attainment, indicator)}",
        say_pace(attainment, indicator),
        say_forecast(attainment, indicator),
        say_needed(attainment, catalogue),
        say_reason(attainment, indicator),
    ]
    return "；".join(part for part in parts if part) + "。"


def say_behind_targets(attainments: Iterable[Attainment], catalogue: Catalogue) -> list[tuple[Attainment, str]]:
    """Return a sentence for each target that is behind or unlikely to be reached: value, target, pace, shortfall."""
    return [
        (attainment, _say_short(attainment, catalogue)) for attainment in attainments if attainment.state in _OFF_TRACK
    ]


def furthest_behind(attainments: Iterable[Attainment]) -> Attainment | None:
    """Return the target that is off track with the smallest share of what is expected by now; None if none is."""
    return min((goal for goal in attainments if goal.state in _OFF_TRACK), key=_share_of_pace, default=None)


def _share_of_pace(attainment: Attainment) -> float:
    value, expected = attainment.reading.value, attainment.pace or attainment.goal.value
    if not value or not expected:
        return 0.0
    return expected / value if attainment.goal.comparator == "<=" else value / expected


def say_off_track(attainments: Sequence[Attainment], worst: Attainment, catalogue: Catalogue) -> str:
    """Return how many targets are off track and the one that is furthest behind, as a sentence."""
    count = sum(attainment.state in _OFF_TRACK for attainment in attainments)
    first = f"{len(attainments)}项目标中{count}项完成有困难，差得最多的是" if count > 1 else ""
    return f"{first}{_say_short(worst, catalogue)}"


def say_others(attainments: Sequence[Attainment], subject: str = "") -> str:
    """Return a sentence on `subject` about the targets that are not off track; "" if there are none."""
    others = [attainment for attainment in attainments if attainment.state not in _OFF_TRACK]
    counts = _say_counts(others)
    if not counts:
        return f"{_say_not_begun(others)}。" if others else ""
    return f"{subject}{counts}。"


def _say_short(attainment: Attainment, catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[attainment.goal.indicator]
    if attainment.goal.comparator == "task":
        return (
            f"{attainment.reading.name}{say_state_words(attainment)}（{say_target(attainment.reading, indicator)}）。"
        )
    parts = (
        _say_value(attainment, indicator),
        say_target(attainment.reading, indicator),
        say_pace(attainment, indicator),
    )
    return f"{attainment.reading.name}{'，'.join(filter(None, (*parts, say_needed(attainment, catalogue))))}。"


def say_pace(attainment: Attainment, indicator: Indicator) -> str:
    """Return what is expected by now and the distance from it: 按时间进度应到20人，慢14人; "" before anything is.

    Half a unit is printed beside the actual value: 按时间进度应到2.5件，已办2件.
    """
    value, pace = attainment.reading.value, attainment.pace
    if value is None or pace is None or attainment.clock.over or attainment.state == "met" or _is_past(attainment):
        return ""
    measure, decimals = attainment.reading.measure, indicator.decimals
    if attainment.way == "season" and not pace:
        return "往年到这时还没有开始"
    pace_needed, decimals = _pace_as_printed(pace, measure, decimals)
    should = say_value(pace_needed, measure, decimals)
    bound, more, less = ("不超过", "多", "少") if attainment.goal.comparator == "<=" else ("到", "快", "慢")
    if counts(measure) and measure != YUAN and (pace_needed % 1 or 0 < abs(value - pace) < 1):
        has = say_value(value, measure, indicator.decimals)
        return f"按时间进度应{bound}{should}，{_DONE.get(measure, '已有')}{has}"
    size = say_size(_rounded(value, measure, decimals) - _rounded(pace_needed, measure, decimals), measure, decimals)
    wrong = (value > pace_needed) == (attainment.goal.comparator == "<=")
    direction = more if value > pace_needed else less
    return f"按时间进度应{bound}{should}，{_say_off(attainment, direction, size, indicator, wrong)}"


def _say_off(attainment: Attainment, way: str, size: str, indicator: Indicator, wrong: bool) -> str:
    """Return how far off the pace it is, in words that agree with the verdict where rounding would hide it."""
    if attainment.state == "behind" and not size:
        return f"{way}{say_lack(0, attainment.reading.measure, indicator.decimals)}"
    if not size:
        return "正好"
    return f"{way}{size}（折合不到1个，不算落后）" if wrong and attainment.state == "on_pace" else f"{way}{size}"


def _is_past(attainment: Attainment) -> bool:
    """Return whether the value is above the range it should be in."""
    return attainment.goal.comparator == "range" and attainment.needed is not None and attainment.needed < 0


def _pace_as_printed(pace: float, measure: str, decimals: int) -> tuple[float, int]:
    """Return the pace as printed, with its decimals: small counts with halves, large ones in whole units."""
    if not counts(measure) or measure == YUAN:
        return pace, decimals
    places = 1 if pace < _FEW else 0
    needed = float(round_half_up(pace, places))
    return needed, places if needed % 1 else decimals


def _rounded(value: float, measure: str, decimals: int) -> float:
    """Return a value rounded as printed, so that a printed difference agrees with the numbers beside it."""
    size = 100 if measure == PERCENT else 1
    return float(round_half_up(value * size, decimals)) / size if measure != YUAN else value


def say_forecast(attainment: Attainment, indicator: Indicator) -> str:
    """Return the forecast, its method and its range; "" if there is none."""
    forecast = attainment.forecast
    if forecast is None:
        return ""
    due = say_end(attainment.clock.due)
    value = say_value(forecast.value, attainment.reading.measure, indicator.decimals)
    sentence = f"{_say_method(forecast)}推算，{due}约{value}{_say_band(forecast, attainment, indicator)}"
    reaches = attainment.state == "behind" and not misses(attainment.goal, indicator, forecast.value)
    return f"{sentence}，可以赶上" if reaches else sentence


def say_needed(attainment: Attainment, catalogue: Catalogue) -> str:
    """Return the shortfall: 还差34人; for a rate in points and in whole units of its numerator."""
    indicator = catalogue.indicators[attainment.goal.indicator]
    if not attainment.needed:
        return ""
    needed, measure = attainment.needed, attainment.reading.measure
    if not indicator.is_rate and counts(measure) and measure != YUAN:  # these can't be halved
        needed = float(ceil(abs(needed))) * (1 if needed > 0 else -1)
    size = say_lack(needed, measure, indicator.decimals)
    if needed < 0:
        return f"比目标多{size}"
    return f"还差{size}{_say_count(attainment, catalogue)}"


def say_reason(attainment: Attainment, indicator: Indicator) -> str:
    """Return why a target can't be judged, and which returns are missing; "" if it can."""
    missing = attainment.reading.expected - attainment.reading.reported
    if attainment.reason in ("", "lacking") and missing > 0 and attainment.reading.value is not None:
        sentence = f"还有{missing:,}份报表没报，不在内{_say_supplied(attainment, indicator)}"
        return f"{sentence}，现在无法判断" if attainment.reason == "lacking" else sentence
    return _REASONS.get(attainment.reason, "")


def _say_supplied(attainment: Attainment, indicator: Indicator) -> str:
    if attainment.supplied is None:
        return ""
    value = say_value(attainment.supplied.value, attainment.reading.measure, indicator.decimals)
    never = f"（其中{attainment.supplied.never:,}份从没报过，补不上）" if attainment.supplied.never else ""
    return f"，按这些单位以前报的数补上约{value}{never}"


def say_states(attainments: Iterable[Attainment]) -> str:
    """Return the number of targets by state: 22项目标中，已达到3项，按进度推进5项，落后于进度10项，无法判断4项."""
    known = list(attainments)
    if not known:
        return "没有定目标"
    counts = _say_counts(known)
    return f"{len(known)}项目标中，{counts}" if counts else _say_not_begun(known)


def _say_counts(attainments: Sequence[Attainment]) -> str:
    """Return the numbers by state; "" if none has begun."""
    begun = [attainment for attainment in attainments if attainment.reason != "not_begun"]
    states = Counter(attainment.state for attainment in begun if attainment.reason != "no_number")
    tasks = sum(attainment.reason == "no_number" for attainment in begun)
    parts = [f"{words}{states[state]}项" for state, (_, words) in STATES.items() if states[state]]
    if tasks:
        parts.append(f"{NO_NUMBER}{tasks}项（按完成情况判断）")
    if parts and len(begun) < len(attainments):
        parts.append(f"{NOT_BEGUN}{len(attainments) - len(begun)}项")
    return "，".join(parts)


def _say_not_begun(attainments: Sequence[Attainment]) -> str:
    """Return from which year targets count that have not begun: 2011年起的目标尚未开始考核."""
    return f"{min(year_of(attainment.clock.first) for attainment in attainments)}年起的目标{NOT_BEGUN}"


def _say_when(attainment: Attainment) -> str:
    clock = attainment.clock
    return f"截至{say_end(min(clock.now, clock.due) if clock.begun else clock.now)}"


def _say_value(attainment: Attainment, indicator: Indicator) -> str:
    """Return the value; one that falls short of its target but is rounded to it is written as nearly (近) that."""
    if attainment.reading.value is None:
        return say_absence(attainment.reading)
    value = say_reading(attainment.reading, indicator)
    goal = say_value(attainment.goal.value, attainment.reading.measure, indicator.decimals)
    return f"近{value}" if attainment.needed and attainment.needed > 0 and value == goal else value


def _say_share(attainment: Attainment, indicator: Indicator) -> str:
    """Return the target and the share of it that was reached; for a rate the target alone."""
    target = say_target(attainment.reading, indicator)
    if attainment.share is None or attainment.goal.comparator not in _SHARES or attainment.reading.measure == PERCENT:
        return f"（{target}）" if target else ""
    share = say_attained(attainment.reading.value or 0.0, attainment.goal.value or 0.0)
    return f"，完成{target}的{share}" if attainment.clock.begun else f"（{target}）"


def _say_method(forecast: Forecast) -> str:
    if forecast.method == "year_end":
        return "按上年同期到年末的变化" if forecast.basis == 1 else f"按前{forecast.basis}年同期到年末的变化"
    if forecast.method == "season":
        return "按上年同期占全年的比重" if forecast.basis == 1 else f"按前{forecast.basis}年同期占全年的比重"
    return "按目前的快慢" if forecast.method == "even" else f"按最近{forecast.basis}个季度平均每季的增减"


def _say_band(forecast: Forecast, attainment: Attainment, indicator: Indicator) -> str:
    if forecast.low is None or forecast.high is None:
        return ""
    low, high = (
        say_value(bound, attainment.reading.measure, indicator.decimals) for bound in (forecast.low, forecast.high)
    )
    return "" if low == high else f"（{low}至{high}）"


def _say_count(attainment: Attainment, catalogue: Catalogue) -> str:
    if attainment.needed_count is None:
        return ""
    item = catalogue.parts(catalogue.indicators[attainment.goal.indicator])[0]
    count = say_value(attainment.needed_count, catalogue.measures[item.measure].name)
    return f"，{item.name}再增加{count}"
