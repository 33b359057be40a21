"""Changes: from and to, by how much, by how many percent or percentage points, how many times."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from re import Pattern

from stats.claims.checks.check_model import (
    CheckedFigure,
    ParagraphToCheck,
    TextCheck,
    check_value,
    judged,
    say_amount,
    say_points,
    say_share,
)
from stats.claims.checks.check_words import check_words, has_any
from stats.claims.checks.intervals import Interval
from stats.claims.grammar import read_grammar
from stats.claims.grammar.word_patterns import any_of

_MOST_YEARS = 30
_CHANGES = {"abs_change", "pct_change", "pp_change", "pp_difference"}
_ENDS = "。；！？\n"
_TWICE = Decimal("0.1")  # 翻一番 is said of what is about twice as much


@cache
def _verbs() -> tuple[str, str]:
    links = read_grammar().links
    rising, falling = "|".join(links.rising), "|".join(links.falling)
    return f"[{rising}]", f"[{falling}]"


@cache
def plain_change(lead: bool) -> Pattern[str]:
    """Return what stands before a change that is told of the numbers before it, and of nothing else."""
    rising, falling = _verbs()
    leads = "[同比|净|共|累计|总共|]" if not lead else "[同比|环比|净|共|累计|比{few}|较{few}|与{few}相比[，|]|]"
    verbs = f"[{rising[1:-1]}|{falling[1:-1]}|增|减|增幅|降幅|增速]"
    return any_of(
        (
            f"[，|、|（|]{leads}{verbs}[幅度|幅|率|额|量|]了",
            f"[，|、|（|]{leads}{verbs}[幅度|幅|率|额|量|][了|为|达|达到|]",
        )
    )


@cache
def _annual() -> Pattern[str]:
    rising, _ = _verbs()
    return any_of(
        (
            f"[，|、|（|][年均|平均每年|年平均|年均递增|年均复合]{rising}[率|速度|幅度|][为|达|达到|]",
            "[，|、|（|]年均[增幅|增速|递增][为|达|]",
        )
    )


@cache
def _ratio() -> Pattern[str]:
    return any_of(
        ("[，|、|（|][是|为|相当于|达到|约为|已是]{few}的", "[，|、|（|][是|为|相当于][原来|之前|上年|去年|{date}|]的")
    )


@cache
def _falling() -> Pattern[str]:
    return any_of((*read_grammar().links.falling, "降幅", "减"))


def check_changes(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield the checks of changes in a paragraph."""
    for before, now in paragraph.linked("from_to"):
        yield from _direction(paragraph, before, now)
        yield from _followers(paragraph, before, now, now)
    for before, now in _then_and_now(paragraph):
        last = max(before, now, key=lambda figure: figure.place)
        yield from _followers(paragraph, before, now, last)
    yield from _added(paragraph)
    yield from _by_and_percent(paragraph)
    yield from _yearly(paragraph)
    yield from _impossible(paragraph)


