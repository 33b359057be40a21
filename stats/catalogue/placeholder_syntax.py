"""Placeholders that staff write into a paper, such as {{ 名称.增减 }}, parsed into their parts.

It is a name with options in brackets, then a form with a step: {{ 名称(期间="2010年").多(100) }}. It computes nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from base.errors import UserError, suggest
from base.text import normalise
from stats.catalogue.code_lists import Measure
from stats.catalogue.models import Indicator

Suits = Literal["any", "count", "percent", "money"]
OPTIONS = {
    "期间": "哪一期，例如 2010年、2008—2010年、2010年四季度、本年、上年同期",
    "单位": "哪个单位，写名称或代码",
    "与": "增减和哪一期比，写法同期间",
    "量词": "换一个计量单位的叫法，例如把 4人 写成 4名",
}
VALUES = {
    "单位": "单位名称",
    "范围": "全县，或单位名称",
    "期间": "所选期间",
    "截至": "数据截至哪一季度末或月末",
    "每年": "每年；只有一年的写当年",
    "数据版本": "第几版数据",
}
LISTS = {
    "本期变化": "变化最大的几项，一项一句",
    "未达目标": "有目标而尚未达到的，一项一句",
    "未报情况": "哪些报表还有多少家没报，各在哪里",
    "未报小结": "哪些报表还有多少家没报，名单另附",
    "未报名单": "还没报的单位，一处一句",
    "报齐情况": "按已报多少计算的有哪些指标",
}
# In papers of earlier versions; they are still filled.
_FORMER = re.compile(r"(?<=\.)\s*(?:不分节|覆盖)\s*(?=\(|$)|^\s*覆盖情况\s*$")
_WRITING = '请只写 {{ 名称 }}、{{ 名称.写法 }} 或 {{ 名称(期间="2010年") }} 这样'
_BEGINNING = 16  # characters quoted of a long one
LONGEST = 200  # characters between {{ and }}; the longest meaningful one has less than a hundred
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "。": ".", "、": ",", "【": "(", "】": ")"})
_PARSER = ImmutableSandboxedEnvironment()


class Braced(NamedTuple):
    """The content between {{ and }} in a text, and where the braces begin and end."""

    expression: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return it with its braces."""
        return f"{{{{{self.expression}}}}}"


@dataclass(frozen=True)
class NumberForm:
    """A way to write a figure: its name, its meaning, an example, and the measures it suits.

    `step`: the rounding step may be given in brackets.
    """

    name: str
    says: str
    example: str
    suits: Suits = "any"
    step: bool = False


_FORMS = (
    NumberForm("数值", "只有数，不带单位", "369"),
    NumberForm("不加逗号", "四位以上的数不用逗号分开，像正式文稿那样", "38124人"),
    NumberForm("增减", "和上一期比", "比2009年末增加12家"),
    NumberForm("增加", "增减多少，不说和哪一期比", "增加12家"),
    NumberForm("增加到", "变到多少", "增加到369家"),
    NumberForm("幅度", "增长、下降百分之几；翻一番以上的说几倍", "增长3.3%", "count"),
    NumberForm("倍", "是上一期的几倍", "是2009年末的1.5倍", "count"),
    NumberForm("个百分点", "比例变了多少", "1.2个百分点", "percent"),
    NumberForm("目标", "目标是多少", "2012年目标≥80.0%"),
    NumberForm("完成率", "完成目标的百分之几", "98.4%"),
    NumberForm("口径", "数是怎么算的", "全部职工（含未建会单位）"),
    NumberForm("报齐情况", "报来多少、应报多少", "已报366/369份"),
    NumberForm("截至", "数是什么时候的", "2010年末"),
    NumberForm("约", "最近的整数，前面加约", "约1400人", step=True),
    NumberForm(name="多", says="超过的整数，后面加多；正好是整数就照写", example="120多项", suits="count", step=True),
    NumberForm("以上", "达到的整数，后面加以上；比例每5个百分点一档", "80%以上", step=True),
    NumberForm("汉字", "用汉字写", "十期"),
    NumberForm("汉字数", "用汉字写，不带单位", "五", "count"),
    NumberForm("万元", "用万元作单位", "63.8万元", "money"),
    NumberForm("元", "用元作单位", "638,000元", "money"),
    NumberForm("大写", "人民币大写", "陆拾叁万捌仟元整", "money"),
    NumberForm("逐年", "期间里每一年各多少", "2009年2项，2010年2项"),
)
FORMS = {form.name: form for form in _FORMS}
_SUITS = {"count": "不用于比例", "percent": "只用于比例", "money": "只用于金额"}
_PERCENT, _MONEY = "percent", "yuan"
_SHORT = 0.5  # words of two characters are similar when they share one


