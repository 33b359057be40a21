"""Clauses: which parts of a paper's sentences are printed. Zeros are left out; who reported comes first.

In an outline ｜ separates the beginning of a sentence from its clauses:
2010年，全县｜举办培训班4期，｜培训400人次。
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from base.formats import PERCENT
from base.periods import Span, say_quarter, say_span
from stats.catalogue import Catalogue
from stats.papers.paper_model import Cited
from stats.readings import Reading
from stats.readings.coverage_words import counts_reporters, is_thin, say_reported

PARTED = "｜"
STOP = "。"
_YEARS = "年"  # the measure of runs
_OF_WHICH = "其中"
_MARKS = re.compile(f"([{PARTED}{STOP}])")
_VERBS = re.compile(r"(现行有效|共有|共|有)$")  # verb at the end of a beginning; who reported is inserted before it
_BOUNDS = re.compile(r"（(?:[^（）]*起|到[^（）]*止|只有[^（）]*)）$")
_PAUSE, _PAUSES = "，", "，；"

Piece = str | Cited
Clause = tuple[Piece, ...]


@dataclass
class KeptClauses:
    """The sentences of a text, the readings without a value, and those left out because they are zero or unknown."""

    pieces: list[Piece] = field(default_factory=list)
    lacking: list[Reading] = field(default_factory=list)
    left_out: list[Reading] = field(default_factory=list)


def keep_clauses(pieces: Sequence[Piece], catalogue: Catalogue, level: float) -> KeptClauses:
    """Return the sentences with something to say, each with its clauses that have.

    Zeros are left out unless they are news, and so is what nobody reported. If the coverage is below `level`, a
    sentence first says how many returns were received; clauses with other returns then become a separate sentence.
    """
    kept_clauses = KeptClauses()
    for begin, clauses in _sentences(pieces):
        figures = [cited for clause in (begin, *clauses) for cited in _figures(clause)]
        kept_clauses.lacking += [cited.reading for cited in figures if cited.reading.value is None]
        kept = _kept(clauses, catalogue, level)
        printed = [cited for clause in (begin, *kept) for cited in _figures(clause)] if kept else []
        kept_clauses.left_out += [cited.reading for cited in figures if cited not in printed and _is_nothing(cited)]
        if figures and not any(_figures(clause) for clause in (begin, *kept)):
            continue
        kept_clauses.pieces += _pieces_of(begin, kept, catalogue, level)
    return kept_clauses


def with_reporters(pieces: Sequence[Piece], catalogue: Catalogue, level: float) -> list[Piece]:
    """Return generated sentences; those with low coverage begin with the number of returns received."""
    result: list[Piece] = []
    for begin, clauses in _sentences(pieces):
        for clause in (begin, *clauses):
            thin = _thinnest(clause, level)
            result += [say_reported(thin, catalogue)] if thin else []
            result += clause
        result.append(STOP)
    return result


def say_bounds(reading: Reading) -> str:
    """Return from when and up to when data go, in brackets, if they are not of the whole span asked for; else ""."""
    since = reading.since if reading.as_of is None else None  # a stock is of the last day alone
    if since is not None and reading.until is not None:
        return f"（只有{say_span(Span(since, reading.until))}的）"
    if since is not None:
        return f"（{say_quarter(since)}起）"
    return "" if reading.until is None else f"（到{say_quarter(reading.until)}止）"


def is_worth_printing(cited: Cited) -> bool:
    """Return whether a figure is worth printing: it is known, and not zero unless that is news.

    A zero held at the end is news if there is a target, or if it was not zero before; what did not happen is none. A
    share of zero is a state. One year is not a run of years.
    """
    reading = cited.reading
    if reading.value is None or cited.lacking:
        return False
    held = reading.as_of is not None
    fallen = held and bool(reading.previous)
    aimed = held and reading.goal is not None and bool(reading.goal.value)
    least = 1 if reading.measure == _YEARS else 0
    return abs(reading.value) > least or reading.measure == PERCENT or aimed or (fallen and not least)


def _is_nothing(cited: Cited) -> bool:
    """Return whether a figure is zero or unknown, and not only its change."""
    unknown = cited.reading.value is None
    return not is_worth_printing(cited) and (unknown or not cited.lacking)


def _sentences(pieces: Sequence[Piece]) -> Iterator[tuple[Clause, list[Clause]]]:
    """Yield each sentence as its beginning, () for none, and its clauses."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        for text in [piece] if isinstance(piece, Cited) else _MARKS.split(piece):
            if text == PARTED:
                parts.append([])
            elif text == STOP:
                yield _sentence(parts)
                parts = [[]]
            elif text:
                parts[-1].append(text)
    if any(parts):
        yield _sentence(parts)


def _sentence(parts: Sequence[Sequence[Piece]]) -> tuple[Clause, list[Clause]]:
    begin, *clauses = map(tuple, parts)
    return (begin, clauses) if clauses else ((), [begin])


