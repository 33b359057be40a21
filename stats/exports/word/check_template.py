"""Check a Word template before it is filled: its problems with their places, and a preview of each placeholder."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, tee

from base.errors import UserError
from base.periods import say_span
from base.zip_guard import Opener, open_here
from stats.catalogue.placeholder_syntax import LONGEST, Braced, braced_in, find_placeholders, with_braced
from stats.exports.word.file import guard_word
from stats.exports.word.spoken_period import Named, SpokenPeriod, spoken_before, with_headings
from stats.exports.word.text_positions import WordParagraph, standings
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.fill_placeholders import Phrase, Writer
from stats.papers.paper_model import Cited
from stats.readings.coverage_words import is_thin, say_uncovered
from stats.readings.sentences import say_reading, say_when

_MOST = 1000  # placeholders of a paper; a long report has a hundred
_NEAR = 20  # characters on each side of a placeholder that are searched for words belonging to it
_BEFORE = ("约", "近", "将近", "大约", "超过", "至少", "不少于", "不到")
_AFTER = ("左右", "以上", "多", "余", "以内")
_UNTIMED = re.compile(r"\.\s*(?:目标|完成率|口径|报齐情况|覆盖|截至)")  # forms that are not the figure of a period
_ROUNDED = re.compile(r"\.\s*(?:约|多|以上)\b")


@dataclass(frozen=True)
class Problem:
    """A problem in a template, with its place. `stops` means that the template can't be filled until it is fixed."""

    place: str
    words: str
    stops: bool

    @property
    def sentence(self) -> str:
        """Return place and words as one sentence."""
        return f"{self.place}：{self.words}"


@dataclass(frozen=True)
class CheckedPlaceholder:
    """A placeholder in a paragraph; `rounded`: the words around it round again; `uneven`: its format changes midway.

    `spoken` is the period that the words before it name, or the heading above; None for none.
    """

    braced: Braced
    rounded: bool
    uneven: bool
    spoken: SpokenPeriod | None = None


@dataclass(frozen=True)
class CheckedParagraph:
    """A paragraph of a template, from the file alone: its place, its syntax problems, its placeholders."""

    place: str
    problems: tuple[Problem, ...]
    placeholders: tuple[CheckedPlaceholder, ...]


@dataclass(frozen=True)
class PlaceholderPreview:
    """What a placeholder would be filled with at its place; `refs` are the references of the figures in it."""

    place: str
    placeholder: str
    words: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class TemplateCheck:
    """The result of a check: problems and, for each placeholder that can be filled, a preview."""

    problems: tuple[Problem, ...]
    previews: tuple[PlaceholderPreview, ...]

    @property
    def fillable(self) -> bool:
        """Return whether nothing stops the template from being filled."""
        return not any(problem.stops for problem in self.problems)


def check_template(content: bytes, source: Source, view: Selection, opener: Opener = open_here) -> TemplateCheck:
    """Return the problems and previews of a Word template. Raises UserError if it is not a Word file."""
    return say_paragraphs(opener(find_placed, content), source, view)


def find_placed(content: bytes) -> list[CheckedParagraph]:
    """Return the paragraphs of a Word template that contain placeholders or syntax problems.

    Raises UserError if it is not a Word file, or contains more of either than any real paper.
    """
    guard_word(content)
    paragraphs, tried, wrong = [], 0, 0
    in_order, again = tee(standings(content))
    for standing, periods in zip(in_order, with_headings(standing.text for standing in again), strict=True):
        problems, braced = tuple(_ill_formed(standing)), list(islice(braced_in(standing.text), _MOST + 1))
        tried, wrong = tried + len(braced), wrong + len(problems)
        if tried > _MOST:
            raise UserError(f"占位超过{_MOST}处，不像是讲稿。请分成几份再填。")
        if wrong > _MOST:
            raise UserError(f"大括号写得不对的地方超过{_MOST}处，不像是讲稿。请核对是不是这份文件。")
        if problems or braced:
            paragraphs.append(
                CheckedParagraph(
                    standing.place, problems, tuple(_held(standing, placeholder, *periods) for placeholder in braced)
                )
            )
    return paragraphs


def say_paragraphs(paragraphs: Sequence[CheckedParagraph], source: Source, view: Selection) -> TemplateCheck:
    """Return the problems of the placeholders of a template, and their previews."""
    writer = Writer(source, view)
    problems: list[Problem] = []
    previews: list[PlaceholderPreview] = []
    for paragraph in paragraphs:
        problems += paragraph.problems
        before = len(writer.phrases)
        for held in paragraph.placeholders:
            found_problems, preview = _try(writer, paragraph.place, held)
            problems += found_problems
            previews += preview
        problems += _thin(paragraph.place, writer.phrases[before:], source.catalogue.reporting.say_below)
    if not previews and not problems:
        problems.append(Problem("全文", "没有找到 {{ }}，没有什么可填。请在要填数字的地方写 {{ 指标名称 }}。", True))
    return TemplateCheck(tuple(problems), tuple(previews))


