"""python -m stats placeholders: the names allowed in Word templates, with their present values, and the forms."""

import argparse
from typing import Any

from base.periods import Span, parse_span
from stats.catalogue.placeholder_syntax import FORMS, LISTS, OPTIONS, VALUES
from stats.catalogue_in_force import catalogue_under
from stats.commands.options import Commands, add_json, add_store, opened, show, table
from stats.figures.elements.figure_model import Selection, Source
from stats.organisations import periods
from stats.papers.fill_placeholders import Writer
from stats.readings.sentences import say_cover, say_reading, say_when
from stats.totals import county_of

_COLUMNS = {"name": "名称", "indicator": "指标", "value": "现在的值", "when": "时间", "coverage": "报齐情况"}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("placeholders", help="列出 Word 模板里可以写的名称、现在的值和写法")
    parser.add_argument("--unit", metavar="单位代码", help="不写则全县")
    parser.add_argument("--span", metavar="期间", help="不写则最近一季度")
    add_store(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with opened(options) as warehouse:
        last = periods(warehouse).last
        span = parse_span(options.span) if options.span else Span(last, last)
        writer = Writer(
            Source(warehouse, catalogue_under(warehouse)), Selection(options.unit or county_of(warehouse), span)
        )
        rows = [_row(writer, named.name, named.code) for named in writer.vocabulary.listed]
        values = {name: words for name, words in writer.context().items() if name in VALUES}
    return show(options, {"names": rows, "values": values, "lists": LISTS, "forms": _forms(), "options": OPTIONS}, _say)


def _row(writer: Writer, name: str, code: str) -> dict[str, Any]:
    indicator, reading = writer.source.catalogue.indicators[code], writer.reading(code, writer.view)
    return {
        "name": name,
        "indicator": indicator.name,
        "value": say_reading(reading, indicator),
        "when": say_when(reading),
        "coverage": say_cover(reading),
    }


def _forms() -> list[dict[str, str]]:
    return [{"form": form.name, "says": form.says, "example": form.example} for form in FORMS.values()]


def _say(listed: dict[str, Any]) -> str:
    values = [{"name": name, "value": words} for name, words in listed["values"].items()]
    lists = [{"name": name, "value": words} for name, words in listed["lists"].items()]
    options = [{"name": name, "value": words} for name, words in listed["options"].items()]
    parts = [
        ("名称，写成 {{ 名称 }}", table(_COLUMNS, listed["names"])),
        ("文稿本身的", table({"name": "名称", "value": "现在的值"}, values)),
        ("成句的", table({"name": "名称", "value": "说什么"}, lists)),
        ("写法，写成 {{ 名称.写法 }}", table({"form": "写法", "says": "说什么", "example": "例"}, listed["forms"])),
        ('括号里可以写的，写成 {{ 名称(期间="2010年") }}', table({"name": "项目", "value": "写什么"}, options)),
    ]
    return "\n\n".join(f"{title}\n{rows}" for title, rows in parts)
