"""Speaking: through which forms, and in which of their columns, a clerk may say something, as declared with the form.

Whose a file is does not tell that: a township's own score sheet is its own, and the checked points in it are not.
"""

from collections.abc import Callable, Iterator

from etl.examine import Examination
from etl.findings import Finding
from etl.nouns import Return
from stats.catalogue_models import Column, Speaker

_CLERK: Speaker = "clerk"
_TO_COUNTY = "请交给县总工会经办人"


def not_spoken(judged: Examination, set_by_county: Callable[[str], bool]) -> list[Finding]:
    """Return what in a judged file is not a clerk's to say; nothing when all of it is.

    `set_by_county` tells of a return, as findings name it, whether the county's own people filed it: one with columns
    that are theirs is not taken away by a clerk's.
    """
    return [finding for found in judged.returns for finding in _of_return(judged.submission.name, found, set_by_county)]


def _of_return(file: str, found: Return, set_by_county: Callable[[str], bool]) -> Iterator[Finding]:
    form, about = found.form, f"{found.form.code}|{found.reporter}|{found.period}"
    if _CLERK not in form.speaks:
        said, belongs = f"这是《{form.name}》", "这张表由县总工会填报，填报员的账号不能报"
        yield Finding("form_not_spoken", "return", file, found.sheet, "", said, belongs, _TO_COUNTY, "", about)
        return
    kept = form.kept_from(_CLERK)
    yield from (one for column in kept if (one := _of_column(file, found, column, about)))
    if kept and set_by_county(about):
        said = f"县总工会已经报过这一期的《{form.name}》"
        belongs = f"再报就会代替它，连同其中的{'、'.join(column.label for column in kept)}"
        yield Finding("return_of_county", "return", file, found.sheet, "", said, belongs, _TO_COUNTY, "", about)


def _of_column(file: str, found: Return, column: Column, about: str) -> Finding | None:
    """Return that a column holds what is the county's to say, at the first cell that does; None when it is blank."""
    filled = [number for number, value in enumerate(found.column(column.code)) if value is not None]
    if not filled:
        return None
    cell = found.row(filled[0]).cells[column.code]
    said = f"填的是{cell.said.strip()}" + (f"，这一栏共填了 {len(filled):,} 格" if len(filled) > 1 else "")
    belongs, todo = "这一栏由县总工会填，填报员报的要留空", f"请清空这一栏再报；要改这一栏，{_TO_COUNTY}"
    return Finding(
        "column_not_spoken", "return", file, found.sheet, cell.address, said, belongs, todo, column.label, about
    )
