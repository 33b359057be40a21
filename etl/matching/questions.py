"""Questions: which column of the form an unknown header is, and how an answer is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from base.errors import UserError, suggest
from base.text import normalise
from etl.journal import Entry, Matching
from etl.model.examination import Examination
from etl.model.shape import Shape
from etl.privacy import hide
from etl.recognise.form_columns import UNKNOWN_COLUMN, say_path
from stats.catalogue import Catalogue
from stats.catalogue.models import Form

_NAMED = 5


@dataclass(kw_only=True, frozen=True)
class Question:
    """An unknown header, and the form's columns it could be: code and label, in the form's order.

    `reporter` is the reporter's code, "" while unknown; `path` is the header as shown, such as 职工·合计.
    """

    form: str
    form_name: str
    reporter: str
    path: str
    address: str
    candidates: list[tuple[str, str]]


def questions(source: Examination | Entry, catalogue: Catalogue) -> list[Question]:
    """Return the open questions about the headers of a judged file or of a receipt, each once."""
    unclear = {(hide(finding.sheet), finding.address) for finding in source.findings if finding.rule == UNKNOWN_COLUMN}
    by_header: dict[tuple[str, str, str], Question] = {}
    for shape in source.shapes:
        for path, address in shape.asked.items():
            if (shape.sheet, address) in unclear:
                asked = _question(shape, path, address, catalogue.forms[shape.form])
                by_header.setdefault((shape.reporter, shape.fingerprint, path), asked)
    return list(by_header.values())


def _question(shape: Shape, path: str, address: str, form: Form) -> Question:
    open_codes = [code for code in shape.free if code not in shape.answers.values()]
    candidates = [(code, form.column(code).label) for code in open_codes]
    return Question(
        form=form.code,
        form_name=form.name,
        reporter=shape.reporter,
        path=say_path(path),
        address=address,
        candidates=candidates,
    )


def read_answers(entry: Entry, answers: Mapping[str, str], who: str, catalogue: Catalogue) -> list[Matching]:
    """Return answers about a receipt's headers as matchings: by header path a column's label or code, "" for not used.

    Raises UserError for a header that is not asked about, an unknown column, or one already assigned to another header.
    """
    if not answers:
        raise UserError("请写明哪一栏是报表的哪一栏，或哪一栏不用。")
    places = [place for written, column in answers.items() for place in _places(entry, written, column, catalogue)]
    matchings: dict[Matching, None] = {}  # a file may hold two quarters in one layout
    for shape in entry.shapes:
        codes = {path: code for other, path, code in places if other is shape}
        _refuse_shared(shape, {**shape.answers, **codes}, catalogue.forms)
        matchings |= {
            Matching(
                seq=entry.seq,
                reporter=shape.reporter,
                form=shape.form,
                fingerprint=shape.fingerprint,
                path=path,
                column=code,
                who=who,
            ): None
            for path, code in codes.items()
        }
    return list(matchings)


def _places(entry: Entry, written: str, column: str, catalogue: Catalogue) -> list[tuple[Shape, str, str]]:
    """Return where an answer applies: the return, the header path as stored, the column's code."""
    candidates = [
        (shape, path) for shape in entry.shapes for path in (*shape.asked, *shape.answers) if _same(path, written)
    ]
    if not candidates:
        raise _unknown_header(entry, written)
    known = [(shape, path) for shape, path in candidates if shape.reporter]
    if not known:
        raise UserError(f"“{entry.name}”的填报单位不在单位名册里。请先报单位名册，再重新上报这份报表。")
    codes = [(shape, path, _code(catalogue.forms[shape.form], column) if column else "") for shape, path in known]
    fitting = [(shape, path, code) for shape, path, code in codes if code == "" or code in shape.free]
    if not fitting:
        taken = next(((shape, code) for shape, _, code in codes if code), None)
        forms = catalogue.forms
        raise _taken(*taken, forms) if taken else _unknown_column(known[0][0], column, forms)
    return [(shape, path, code or "") for shape, path, code in fitting]


def _same(path: str, written: str) -> bool:
    return _plain(path) == _plain(written)


def _plain(words: str) -> str:
    return normalise(words).replace("·", "/")


def _code(form: Form, written: str) -> str | None:
    """Return the code of a form's column by its code, name or label, None when it has no such column."""
    names = {_plain(name): column.code for column in form.columns for name in (column.code, column.name)}
    return names.get(_plain(written))


def _unknown_header(entry: Entry, written: str) -> UserError:
    text = say_path(written)
    headers = [say_path(path) for shape in entry.shapes for path in (*shape.asked, *shape.answers)]
    if any(_same(path, written) for shape in entry.shapes for path in shape.paths):
        return UserError(f"“{text}”这一栏已经认得，不用再认定。{_list('要认定的是', headers)}")
    return UserError(
        f"“{entry.name}”里没有“{text}”这一栏{suggest(text, headers) or '。'}{_list('要认定的是', headers)}"
    )


def _unknown_column(shape: Shape, written: str, forms: Mapping[str, Form]) -> UserError:
    form = forms[shape.form]
    near = suggest(say_path(written), [column.label for column in form.columns])
    free = [form.column(code).label for code in shape.free]
    return UserError(f"{form.name}没有“{say_path(written)}”这一栏{near or '。'}{_list('还没有找到的是', free)}")


def _taken(shape: Shape, code: str, forms: Mapping[str, Form]) -> UserError:
    form = forms[shape.form]
    free = [form.column(code).label for code in shape.free]
    return UserError(f"“{form.column(code).label}”这一栏表里已经有了。{_list('还没有找到的是', free)}")


def _refuse_shared(shape: Shape, codes: Mapping[str, str], forms: Mapping[str, Form]) -> None:
    """Raise UserError when two headers would be assigned to one column."""
    taken: dict[str, str] = {}
    for path, code in codes.items():
        if code and code in taken:
            label = forms[shape.form].column(code).label
            raise UserError(
                f"“{say_path(taken[code])}”和“{say_path(path)}”不能都是“{label}”。请只认定一栏，另一栏注明不用。"
            )
        taken[code] = path


def _list(lead: str, words: list[str]) -> str:
    named = "".join(f"“{word}”" for word in dict.fromkeys(words[:_NAMED]))
    return f"{lead}{named}{'等' if len(words) > _NAMED else ''}。" if words else ""
