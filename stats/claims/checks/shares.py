"""Shares, rates, attainment and multiples of another number of the same text."""

from collections.abc import Iterator
from decimal import Decimal

from stats.claims.checks.check_model import (
    CheckedFigure,
    ParagraphToCheck,
    TextCheck,
    check_value,
    judged,
    say_amount,
    say_share,
)
from stats.claims.checks.check_words import check_words, has_any
from stats.claims.grammar.word_patterns import any_of

_ENDS = "。；！？\n"
_LEAST_NAME = 2  # characters by which a whole is known again
_ONLY = any_of(("[，|、|（|][约|已|仅|共|只|均|都|也|分别|]",))
_TAIL = any_of(("[了|到|为|达|达到|约|近|超|超过|：]{end}",))
_ALL = any_of(("[都|均|全部]",))
_NOUN = 8
_REACH = 6  # figures back in which a goal is looked for


def check_shares(paragraph: ParagraphToCheck) -> Iterator[TextCheck]:
    """Yield the checks of rates in a paragraph."""
    for figure in paragraph.figures:
        if figure.amount.kind == "percent":
            yield from _above_whole(figure)
            yield from _share(paragraph, figure)
            yield from _attained(paragraph, figure)
            yield from _rate_of_done(paragraph, figure)
            yield from _shares_of_all(paragraph, figure)
        elif figure.amount.kind == "points":
            yield from _apart(paragraph, figure)
        elif figure.amount.measure == "倍":
            yield from _times_of(paragraph, figure)


def _above_whole(figure: CheckedFigure) -> Iterator[TextCheck]:
    """Yield a share or a rate of coverage above 100%."""
    rate = has_any(figure.before, check_words().whole_rates) and not has_any(figure.before, check_words().goals)
    share = figure.phrase.name == "share" and "占" in figure.before
    if (
        (rate or share)
        and figure.interval.low > 1
        and figure.phrase.name in ("share", "ratio", "lower_bound", "attainment")
    ):
        kind = "占比" if share else "这样的比率"
        yield judged("above_whole", figure, False, "", f"{kind}不会超过100%，这里写的是{figure.phrase.text}", [])


