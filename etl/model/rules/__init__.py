"""Rules: every finding the product can report, declared once: code, class, severities, title, what to do, and wordings.

The list in docs/handbook.md is generated from here. The classes are those of `examine`, and one for what the sender's
account may not send. For a rule with several severities the caller chooses one; all others have theirs from here. The
sentences are templates: a finding is created from its rule, the wording where there are several, and the values.
"""

from etl.model.rules.codes import (
    BAD_VALUE,
    EMPTY,
    MISSING_COLUMN,
    OUT_OF_LINE,
    PERSONAL_DATA,
    REGISTER_RULES,
    UNIT_SLIP,
    UNKNOWN_FORM,
)
from etl.model.rules.of_files import OF_FILES
from etl.model.rules.of_forms import OF_FORMS
from etl.model.rules.of_history import OF_HISTORY
from etl.model.rules.of_registers import OF_REGISTERS
from etl.model.rules.of_rows import OF_ROWS
from etl.model.rules.of_senders import OF_SENDERS
from etl.model.rules.of_sheets import OF_SHEETS
from etl.model.rules.of_values import OF_VALUES
from etl.model.rules.rule import CLASS_WORDS, SEVERITY_WORDS, Rule, RuleClass, Severity
from etl.model.rules.wording import Wording

__all__ = [
    "BAD_VALUE", "CLASS_WORDS", "COMPARING", "EMPTY", "IN_SHORT", "MISSING_COLUMN", "OTHERS", "OUT_OF_LINE",
    "PERSONAL_DATA", "REGISTER_RULES", "RULES", "Rule", "RuleClass", "SEVERITY_WORDS", "Severity", "UNIT_SLIP",
    "UNKNOWN_FORM", "severity_of",
]  # fmt: skip

_DECLARED = (
    *OF_FILES, *OF_SHEETS, *OF_VALUES, *OF_ROWS, *OF_REGISTERS, *OF_FORMS, *OF_HISTORY, *OF_SENDERS,
)  # fmt: skip
OTHERS = Wording(  # of findings that are counted and not listed, whatever their rule
    "另有 {number:,} 处同样的问题，没有逐处列出",
    "这里只列出前 {listed} 处",
    "请照前面各处一并核对；列出的办完后再报，余下的会接着列出",
)
IN_SHORT = Wording(  # of findings on what others filed, to who may not see it
    "{title}：这里填的和{whose}报来的表对不上",
    "对方表里的内容只给对方和县总工会看",
    "请先核对自己填的；没有填错的，请和{whose}核对，或请县总工会工作人员处理",
)
RULES = {rule.code: rule for rule in _DECLARED}
# rules that may quote what others filed
COMPARING = frozenset(rule.code for rule in _DECLARED if rule.of in ("across", "history")) | {
    "undecided",
    "target_changed",
    "reversal",
}


def severity_of(code: str, severity: Severity | None = None) -> Severity:
    """Return the severity of a finding of a rule: its only one, or the one asked for among several.

    Raises KeyError for a rule that is not declared, ValueError for a severity it does not have, or has not chosen.
    """
    severities = RULES[code].severities
    if severity is None and len(severities) == 1:
        return severities[0]
    if severity not in severities:
        raise ValueError(f"{code} is told as one of {severities}, not as {severity}")
    return severity