def _direction(paragraph: ParagraphToCheck, before: CheckedFigure, now: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check that what is told to rise rises."""
    links = read_grammar().links
    between = paragraph.between(before, now)
    if before.amount.measure in read_grammar().amounts.durations or has_any(
        before.before + between, check_words().ranks
    ):
        return
    falls = any_of((*links.falling, *links.falling_to)).search(between)
    rises = any_of((*links.rising, *links.rising_to)).search(between)
    if bool(falls) == bool(rises):
        return
    low, high = (now, before) if falls else (before, now)
    if low.interval.low > high.interval.high:
        verb = (falls or rises or [""])[0]
        first, second = say_amount(before.amount.value, before.amount), say_amount(now.amount.value, now.amount)
        word = "小" if rises else "大"
        yield TextCheck(
            rule="direction",
            phrase=now.phrase,
            holds=False,
            expected="",
            reason=f"从{first}到{second}是变{word}了，文中写的是“{verb}”。",
            others=(before.phrase,),
        )


def _then_and_now(paragraph: ParagraphToCheck) -> Iterator[tuple[CheckedFigure, CheckedFigure]]:
    """Yield two values of one thing, the earlier first: 去年45家，今年50家."""
    words = check_words()
    for first, second in zip(paragraph.figures, paragraph.figures[1:], strict=False):
        changes = {first.phrase.name, second.phrase.name} & _CHANGES
        if changes or not first.is_like(second) or not paragraph.are_in_one_sentence(first, second, _ENDS):
            continue
        if has_any(first.before, words.base_words) and has_any(second.before, words.later_words):
            yield first, second
        elif has_any(second.before, words.base_words) and has_any(first.before, words.later_words):
            yield second, first


def _followers(
    paragraph: ParagraphToCheck, before: CheckedFigure, now: CheckedFigure, last: CheckedFigure
) -> Iterator[TextCheck]:
    """Yield the checks of the differences told right behind two values."""
    for follower in paragraph.after(last, _ENDS):
        if _annual().fullmatch(follower.before) and follower.amount.kind == "percent":
            yield from _grown_yearly(follower, now.interval.over(before.interval), [before, now])
        elif follower.amount.kind == "times":
            yield from _multiple(follower, before, now)
        elif not plain_change(False).fullmatch(follower.before):
            return
        else:
            yield from _difference(follower, before, now)


def _difference(follower: CheckedFigure, before: CheckedFigure, now: CheckedFigure) -> Iterator[TextCheck]:
    kind = follower.amount.kind
    first, second = say_amount(before.amount.value, before.amount), say_amount(now.amount.value, now.amount)
    rates = now.amount.kind == "percent"  # seldom cut off
    apart = (now.rounded - before.rounded if rates else now.interval - before.interval).size()
    exact = abs(now.amount.value - before.amount.value)
    if follower.is_like(now) and kind == "amount" or (kind == "points" and now.amount.kind == "percent"):
        proof = f"{first}到{second}，相差{say_amount(exact, follower.amount)}"
        yield check_value("change", follower, apart, exact, proof, [before, now])
    elif kind == "percent":
        grown = apart.over(before.interval)
        if grown is None or not before.amount.value:
            return
        rate = exact / before.amount.value
        if now.amount.kind == "percent" and not grown.meets(follower.interval):
            yield from _points_meant(follower, apart, exact, [before, now])
        else:
            proof = f"{first}到{second}，变化了{say_share(rate)}"
            yield check_value("growth", follower, grown, rate, proof, [before, now])


def _points_meant(
    follower: CheckedFigure, apart: Interval, exact: Decimal, others: Sequence[CheckedFigure]
) -> Iterator[TextCheck]:
    """Yield the check of a difference of two rates that is told in percent and not in percentage points."""
    first, second = (say_amount(figure.amount.value, figure.amount) for figure in others)
    meant = apart.meets(follower.interval)
    advice = "，应写“个百分点”，不写“%”" if meant else ""
    rate = exact / others[0].amount.value
    yield TextCheck(
        rule="points",
        phrase=follower.phrase,
        holds=False,
        expected=say_points(exact),
        reason=f"{first}到{second}相差{say_points(exact)}，按百分比算是{say_share(rate)}{advice}。",
        others=tuple(figure.phrase for figure in others),
    )


def _multiple(follower: CheckedFigure, before: CheckedFigure, now: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a multiple: 是…的3倍 is three times, 增长2倍 too, 翻两番 four times."""
    ratio = now.interval.over(before.interval)
    if ratio is None or not before.amount.value:
        return
    times, value = follower.interval, now.amount.value / before.amount.value
    first, second = say_amount(before.amount.value, before.amount), say_amount(now.amount.value, now.amount)
    if follower.amount.measure == "番":
        doubled = Decimal(2) ** int(follower.amount.value)
        times = Interval(
            doubled * (1 - _TWICE), doubled * (1 + _TWICE) if follower.amount.comparator == "=" else doubled * 2
        )
        proof = f"{second}是{first}的{say_amount(value, follower.amount)}".replace("番", "倍")
        yield judged("multiple", follower, times.meets(ratio), f"{_times(value)}", proof, [before, now])
    elif plain_change(False).fullmatch(follower.before):
        grown = Interval(max(ratio.low - 1, Decimal(0)), ratio.high - 1)
        proof = f"{second}是{first}的{_times(value)}，增长了{_times(value - 1)}"
        yield check_value("multiple", follower, grown, value - 1, proof, [before, now])
    elif _ratio().fullmatch(follower.before):
        yield check_value("multiple", follower, ratio, value, f"{second}是{first}的{_times(value)}", [before, now])


def _times(value: Decimal) -> str:
    return f"{round(value, 2).normalize():f}倍"


def _added(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield the checks of 在去年45家的基础上，今年又增加5家，累计50家."""
    words = check_words()
    for first, change, total in zip(paragraph.figures, paragraph.figures[1:], paragraph.figures[2:], strict=False):
        is_increase = _adds(paragraph.between(first, change), first.before) and change.phrase.name == "abs_change"
        if not (
            is_increase
            and first.is_like(change)
            and first.is_like(total)
            and has_any(f"{total.before}{total.phrase.text}", words.accumulated)
        ):
            continue
        if paragraph.are_in_one_sentence(first, total, _ENDS):
            signed = change.amount.value
            reached = first.interval + change.interval if signed > 0 else first.interval - change.interval
            sign = "加" if signed > 0 else "减"
            exact = first.amount.value + signed
            proof = f"{first.phrase.text}{sign}{change.phrase.text}是{say_amount(exact, total.amount)}"
            yield check_value("added", total, reached, exact, proof, [first, change])


def _adds(between: str, before: str) -> bool:
    """Return whether a change is told from a value: 在去年45家的基础上, 比去年的45家."""
    return "基础上" in between or (before.endswith("的") and has_any(before, check_words().base_words))


def _by_and_percent(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield the checks of a value, its change and its change in percent: 357.21万元，减少17.84万元，下降4.8%."""
    for now, change, rate in zip(paragraph.figures, paragraph.figures[1:], paragraph.figures[2:], strict=False):
        plain = plain_change(True).fullmatch(change.before) and plain_change(False).fullmatch(rate.before)
        if not (plain and now.is_like(change) and change.amount.kind == "amount" and rate.amount.kind == "percent"):
            continue
        if now.phrase.name in ("abs_change", "pct_change") or not paragraph.are_in_one_sentence(now, rate, _ENDS):
            continue
        signed = change.amount.value
        before = now.interval - change.interval if signed > 0 else now.interval + change.interval
        base, grown = abs(now.amount.value) - signed, change.interval.over(before)
        if grown is None or base <= 0:
            continue
        opposite = bool(_falling().search(change.before)) != bool(_falling().search(rate.before))
        value = abs(signed) / base
        by, was = say_amount(abs(signed), change.amount), say_amount(base, now.amount)
        proof = f"变化{by}，原来是{was}，变化了{say_share(value)}"
        if opposite:
            yield judged(
                "direction", rate, False, "", f"前面说“{change.before[-2:]}”，后面说“{rate.before[-2:]}”", [change]
            )
        else:
            yield check_value("growth", rate, grown, value, proof, [now, change])


def _yearly(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield the checks of a multiple and a yearly growth: 是2022年的2.4倍，年均增长19%."""
    for times, rate in zip(paragraph.figures, paragraph.figures[1:], strict=False):
        if times.amount.measure == "倍" and rate.amount.kind == "percent" and _annual().fullmatch(rate.before):
            more = 1 if plain_change(True).search(times.before) and "的" not in times.before[-2:] else 0
            ratio = Interval(times.interval.low + more, times.interval.high + more)
            yield from _grown_yearly(rate, ratio, [times])


def _grown_yearly(rate: CheckedFigure, ratio: Interval | None, others: Sequence[CheckedFigure]) -> Iterator[TextCheck]:
    """Yield the check that some number of years leads from a yearly growth to a multiple."""
    if ratio is None or rate.interval.low <= 0 or ratio.high <= 1:
        return
    low, high = 1 + rate.interval.low, 1 + rate.interval.high
    grown = [Interval(low**years, high**years) for years in range(1, _MOST_YEARS)]
    holds = any(interval.meets(ratio) for interval in grown)
    above = next((years for years, interval in enumerate(grown, 1) if interval.low > ratio.high), _MOST_YEARS)
    reached = "、".join(
        f"{years}年是{_times((1 + rate.amount.value) ** years)}" for years in (above - 1, above) if years
    )
    proof = f"按{rate.phrase.text}增长，{reached}，都对不上{'和'.join(figure.phrase.text for figure in others)}"
    yield judged("yearly_growth", rate, holds, "", "按年均增长推算" if holds else proof, others)


def _impossible(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield what can't be: a fall by more than all there was."""
    for figure in paragraph.figures:
        falls = plain_change(True).search(figure.before) and _falling().search(figure.before)
        if falls and figure.amount.measure == "倍":
            yield judged("impossible", figure, False, "", "减少最多减到零，不能说减少几倍", [])
        elif figure.phrase.name == "pct_change" and figure.amount.value < -1:
            yield judged("impossible", figure, False, "", f"下降不会超过100%，这里写的是{figure.phrase.text}", [])
