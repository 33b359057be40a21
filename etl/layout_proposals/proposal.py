"""Proposal: a layout of a table for a form, and what has to be settled before it can be declared.

A heading is proposed by the form's own words, by values that tell beyond doubt (two days in a cell, names of employers
whose unions are in the register), and never by likeness.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from base.errors import UserError
from base.text import normalise
from etl.labels.total_labels import total_rank
from etl.layout.text_kinds import is_rate, sums_up
from etl.layout_proposals.chosen_columns import Chosen
from etl.layout_proposals.layout_questions import LayoutAnswer, LayoutQuestion
from etl.layout_proposals.own_table import OwnTable
from etl.layout_proposals.person_columns import holds_persons
from etl.model.shown.two_days import two_days
from etl.own_layouts.named_periods import general_path
from etl.recognise.headers import IGNORED, labels_of
from etl.unit_lists.list_words import list_words
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.layouts import PERIOD, FixedValue, TableHeading, TableLayout, WordMeant
from stats.catalogue.models import Column, Form, FormRole

_MOST = 0.8
_SHOWN = 3
NAME_COLUMNS = "python -m etl layout 文件 --column 栏头=栏名"
_AT_LEAST = "≥"
UNITS = "{unit}"  # stands in a path, before it is declared, for the name of an organisation


@dataclass(frozen=True)
class Proposal:
    """A layout as far as it is known, and the open questions."""

    layout: TableLayout
    questions: tuple[LayoutQuestion, ...]


def propose(
    table: OwnTable, form: Form, catalogue: Catalogue, chosen: Chosen, names: Collection[str], titles: tuple[str, str]
) -> Proposal:
    """Return the layout of a table for a form; `titles` are its code and its name.

    `names` are those of the organisations in the register, normalised; none before there is one. Raises UserError when
    no heading is a column of the form.
    """
    headings, persons, unknown = _headings(table, form, catalogue, chosen, names)
    if not headings:
        raise UserError(f"这张表里没有一栏认得出是《{form.name}》的。请核对选的报表。", NAME_COLUMNS)
    filled = {code for heading in headings for code in heading.columns} | {*chosen.fixed}
    filled |= {each.column for heading in headings for each in heading.fixed}
    filled |= {chosen.named_by_sheet} if chosen.named_by_sheet else set()
    layout = TableLayout(
        code=titles[0],
        name=titles[1],
        form=form.code,
        headings=tuple(headings),
        words=tuple(words_meant(chosen)),
        fixed=tuple(FixedValue(column=code, value=value) for code, value in chosen.fixed.items()),
        reporter=chosen.reporter,
        dated_by=chosen.dated_by,
        period=chosen.period,
        named_by_sheet=chosen.named_by_sheet,
        left_out=chosen.left_out,
        persons=tuple(persons),
    )
    questions = [*unknown_headings(unknown, form, filled), *lacking_columns(form, filled), *_double(headings)]
    return Proposal(layout, (*questions, *_of_words(table, layout, form, catalogue)))


def _headings(
    table: OwnTable, form: Form, catalogue: Catalogue, chosen: Chosen, names: Collection[str]
) -> tuple[list[TableHeading], list[str], list[str]]:
    """Return the headings, the paths of persons, and the paths that nobody knows."""
    known: dict[str, TableHeading] = {}
    persons, unknown = dict[str, None](), dict[str, None]()
    for number, path in sorted(table.header.paths.items()):
        own, _ = general_path(path, form.months)
        if own in chosen.targets:
            known[own] = target_heading(own, chosen.targets[own], table.header.units.get(number, ""), catalogue)
            continue
        columns = _columns(table, number, path, own, form, catalogue, chosen)
        if columns is not None:
            suffix = _suffix(table, number, columns, form, names)
            known.setdefault(own, TableHeading(path=own, columns=columns, suffix=suffix))
        elif holds_persons(path, [normalise(text) for text, _ in table.texts(number)]):
            persons[own] = None
        elif chosen.rest_unused and path[-1] not in IGNORED:
            known.setdefault(own, TableHeading(path=own))
        elif not _says_nothing(path, form):
            unknown[own] = None
    if known or form.role == FormRole.TARGETS:
        known |= _organisations(table, [*unknown], [*known.values()], form, names)
    return [*known.values()], [*persons], [path for path in unknown if path not in known]


def _organisations(
    table: OwnTable, unknown: Sequence[str], known: Sequence[TableHeading], form: Form, names: Collection[str]
) -> dict[str, TableHeading]:
    """Return the only open heading of names in the register, as the form's only column of organisations."""
    units = [column.code for column in form.columns if column.type == "unit"]
    filled = {code for heading in known for code in heading.columns}
    numbers = {general_path(path, form.months)[0]: number for number, path in table.header.paths.items()}
    named = [path for path in unknown if _are_organisations(table, numbers[path], names)]
    if len(units) != 1 or len(named) != 1 or units[0] in filled:
        return {}
    return {named[0]: TableHeading(path=named[0], columns=(units[0],))}


def target_heading(path: str, code: str, unit: str, catalogue: Catalogue) -> TableHeading:
    """Return the heading of an indicator's targets: its cells hold a bound, and a number alone is the least."""
    indicator = catalogue.indicators[code]
    measure = unit if unit in catalogue.spellings(indicator) else catalogue.unit_of(indicator)
    fixed = (FixedValue(column="indicator", value=code), FixedValue(column="measure", value=measure))
    return TableHeading(path=path, columns=("comparator", "value"), bound=_AT_LEAST, fixed=fixed)


