"""Fill placeholders: a text of a paper for one organisation and span, with each figure marked and cited.

Templates run in a sandbox that reaches only the names below: their placeholders are parsed beforehand, and anything
else between braces is refused with a sentence.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from base.errors import UserError, suggest
from base.periods import Span, parse_said_span, say_span, year_of
from base.text import normalise
from stats.catalogue.placeholder_syntax import LISTS, Named, Vocabulary, refuse_long, with_braced
from stats.figures.elements.figure_model import Selection, Source, as_far_as_data
from stats.figures.moves import say_moves
from stats.organisations import organisations, organisations_by_code
from stats.papers.clauses import say_bounds
from stats.papers.lists import Sentence, sentences_of
from stats.papers.number_forms import AskedNumber, say_lacking, word
from stats.papers.paper_model import Cited
from stats.papers.references import reference
from stats.readings import Reading
from stats.readings.sentences import say_end
from stats.totals import data_like
from stats.totals.coverage import within_data, years_within

# Noncharacters: they occur in no text, and XML allows them.
_OPEN, _MIDDLE, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARKED = re.compile(f"{_OPEN}([0-9]{{1,6}}){_MIDDLE}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_YEARLY = "逐年"
_CHANGES = ("增减", "增加")  # forms for which a move between areas that explains a change is mentioned
_COUNTY = "county"


@dataclass(frozen=True)
class Phrase:
    """A figure in words. `lacking` means that there were no data, so that the words only say so."""

    words: str
    reading: Reading
    lacking: bool = False


class Writer:
    """Fills texts with placeholders for one organisation and span, and remembers each figure."""

    def __init__(self, source: Source, view: Selection) -> None:
        self.source = source
        self.view = as_far_as_data(source, view)
        self.phrases: list[Phrase] = []
        self._readings: dict[Selection, dict[str, Reading]] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the names that placeholders may have."""
        return self.source.catalogue.vocabulary

    @property
    def build(self) -> str:
        """Return the identity of the data's state, as used in references."""
        return f"{self.source.warehouse.build}|{self.source.warehouse.built_at}"

    @property
    def last_quarter(self) -> int:
        """Return the last quarter of the span that has data, or its last one if none has."""
        span, known = self.view.span, data_like(self.source.warehouse, self.view.span)
        return min(span.last, known.last) if known.last >= span.first else span.last

    @property
    def known_span(self) -> Span:
        """Return the span as far as there are data, which the paper covers."""
        return Span(self.view.span.first, self.last_quarter)

    def readings(self) -> list[Reading]:
        """Return the readings of every indicator, in the catalogue's order."""
        return list(self._all(self.view).values())

    def reading(self, code: str, view: Selection) -> Reading:
        """Return one reading for the organisation and span of a placeholder."""
        if view == self.view:
            return self._all(view)[code]
        kept = self._readings.setdefault(view, {})
        if code not in kept:
            kept[code] = self.source.readings(view, [code])[0]
        return kept[code]

    def cite(self, phrase: Phrase) -> Cited:
        """Return a figure with the reference by which it is found again."""
        reading = phrase.reading
        ref = reference(reading.indicator, reading.unit, reading.span, self.build)
        return Cited(phrase.words, ref, reading, phrase.lacking)

    def pieces(self, text: str) -> tuple[str | Cited, ...]:
        """Return a text with its placeholders filled, as words and figures in order.

        Raises UserError for a placeholder that is unknown, ill-formed or names an unknown organisation or span.
        """
        marked = self.environment().from_string(text).render(self.context())
        return tuple(self.cite(piece) if isinstance(piece, Phrase) else piece for piece in self.parted(marked))

    def parted(self, marked: str) -> list[str | Phrase]:
        """Return a text that was filled in parts: words, and the figures marked in it."""
        parts = _MARKED.split(marked)  # words, number, figure, words, number, …
        pieces: list[str | Phrase] = []
        for place in range(0, len(parts) - 2, 3):
            pieces += [parts[place], self.phrases[int(parts[place + 1])]]
        return [piece for piece in [*pieces, parts[-1]] if piece]

    def environment(self, escape: bool = False) -> "SandboxedPaper":
        """Return the environment for templates; with `escape` for templates in XML."""
        return SandboxedPaper(self.vocabulary, self.mark, escape)

    def context(self) -> dict[str, Any]:
        """Return the values of the names; figures are read when they are used."""
        terms = {named.name: Term(self, named, self.view) for named in self.vocabulary.listed}
        lists = {name: _List(self, name) for name in LISTS}
        unit, warehouse = self._unit(self.view.unit), self.source.warehouse
        values = {
            "单位": unit.name,
            "范围": "全县" if unit.level == _COUNTY else unit.name,
            "期间": say_span(self.known_span),
            "截至": say_end(self.last_quarter),
            "每年": _say_yearly(self.known_span),
            "数据版本": f"第{warehouse.build:,}版数据",
        }
        return terms | lists | values

    def mark(self, value: object) -> str:
        """Return what a placeholder prints: words as they are, figures with marks around them."""
        if isinstance(value, Term | FormOf | _List):
            value = value.say()
        if isinstance(value, tuple):
            return "".join(self.mark(part) for part in value)
        if not isinstance(value, Phrase):
            return str(value)
        self.phrases.append(value)
        return f"{_OPEN}{len(self.phrases) - 1}{_MIDDLE}{value.words}{_CLOSE}"

    def unit_named(self, name: str) -> str:
        """Return the code of an organisation by its code or name. Raises UserError for none, and for several."""
        known = organisations_by_code(self.source.warehouse)
        if name in known:
            return name
        texts = [
            organisation.code for organisation in known.values() if normalise(organisation.name) == normalise(name)
        ]
        if len(texts) > 1:
            raise UserError(f"有{len(texts)}家单位都叫“{name}”，请写代码：{'、'.join(texts)}。")
        if not texts:
            names = [organisation.name for organisation in organisations(self.source.warehouse)]
            raise UserError(f"单位名册里没有“{name}”{suggest(name, names, most=3) or '。'}")
        return texts[0]

    def _unit(self, code: str) -> Any:
        known = organisations_by_code(self.source.warehouse)
        if code not in known:
            raise UserError(f"单位名册里没有代码为“{code}”的单位{suggest(code, known)}")
        return known[code]

    def _all(self, view: Selection) -> dict[str, Reading]:
        if view not in self._readings:
            codes = [named.code for named in self.vocabulary.listed]
            self._readings[view] = {reading.indicator: reading for reading in self.source.readings(view, codes)}
        return self._readings[view]


