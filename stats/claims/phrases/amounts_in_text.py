"""Amounts in a text: a number with its scale, measure word and the words that say how the value lies to it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from stats.claims.grammar.word_patterns import DIGITS, NUMERALS
from stats.claims.grammar.words import Kind
from stats.claims.phrases.measure_words import MeasureWords, measure_words
from stats.claims.phrases.phrase_model import Amount
from stats.claims.phrases.written_numbers import SCALES, last_nonzero_place, last_place, parse_number

_NUMBER = re.compile(
    rf"(?P<parts>{NUMERALS}|\d+)分之(?P<part>{DIGITS}|{NUMERALS})"
    rf"|(?P<figures>{DIGITS}|{NUMERALS})(?P<more>[多余])?(?P<scale>万亿|千万|百万|十万|[万亿千百])?(?P<also>[多余])?"
)
_NEAR = re.compile("(?P<low>[一二三四五六七八])(?P<high>[二三四五六七八九])(?P<scale>[十百千万亿]?)$")
_POINT = re.compile("[.点]")
_PERCENT = Decimal("0.01")
_REACH = 8  # characters before a number in which its comparator stands
_PER = re.compile(r"/(?:10万|[\u4e00-\u9fff])(?:人次|人)?")


def amounts_in(text: str) -> list[Amount]:
    """Return the amounts of a folded text, in which what is no figure is blotted out, in their order."""
    words = measure_words()
    read: list[Amount] = []
    for match in _NUMBER.finditer(text):
        if not read or match.start() >= read[-1].end:
            read.extend(_read(text, match, words))
    kept: list[Amount] = []
    for amount in sorted([*read, *_spoken(text, words)], key=lambda amount: (amount.start, amount.spoken)):
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def _spoken(text: str, words: MeasureWords) -> Iterator[Amount]:
    for spoken, pattern in words.spoken:
        for match in pattern.finditer(text):
            yield Amount(
                start=match.start(),
                number=match.start(),
                end=match.end(),
                kind="percent",
                value=spoken.value,
                step=_PERCENT,
                round_step=_PERCENT,
                comparator=spoken.comparator,
                measure="%",
                counted="%",
                spoken=True,
            )


def _read(text: str, match: re.Match[str], words: MeasureWords) -> Iterator[Amount]:
    bare = _fraction(match) if match["parts"] else _scaled(match)
    if bare is None:
        return
    per = _PER.match(text, bare.end)
    measured = replace(bare, counted="rate") if per and not match["parts"] else words.measured(text, bare)
    if measured is None:
        return
    yield _compared(text, _with_per(text, measured), words)


def _with_per(text: str, amount: Amount) -> Amount:
    per = _PER.match(text, amount.end)
    return replace(amount, end=per.end(), measure=amount.measure + per[0]) if per else amount


def _fraction(match: re.Match[str]) -> Amount | None:
    """Return 百分之八十五 or 三分之二 as a rate."""
    parts, part = parse_number(match["parts"]), parse_number(match["part"])
    if not parts or part is None:
        return None
    step = last_place(match["part"]) / parts
    percent = parts in (100, 1000, 10000)
    return _amount(
        match, part / parts, step, last_nonzero_place(part, last_place(match["part"])) / parts, "percent", "%", percent
    )


def _scaled(match: re.Match[str]) -> Amount | None:
    figures, scale = match["figures"], SCALES[match["scale"] or ""]
    near = _NEAR.fullmatch(figures)
    value = parse_number(near["low"] + near["scale"]) if near else parse_number(figures)
    if value is None:
        return None
    place = last_place(figures)
    amount = _amount(match, value * scale, place * scale, last_nonzero_place(value, place) * scale, "amount", "", True)
    if near:
        upper = parse_number(near["high"] + near["scale"])
        return replace(amount, comparator="~", upper=(upper or value) * scale)
    return amount


def _amount(
    match: re.Match[str], value: Decimal, step: Decimal, round_step: Decimal, kind: Kind, measure: str, scaled: bool
) -> Amount:
    written = match["figures"] or match["part"]
    more = match["parts"] is None and (match["more"] or match["also"])
    return Amount(
        start=match.start(),
        number=match.start(),
        end=match.end(),
        kind=kind,
        value=value,
        step=step,
        round_step=round_step,
        comparator=">" if more else "=",
        measure=measure,
        counted=measure,
        numeral=not written[0].isdigit(),
        scaled=scaled and bool(match["parts"] or match["scale"]),
        decimals=len(_POINT.split(written, maxsplit=1)[1]) if _POINT.search(written) else 0,
    )


def _compared(text: str, amount: Amount, words: MeasureWords) -> Amount:
    """Return an amount with the words around it that say how the value lies to it; those behind it go first."""
    behind = words.after.match(text, amount.end)
    end = behind.end() if behind else amount.end
    before = words.before.search(text[max(0, amount.number - _REACH) : amount.number])
    start = amount.number
    if before and not words.not_comparator.search(text[max(0, amount.number - _REACH) : amount.number]):
        start -= len(before[0])
    else:
        before = None
    comparator = amount.comparator
    if behind and comparator == "=":
        comparator = words.sign_after[behind[0]]
    elif before and comparator == "=":
        comparator = words.sign_before.get(before[0].rstrip("了")) or words.reached(amount)
    return replace(amount, start=start, end=end, comparator=comparator)
