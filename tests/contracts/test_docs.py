"""The documentation is current: links and paths resolve, commands exist, generated parts are up to date."""

import re
import shlex
from contextlib import redirect_stdout
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import pytest

from docs.make_reference import DOCS, GENERATED, with_generated
from tests.contracts.source import PACKAGES, ROOT

README = ROOT / "README.md"
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "deploy" / "README.md", *sorted(DOCS.rglob("*.md"))]
REFERENCE = [page for page in PAGES if page not in DECISIONS]  # a decision describes the code of its time
README_LINES = 150
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# A link or picture in the text, one defined at the end of a page, and one in HTML.
_LINK = re.compile(
    r"""!?\[[^\]]*\]\(([^()\s]+)(?:\s[^()]*)?\)|^\[[^\]]+\]: (\S+)|(?:href|src)="([^"]+)\"""", re.MULTILINE
)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_PATH = re.compile(rf"`((?:{'|'.join((*PACKAGES, 'data', 'tests', 'docs', 'deploy'))})/[\w./-]+)`")
_MADE_AT_RUN_TIME = "data/store"
_DECISION = re.compile(
    r"# (\d{4}) (.+)\n\n- Status: (?:accepted|superseded by \d{4})\n- Date: (\d{4}-\d\d-\d\d)[^\n]*\n\n"
    r"## Context\n\n.+?\n\n## Decision\n\n.+?\n\n## Consequences\n\n.+",
    re.DOTALL,
)
# Commands of other programs that the pages may use.
NESTED = {"catalogue"}  # commands that have commands
FOREIGN = {"git", "cd", "sudo", "apt-get", "ls", "cat", "curl", "grep"}


def _prose(page: Path) -> str:
    return _BLOCK.sub("", page.read_text("utf-8"))


def _commands() -> list[str]:
    blocks = [text for page in REFERENCE for kind, text in _BLOCK.findall(page.read_text("utf-8")) if kind == "sh"]
    lines = [re.sub(r"(^|\s)#.*", "", line) for block in blocks for line in block.splitlines()]
    return sorted({part.strip() for line in lines for part in line.split("&&")} - {""})


@cache
def _anchors(page: Path) -> frozenset[str]:
    """Return the anchors GitHub gives the headings of a page: lower case, no punctuation, hyphens for blanks."""
    headings = (re.sub(r"[`*]", "", heading).strip().lower() for heading in _HEADING.findall(_prose(page)))
    return frozenset(re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings)


@cache
def _targets() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def _help(module: str, *words: str) -> str:
    """Return what a module's --help prints. Fails the test when the module or its subcommand is unknown."""
    printed = StringIO()
    main = import_module(f"{module}.__main__").main
    with redirect_stdout(printed), pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0, f"python -m {module} {' '.join(words)}"
    return printed.getvalue()


@pytest.mark.parametrize("command", _commands())
def test_command_exists(command: str) -> None:
    words = [word for word in shlex.split(command) if not re.fullmatch(r"[A-Z_]+=.*", word)]
    if words[0] == "make":
        assert set(words[1:]) <= _targets()
    elif words[0].endswith("python"):
        _check_module(words[words.index("-m") + 1 :])
    else:
        assert words[0] in FOREIGN, f"unknown command {command}"


def _check_module(words: list[str]) -> None:
    if words[0].startswith("docs."):
        assert find_spec(words[0]) and not words[1:]  # they take no arguments here
        return
    subcommand = [word for word in words[1 : 3 if NESTED & set(words) else 2] if re.fullmatch(r"[a-z-]+", word)]
    shown = _help(words[0], *subcommand)
    options = {word.split("=")[0] for word in words if word.startswith("--")}
    assert [option for option in options if option not in shown] == []


def test_readme_is_short_and_shows_the_two_commands() -> None:
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= README_LINES
    assert {"make run", "make test"} <= set(_commands())
    assert len(re.findall(r"^make (?:run|test)\b", text, re.MULTILINE)) == 2


def test_make_help_lists_every_command() -> None:
    listed = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"setup", "run", "test", "bench", "lint", "help"} <= set(listed)


@pytest.mark.parametrize("page", GENERATED)
def test_generated_part_is_up_to_date(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert text == with_generated(text, GENERATED[page]()), "run python -m docs.make_reference"


def test_every_command_of_the_reference_answers_help() -> None:
    """The reference is generated from the parsers; here its names are compared with the help that a user gets."""
    named = re.findall(r"^#{2,3} python -m (\S+)(?: (\S+))?", (DOCS / "commands.md").read_text("utf-8"), re.MULTILINE)
    by_module = {module: {name for one, name in named if one == module and name} for module, _ in named}
    assert set(by_module) == {"etl", "stats", "access", "serving"}
    for module, names in by_module.items():
        shown = _help(module)
        assert [name for name in names if not re.search(rf"^ +{name}\b", shown, re.MULTILINE)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_resolve(page: Path) -> None:
    broken = []
    for link in map("".join, _LINK.findall(_prose(page))):
        file, _, anchor = unquote(link).partition("#")
        target = (page.parent / file).resolve() if file else page
        if not link.startswith(("http://", "https://")) and (
            not target.exists() or (anchor and anchor not in _anchors(target))
        ):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", REFERENCE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_paths_exist(page: Path) -> None:
    named = [path for path in _PATH.findall(_prose(page)) if not path.startswith(_MADE_AT_RUN_TIME)]
    assert [path for path in named if "CODE" not in path and not (ROOT / path).exists()] == []


def test_decisions_are_numbered_dated_and_listed() -> None:
    assert len(DECISIONS) >= 50
    listed, dates = (DOCS / "decisions" / "README.md").read_text("utf-8"), []
    for number, page in enumerate(DECISIONS, start=1):
        parts = _DECISION.fullmatch(page.read_text("utf-8"))
        assert parts, f"{page.name} lacks a heading"
        assert int(parts[1]) == int(page.name[:4]) == number
        assert f"[{parts[1]}]({page.name}) | {parts[2]} | {parts[3]} |" in listed
        dates.append(date.fromisoformat(parts[3]))
    assert dates == sorted(dates)
