"""Blank: a form that was returned unfilled is reported once and not for each cell."""

from etl.model.finding import Finding, tell
from etl.model.nouns import Return
from etl.model.rules import BAD_VALUE


def blank_form(filed: Return, findings: list[Finding], file: str) -> Finding | None:
    """Return the finding on a roster or single return with nothing but the names it was sent out with.

    `findings` are those on its values: a cell that can't be parsed is not blank.
    """
    given = {*filed.form.key, *(column.code for column in filed.form.columns if column.default)}
    if filed.form.ledger or not filed.size or any(finding.rule == BAD_VALUE for finding in findings):
        return None
    if any(value is not None for code, column in filed.columns.items() if code not in given for value in column):
        return None
    return tell("blank_form", file=file, sheet=filed.sheet)