def _share(paragraph: ParagraphToCheck, share: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a share whose part and whole are both told."""
    start, label, whole_name = share.before.partition("占")
    if not label or not _ONLY.fullmatch(start) or not share.index or share.phrase.name != "share":
        return
    part = paragraph.figures[share.index - 1]
    if part.amount.kind != "amount" or not paragraph.are_in_one_sentence(part, share, _ENDS):
        return
    wholes = _wholes(paragraph, part, _name_of_whole(whole_name))
    checks = [_of_whole(share, part, whole) for whole in wholes]
    fitting = [check for check in checks if check and check.holds]
    yield from (
        fitting[:1]
        or ([check for check in checks if check] if len({whole.amount.value for whole in wholes}) == 1 else [])[:1]
    )


def _name_of_whole(label: str) -> str:
    """Return by which word a whole is known: 互助金 of 互助金总额的, nothing of 比 or 总数的."""
    name = _without(label)
    for beginning in check_words().whole_beginnings:
        name = name.removeprefix(beginning)
    return "" if name in ("比", "总", "全部") else name.rpartition("…")[2]


def _without(label: str) -> str:
    """Return a name without 总额, 的比重 and the like at its end."""
    name, endings = _TAIL.sub("", label), check_words().whole_endings
    for ending in (*endings, *endings):
        name = name.removesuffix(ending)
    return name


def _wholes(paragraph: ParagraphToCheck, part: CheckedFigure, name: str) -> list[CheckedFigure]:
    """Return what a share may be of: the whole of which its part was told, or what has the name told of the whole."""
    if not name:
        return [whole for whole, subset in paragraph.linked("subset") if subset == part]
    if len(name) < _LEAST_NAME:
        return []
    earlier = [figure for figure in paragraph.figures[: part.index] if figure.is_like(part)]
    return [figure for figure in earlier if _is_called(paragraph, figure, name)]


def _is_called(paragraph: ParagraphToCheck, figure: CheckedFigure, name: str) -> bool:
    behind = paragraph.read.text[figure.amount.end : figure.amount.end + _NOUN]
    return _without(figure.before).endswith(name) or behind.startswith(name)


def _of_whole(share: CheckedFigure, part: CheckedFigure, whole: CheckedFigure) -> TextCheck | None:
    quotient = part.interval.over(whole.interval)
    if quotient is None or part is whole:
        return None
    value = part.amount.value / whole.amount.value
    proof = f"{part.phrase.text}除以{whole.phrase.text}是{say_share(value)}"
    return check_value("share", share, quotient, value, proof, [part, whole])


def _attained(paragraph: ParagraphToCheck, rate: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of an attainment whose goal and result are both told."""
    if rate.phrase.name != "attainment":
        return
    words = check_words()
    earlier = [
        figure
        for figure in paragraph.figures[max(0, rate.index - _REACH) : rate.index]
        if figure.amount.kind == "amount" and paragraph.are_in_one_sentence(figure, rate, _ENDS)
    ]
    goals = [figure for figure in earlier if has_any(figure.before, words.goals)]
    if len(goals) != 1:
        return
    results = [figure for figure in earlier if figure is not goals[0] and figure.is_like(goals[0])]
    quotient = results[0].interval.over(goals[0].interval) if len(results) == 1 else None
    if quotient is not None:
        value = results[0].amount.value / goals[0].amount.value
        proof = f"{results[0].phrase.text}除以{goals[0].phrase.text}是{say_share(value)}"
        yield check_value("attainment", rate, quotient, value, proof, [results[0], goals[0]])


def _rate_of_done(paragraph: ParagraphToCheck, rate: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a rate that has the name of what was done: 受理126件，办结118件，办结率93.7%."""
    name = _without(rate.before).strip("，、（")
    stem = name.removesuffix("率")
    if rate.index < 2 or stem == name or len(stem) < _LEAST_NAME:
        return
    whole, part = paragraph.figures[rate.index - 2 : rate.index]
    alike = whole.is_like(part) and part.amount.kind == "amount" and part.amount.value <= whole.amount.value
    if not alike or not part.before.strip("，、（其中").endswith(stem) or has_any(whole.before, (stem,)):
        return
    quotient = part.interval.over(whole.interval)
    if quotient is not None and paragraph.are_in_one_sentence(whole, rate, _ENDS):
        value = part.amount.value / whole.amount.value
        proof = f"{part.phrase.text}除以{whole.phrase.text}是{say_share(value)}"
        yield check_value("share", rate, quotient, value, proof, [part, whole])


def _shares_of_all(paragraph: ParagraphToCheck, bound: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the checks of one bound for all parts told before it: 占比都超过七成."""
    if bound.amount.comparator not in (">", ">=") or "占" not in bound.before or not _ALL.search(bound.before):
        return
    for whole, part in paragraph.linked("subset"):
        quotient = part.interval.over(whole.interval) if part.index < bound.index else None
        if quotient is not None and whole.amount.value >= part.amount.value and whole is not part:
            value = part.amount.value / whole.amount.value
            proof = f"{part.phrase.text}占{whole.phrase.text}的{say_share(value)}"
            yield judged("share", bound, quotient.meets(bound.interval), say_share(value), proof, [part, whole], value)


def _apart(paragraph: ParagraphToCheck, points: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of a difference of two rates that are both told: 3.36%，低于省控线4.2%的水平0.84个百分点."""
    if points.phrase.name not in ("pp_change", "pp_difference") or points.index < 2:
        return
    rate, line = paragraph.figures[points.index - 2 : points.index]
    if not (rate.amount.kind == line.amount.kind == "percent") or not paragraph.are_in_one_sentence(
        rate, points, _ENDS
    ):
        return
    if not has_any(line.before, ("低于", "高于", "高出", "低出")) or len(paragraph.between(line, points)) > _NOUN:
        return
    apart, exact = (rate.rounded - line.rounded).size(), abs(rate.amount.value - line.amount.value)
    proof = f"{rate.phrase.text}与{line.phrase.text}相差{say_amount(exact, points.amount)}"
    yield check_value("points", points, apart, exact, proof, [rate, line])


def _times_of(paragraph: ParagraphToCheck, times: CheckedFigure) -> Iterator[TextCheck]:
    """Yield the check of 50家，是去年20家的2.5倍."""
    if times.index < 2 or not times.before.rstrip("约近超过").endswith("的"):
        return
    now, base = paragraph.figures[times.index - 2 : times.index]
    label = paragraph.between(now, base).lstrip("，、（")
    if not now.is_like(base) or not label.startswith(("是", "为", "相当于")) or len(times.before) > 2:
        return
    ratio = now.interval.over(base.interval)
    if ratio is not None and paragraph.are_in_one_sentence(now, times, _ENDS):
        value: Decimal = now.amount.value / base.amount.value
        proof = f"{now.phrase.text}除以{base.phrase.text}是{round(value, 2).normalize():f}"
        yield check_value("multiple", times, ratio, value, proof, [now, base])