@dataclass(frozen=True)
class Placeholder:
    """The content between {{ and }}: a name, options by name, a form ("" for the default) and its step."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    step: float | None = None


@dataclass(frozen=True)
class Named:
    """An indicator's name in papers; `measures` are the words for its unit of measure."""

    name: str
    code: str
    indicator_name: str
    unit: str
    measures: tuple[str, ...]


class Vocabulary:
    """The names allowed in papers. A name with brackets, slashes or signs has a plain spelling as well."""

    def __init__(self, indicators: Iterable[Indicator], measures: Mapping[str, Measure]) -> None:
        known = list(indicators)
        self._former = {plain_name(old): plain_name(named.name) for named in known for old in named.former}
        listed = [_named(indicator, measures) for indicator in known]
        self.listed = tuple(listed)
        self.by_name = {entry.name: entry for entry in listed}
        spelt = ((normalise(entry.indicator_name), entry.name) for entry in listed)
        self._spelt = sorted(((full, name) for full, name in spelt if full != name), key=lambda pair: -len(pair[0]))

    @property
    def names(self) -> Collection[str]:
        """Return every name: of indicators, of facts about the paper itself, and of lists of sentences."""
        return [*self.by_name, *VALUES, *LISTS]

    def tidy(self, expression: str) -> str:
        """Return the content between the braces with full-width forms, curly quotes and bracketed names normalised."""
        plain = normalise(expression).translate(_PLAIN)
        for full, name in self._spelt:
            plain = plain.replace(full, name)
        plain = re.sub(r"^\s*(\w+)", lambda begun: self._former.get(begun[1], begun[0]), plain)
        return _FORMER.sub(lambda former: "不加逗号" if "分节" in former[0] else "报齐情况", plain)

    def read(self, expression: str) -> Placeholder:
        """Return the parts of the content between {{ and }}. Raises UserError if it is unknown or ill-formed."""
        refuse_long(expression)
        try:
            tree = _PARSER.parse("{{" + self.tidy(expression) + "}}")
            outputs = [node for output in tree.find_all(nodes.Output) for node in output.nodes]
        except (TemplateSyntaxError, RecursionError):  # nested brackets, which no placeholder has
            outputs = []
        if len(outputs) != 1:
            raise UserError(f"“{expression.strip()}”的写法不对。{_WRITING}。")
        return self.accept(outputs[0])

    def accept(self, node: nodes.Node) -> Placeholder:
        """Return the parts of a node of a template's tree. Raises UserError for anything but a placeholder."""
        placeholder = _read_node(node)
        self._check(placeholder)
        return placeholder

    def faults(self, text: str) -> Iterator[str]:
        """Yield one sentence per fault in a text with placeholders."""
        if "%}" in text.partition("{%")[2]:
            yield f"这里不能用 {{% … %}}。{_WRITING}"
        if text.count("{{") != text.count("}}"):
            yield "有一处 {{ 和 }} 不成对"
        for expression in find_placeholders(text):
            try:
                self.read(expression)
            except UserError as error:
                yield str(error).rstrip("。")

    def lists(self, text: str) -> bool:
        """Return whether a text contains the name of a list of generated sentences."""
        return any(self.tidy(expression).strip() in LISTS for expression in find_placeholders(text))

    def _check(self, placeholder: Placeholder) -> None:
        named = self.by_name.get(placeholder.name)
        if named is None:
            if placeholder.name not in VALUES and placeholder.name not in LISTS:
                raise UserError(
                    f"没有“{placeholder.name}”这个名称{suggest(placeholder.name, self.names, most=3) or '。'}"
                )
            if placeholder.options or placeholder.form:
                raise UserError(f"“{placeholder.name}”后面不用写别的，请写 {{{{ {placeholder.name} }}}}。")
            return
        for option in placeholder.options:
            if option not in OPTIONS:
                raise UserError(
                    f"“{placeholder.name}”的括号里没有“{option}”{suggest(option, OPTIONS, _SHORT, 3) or '。'}"
                )
        measure = placeholder.options.get("量词", named.measures[0])
        if measure not in named.measures:
            raise UserError(f"“{placeholder.name}”不能用“{measure}”计量，可以用{'、'.join(named.measures)}。")
        _check_form(placeholder, named)


