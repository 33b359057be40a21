"""Streamlit's scripts joined into one, so that a first visit makes few requests instead of more than a hundred.

The bundle lies in pages/browser/streamlit and is written by docs/make_bundle.py. Streamlit's page is sent with the
bundle in place of the scripts it names. A script that is in the bundle can still be asked for by one that is not, such
as a table's: it is answered by a line that hands on what the bundle exports. If another Streamlit is installed than the
one the bundle was made from, there is no bundle and all is sent as Streamlit has it.
"""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import streamlit
from pydantic import BaseModel, ConfigDict

STREAMLIT_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
SCRIPTS = STREAMLIT_PAGE.parent / "static" / "js"
STATIC = "/static/"
FOLDER = Path(__file__).resolve().parent.parent / "pages" / "browser" / "streamlit"
BUNDLE = FOLDER / "bundle.json"
_NAMED = re.compile(r'<(?:script type="module"|link rel="modulepreload")[^>]*>(?:</script>)?')
_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>')  # a Latin one, which the pages don't use
# Streamlit's own setting for a page whose server is known: it connects at once, instead of asking below the address of
# the page and then below /, whether there is one, and how it is set.
_SERVER = (
    "window.__streamlit={BACKEND_BASE_URL:location.origin,"
    "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false}}"
)
# Not before, for the connection to the server comes first. pages/browser/library.js finds the script by its id.
_AHEAD = (
    'addEventListener("load",()=>{{let ahead=document.createElement("script");ahead.id="ahead";ahead.src="{address}";'
    "ahead.onerror=()=>ahead.remove();document.head.append(ahead)}})"
)


class Bundle(BaseModel):
    """The bundle: the SHA-256 of the page of the Streamlit it is from, and what each of its files exports.

    `place` is the folder below which it is served, with every script it may load: a new one for each bundle, because a
    browser keeps scripts for years, and one that it has from before must never meet the bundle. `files` begins with the
    one that the page starts with; each has the joined scripts that others may ask for, with the names they export.
    `early` are those that every page needs soon, so that a browser fetches and compiles them meanwhile.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: str
    made_from: str
    files: dict[str, dict[str, str]]
    early: list[str]


def bundle() -> Bundle | None:
    """Return the bundle; None if it was not made from the installed Streamlit."""
    known = Bundle.model_validate(json.loads(BUNDLE.read_text(encoding="utf-8")))
    return known if known.made_from == installed() else None


def installed() -> str:
    """Return the SHA-256 of the installed Streamlit's page, which names its first scripts by their content."""
    return sha256(STREAMLIT_PAGE.read_text(encoding="utf-8").encode()).hexdigest()


def exported_as(script: str, name: str) -> str:
    """Return the name by which the bundle exports what a joined script exports under `name`."""
    return f"{re.sub(r'[^A-Za-z0-9]', '_', script)}_{name}"


def stand_ins(known: Bundle | None) -> dict[str, bytes]:
    """Return by path what is sent in place of each joined script that may be asked for."""
    if known is None:
        return {}
    return {
        f"{STATIC}{known.place}/{script}": hand_on(file, script, names.split()).encode()
        for file, scripts in known.files.items()
        for script, names in scripts.items()
    }


def hand_on(file: str, script: str, names: Iterable[str]) -> str:
    """Return a script that exports what a joined one did, from the bundle's file."""
    return f'export{{{",".join(f"{exported_as(script, name)} as {name}" for name in names)}}}from"./{file}";\n'


def first_page(known: Bundle | None, ahead: str = "") -> bytes:
    """Return Streamlit's page with the bundle in place of its scripts.

    The script at the address `ahead` is loaded as soon as the page's own have begun, while the server works.
    """
    page = STREAMLIT_PAGE.read_text(encoding="utf-8")
    if known is None:
        return page.encode()
    scripts = (
        f"<script>{_SERVER}</script>",
        *([f"<script>{_AHEAD.format(address=ahead)}</script>"] if ahead else []),
        f'<script type="module" crossorigin src=".{STATIC}{known.place}/{next(iter(known.files))}"></script>',
        *(f'<link rel="modulepreload" crossorigin href=".{STATIC}{known.place}/{file}">' for file in known.early),
    )
    head = "".join(f"  {script}\n  " for script in scripts)
    return _FONT.sub("", _NAMED.sub("", page)).replace("</head>", f"{head}</head>").encode()
