"""Form permissions: which forms, and which of their columns, a clerk may fill in, as declared with the form.

This does not follow from who owns a file: a township's score sheet is its own, but the checked points in it are not.
"""

from collections.abc import Callable, Iterator

from etl.model.examination import Examination
from etl.model.finding import Finding, tell
from etl.model.nouns import Return
from stats.catalogue.models import Column, Speaker

_CLERK: Speaker = "clerk"


def forms_not_permitted(examination: Examination, set_by_county: Callable[[str], bool]) -> list[Finding]:
    """Return findings on what in a judged file a clerk may not report; empty when all of it is allowed.

    `set_by_county` says of a return, as findings name it, whether the county's staff filed it: a clerk's return can't
    replace one in which columns are reserved for the county.
    """
    return [
        finding
        for filed in examination.returns
        for finding in _of_return(examination.submission.name, filed, set_by_county)
    ]


def _of_return(file: str, filed: Return, set_by_county: Callable[[str], bool]) -> Iterator[Finding]:
    form, about = filed.form, f"{filed.form.code}|{filed.reporter}|{filed.period}"
    if _CLERK not in form.speaks:
        yield tell("form_not_spoken", file=file, sheet=filed.sheet, about=about, form=form.name)
        return
    kept = form.kept_from(_CLERK)
    yield from (finding for column in kept if (finding := _of_column(file, filed, column, about)))
    if kept and set_by_county(about):
        labels = [column.label for column in kept]
        yield tell("return_of_county", file=file, sheet=filed.sheet, about=about, form=form.name, labels=labels)


def _of_column(file: str, filed: Return, column: Column, about: str) -> Finding | None:
    """Return the finding on a filled column reserved for the county, at its first cell; None when it is blank."""
    filled = [number for number, value in enumerate(filed.column(column.code)) if value is not None]
    if not filled:
        return None
    cell = filed.row(filled[0]).cells[column.code]
    return tell(
        "column_not_spoken",
        file=file,
        sheet=filed.sheet,
        address=cell.address,
        column=column.label,
        about=about,
        value=cell.text.strip(),
        count=len(filled) if len(filled) > 1 else None,
    )
