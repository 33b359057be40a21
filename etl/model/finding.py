"""Findings as data: where, what the problem is, what is required, what to do."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from base.zip_guard import LOCKED
from etl.model.rules import COMPARING, IN_SHORT, OTHERS, RULES, Severity, severity_of
from etl.model.rules.wording import Values, Wording, compared, fill

Key = tuple[str, str, str, str | tuple[str, ...]]  # rule, about, column, the values that stand there or the words
ANYBODY = "?"  # in place of a code: it is not known whose return is quoted

_NAMED = 3
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
# Journals and the commands' JSON were first written with these names and keep them.
_NAMES_IN_ROWS = {"problem": "found", "requirement": "expected"}
_MOST: dict[Severity, int] = {"return": 100, "confirm": 500, "note": 100}  # listed of one kind; the others are counted
_LONGEST_QUOTE, _LONGEST, _HELD = 100, 1000, 2000  # characters; ordinary texts have less than 200
_ROOM = 20  # for the mark that tells the full length
_LONG_QUOTE = re.compile(f"“([^“”]{{{_LONGEST_QUOTE - _ROOM}}})[^“”]{{{_ROOM + 1},}}”")
_NOW, _THEN = "已收下", "已收"  # what is in force, as it is called and as it was while findings had only words
_NO_WORD_AT_END = re.compile(r"(?<![^\u4e00-\u9fff])[^\u4e00-\u9fff]++$")


@dataclass(kw_only=True, frozen=True)
class Finding:
    """One problem or question for the sender.

    `rule` is a stable code; sheet and address are "" when the whole file is meant. `column` is the sender's name for
    the column, such as 会员人数·合计, when the finding is about one. `about` names the return (form|reporter|period,
    such as R01|T01|8039), "" when none was recognised. `offered` are the choices of which one is needed to confirm it,
    one per line; "" where it is simply confirmed. `others` is not 0 for a finding that stands for so many of one kind,
    which are counted and not listed. `stands` are the values that `problem` puts into words, each as name=value; () of
    findings recorded before there were any. `quotes` are the codes of the organisations whose filed returns it quotes
    besides the sender's own, one per line: whoever may not see those gets the finding in short.
    """

    rule: str
    severity: Severity
    file: str
    sheet: str
    address: str
    problem: str
    requirement: str
    todo: str
    column: str = ""
    about: str = ""
    offered: str = ""
    others: int = 0
    stands: tuple[str, ...] = ()
    quotes: str = ""

    def __post_init__(self) -> None:
        """Keep only as much of a text as is ever shown: a cell may hold a whole book, and every row such a cell."""
        for name in ("file", "sheet", "problem", "requirement", "todo", "column"):
            if len(text := getattr(self, name)) > _HELD:
                object.__setattr__(self, name, _cut(text))
        if any(len(value) > _HELD for value in self.stands):
            object.__setattr__(self, "stands", tuple(_cut(v) if len(v) > _HELD else v for v in self.stands))

    @property
    def key(self) -> "Key":
        """Return the identity of the finding for confirmations: it depends on the values, not on cell or words."""
        return self.rule, self.about, self.column, self.stands or self.problem

    @property
    def key_in_words(self) -> "Key":
        """Return the identity that confirmations recorded when findings had only words, those of that time."""
        return self.rule, self.about, self.column, self.problem.replace(_NOW, _THEN)

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the choices of which one is needed to confirm it; none where it is simply confirmed."""
        return tuple(self.offered.splitlines())

    def offering(self, choices: Sequence[str]) -> "Finding":
        """Return the finding as one that is confirmed by one of the choices."""
        return replace(self, offered="\n".join(choices))

    @property
    def quoted(self) -> frozenset[str]:
        """Return the codes of the organisations whose filed returns it quotes."""
        return frozenset(self.quotes.splitlines())

    def quoting(self, reporters: Iterable[str]) -> "Finding":
        """Return the finding as one that quotes returns filed by these organisations as well."""
        named = self.quoted.union(reporters) - {""}
        return replace(self, quotes="\n".join(sorted(named))) if named != self.quoted else self

    def in_short(self, whose: str) -> "Finding":
        """Return the finding without what it quotes: what conflicts, with whose returns, and whom to contact."""
        texts = _rendered(IN_SHORT, {"title": RULES[self.rule].title, "whose": whose})
        return replace(self, quotes="", **texts)

    def sentence(self) -> str:
        """Return the finding as one Chinese sentence in the sender's words."""
        place = f"“{self.file}”" + (f"表“{self.sheet}”" if self.sheet else "") + self.address
        place += f"（{self.column}）" if self.column else ""
        belongs = self.requirement if self.requirement.endswith("？") else f"{self.requirement}。"
        return f"{place}：{self.problem}；{belongs}{self.todo}。"

    def as_row(self) -> dict[str, Any]:
        """Return the finding as one flat row, as the journal and the commands' JSON name its fields."""
        return {_NAMES_IN_ROWS.get(name, name): value for name, value in asdict(self).items()}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "Finding":
        """Return the finding that was written as a row.

        Rows of an earlier version have fewer fields; if they do not say whom a finding quotes, it may quote anybody.
        """
        names = {stored: name for name, stored in _NAMES_IN_ROWS.items()}
        fields = {names.get(name, name): value for name, value in row.items()}
        finding = cls(**{**fields, "stands": tuple(row.get("stands", ()))})
        return replace(finding, quotes=ANYBODY) if "quotes" not in row and finding.rule in COMPARING else finding


