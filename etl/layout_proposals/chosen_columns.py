"""Chosen columns: what somebody said of the headings, words and values of a table, in the words of the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from base.errors import UserError, suggest
from base.text import normalise
from stats.catalogue import Catalogue
from stats.catalogue.layouts import PERIOD
from stats.catalogue.models import Form

NOT_USED = "不用"
_AND = "、,，"


@dataclass(kw_only=True, frozen=True)
class Chosen:
    """What was said: the columns by heading (none: not used), words by column, fixed values by column.

    `reporter` is who reports where the table doesn't say it, `dated_by` the column of days that tells the period. With
    `rest_unused` no other heading is used. A sheet's name fills `named_by_sheet`; those in `left_out` are not
    read. `targets` are the indicators whose targets stand under headings; `period` is as in a layout.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    reporter: str = ""
    dated_by: str | None = None
    rest_unused: bool = False
    named_by_sheet: str | None = None
    targets: Mapping[str, str] = field(default_factory=dict)
    period: str | None = None
    left_out: tuple[str, ...] = ()


def chosen_of(
    form: Form, columns: Sequence[str], words: Sequence[str], fixed: Sequence[str], reporter: str, dated_by: str
) -> Chosen:
    """Return what was said on the command line. Raises UserError for a column that the form does not have."""
    said_words: dict[str, dict[str, str]] = {}
    for left, meaning in map(_pair, words):
        column, _, word = left.partition(":")
        said_words.setdefault(column_code(form, column), {})[normalise(word)] = meaning
    return Chosen(
        columns={_path(left): _codes(form, right) for left, right in map(_pair, columns)},
        words=said_words,
        fixed={column_code(form, left): right for left, right in map(_pair, fixed)},
        reporter=reporter.strip(),
        dated_by=column_code(form, dated_by) if dated_by else None,
    )


def _path(heading: str) -> str:
    return heading.replace("各期·", f"{PERIOD}·").replace("·", "/")


def targets_of(catalogue: Catalogue, texts: Sequence[str]) -> dict[str, str]:
    """Return the indicators whose targets stand under headings. Raises UserError for one that there is not."""
    names = {name: code for code, indicator in catalogue.indicators.items() for name in (indicator.name, code)}
    pairs = [_pair(text) for text in texts]
    for _, written in pairs:
        if written not in names:
            raise UserError(f"没有名为“{written}”的指标{suggest(written, names) or '。'}")
    return {_path(heading): names[written] for heading, written in pairs}


def column_code(form: Form, written: str) -> str:
    """Return the code of a form's column by its code or name. Raises UserError with the nearest when there is none."""
    names = {_plain(name): column.code for column in form.columns for name in (column.code, column.name)}
    if (code := names.get(_plain(written))) is None:
        labels = [column.label for column in form.columns]
        near = suggest(written, labels) or f"。有的是{'、'.join(labels)}。"
        raise UserError(f"《{form.name}》没有“{written}”这一栏{near}")
    return code


def _codes(form: Form, written: str) -> tuple[str, ...]:
    if written == NOT_USED:
        return ()
    for sign in _AND:
        written = written.replace(sign, " ")
    return tuple(column_code(form, part) for part in written.split())


def _pair(text: str) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not sign or not left.strip() or not right.strip():
        raise UserError(f"“{text}”里没有等号，或等号一边是空的。请写成 栏头=栏名 的样子。")
    return normalise(left), right.strip()


def _plain(words: str) -> str:
    return normalise(words).replace("·", "/")
