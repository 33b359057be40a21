"""A rule: one kind of finding, with its class, its severities, its title and its wordings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from etl.model.rules.wording import Wording

Severity = Literal["return", "confirm", "note"]
RuleClass = Literal["file", "sheet", "value", "row", "across", "history", "sender"]
SEVERITY_WORDS: dict[Severity, str] = {"return": "退回", "confirm": "核实", "note": "提示"}
CLASS_WORDS: dict[RuleClass, str] = {
    "file": "文件",
    "sheet": "表",
    "value": "填的内容",
    "row": "各行和合计",
    "across": "几张表对照",
    "history": "和已收下的对照",
    "sender": "填报员的账号",
}
RETURN: tuple[Severity, ...] = ("return",)
CONFIRM: tuple[Severity, ...] = ("confirm",)
NOTE: tuple[Severity, ...] = ("note",)


@dataclass(kw_only=True, frozen=True)
class Rule:
    """One kind of finding. `title` says in a few words what is wrong, `todo` what the sender does about it.

    `wordings` are what it says, by code; the code is "" where a rule has only one.
    """

    code: str
    of: RuleClass
    severities: tuple[Severity, ...]
    title: str
    todo: str
    wordings: Mapping[str, Wording]


def rule(
    code: str,
    of: RuleClass,
    severities: tuple[Severity, ...],
    title: str,
    todo: str,
    wordings: Wording | Mapping[str, Wording],
) -> Rule:
    """Return a rule as it is declared; one wording needs no code."""
    several = {"": wordings} if isinstance(wordings, Wording) else wordings
    return Rule(code=code, of=of, severities=severities, title=title, todo=todo, wordings=several)
