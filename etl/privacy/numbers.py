"""Numbers of persons: identity numbers, mobile numbers and bank cards in a text, in any notation.

Digits may be full-width, Chinese or circled; blanks, line breaks, points, dashes, brackets and invisible characters may
stand between them, and other digits before them. Decimals, amounts with thousands separators, lists of figures,
organisation codes and landlines are not reported. Every step is linear in the length of the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from base.text import INVISIBLE
from etl.privacy.check_digits import CARD, is_identity, is_old_identity, is_organisation, luhn
from etl.privacy.names import named_with_papers

HIDDEN = "（已隐去）"
IDENTITY_NUMBER, MOBILE_NUMBER, CARD_NUMBER = "身份证号", "手机号码", "银行卡号"
LEAST_DIGITS = 11

_FILLERS = "\u115f\u1160\u3164\uffa0"  # invisible characters of the class "letter"
_BETWEEN = rf"[\W_{_FILLERS}]{{0,6}}"
_LETTERS = {"0": "OoОоΟο", "1": "IlІ"}  # letters that pass for digits, Cyrillic and Greek ones too
_FOR_LETTERS = str.maketrans({letter: digit for digit, letters in _LETTERS.items() for letter in letters})
_DIGIT = rf"[\dＯｏＩｌ{''.join(_LETTERS.values())}]"
_MISREAD = re.compile(
    rf"(?<![0-9A-Za-z]){_DIGIT}(?:[ \u00a0\u3000-]?{_DIGIT}){{16}}[ \u00a0\u3000-]?(?:{_DIGIT}|[XxＸｘ])(?![0-9A-Za-z])"
)
_RUN = re.compile(rf"\d(?:{_BETWEEN}\d){{10,}}(?:{_BETWEEN}[Xx])?")
_CHINESE = "〇一二三四五六七八九"
_FORMAL = {"零": "0", "○": "0", "幺": "1", "壹": "1", "贰": "2", "貳": "2", "叁": "3", "參": "3", "肆": "4", "伍": "5",
           "陆": "6", "陸": "6", "柒": "7", "捌": "8", "玖": "9"}  # fmt: skip
_DRAWN = {ord(sign): str(value) for value, sign in enumerate(_CHINESE)} | {ord(key): to for key, to in _FORMAL.items()}
_RAISED = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089"
_WRITTEN = rf"[{_CHINESE}{''.join(_FORMAL)}{_RAISED}\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\d]"
_LIKELY = re.compile(rf"{_WRITTEN}(?:{_BETWEEN}{_WRITTEN}){{10,}}")
_X = str.maketrans("×ХхΧχ✕", "XXxXxX")
_JOINTS = re.compile(rf"[\s.。·•・/\\|~()\[\]_\-‐-―−{_FILLERS}]*")  # separators within a number; no comma
_STROKES = re.compile(r"[\s:：*'’‘\"“”<>《》【】{}]*")  # between pieces of the usual lengths only
_SPACES = re.compile(r"[\s\-‐-―−]*")
_ROW_OF_MOBILES = re.compile(r"(?:1[3-9]\d{9}){2,}")
_EXPONENT = re.compile(r"(?<![\d.])(\d)\.(\d{6,17})[eE]\+?(1[0-9])(?!\d)")
_TOKEN = re.compile(r"\d+[Xx]?|[Xx]")
_MOBILE = re.compile(r"(?:0?0?86)?1[3-9]\d{9}")
_IDENTITY = re.compile(r"(?=([1-8]\d{5}(?:19|20)\d\d[01]\d[0-3]\d{4}[\dX]))")
_OTHERS = re.compile(r"(?=(?:0?0?86)?1[3-9]\d{9}|[3-69]\d{15}|[1-8]\d{14})")
_SHAPES = {(3, 4, 4), (3, 3, 5), (3, 8), (7, 4), (4, 7), (5, 6), (1,) * 11, (2, 2, 2, 2, 2, 1)}
_USUAL = {(3, 4, 4), (4, 4, 4, 4), (4, 4, 4, 4, 3), (1,) * 11}
_OLD_SHAPES = {(15,), (6, 6, 3), (6, 9), (12, 3), (4, 4, 4, 3), (3,) * 5, (1,) * 15, (6, 2, 2, 2, 3)}
_SERIAL_SINCE = "2000"  # serial numbers with an area and a day begin with a recent date
_LENGTHS = (11, 13, 14, 15, 16, 17, 18, 19)
_NEAR = 12  # characters before a number in which a label may stand
_FEW = 5  # pieces
_POINTS = (".", ",")


@dataclass(frozen=True)
class Spot:
    """A personal number in a text: its kind, and where it begins and ends."""

    what: str
    start: int
    end: int


class _Run:
    """A run of digits with separators: `text` without the separators, `places` of its characters in the source text.

    `edges` maps the offset at which a piece begins to the number of the piece.
    """

    def __init__(self, source: str, start: int, end: int, written: str) -> None:
        pieces = list(_pieces(source, start, end, written))
        self.source = source
        self.text = "".join([source[first:last] for first, last in pieces]).upper()
        self.places = [at for piece in pieces for at in range(*piece)]
        self.lengths = [last - first for first, last in pieces]
        spans = zip(pieces, pieces[1:], strict=False)
        self.gaps = [_shown(source[left[1] : right[0]]) for left, right in spans]
        self.edges = {at: number for number, at in enumerate(accumulate(self.lengths, initial=0))}

    def span(self, at: int, length: int) -> tuple[int, int]:
        """Return the start and end in the source of characters of `text`."""
        return self.places[at], self.places[at + length - 1] + 1

    def is_whole(self, at: int, length: int) -> bool:
        """Return whether characters of `text` are the whole run, and no part of a number with a decimal point."""
        return at == 0 and length == len(self.text) and not self.is_decimal(at, length)

    def is_decimal(self, at: int, length: int) -> bool:
        """Return whether they are part of a number with a decimal point or thousands separators."""
        start, end = self.span(at, length)
        before, behind = self.source[max(0, start - 2) : start], self.source[end : end + 2]
        return (before[-1:] in _POINTS and before[:1].isdigit()) or (behind[:1] in _POINTS and behind[1:].isdigit())


def _pieces(source: str, start: int, end: int, written: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of digits; a change of notation starts a new run, as in 周一13800138000.

    `written` is the text before its digits were normalised.
    """
    for token in _TOKEN.finditer(source, start, end):
        first = token.start()
        for at in range(first + 1, token.end() if not written.isascii() else first):
            if source[at].isdigit() and _kind_of_digit(written[at]) != _kind_of_digit(written[at - 1]):
                yield first, at
                first = at
        yield first, token.end()


