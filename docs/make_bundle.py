"""Joins the scripts that Streamlit's pages load one by one: `python -m docs.make_bundle`, when Streamlit was raised.

Writes pages/browser/streamlit: one script instead of a hundred for a first visit, another for tables, and bundle.json,
which says what is in them. Nothing in the scripts is changed but the lists of what to load together, and one number:
having shown a placeholder for what is still loading, React waits half a second before it shows anything more while any
part is missing. On a first visit all of a page waited for its tables; now what is there is shown at once. It takes
esbuild from the npm registry, so it needs Node.js; whoever only runs the dashboard needs neither. serving/bundle.py
serves the result; tests/contracts/pages/test_bundle.py fails when it was made from another Streamlit than the installed
one.
"""

import json
import re
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit

from serving.bundle import BUNDLE, FOLDER, SCRIPTS, STREAMLIT_PAGE, Bundle, exported_as, hand_on, installed

_ESBUILD = ("npx", "--yes", "esbuild@0.28.2", "--format=esm", "--log-level=error")
_FIRST = re.compile(r'<script type="module"[^>]*src="\./static/js/([^"]+)"')
# A script that loads another one later lists what to load with it, in one place; what is joined is there already.
_LIST, _LISTED, _TAKEN = re.compile(r"\(m\.f=\[[^]]*\]"), re.compile(r'"\./([^"/]+\.js)"'), "=>i.map(i=>d[i])"
# What every page starts with, what pages draw on a first visit, and the tables further down. What they seldom draw is
# loaded when it is met.
_GROUPS = {
    "page.js": ("index",),
    "parts.js": (
        "BidiComponent", "Button", "ButtonGroup", "Checkbox", "DownloadButton", "FileUploader", "Html", "LinkButton",
        "Multiselect", "PageLink", "Pagination", "Progress", "Radio", "Selectbox", "Spinner", "TextArea", "TextInput",
        "Toast",
    ),
    "table.js": ("DataFrame",),
}  # fmt: skip
_EARLY = ["parts.js"]
# React's wait after a placeholder, in milliseconds (FALLBACK_THROTTLE_MS).
_WAITS, SHOWN_AT_ONCE = (re.compile(rb"=(\w+)\+%d-(\w+)\(\),10<" % wait) for wait in (500, 0))
_START = "start.js"  # the first script under another name, so that it is not taken for one to be loaded later
Scripts = dict[str, dict[str, Any]]


def main() -> None:
    """Write the bundle again."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        scripts = read_scripts(folder)
        groups = group(scripts)
        files = {file: names_used(scripts, joined) for file, joined in groups.items()}
        codes = {file: join(file, groups, files, sorted(scripts), folder) for file in groups}
    codes = {file: show_at_once(code) for file, code in codes.items()}
    assert sum(map(len, map(SHOWN_AT_ONCE.findall, codes.values()))) == 1, "React waits elsewhere, or otherwise"
    for file, code in codes.items():
        (FOLDER / file).write_bytes(code)
    known = Bundle(
        place=f"streamlit-{streamlit.__version__}-{sha256(b''.join(codes.values())).hexdigest()[:8]}",
        made_from=installed(),
        early=_EARLY,
        files={file: {script: " ".join(names) for script, names in used.items()} for file, used in files.items()},
    )
    BUNDLE.write_text(json.dumps(known.model_dump(), indent=1) + "\n", encoding="utf-8")


def show_at_once(code: bytes) -> bytes:
    """Return a script in which React shows what has come without waiting for the rest."""
    return _WAITS.sub(rb"=\1+0-\2(),10<", code)


def read_scripts(folder: Path) -> Scripts:
    """Return what each of Streamlit's scripts imports and exports, as esbuild tells it."""
    told = folder / "told.json"
    _run([*SCRIPTS.glob("*.js"), f"--outdir={folder / 'read'}", f"--metafile={told}"])
    outputs = json.loads(told.read_text(encoding="utf-8"))["outputs"]
    return {Path(name).name: output for name, output in outputs.items()}


