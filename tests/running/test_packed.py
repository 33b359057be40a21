"""What the browser fetches comes compressed, prepared once; what was not prepared comes as it is."""

import gzip
import urllib.request
from collections.abc import Iterator
from http.client import HTTPMessage
from pathlib import Path

import pytest
import streamlit

from serving.bundle import FOLDER, SCRIPTS, bundle, first_page, stand_ins
from serving.packed import LIBRARY
from stats.catalogue import load_catalogue
from tests.lib.people import cookie_of
from tests.lib.server import serve

ASSETS = Path(streamlit.__file__).parent / "static"
A_YEAR = 365 * 24 * 60 * 60


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard without any data."""
    with serve(tmp_path_factory.mktemp("empty")) as found:
        yield found


def test_the_largest_script_comes_compressed_and_whole(address: str) -> None:
    script = max(ASSETS.rglob("*.js"), key=lambda path: path.stat().st_size)
    assert script.with_name(f"{script.name}.gz").is_file(), "not prepared: run `make setup`"
    headers, body = _fetch(address, script, "gzip, deflate")
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Content-Type"].startswith("text/javascript")
    assert len(body) == int(headers["Content-Length"]) < script.stat().st_size / 2
    assert gzip.decompress(body) == script.read_bytes()


def test_who_takes_no_compression_gets_the_plain_file(address: str) -> None:
    script = max(ASSETS.rglob("*.js"), key=lambda path: path.stat().st_size)
    headers, body = _fetch(address, script, "identity")
    assert headers["Content-Encoding"] is None
    assert body == script.read_bytes()


def test_a_file_nobody_prepared_comes_plain(address: str) -> None:
    font = next(path for path in ASSETS.rglob("*.woff2") if not path.with_name(f"{path.name}.gz").exists())
    headers, body = _fetch(address, font, "gzip")
    assert headers["Content-Encoding"] is None
    assert body == font.read_bytes()


def test_what_is_named_by_its_content_is_kept_and_the_page_itself_is_not(address: str) -> None:
    headers, _ = _fetch(address, next(ASSETS.rglob("*.css")), "gzip")
    kept = dict(part.strip().partition("=")[::2] for part in headers["Cache-Control"].split(","))
    assert "immutable" in kept and int(kept["max-age"]) >= A_YEAR
    signed_in = urllib.request.Request(address, headers={"Cookie": cookie_of(address)})
    with urllib.request.urlopen(signed_in, timeout=60) as page:
        assert page.headers["Cache-Control"] == "no-store"


def test_streamlits_page_comes_with_the_bundle_and_its_length(address: str) -> None:
    known = bundle()
    assert known is not None
    board = next(iter(load_catalogue().boards))
    pages = {"any/page": first_page(known), board: first_page(known, LIBRARY), f"{board}/": first_page(known, LIBRARY)}
    for path, expected in pages.items():
        signed_in = urllib.request.Request(f"{address}/{path}", headers={"Cookie": cookie_of(address)})
        with urllib.request.urlopen(signed_in, timeout=60) as page:
            text = page.read()
            assert text == expected and int(page.headers["Content-Length"]) == len(text)
    assert LIBRARY in pages[board].decode() and LIBRARY not in pages["any/page"].decode(), "only where charts are drawn"


def test_the_bundle_and_what_it_loads_come_from_one_folder(address: str) -> None:
    known = bundle()
    assert known is not None
    place = f"static/{known.place}"
    for file in known.files:
        headers, body = _take(address, f"{place}/{file}", "gzip")
        assert headers["Content-Encoding"] == "gzip", "not prepared: run `make setup`"
        assert gzip.decompress(body) == (FOLDER / file).read_bytes() and "immutable" in headers["Cache-Control"]
    path, stand_in = next(iter(stand_ins(known).items()))
    assert _take(address, path.removeprefix("/"), "identity")[1] == stand_in
    apart = max(SCRIPTS.glob("*.js"), key=lambda script: script.stat().st_size)
    assert _take(address, f"{place}/{apart.name}", "identity")[1] == apart.read_bytes()


def _fetch(address: str, path: Path, accept: str) -> tuple[HTTPMessage, bytes]:
    return _take(address, path.relative_to(ASSETS).as_posix(), accept)


def _take(address: str, path: str, accept: str) -> tuple[HTTPMessage, bytes]:
    request = urllib.request.Request(
        f"{address}/{path}", headers={"Accept-Encoding": accept, "Cookie": cookie_of(address)}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.headers, answer.read()