def tell(
    rule: str,
    wording: str = "",
    /,
    *,
    file: str,
    severity: Severity | None = None,
    sheet: str = "",
    address: str = "",
    column: str = "",
    about: str = "",
    **values: Any,
) -> Finding:
    """Return the finding of a declared rule in one of its wordings, filled with values.

    `severity` is named only for a rule that has several. Raises KeyError for a rule, a wording or a value that is
    missing, ValueError for a severity the rule does not have and a value the wording has no place for.
    """
    template = RULES[rule].wordings[wording]
    return Finding(
        rule=rule,
        severity=severity_of(rule, severity),
        file=file,
        sheet=sheet,
        address=address,
        column=column,
        about=about,
        **_rendered(template, values),
    )


def tell_otherwise(finding: Finding, wording: str, severity: Severity, **values: Any) -> Finding:
    """Return a finding in another wording of its rule; what that leaves open stays as it was. Raises as `tell`."""
    texts = _rendered(RULES[finding.rule].wordings[wording], values)
    return replace(
        finding, severity=severity_of(finding.rule, severity), **{name: text for name, text in texts.items() if text}
    )


def _rendered(wording: Wording, values: Values) -> dict[str, Any]:
    if strange := values.keys() - wording.names():
        raise ValueError(f"no place for {sorted(strange)} in “{wording.problem}”")
    texts = {"problem": wording.problem, "requirement": wording.requirement, "todo": wording.todo}
    stands = tuple(compared(wording.problem, values)) or ("",)  # no value stands there: the words are always the same
    return {**{name: fill(text, values) for name, text in texts.items()}, "stands": stands}


def is_confirmed(finding: Finding, confirmed: Collection[Key]) -> bool:
    """Return whether a finding was confirmed, by its values or, before findings had any, by its words."""
    return finding.key in confirmed or finding.key_in_words in confirmed


def shorten(text: str) -> str:
    """Return a text with quotes of at most 100 characters and 1,000 in all; what is cut tells its full length."""
    text = _LONG_QUOTE.sub(lambda text: f"“{text[1]}…（共{len(text[0]) - 2}字）”", text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - _ROOM]}…（共{len(text)}字）"


