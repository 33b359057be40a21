"""Parts and whole: what adds up to a total, what can't be more than the whole, and the members of a proportion."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from stats.claims.checks.check_model import CheckedFigure, ParagraphToCheck, TextCheck, judged, say_amount
from stats.claims.checks.check_words import check_words, has_any
from stats.claims.checks.intervals import Interval
from stats.claims.phrases.phrase_model import MONEY

_ENDS = "。！？\n"
_PARTS = {"subset", "count", "respectively", "as_of", "cumulative", "sum_total", "approx", "lower_bound"}
_LEAST_NEAR = Decimal("0.8")  # a sum that misses the total by more is no try at it
_OVER, _OVER_MONEY = Decimal("1.05"), Decimal("1.3")
_HUNDRED = Decimal(100)
_OVERLAP = "如果各部分有重叠，请写明"
_LONGER = "如果说的不是这几期的合计，请写明"
_STOCK = "有"  # 全县共有 is no sum of what was done
_MOST = 15


def check_parts(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield the checks of parts and wholes in a paragraph."""
    for figure in paragraph.figures:
        if figure.amount.kind == "amount" and figure.amount.upper is None:
            yield from _total_behind(paragraph, figure)
            yield from _total_before(paragraph, figure)
    yield from _larger_parts(paragraph)
    yield from _proportions(paragraph)