def find_placeholders(text: str) -> list[str]:
    """Return the contents between {{ and }} in a text, in order."""
    return [braced.expression for braced in braced_in(text)]


def braced_in(text: str) -> Iterator[Braced]:
    """Yield the contents between {{ and }} in a text, each {{ with the next }}, in one pass."""
    start = text.find("{{")
    while start >= 0 and (end := text.find("}}", start + 2)) >= 0:
        yield Braced(text[start + 2 : end], start, end + 2)
        start = text.find("{{", end + 2)


def with_braced(text: str, say: Callable[[str], str]) -> str:
    """Return a text with each placeholder, including its braces, replaced."""
    parts, last = [], 0
    for braced in braced_in(text):
        parts += [text[last : braced.start], say(braced.expression)]
        last = braced.end
    return "".join([*parts, text[last:]])


def refuse_long(expression: str) -> None:
    """Raise UserError for more between {{ and }} than any placeholder needs."""
    if len(expression) > LONGEST:
        begun = expression.strip()[:_BEGINNING]
        raise UserError(f"“{begun}…”太长，{{{{ 和 }}}} 之间最多写{LONGEST}个字。{_WRITING}。")


def plain_name(name: str) -> str:
    """Return the spelling of an indicator's name in papers: signs and brackets become underscores."""
    plain = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", name)).strip("_")
    return plain if plain.isidentifier() else f"指标_{plain}"


def _named(indicator: Indicator, measures: Mapping[str, Measure]) -> Named:
    measure = measures.get(indicator.unit)
    equal = [word for word, factor in measure.spellings.items() if factor == 1.0] if measure else []
    words = tuple(dict.fromkeys([measure.name if measure else "", *equal]))
    return Named(
        name=plain_name(indicator.name), code=indicator.code, indicator_name=indicator.name,
        unit=indicator.unit, measures=words,
    )  # fmt: skip


def _check_form(placeholder: Placeholder, named: Named) -> None:
    if not placeholder.form:
        return
    form = FORMS.get(placeholder.form)
    if form is None:
        raise UserError(f"没有“{placeholder.form}”这种写法{suggest(placeholder.form, FORMS, _SHORT, 3) or '。'}")
    kind = {_PERCENT: "percent", _MONEY: "money"}.get(named.unit, "count")
    if form.suits == "count" and kind == "percent" or form.suits in ("percent", "money") and form.suits != kind:
        raise UserError(f"“{placeholder.name}”不能用“{form.name}”，这种写法{_SUITS[form.suits]}。")
    if placeholder.step is not None and not form.step:
        raise UserError(f"“{form.name}”后面不用写括号。")
    if placeholder.step is not None and (placeholder.step <= 0 or (kind != "percent" and placeholder.step % 10)):
        raise UserError(f"“{form.name}”括号里要写10的倍数，例如 100；比例写大于零的百分数。")


def _read_node(node: nodes.Node) -> Placeholder:
    step, form, options = None, "", {}
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
        step, node = _read_step(node), node.node
    if isinstance(node, nodes.Getattr):
        form, node = node.attr, node.node
    if isinstance(node, nodes.Call):
        options, node = _read_options(node), node.node
    if not isinstance(node, nodes.Name):
        raise UserError(f"{{{{ }}}} 里的写法不对。{_WRITING}。")
    return Placeholder(node.name, options, form, step)


def _read_step(call: nodes.Call) -> float | None:
    values = [arg.value for arg in call.args if isinstance(arg, nodes.Const)]
    single = len(call.args) <= 1 and not (call.kwargs or call.dyn_args or call.dyn_kwargs)
    if not single or len(values) != len(call.args) or not all(_is_number(value) for value in values):
        raise UserError(f"写法后面的括号里只能写一个数，例如 多(100)。{_WRITING}。")
    return float(values[0]) if values else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read_options(call: nodes.Call) -> dict[str, str]:
    given = {pair.key: pair.value.value for pair in call.kwargs if isinstance(pair.value, nodes.Const)}
    plain = len(given) == len(call.kwargs) and not (call.args or call.dyn_args or call.dyn_kwargs)
    if not plain or not all(isinstance(value, str) for value in given.values()):
        raise UserError(f'名称后面的括号里要写明是什么，并加引号，例如 期间="2010年"。{_WRITING}。')
    return given
