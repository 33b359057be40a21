"""Streamlit's scripts come as a bundle, made from the installed Streamlit; what stays apart finds its way into it."""

import re
from collections.abc import Iterator

from docs.make_bundle import SHOWN_AT_ONCE
from serving.bundle import BUNDLE, FOLDER, SCRIPTS, STREAMLIT_PAGE, Bundle, bundle, exported_as, first_page, stand_ins
from serving.packed import LIBRARY
from serving.security_headers import inline_scripts

_EXPORTED = re.compile(r"export\{([^}]*)\}")
_IMPORTED = re.compile(r'(?:from|import)\s*\(?\s*["`]\./([^"`]+\.js)["`]')


def test_the_bundle_is_made_from_the_installed_streamlit() -> None:
    assert bundle() is not None, "Streamlit was raised: run python -m docs.make_bundle"
    assert {path.name for path in FOLDER.glob("*.js")} == set(_bundle().files)


def test_the_page_asks_for_the_bundle_alone() -> None:
    page = first_page(_bundle()).decode()
    asked = [next(iter(_bundle().files)), *_bundle().early]
    assert re.findall(r"static/(\S+\.js)", page) == [f"{_bundle().place}/{file}" for file in asked]
    drawing = first_page(_bundle(), LIBRARY).decode()
    assert len(re.findall("<script>", drawing)) == len(inline_scripts()), "each is allowed by its hash"
    assert drawing.count(LIBRARY) == 1 and LIBRARY not in page, "what draws charts comes with pages that draw"
    assert '<div id="root">' in page and "static/css/" in page


def test_what_has_come_is_shown_without_waiting_for_the_rest() -> None:
    found = [SHOWN_AT_ONCE.findall((FOLDER / file).read_bytes()) for file in _bundle().files]
    assert sum(map(len, found)) == 1, "made by hand: run python -m docs.make_bundle"


def test_what_stays_apart_finds_every_name_it_needs() -> None:
    for file, scripts in _bundle().files.items():
        exported = set(_exported((FOLDER / file).read_text("utf-8")))
        for script, words in scripts.items():
            names = words.split()
            assert set(_exported((SCRIPTS / script).read_text("utf-8"))) <= set(names)
            assert {exported_as(script, name) for name in names} <= exported
            stand_in = stand_ins(_bundle())[f"/static/{_bundle().place}/{script}"].decode()
            assert sorted(_exported(stand_in)) == sorted(names) and stand_in.endswith(f'from"./{file}";\n')


def test_the_bundle_asks_for_what_is_there_and_for_nothing_twice() -> None:
    loaded = set[str]()  # with what the page or the table starts with
    for file, scripts in _bundle().files.items():
        asked = set(_IMPORTED.findall((FOLDER / file).read_text("utf-8")))
        assert all((SCRIPTS / name).is_file() for name in asked - set(_bundle().files))
        loaded |= set(scripts)
        assert all(name.startswith("index.") for name in asked & loaded)  # the first, which is met again under its name


def test_another_streamlit_is_sent_as_it_is() -> None:
    assert first_page(None) == STREAMLIT_PAGE.read_bytes()
    assert stand_ins(None) == {}


def _bundle() -> Bundle:
    return Bundle.model_validate_json(BUNDLE.read_text(encoding="utf-8"))


def _exported(code: str) -> Iterator[str]:
    """Yield the names that a script exports."""
    for listed in _EXPORTED.findall(code):
        yield from (part.rpartition(" as ")[2] for part in listed.split(",") if part)