class Term:
    """An indicator in a template; called with options it is for another organisation or span."""

    def __init__(self, writer: Writer, named: Named, view: Selection, measure: str = "") -> None:
        self._writer, self._named, self._view, self._measure = writer, named, view, measure

    def __call__(self, **options: str) -> "Term":
        """Return the same indicator with the options applied."""
        view = self._view
        if "期间" in options:
            view = replace(view, span=parse_said_span(options["期间"], view.span), against=None)
        if "与" in options:
            view = replace(view, against=parse_said_span(options["与"], view.span))
        if "单位" in options:
            view = replace(view, unit=self._writer.unit_named(options["单位"]))
        return Term(self._writer, self._named, view, options.get("量词", self._measure))

    def say(self, form: str = "", step: float | None = None) -> tuple[str | Phrase, ...]:
        """Return the figure in a form, with the words that belong to it."""
        return self._by_year() if form == _YEARLY else (self._phrase(self._view, form, step),)

    def _phrase(self, view: Selection, form: str, step: float | None = None) -> Phrase:
        reading = self._writer.reading(self._named.code, view)
        spoken = replace(reading, measure=self._measure) if self._measure else reading
        indicator = self._writer.source.catalogue.indicators[self._named.code]
        text = word(AskedNumber(spoken, indicator, step), form)
        if text is None:
            return Phrase(say_lacking(form, reading), reading, True)
        moves = say_moves(self._writer.source, spoken, indicator) if form in _CHANGES else ""
        # the surrounding words are the template's and may mean the whole year
        bounds = say_bounds(reading)
        return Phrase(f"{text}，{moves}{bounds}" if moves else f"{text}{bounds}", reading)

    def _by_year(self) -> tuple[str | Phrase, ...]:
        span = self._view.span
        pieces: list[str | Phrase] = []
        for year in range(year_of(span.first), year_of(span.last) + 1):
            begin = year * span.a_year
            part = Span(max(span.first, begin), min(span.last, begin + span.a_year - 1))
            part = within_data(self._writer.source.warehouse, part)
            phrase = self._phrase(replace(self._view, span=part, against=None), "")
            if phrase.reading.value:  # a year without any is left out
                pieces += ["，" if pieces else "", say_span(part), phrase]
        return tuple(pieces) or (self._phrase(self._view, ""),)


