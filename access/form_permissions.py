"""Form permissions: which forms, and which of their columns, a clerk may fill in, as declared with the form.

The owner of a file does not decide that: a township's score sheet is its own, but the checked points in it are not.
"""

from collections.abc import Callable, Iterator

from etl.model.examination import Examination
from etl.model.finding import Finding, tell
from etl.model.nouns import Return
from stats.catalogue.models import Column, Speaker

_CLERK: Speaker = "clerk"
_TO_COUNTY = "请交给县总工会经办人"


def forms_not_permitted(judged: Examination, set_by_county: Callable[[str], bool]) -> list[Finding]:
    """Return findings on what in a judged file a clerk may not report; empty when all of it is allowed.

    `set_by_county` says of a return, as findings name it, whether the county's staff filed it: a clerk's return can't
    replace one in which columns are reserved for the county.
    """
    return [finding for found in judged.returns for finding in _of_return(judged.submission.name, found, set_by_county)]


def _of_return(file: str, found: Return, set_by_county: Callable[[str], bool]) -> Iterator[Finding]:
    form, about = found.form, f"{found.form.code}|{found.reporter}|{found.period}"
    if _CLERK not in form.speaks:
        said, belongs = f"这是《{form.name}》", "这张表由县总工会填报，填报员的账号不能报"
        yield tell(
            rule="form_not_spoken",
            file=file,
            sheet=found.sheet,
            problem=said,
            requirement=belongs,
            todo=_TO_COUNTY,
            about=about,
        )
        return
    kept = form.kept_from(_CLERK)
    yield from (one for column in kept if (one := _of_column(file, found, column, about)))
    if kept and set_by_county(about):
        said = f"县总工会已经报过这一期的《{form.name}》"
        belongs = f"再报就会代替它，连同其中的{'、'.join(column.label for column in kept)}"
        yield tell(
            rule="return_of_county",
            file=file,
            sheet=found.sheet,
            problem=said,
            requirement=belongs,
            todo=_TO_COUNTY,
            about=about,
        )


def _of_column(file: str, found: Return, column: Column, about: str) -> Finding | None:
    """Return the finding on a filled column reserved for the county, at its first cell; None when it is blank."""
    filled = [number for number, value in enumerate(found.column(column.code)) if value is not None]
    if not filled:
        return None
    cell = found.row(filled[0]).cells[column.code]
    said = f"填的是{cell.text.strip()}" + (f"，这一栏共填了 {len(filled):,} 格" if len(filled) > 1 else "")
    belongs, todo = "这一栏由县总工会填，填报员报的要留空", f"请清空这一栏再报；要改这一栏，{_TO_COUNTY}"
    return tell(
        rule="column_not_spoken",
        file=file,
        sheet=found.sheet,
        address=cell.address,
        problem=said,
        requirement=belongs,
        todo=todo,
        column=column.label,
        about=about,
    )