def _shown(separator: str) -> str:
    """Return what people see between two digits, without marks that are set over the first."""
    seen = INVISIBLE.sub("", separator)
    return seen if seen.isascii() else "".join(sign for sign in seen if unicodedata.category(sign)[0] != "M")


def _kind_of_digit(sign: str) -> str:
    return "Chinese" if ord(sign) in _DRAWN else unicodedata.name(sign, "")[:4]  # DIGI, FULL, CIRC, ARAB …


def find_numbers(text: str, lossy: bool = False) -> list[Spot]:
    """Return the personal numbers in a text. `lossy`: only 15 digits may have been kept, as in number cells."""
    spots: list[Spot] = []
    for likely in _LIKELY.finditer(text) if len(text) >= LEAST_DIGITS else ():
        start, end = max(0, likely.start() - _NEAR), likely.end() + _NEAR
        spots += [
            Spot(spot.what, spot.start + start, spot.end + start)
            for spot in _find(text[start:end], lossy)
            if spot.start + start >= likely.start()
        ]
    spots += [spot for number in _EXPONENT.finditer(text) for spot in _with_exponent(number)]
    return spots + list(_with_letters(text))


def _with_letters(text: str) -> Iterator[Spot]:
    """Yield identity numbers with letters for digits, O for 0 and l for 1, whose check character fits."""
    for match in _MISREAD.finditer(text) if len(text) >= LEAST_DIGITS else ():
        written = plain_digits(match[0])
        number = "".join(_TOKEN.findall(written.translate(_FOR_LETTERS))).upper()
        if written != written.translate(_FOR_LETTERS) and is_identity(number):
            yield Spot(IDENTITY_NUMBER, *match.span())


def _with_exponent(number: re.Match[str]) -> Iterator[Spot]:
    """Yield a number of a person that a spreadsheet wrote as 1.3800138E10, its last digits perhaps lost."""
    digits = (number[1] + number[2]).ljust(int(number[3]) + 1, "0")
    for spot in _find(digits, lossy=True) if len(digits) == int(number[3]) + 1 else ():
        yield Spot(spot.what, *number.span())


def _find(text: str, lossy: bool) -> list[Spot]:
    spots = list(_in_plain(plain_digits(text), text, lossy))
    if not text.isascii():
        taken = {at for spot in spots for at in range(spot.start, spot.end)}
        more = _in_plain(_written_out(text), text, lossy)
        spots += [spot for spot in more if taken.isdisjoint(range(spot.start, spot.end))]
    return spots


def numbers_in(text: str, lossy: bool = False) -> set[str]:
    """Return the personal numbers in a text, by plain digits alone."""
    spots = find_numbers(text, lossy)
    plain = _written_out(text).translate(_FOR_LETTERS) if spots else ""
    return {"".join(_TOKEN.findall(plain, spot.start, spot.end)).upper() for spot in spots}


def may_hold(text: str) -> bool:
    """Return whether a text has enough digits close together for a personal number; a cheap pre-check."""
    return len(text) >= LEAST_DIGITS and (_LIKELY.search(text) or _MISREAD.search(text)) is not None