class FormOf:
    """A term with a form, which may be called with a step: 多(100)."""

    def __init__(self, term: Term, form: str) -> None:
        self._term, self._form = term, form

    def __call__(self, step: float | None = None) -> tuple[str | Phrase, ...]:
        """Return the figure, rounded to the step."""
        return self._term.say(self._form, step)

    def say(self) -> tuple[str | Phrase, ...]:
        """Return the figure with the default rounding."""
        return self()


class _List:
    """Generated sentences, such as the largest changes."""

    def __init__(self, writer: Writer, name: str) -> None:
        self._writer, self._name = writer, name

    def say(self) -> tuple[str | Phrase, ...]:
        """Return the sentences, the figures in them apart from the words."""
        writer = self._writer
        sentences = sentences_of(self._name, writer.source, writer.view, writer.readings(), writer.last_quarter)
        return tuple(part for sentence in sentences for part in _phrased(sentence))


def _say_yearly(span: Span) -> str:
    """Return the words for yearly events: 每年 over several whole years, 当年 in one, else the years read."""
    years = years_within(span)
    every = "每年" if years.length > years.a_year else ""
    return (every or "当年") if years == span and not span.length % span.a_year else f"{say_span(years)}{every}"


def _phrased(sentence: Sentence) -> Sequence[str | Phrase]:
    if sentence.reading is None:
        return (sentence.words,)
    return (sentence.before, Phrase(sentence.figure, sentence.reading), sentence.after)


class SandboxedPaper(ImmutableSandboxedEnvironment):
    """The sandbox: only placeholders are accepted, and only their forms can be reached from them."""

    def __init__(self, vocabulary: Vocabulary, mark: Callable[[object], str], escape: bool) -> None:
        super().__init__(undefined=StrictUndefined, finalize=mark, autoescape=escape, keep_trailing_newline=True)
        self._vocabulary = vocabulary
        for reachable in (self.globals, self.filters, self.tests):
            reachable.clear()

    def from_string(self, source: Any, *args: Any, **options: Any) -> Template:
        """Return the template of a text. Raises UserError for anything that is not a placeholder."""
        try:
            return super().from_string(source, *args, **options)
        except TemplateSyntaxError as error:
            raise UserError(f"文稿里有一处大括号的写法不对，在第{error.lineno}行附近。") from None

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if "{%" in source:
            raise UserError("文稿里不能用 {% … %}，只能用 {{ 名称 }}。")
        try:
            tree = super()._parse(with_braced(source, self._tidied), name, filename)
        except RecursionError:
            raise UserError("文稿里有一处大括号里的写法太复杂，只能写 {{ 名称 }}。") from None
        for node in (part for output in tree.find_all(nodes.Output) for part in output.nodes):
            if not isinstance(node, nodes.TemplateData):
                self._vocabulary.accept(node)
        return tree

    def _tidied(self, expression: str) -> str:
        refuse_long(expression)
        return f"{{{{{self._vocabulary.tidy(expression)}}}}}"

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a form of a term. Raises SecurityError for any other attribute."""
        if not isinstance(obj, Term):
            raise SecurityError(f"no attribute {attribute!r} may be read")
        return FormOf(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a template may call something: a term with options, a form with a step."""
        return isinstance(obj, Term | FormOf)