def _columns(
    table: OwnTable, number: int, path: list[str], own: str, form: Form, catalogue: Catalogue, chosen: Chosen
) -> tuple[str, ...] | None:
    """Return the columns that a heading fills, () when it is not used, None when nobody knows."""
    for written in (own, "/".join(path), path[-1]):
        if written in chosen.columns:
            return chosen.columns[written]
    if any(map(sums_up, path[:-1])):  # 上半年合计 over 应缴 is the sum of the months beside it
        return None
    bare = [part for part in own.split("/") if part != PERIOD]
    code = labels_of(catalogue)[form.code].match(bare) if bare else None
    if code:
        return (code,)
    days = (form.date, form.until)
    if all(day in form.by_code for day in days) and _mostly_two_days(table, number):
        return tuple(day for day in days if day)
    return None


def _are_organisations(table: OwnTable, number: int, names: Collection[str]) -> bool:
    texts = [normalise(text) for text, _ in table.texts(number) if not total_rank(text)]
    return len(texts) > 1 and sum(text in names for text in texts) >= _MOST * len(texts)


def _mostly_two_days(table: OwnTable, number: int) -> bool:
    texts = [text for text, _ in table.texts(number)]
    return len(texts) > 1 and sum(two_days(text) is not None for text in texts) >= _MOST * len(texts)


def _says_nothing(path: list[str], form: Form) -> bool:
    """Return whether a heading needs no answer: a running number, a remark, a sum or a rate of other columns.

    A rate that has a target is no rate of the columns beside it.
    """
    if path[-1] in IGNORED or form.role == FormRole.TARGETS:
        return path[-1] in IGNORED
    return any(sums_up(text) or is_rate(text) for text in path)


def say_path(path: str) -> str:
    """Return a heading as shown: its levels separated by a dot, 各期 where the names of periods stand."""
    return path.replace(PERIOD, "各期").replace(UNITS, "各单位").replace("/", "·")


def _suffix(table: OwnTable, number: int, columns: tuple[str, ...], form: Form, names: Collection[str]) -> str:
    """Return what the names in a column lack to be those of organisations in the register, "" for nothing."""
    if len(columns) != 1 or form.column(columns[0]).type != "unit" or not names:
        return ""
    texts = [normalise(text) for text, _ in table.texts(number)]
    if sum(text in names for text in texts) >= (1 - _MOST) * len(texts):
        return ""
    fitting = (part for part in list_words().name_parts if _share(texts, part, names) >= _MOST)
    return next(fitting, "")


def _share(texts: Sequence[str], suffix: str, names: Collection[str]) -> float:
    return sum(f"{text}{suffix}" in names for text in texts) / max(len(texts), 1)


def words_meant(chosen: Chosen) -> Iterator[WordMeant]:
    """Yield what was said of the words of a table."""
    for column, meant in chosen.words.items():
        yield from (WordMeant(column=column, word=word, code=code) for word, code in meant.items())


def unknown_headings(unknown: Sequence[str], form: Form, filled: Collection[str]) -> Iterator[LayoutQuestion]:
    """Yield a question on each heading that nobody knows, with the columns that nothing fills yet."""
    free = tuple(column.code for column in form.columns if column.code not in filled)
    for path in unknown:
        yield LayoutQuestion(
            about=f"“{say_path(path)}”是报表的哪一栏？", asks=LayoutAnswer.HEADING, path=path, choices=free
        )


def lacking_columns(form: Form, filled: Collection[str]) -> Iterator[LayoutQuestion]:
    """Yield a question on each column that must be filled and is not."""
    for column in form.columns:
        if column.required and not column.default and column.code not in filled:
            about = f"必填的“{column.label}”在表里没有来处。"
            yield LayoutQuestion(about=about, asks=LayoutAnswer.COLUMN, column=column.code)


def _double(headings: Sequence[TableHeading]) -> Iterator[LayoutQuestion]:
    by_column: dict[str, list[str]] = {}
    for heading in headings:
        for code in heading.columns if not heading.fixed else ():
            by_column.setdefault(code, []).append(say_path(heading.path))
    for code, paths in by_column.items():
        if len(paths) > 1:
            about = f"{'、'.join(f'“{path}”' for path in paths)}都当作同一栏，会算重。"
            yield LayoutQuestion(about=about, asks=LayoutAnswer.DOUBLE, column=code)


def _of_words(table: OwnTable, layout: TableLayout, form: Form, catalogue: Catalogue) -> Iterator[LayoutQuestion]:
    """Yield a question on each word in a column of codes that means none."""
    for number, path in table.header.paths.items():
        heading = layout.paths.get(general_path(path, form.months)[0])
        for code in heading.columns if heading and not heading.bound else ():
            yield from _strange(table, number, form.column(code), layout, catalogue)


def _strange(
    table: OwnTable, number: int, column: Column, layout: TableLayout, catalogue: Catalogue
) -> Iterator[LayoutQuestion]:
    if column.type not in ("code", "indicator"):
        return
    words = catalogue.codes[column.codes or INDICATORS]
    known = {*words.by_word, *(normalise(word) for word in layout.meanings(column.code))}
    places: dict[str, list[str]] = {}
    for text, address in table.texts(number):
        if normalise(text) not in known and not total_rank(text):
            places.setdefault(text, []).append(address)
    for text, addresses in places.items():
        where = "、".join(addresses[:_SHOWN]) + (f" 等 {len(addresses)} 处" if len(addresses) > _SHOWN else "")
        about = f"“{text}”（{where}）不是“{column.label}”里的词，是哪一个？"
        yield LayoutQuestion(
            about=about, asks=LayoutAnswer.WORD, column=column.code, word=text, choices=tuple(words.names())
        )
