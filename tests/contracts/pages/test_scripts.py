"""The scripts that pages bring along set nothing by a name that data could choose, and make nothing out of text."""

import re

import pytest

from tests.contracts.source import ROOT

OURS = sorted((ROOT / "pages" / "browser").glob("*.js"))  # libraries lie in folders of their own
DANGERS = {
    "sets a property by a name that is worked out": re.compile(
        r"(?<![=!<>])\b[\w.)\]]+\[(?![\w.]+\.length - 1\])[^\]'\"`\d][^\]]*\]\s*(?:[-+*/|&?]{0,2})=(?![=>])"
    ),
    "merges objects": re.compile(
        r"Object\.(?:assign|fromEntries|setPrototypeOf|defineProperty)\b|__proto__|\.prototype\b"
    ),
    "makes a page or a program out of text": re.compile(
        r"\b(?:eval|Function)\s*\(|\.(?:innerHTML|outerHTML|insertAdjacentHTML)\b|document\.write"
    ),
}


@pytest.mark.parametrize("danger", DANGERS)
def test_no_script_of_ours_does(danger: str) -> None:
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in OURS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if DANGERS[danger].search(line)
    ]
    assert OURS and found == []


@pytest.mark.parametrize(
    "line", ["kept[name] = value;", "a.b[c.d] += 1", "Object.assign({}, given)", "x.innerHTML = words", "eval(words)"]
)
def test_a_planted_one_is_seen(line: str) -> None:
    assert any(pattern.search(line) for pattern in DANGERS.values())


@pytest.mark.parametrize("line", ["if (a[b] === c) {", "const [a, b] = pair;", "rows[0] = first;", "(one) => one[key]"])
def test_what_only_reads_is_not(line: str) -> None:
    assert not any(pattern.search(line) for pattern in DANGERS.values())