def _ill_formed(standing: WordParagraph) -> Iterator[Problem]:
    text = standing.text
    if "{%" in text or "{#" in text:
        yield Problem(standing.place, "这里不能用 {% %} 或 {# #}，只能用 {{ 名称 }}。", True)
    unpaired = with_braced(text, lambda _: "")
    if "{{" in unpaired or "}}" in unpaired:
        yield Problem(standing.place, "{{ 和 }} 不成对；一处占位要写在同一段里。", True)
    if "{{" in standing.deleted or "}}" in standing.deleted:
        yield Problem(standing.place, "修订中删去的文字里还有占位。请先接受或拒绝修订。", True)
    if not standing.fillable and find_placeholders(text):
        yield Problem(standing.place, "这里的占位填不了。请移到正文、表格、文本框、页眉页脚或脚注里。", True)


def _held(
    standing: WordParagraph, braced: Braced, named: Sequence[Named], heading: SpokenPeriod | None
) -> CheckedPlaceholder:
    """Return a placeholder with its surroundings: 约{{ }}多 would become 约120多项 or 约369家左右."""
    before = standing.text[max(0, braced.start - _NEAR) : braced.start].rstrip().endswith(_BEFORE)
    after = standing.text[braced.end : braced.end + _NEAR].lstrip().startswith(_AFTER)
    rounded = sum((before, after, bool(_ROUNDED.search(braced.expression[:LONGEST])))) > 1
    kept = braced._replace(expression=braced.expression[: LONGEST + 1])  # a longer one is refused for its length anyway
    spoken = spoken_before(named, braced.start, heading)
    return CheckedPlaceholder(kept, rounded, len(set(standing.looks[braced.start : braced.end])) > 1, spoken)


def _try(writer: Writer, place: str, placeholder: CheckedPlaceholder) -> tuple[list[Problem], list[PlaceholderPreview]]:
    written = placeholder.braced.text
    try:
        pieces = writer.pieces(written)
    except UserError as error:
        return [Problem(place, str(error), True)], []
    words = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    refs = tuple(piece.ref for piece in pieces if not isinstance(piece, str))
    lacking = [phrase for phrase in writer.phrases[len(writer.phrases) - len(refs) :] if phrase.lacking]
    problems = [*_doubled(place, placeholder), *_uneven(place, placeholder)]
    problems += [Problem(place, f"{written} 会写成“{phrase.words}”。", False) for phrase in lacking]
    problems += _of_another_period(writer, place, placeholder, [p for p in pieces if isinstance(p, Cited)])
    return problems, [PlaceholderPreview(place, written, words, refs)]


def _of_another_period(
    writer: Writer, place: str, placeholder: CheckedPlaceholder, cited: Sequence[Cited]
) -> Iterator[Problem]:
    """Yield a problem if the words before a figure name another period than it is of."""
    spoken, present = placeholder.spoken, writer.view.span.last
    aside = _UNTIMED.search(placeholder.braced.expression)
    if spoken is None or aside or len(cited) != 1 or cited[0].reading.value is None:
        return
    if spoken.fits(cited[0].reading, present):
        return
    reading, named = cited[0].reading, spoken.span(present)
    other = writer.reading(reading.indicator, replace(writer.view, unit=reading.unit, span=named, against=None))
    indicator = writer.source.catalogue.indicators[reading.indicator]
    known = other.value is not None and other.until is None
    value = f"，{say_when(other)}是{say_reading(other, indicator)}" if known else ""
    text = f"前面写的是“{spoken.words}”，填的是{say_when(reading)}的数（{cited[0].text}）{value}"
    advice = f"请改选期间，或者在名称后面写（期间=“{say_span(named)}”），或者改文字"
    yield Problem(place, f"{placeholder.braced.text} {text}。{advice}。", False)


def _doubled(place: str, placeholder: CheckedPlaceholder) -> Iterator[Problem]:
    if placeholder.rounded:
        text = f"{placeholder.braced.text} 的前后已经有表示大概的字，约、多、以上、左右只能用一个。"
        yield Problem(place, text, True)


def _uneven(place: str, placeholder: CheckedPlaceholder) -> Iterator[Problem]:
    if placeholder.uneven:
        yield Problem(place, f"{placeholder.braced.text} 中间的字体格式不一致，填好后按开头的格式。", False)


def _thin(place: str, phrases: Sequence[Phrase], level: float) -> Iterator[Problem]:
    """Yield the figures of a paragraph that are based on too few returns, which the text should say."""
    readings = {phrase.reading.indicator: phrase.reading for phrase in phrases}.values()
    for sentence in say_uncovered(reading for reading in readings if is_thin(reading, level)):
        yield Problem(place, f"{sentence}请在文中说明，可以用 {{{{ 名称.报齐情况 }}}}。", False)