def hide(text: str) -> str:
    """Return a text with personal numbers, and names next to documents, redacted, for storage and display."""
    numbers = [(spot.start, spot.end) for spot in find_numbers(text, lossy=True)]
    spots = sorted([*numbers, *named_with_papers(text)], key=lambda spot: (spot[0], -spot[1]))
    shown, done = [], 0
    for start, end in spots:
        if start >= done:
            shown += [text[done:start], HIDDEN]
        done = max(done, end)
    return "".join([*shown, text[done:]])


def plain_digits(text: str) -> str:
    """Return a text of the same length with full-width and foreign digits and letters replaced by ASCII."""
    return text if text.isascii() else "".join(map(_plain, text)).translate(_X)


@lru_cache(maxsize=1 << 12)
def _plain(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    if value is not None:
        return str(value)
    form = unicodedata.normalize("NFKC", sign)
    return form if len(form) == 1 and not form.isdecimal() else sign


def _written_out(text: str) -> str:
    """Return a text of the same length with Chinese and circled digits replaced by ASCII as well."""
    return "".join(map(_digit_of, text.translate(_DRAWN))).translate(_X)


@lru_cache(maxsize=1 << 12)
def _digit_of(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return _plain(sign) if value is None else str(value)


def _in_plain(text: str, written: str, lossy: bool) -> Iterator[Spot]:
    for match in _RUN.finditer(text):
        run = _Run(text, *match.span(), written)
        yield from dict.fromkeys([*_identities(run, lossy), *_by_pieces(run, lossy)])


def _identities(run: _Run, lossy: bool) -> Iterator[Spot]:
    """Yield the 18-digit identity numbers; one preceded by other digits needs a correct check character."""
    for match in _IDENTITY.finditer(run.text):
        number, at = match[1], match.start()
        apart = at in run.edges or at + 18 in run.edges or run.edges.keys().isdisjoint(range(at + 1, at + 18))
        loose = run.is_whole(at, 18) and (lossy or _is_likely(number, run))
        if apart and is_identity(number, strict=not loose):
            yield Spot(IDENTITY_NUMBER, *run.span(at, 18))


def _is_likely(number: str, run: _Run) -> bool:
    """Return whether a number with a wrong check character was probably meant as an identity number."""
    before = run.source[max(0, run.places[0] - _NEAR) : run.places[0]]
    if "身份" in before or "证件" in before:
        return True
    return len(set(run.gaps)) <= 1 and number[6:10] < _SERIAL_SINCE and not is_organisation(number)


def _by_pieces(run: _Run, lossy: bool) -> Iterator[Spot]:
    """Yield the mobile numbers, bank cards and old identity numbers that begin and end with pieces of a run."""
    for row in _ROW_OF_MOBILES.finditer(run.text):
        if row.start() in run.edges and row.end() in run.edges and not run.is_decimal(row.start(), len(row[0])):
            yield Spot(MOBILE_NUMBER, *run.span(row.start(), len(row[0])))
    for match in _OTHERS.finditer(run.text):
        at = match.start()
        for length in _LENGTHS if at in run.edges else ():
            if at + length in run.edges and (what := _kind(run, at, length, lossy)):
                yield Spot(what, *run.span(at, length))


def _kind(run: _Run, at: int, length: int, lossy: bool) -> str | None:
    """Return the kind of personal number that whole pieces make up, None if they make up none."""
    number = run.text[at : at + length]
    mobile, card = _MOBILE.fullmatch(number), CARD.fullmatch(number)
    if not (mobile or card or is_old_identity(number)):
        return None
    first, last = run.edges[at], run.edges[at + length]
    shape, gaps = tuple(run.lengths[first:last]), run.gaps[first : last - 1]
    joints = _STROKES if len(set(gaps)) == 1 and shape in _USUAL and not gaps[0].isspace() else _JOINTS
    joined = all(map(_JOINTS.fullmatch, gaps)) or all(map(joints.fullmatch, gaps))
    if not joined or gaps == ["."] or run.is_decimal(at, length):
        return None
    whole, spaced = run.is_whole(at, length), all(map(_SPACES.fullmatch, gaps))
    if mobile:
        own = _without_prefix(shape, length - 11)
        return MOBILE_NUMBER if len(own) == 1 or (whole and spaced) or own in _SHAPES else None
    if card:
        named = "卡" in run.source[max(0, run.places[at] - _NEAR) : run.places[at]]
        fits = luhn(number) or ((lossy or named) and whole and len(shape) == 1)
        return CARD_NUMBER if fits and (whole or len({*shape[:-1]}) <= 1) else None
    return IDENTITY_NUMBER if shape in _OLD_SHAPES and (whole or len(shape) <= _FEW) else None


def _without_prefix(shape: tuple[int, ...], digits: int) -> tuple[int, ...]:
    """Return the lengths of the pieces of a mobile number without a country prefix of so many digits."""
    while digits and shape and shape[0] <= digits:
        digits, shape = digits - shape[0], shape[1:]
    return (shape[0] - digits, *shape[1:]) if shape else ()