def group(scripts: Scripts) -> dict[str, set[str]]:
    """Return the scripts to be joined into each file: those named and all that these import, each script once."""
    groups: dict[str, set[str]] = {}
    for file, named in _GROUPS.items():
        left = [name for name in scripts if name.split(".")[0] in named and _is_first(name, named)]
        groups[file] = set()
        while left:
            name = left.pop()
            if not any(name in joined for joined in groups.values()):
                groups[file].add(name)
                left += imports(scripts, name, "import-statement")
    return groups


def names_used(scripts: Scripts, joined: Collection[str]) -> dict[str, list[str]]:
    """Return what all other scripts may import from joined ones: the names exported by each such script."""
    used = {name for apart in scripts if apart not in joined for name in imports(scripts, apart)}
    return {name: scripts[name]["exports"] for name in sorted(used & set(joined))}


def imports(scripts: Scripts, name: str, *kinds: str) -> list[str]:
    """Return the scripts that a script imports, of all kinds of import or those named."""
    found = (Path(one["path"]).name for one in scripts[name]["imports"] if not kinds or one["kind"] in kinds)
    return [other for other in found if other in scripts]


def join(
    file: str,
    groups: Mapping[str, Collection[str]],
    files: Mapping[str, Mapping[str, list[str]]],
    scripts: Iterable[str],
    folder: Path,
) -> bytes:
    """Return one script that does what those of a group do; it exports the names used by others."""
    place, result = folder / file.removesuffix(".js"), folder / file
    place.mkdir()
    earlier = list(groups)[: list(groups).index(file)]  # they are there when this one is loaded; others come later
    for other, used in files.items():
        for script, exported in used.items() if other != file else ():
            text = (hand_on if other in earlier else _fetch)(other, script, exported)
            (place / script).write_text(text, encoding="utf-8")
    joined = set().union(*groups.values())
    for script in groups[file]:
        text = (SCRIPTS / script).read_text(encoding="utf-8")
        (place / (_START if script == _first() else script)).write_text(_without(joined, text), encoding="utf-8")
    (place / "entry.js").write_text("\n".join(_entry(groups[file], files[file])), encoding="utf-8")
    apart = [script for script in scripts if not (place / script).exists()] + [
        other for other in groups if other != file
    ]
    _run(
        [place / "entry.js", "--bundle", "--minify", *(f"--external:./{name}" for name in apart), f"--outfile={result}"]
    )
    return result.read_bytes()


def _fetch(file: str, script: str, names: Iterable[str]) -> str:
    """Return a script that exports what a joined one does, from a file that is loaded only now."""
    taken = [(f"taken{place}", name) for place, name in enumerate(names)]
    values = ",".join(f"{own}=joined.{exported_as(script, name)}" for own, name in taken)
    named = ",".join(f"{own} as {name}" for own, name in taken)
    return f'const joined=await import("./{file}"),{values};export{{{named}}};'


def _entry(joined: Collection[str], used: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the lines of a script that starts what is to be started and exports what others use."""
    if _first() in joined:
        yield f"import './{_START}';"
    for script, names in used.items():
        renamed = ",".join(f"{name} as {exported_as(script, name)}" for name in names)
        yield f"export {{{renamed}}} from './{_START if script == _first() else script}';"


def _without(joined: Collection[str], text: str) -> str:
    """Return a script whose list of what to load with others no longer names the joined ones."""

    def shorten(listed: re.Match[str]) -> str:
        return _LISTED.sub(lambda found: '""' if found[1] in joined else found[0], listed[0])

    return _LIST.sub(shorten, text).replace(_TAKEN, f"{_TAKEN}.filter(Boolean)")


def _is_first(name: str, named: Collection[str]) -> bool:
    """Return whether a script is wanted: of the several called index it is the one that the page starts with."""
    return not name.startswith("index.") or name == _first()


def _first() -> str:
    found = _FIRST.search(STREAMLIT_PAGE.read_text(encoding="utf-8"))
    assert found, "Streamlit's page has no first script"
    return found[1]


def _run(arguments: Iterable[Path | str]) -> None:
    subprocess.run([*_ESBUILD, *map(str, arguments)], check=True)


if __name__ == "__main__":
    main()