def _total_behind(paragraph: ParagraphToCheck, total: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a total behind its parts: 慰问金22.68万元、慰问品4.61万元，共计27.22万元."""
    parts = _run_before(paragraph, total)
    if not has_any(total.before, check_words().totals):
        yield from _total_of_times(total, parts)
        return
    sums = [(list(parts[start:]), _sum(parts[start:])) for start in range(len(parts) - 1)]
    fitting = next((run for run, reached in sums if reached.meets(total.interval)), None)
    if fitting:
        yield _added_up(total, fitting, True)
        return
    near = [run for run, reached in sums if _is_near(reached, total.interval)]
    if near and _is_whole_sentence(paragraph, near[0][0], total):
        yield _added_up(total, near[0], False)


def _total_of_times(total: CheckedFigure, parts: Sequence[CheckedFigure]) -> Iterator[TextCheck]:
    """Yield the check of a total of periods: 上半年126家，下半年98家，全年共建会224家; the years of 三年累计."""
    words = check_words()
    if not has_any(total.before, words.totals_of_times) or len(parts) < 2 or _STOCK in total.before:
        return
    times = [next((time for time in words.times if time in part.before), "") for part in parts]
    one_by_one = all(part.phrase.name == "respectively" for part in parts)
    if (all(times) and len({*times}) == len(parts)) or (one_by_one and has_any(parts[0].before, words.parts_of_times)):
        reached = _sum(parts)
        if reached.meets(total.interval) or _is_near(reached, total.interval):
            yield _added_up(total, parts, reached.meets(total.interval), _LONGER)


def _run_before(paragraph: ParagraphToCheck, total: CheckedFigure) -> list[CheckedFigure]:
    """Return the figures of a sentence before a total that count the same and tell an amount, no change."""
    run: list[CheckedFigure] = []
    for figure in paragraph.figures[max(0, total.index - _MOST) : total.index][::-1]:
        if not paragraph.are_in_one_sentence(figure, total, _ENDS):
            break
        if figure.is_like(total) and figure.phrase.name in _PARTS and not figure.amount.upper:
            run.insert(0, figure)
    return run


def _is_whole_sentence(paragraph: ParagraphToCheck, first: CheckedFigure, total: CheckedFigure) -> bool:
    """Return whether no other figures of this kind stand in the sentence before the first part."""
    earlier = paragraph.figures[max(0, first.index - _MOST) : first.index]
    return not any(figure.is_like(total) and paragraph.are_in_one_sentence(figure, total, _ENDS) for figure in earlier)


def _total_before(paragraph: ParagraphToCheck, total: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a total before its parts, where the text says that they are all of it."""
    parts = _run_behind(paragraph, total)
    if len(parts) < 2:
        return
    reached = _sum(parts)
    if reached.meets(total.interval):
        yield _added_up(total, parts, True)
    elif slip := _unit_slip(total, parts):
        yield slip
    elif _are_all(paragraph, total, parts):
        if _is_near(reached, total.interval):
            yield _added_up(total, parts, False)
    elif _may_be_all(paragraph, total, parts, reached):
        yield _added_up(total, parts, False, _OVERLAP)


def _may_be_all(
    paragraph: ParagraphToCheck, total: CheckedFigure, parts: Sequence[CheckedFigure], reached: Interval
) -> bool:
    """Return whether parts may be meant as all of a total: in one list and little more, or right behind a colon."""
    if paragraph.between(total, parts[0]).startswith("："):
        return _is_near(reached, total.interval)
    return _is_little_more(reached, total) and _are_one_list(paragraph, total, parts)


def _unit_slip(total: CheckedFigure, parts: Sequence[CheckedFigure]) -> TextCheck | None:
    """Return the part in 元 among parts in 万元 with which they would add up if it were in 万元 too."""
    plain = [part for part in parts if part.amount.counted == MONEY and not part.amount.scaled]
    if len(plain) != 1 or len(parts) < 3 or not total.amount.scaled:
        return None
    others = [part for part in parts if part is not plain[0]]
    if not (_sum(others) + plain[0].interval.times(10**4)).meets(total.interval):
        return None
    proof = f"其余各部分加起来，{plain[0].phrase.text}要是万元才合得上总数{total.phrase.text}"
    return judged("unit", plain[0], False, "", proof, [total, *others])


def _is_little_more(reached: Interval, total: CheckedFigure) -> bool:
    """Return whether parts are more than their total, by so little that they are no kinds that overlap."""
    over = _OVER_MONEY if total.amount.counted == MONEY else _OVER
    return total.interval.high < reached.low <= total.interval.high * over


def _run_behind(paragraph: ParagraphToCheck, total: CheckedFigure) -> list[CheckedFigure]:
    """Return the figures right behind a total that count the same, up to the first that tells something else."""
    run: list[CheckedFigure] = []
    for figure in paragraph.after(total, _ENDS):
        if figure.amount.kind == "percent":
            continue
        if not figure.is_like(total) or figure.phrase.name not in _PARTS or len(run) == _MOST:
            break
        if has_any(figure.before, check_words().running_totals) or has_any(figure.before, check_words().totals):
            break
        run.append(figure)
    return run


def _are_all(paragraph: ParagraphToCheck, total: CheckedFigure, parts: Sequence[CheckedFigure]) -> bool:
    """Return whether the text says that the parts are all: 五项合同 has five, 男 and 女 are everybody."""
    counted = paragraph.figures[total.index - 1] if total.index else None
    numbered = (
        counted and counted.amount.numeral and not counted.amount.scaled and not _stops(paragraph, counted, total)
    )
    if counted and numbered and counted.amount.value == len(parts) and _are_one_list(paragraph, total, parts):
        return True
    return len(parts) == 2 and any(_name(parts, words) for words in check_words().complements)


def _stops(paragraph: ParagraphToCheck, first: CheckedFigure, second: CheckedFigure) -> bool:
    return any(stop in paragraph.between(first, second) for stop in "，。；：")


def _name(parts: Sequence[CheckedFigure], words: Sequence[str]) -> bool:
    """Return whether the labels of two parts begin with the two words of a pair, each with another one."""
    labels = [part.before.lstrip("，、：；（其中和与及 ") for part in parts]
    return any(
        labels[0].startswith(first) and labels[1].startswith(second)
        for first, second in (tuple(words), tuple(words)[::-1])
    )


def _are_one_list(paragraph: ParagraphToCheck, total: CheckedFigure, parts: Sequence[CheckedFigure]) -> bool:
    """Return whether parts follow 其中 or a colon and each other with nothing but a label between them."""
    begins = paragraph.between(total, parts[0])
    joined = all(
        between[:1] in ("、", "，", "；", "和") for between in (paragraph.between(*pair) for pair in pairwise(parts))
    )
    return joined and ("其中" in begins or "：" in begins or "分别" in begins or "包括" in begins)


def _sum(parts: Sequence[CheckedFigure]) -> Interval:
    reached = Interval(Decimal(0), Decimal(0))
    for part in parts:
        reached += part.interval
    return reached


def _is_near(reached: Interval, total: Interval) -> bool:
    return reached.high >= total.low * _LEAST_NEAR and reached.low * _LEAST_NEAR <= total.high


def _added_up(total: CheckedFigure, parts: Sequence[CheckedFigure], holds: bool, doubt: str = "") -> TextCheck:
    exact = sum((part.amount.value for part in parts), Decimal(0))
    proof = f"{'加'.join(part.phrase.text for part in parts)}是{say_amount(exact, total.amount)}"
    return judged("sum", total, holds, say_amount(exact, total.amount), proof, parts, exact, doubt)


def _larger_parts(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield the parts that are larger than their whole; a mean, a rate or a running total can be."""
    words = check_words()
    for whole, part in pairwise(paragraph.figures):
        between = paragraph.between(whole, part)
        if (
            not between.lstrip("，。、（；").startswith("其中")
            or not whole.is_like(part)
            or whole.amount.kind != "amount"
        ):
            continue
        labels = f"{whole.before}{between}{whole.phrase.text}"
        if has_any(labels, words.not_added) or has_any(part.before, words.running_totals):
            continue
        if part.interval.low > whole.interval.high and whole.phrase.name not in ("abs_change", "average", "maximum"):
            reason = f"其中的{part.phrase.text}比总数{whole.phrase.text}还多"
            yield judged("part", part, False, "", reason, [whole])


def _proportions(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield the check of each proportion whose members are nearly a hundred together."""
    members = [figure for figure in paragraph.figures if figure.phrase.name == "proportion"]
    run: list[CheckedFigure] = []
    for figure in members:
        if run and paragraph.between(run[-1], figure) != "：":
            yield from _proportion(run)
            run = []
        run.append(figure)
    yield from _proportion(run)


def _proportion(run: Sequence[CheckedFigure]) -> Iterator[TextCheck]:
    total = sum((figure.amount.value for figure in run), Decimal(0))
    tolerated = sum((figure.amount.step for figure in run), Decimal(0)) / 2
    if len(run) > 2 and abs(total - _HUNDRED) <= _HUNDRED / 10:
        holds = abs(total - _HUNDRED) <= (tolerated if run[0].amount.decimals else Decimal(0))
        proof = f"{'加'.join(figure.phrase.text for figure in run)}是{total.normalize():f}，应当是100"
        yield judged("proportion", run[-1], holds, "", proof, run[:-1])
