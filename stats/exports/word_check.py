"""Check a Word template before it is filled: what is wrong in it, where, and what each placeholder would say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stats.coverage_words import is_thin, say_uncovered
from stats.errors import UserError
from stats.exports.word_file import guard_word
from stats.exports.word_places import Standing, standings
from stats.figure import Selection, Source
from stats.placeholder_syntax import Braced, braced_in, find_placeholders, with_braced
from stats.placeholders import Phrase, Writer

_MOST = 1000  # placeholders of a paper; a long report has a hundred
_NEAR = 20  # letters to each side of a placeholder in which a word that belongs to it stands
_BEFORE = ("约", "近", "将近", "大约", "超过", "至少", "不少于", "不到")
_AFTER = ("左右", "以上", "多", "余", "以内")
_ROUNDED = re.compile(r"\.\s*(?:约|多|以上)\b")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a template, in a sentence that begins with its place. `stops`: it can't be filled so."""

    place: str
    words: str
    stops: bool

    @property
    def sentence(self) -> str:
        """Return place and words as one sentence."""
        return f"{self.place}：{self.words}"


@dataclass(frozen=True)
class Preview:
    """What a placeholder would say where it stands; `refs` are the references of the figures in it."""

    place: str
    placeholder: str
    words: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class TemplateCheck:
    """What was found in a template: problems and, for each placeholder that can be filled, what it would say."""

    problems: tuple[Problem, ...]
    previews: tuple[Preview, ...]

    @property
    def fillable(self) -> bool:
        """Return whether nothing stops the template from being filled."""
        return not any(problem.stops for problem in self.problems)


def check_template(content: bytes, source: Source, view: Selection) -> TemplateCheck:
    """Return what is wrong with a Word template and what it would say. Raises UserError for what is no Word file."""
    guard_word(content)
    writer = Writer(source, view)
    problems: list[Problem] = []
    previews: list[Preview] = []
    tried = 0
    for standing in standings(content):
        problems += _ill_formed(standing)
        before = len(writer.said)
        for found in braced_in(standing.text):
            tried += 1
            if tried > _MOST:
                raise UserError(f"占位超过{_MOST}处，不像是讲稿。请分成几份再填。")
            told, preview = _try(writer, standing, found)
            problems += told
            previews += preview
        problems += _thin(standing, writer.said[before:], source.catalogue.reporting.say_below)
    if not previews and not problems:
        problems.append(Problem("全文", "没有找到 {{ }}，没有什么可填。请在要填数字的地方写 {{ 指标名称 }}。", True))
    return TemplateCheck(tuple(problems), tuple(previews))


def _ill_formed(standing: Standing) -> Iterator[Problem]:
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


def _try(writer: Writer, standing: Standing, found: Braced) -> tuple[list[Problem], list[Preview]]:
    try:
        pieces = writer.pieces(found.text)
    except UserError as error:
        return [Problem(standing.place, str(error), True)], []
    words = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    refs = tuple(piece.ref for piece in pieces if not isinstance(piece, str))
    lacking = [phrase for phrase in writer.said[len(writer.said) - len(refs) :] if phrase.lacking]
    problems = [*_doubled(standing, found), *_uneven(standing, found)]
    problems += [Problem(standing.place, f"{found.text} 会写成“{phrase.words}”。", False) for phrase in lacking]
    return problems, [Preview(standing.place, found.text, words, refs)]


def _doubled(standing: Standing, found: Braced) -> Iterator[Problem]:
    """Yield what would read 约120多项 or 约369家左右."""
    before = standing.text[max(0, found.start - _NEAR) : found.start].rstrip().endswith(_BEFORE)
    after = standing.text[found.end : found.end + _NEAR].lstrip().startswith(_AFTER)
    if sum((before, after, bool(_ROUNDED.search(found.expression)))) > 1:
        yield Problem(standing.place, f"{found.text} 的前后已经有表示大概的字，约、多、以上、左右只能用一个。", True)


def _uneven(standing: Standing, found: Braced) -> Iterator[Problem]:
    if len(set(standing.looks[found.start : found.end])) > 1:
        yield Problem(standing.place, f"{found.text} 中间的字体格式不一致，填好后按开头的格式。", False)


def _thin(standing: Standing, said: Sequence[Phrase], level: float) -> Iterator[Problem]:
    """Yield which figures of a paragraph rest on too few returns: the text should say so."""
    readings = {phrase.reading.indicator: phrase.reading for phrase in said}.values()
    for sentence in say_uncovered(reading for reading in readings if is_thin(reading, level)):
        yield Problem(standing.place, f"{sentence}请在文中说明，可以用 {{{{ 名称.覆盖 }}}}。", False)
