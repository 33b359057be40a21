"""Findings as data: where, what stands there, what belongs there, what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

Key = tuple[str, str, str, str]  # rule, about, column, found
Severity = Literal["return", "confirm", "note"]
SEVERITY_WORDS: dict[Severity, str] = {"return": "退回", "confirm": "核实", "note": "提示"}

_NAMED = 3


@dataclass(frozen=True)
class Finding:
    """One thing to tell the sender. `rule` is a stable code; sheet and address are "" when the whole file is meant.

    `column` is the sender's name for the column, such as 会员人数·合计, when the finding is about one. `about` names
    the return (form|reporter|period, such as R01|T01|8039), "" when none was recognised. `offered` are the choices of
    which one is needed to confirm it, one per line; "" where it is simply confirmed.
    """

    rule: str
    severity: Severity
    file: str
    sheet: str
    address: str
    found: str
    expected: str
    todo: str
    column: str = ""
    about: str = ""
    offered: str = ""

    @property
    def key(self) -> "Key":
        """Return the identity of the finding for confirmations: it depends on the value, not on the cell."""
        return self.rule, self.about, self.column, self.found

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the choices of which one is needed to confirm it; none where it is simply confirmed."""
        return tuple(self.offered.splitlines())

    def offering(self, choices: Sequence[str]) -> "Finding":
        """Return the finding as one that is confirmed by one of the choices."""
        return replace(self, offered="\n".join(choices))

    def sentence(self) -> str:
        """Return the finding as one Chinese sentence in the sender's words."""
        place = f"“{self.file}”" + (f"表“{self.sheet}”" if self.sheet else "") + self.address
        place += f"（{self.column}）" if self.column else ""
        belongs = self.expected if self.expected.endswith("？") else f"{self.expected}。"
        return f"{place}：{self.found}；{belongs}{self.todo}。"

    def as_row(self) -> dict[str, str]:
        """Return the finding as one flat row."""
        return asdict(self)


def refuse_unreadable(file: str, reason: object) -> Finding:
    """Return the finding on a file that can't be read, for a reason in words."""
    return Finding(
        "unreadable",
        "return",
        file,
        "",
        "",
        str(reason),
        "应是能用表格软件打开的文件",
        "请在电脑上打开核对，另存为 xlsx 后重新上报",
    )


def gather(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with those that differ only in their cell merged into one that names all cells."""
    groups: dict[Finding, list[str]] = {}
    for finding in findings:
        groups.setdefault(replace(finding, address=""), []).append(finding.address)
    return [replace(finding, address=_say_addresses(addresses)) for finding, addresses in groups.items()]


def _say_addresses(addresses: list[str]) -> str:
    said = "、".join(addresses[:_NAMED])
    return said if len(addresses) <= _NAMED else f"{said}等{len(addresses)}格"


def returned(findings: list[Finding]) -> bool:
    """Return whether any finding sends the file back."""
    return any(finding.severity == "return" for finding in findings)