def _kept(clauses: Sequence[Clause], catalogue: Catalogue, level: float) -> list[Clause]:
    kept: list[Clause] = []
    for clause in clauses:
        figures = _figures(clause)
        empty = not any(map(is_worth_printing, figures)) or all(
            _is_tautology(figure.reading, catalogue, level) for figure in figures
        )
        if figures and (empty or (_words(clause).startswith(_OF_WHICH) and not _is_part(figures, kept))):
            continue
        kept.append(_with_whole(clause, kept))
    return kept


def _with_whole(clause: Clause, before: Sequence[Clause]) -> Clause:
    """Return a clause without 其中 if the whole it is a part of is not printed: unions are not part of members."""
    figures, first = _figures(clause), clause[0]
    if not figures or not isinstance(first, str) or not first.startswith(_OF_WHICH):
        return clause
    whole = any(cited.reading.measure == figures[0].reading.measure for clause in before for cited in _figures(clause))
    return clause if whole else (first.removeprefix(_OF_WHICH), *clause[1:])


def _is_tautology(reading: Reading, catalogue: Catalogue, level: float) -> bool:
    """Return whether a figure repeats the number of reporters with which its sentence begins."""
    return is_thin(reading, level) and counts_reporters(reading, catalogue)


def _is_part(figures: Sequence[Cited], before: Sequence[Clause]) -> bool:
    """Return whether figures are a real part of the preceding ones: there is a whole, and it differs from them."""
    wholes = [cited.reading for clause in before for cited in _figures(clause)]
    part = figures[0].reading
    return bool(wholes) and not any(
        reading.value == part.value and reading.measure == part.measure for reading in wholes
    )


def _pieces_of(begin: Clause, clauses: Sequence[Clause], catalogue: Catalogue, level: float) -> Iterator[Piece]:
    groups: dict[tuple[str, str], list[Clause]] = {}
    timed = bool(begin) and isinstance(begin[0], str) and "，" in begin[0]
    key = ("", "")
    for clause in clauses:
        thin = _thinnest((*begin, *clause), level)
        until, rest = _apart(clause) if timed else ("", clause)
        if not (groups and _words(clause).startswith(_OF_WHICH)):  # a part stays in the sentence of its whole
            key = (say_reported(thin, catalogue) if thin else "", until)
        groups.setdefault(key, []).append(rest)
    for (reported, until), group in groups.items():
        yield from _with_words(_ended(begin, until), reported)
        yield from _joined(group)


def _apart(clause: Clause) -> tuple[str, Clause]:
    """Return the remark behind a clause's figures about where the data end, and the clause without it."""
    dates = [match[0] for cited in _figures(clause) if (match := _BOUNDS.search(cited.text))]
    if not dates:
        return "", clause
    return dates[0], tuple(
        piece if isinstance(piece, str) else replace(piece, text=_BOUNDS.sub("", piece.text)) for piece in clause
    )


def _ended(begin: Clause, until: str) -> Clause:
    """Return a sentence's beginning with the end of the data after its time: 2010年（到2010年三季度止），全县."""
    if not until:
        return begin
    time, _, rest = str(begin[0]).partition("，")
    return (f"{time}{until}，{rest}", *begin[1:])


def _with_words(begin: Clause, reported: str) -> Iterator[Piece]:
    """Yield a sentence's beginning with who reported before its verb, or 据已报的…， behind its time."""
    if reported.endswith(_PAUSE):
        time, pause, rest = str(begin[0]).partition(_PAUSE) if begin and isinstance(begin[0], str) else ("", "", "")
        yield from (f"{time}{pause}{reported}{rest}", *begin[1:]) if pause else (reported, *begin)
        return
    if not reported or not begin or isinstance(begin[-1], Cited):
        yield from (*begin, *([reported] if reported else []))
        return
    words = begin[-1]
    verb = _VERBS.search(words)
    yield from begin[:-1]
    yield f"{words[: verb.start()]}{reported}{verb[0]}" if verb else f"{words}{reported}"


def _joined(clauses: Sequence[Clause]) -> Iterator[Piece]:
    """Yield clauses with their own punctuation, and a full stop."""
    last = len(clauses) - 1
    for place, clause in enumerate(clauses):
        *others, end = clause
        if isinstance(end, str) and place == last:
            end = end.rstrip(_PAUSES)
        yield from (piece for piece in (*others, end) if piece)
    yield STOP


def _thinnest(clause: Clause, level: float) -> Reading | None:
    thin = [cited.reading for cited in _figures(clause) if is_thin(cited.reading, level)]
    return min(thin, key=lambda reading: reading.reported / reading.expected, default=None)


def _figures(clause: Clause) -> list[Cited]:
    return [piece for piece in clause if isinstance(piece, Cited)]


def _words(clause: Clause) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in clause)