def shorten_finding(finding: Finding) -> Finding:
    """Return a finding with short quotes, as it is kept and shown."""
    texts = {name: getattr(finding, name) for name in ("file", "sheet", "problem", "requirement", "todo", "column")}
    long: dict[str, Any] = {name: shorten(text) for name, text in texts.items() if len(text) > _LONGEST_QUOTE}
    if any(len(value) > _LONGEST_QUOTE for value in finding.stands):
        long["stands"] = tuple(map(_shorten_value, finding.stands))
    return replace(finding, **long) if long else finding


def _shorten_value(text: str) -> str:
    """Return a long value by its beginning and a digest of the whole, so that it still differs from any other."""
    if len(text) <= _LONGEST_QUOTE:
        return text
    return f"{text[: _LONGEST_QUOTE - _ROOM]}…{sha256(text.encode()).hexdigest()[: _ROOM - 1]}"


def _cut(text: str) -> str:
    # up to a word, so that no part of a number of a person is left whose whole would have been struck out
    return _NO_WORD_AT_END.sub("", text[:_HELD]) + "…"


def refuse_unreadable(file: str, reason: object) -> Finding:
    """Return the finding on a file that can't be read, for a reason in words."""
    return tell("unreadable", "locked" if str(reason) == LOCKED else "", file=file, reason=str(reason))


def refuse_empty(file: str) -> Finding:
    """Return the finding on a file in which there is nothing."""
    return tell("unreadable", "nothing", file=file)


def list_hundreds(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with the first hundreds of each kind, and one finding for the others of that kind.

    A kind is a rule in a column of a sheet. Once the listed ones are corrected or confirmed, the next ones are listed.
    Findings that are listed so already may be listed again, with others.
    """
    counted: Counter[tuple[str, ...]] = Counter()
    left: Counter[tuple[str, ...]] = Counter()
    listed: list[Finding] = []
    first: dict[tuple[str, ...], Finding] = {}
    for finding in findings:
        kind = finding.rule, finding.severity, finding.sheet, finding.column, finding.about
        if not finding.others and counted[kind] < _MOST[finding.severity]:
            counted[kind] += 1
            listed.append(finding)
        else:
            left[kind] += finding.others or 1
            first.setdefault(kind, finding)
    return listed + [_stand_for(first[kind], number) for kind, number in left.items()]


def _stand_for(first: Finding, number: int) -> Finding:
    texts = _rendered(OTHERS, {"number": number, "listed": _MOST[first.severity]})
    return replace(first, address="", offered="", quotes="", others=number, **texts)


def count_cells(findings: Iterable[Finding]) -> int:
    """Return the number of places the findings are about, including those that are only counted."""
    return sum(finding.others or 1 for finding in findings)


def gather(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with those that differ only in their cell merged into one that names all cells."""
    groups: dict[Finding, list[str]] = {}
    for finding in findings:
        groups.setdefault(replace(finding, address=""), []).append(finding.address)
    return [replace(finding, address=say_addresses(addresses)) for finding, addresses in groups.items()]


def say_addresses(addresses: Sequence[str]) -> str:
    """Return the addresses of equal findings, cells that follow each other in a column as one: O5—O80共76格."""
    if len(addresses) <= _NAMED:
        return "、".join(addresses)
    runs = list(_runs(addresses))
    text = "、".join(run[0] if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs[:_NAMED])
    return f"{text}{'等' if len(runs) > _NAMED else '共'}{len(addresses)}格"


def _runs(addresses: Sequence[str]) -> Iterator[list[str]]:
    """Yield the addresses in their order, those of cells one below the other together."""
    run: list[str] = []
    for address in addresses:
        cell, above = _CELL.fullmatch(address), _CELL.fullmatch(run[-1]) if run else None
        follows = cell and above and cell[1] == above[1] and int(cell[2]) == int(above[2]) + 1
        if run and not follows:
            yield run
            run = []
        run.append(address)
    if run:
        yield run


def returned(findings: list[Finding]) -> bool:
    """Return whether any finding sends the file back."""
    return any(finding.severity == "return" for finding in findings)
