"""Headers on every answer of the running server, and what the errors it shows leave in its log."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from serving.security_headers import inline_scripts, policy
from tests.lib.people import cookie_of
from tests.lib.server import start

PLACES = ("/", "/overview", "/_stcore/health", "/_stcore/host-config", "/media/none", "/no/such/thing", "/healthz")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("empty")
    with start(folder) as (address, _):
        yield address, folder


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_has_the_headers(served: tuple[str, Path], path: str) -> None:
    found = _get(served[0] + path)
    assert found["x-content-type-options"] == "nosniff"
    assert found["x-frame-options"] == "DENY"
    assert found["referrer-policy"] == "same-origin"
    assert found["content-security-policy"] == policy(encrypted=False)
    assert found["cache-control"] == "no-store"
    assert "strict-transport-security" not in found


def test_scripts_are_kept_by_browsers(served: tuple[str, Path]) -> None:
    cookie = {"Cookie": cookie_of(served[0])}
    with urllib.request.urlopen(urllib.request.Request(served[0], headers=cookie)) as page:
        script = page.read().decode().split('src="./static/')[1].split('"')[0]
    with urllib.request.urlopen(urllib.request.Request(f"{served[0]}/static/{script}", headers=cookie)) as found:
        assert "immutable" in found.headers["cache-control"]


def test_the_policy_names_no_other_host_and_no_eval() -> None:
    said = policy(encrypted=True)
    assert "http:" not in said.replace("upgrade-insecure-requests", "")
    assert "'unsafe-eval'" not in said
    assert "'unsafe-inline'" not in said.split("script-src")[1].split(";")[0]
    assert len(inline_scripts()) == 1
    assert said.startswith("default-src 'none'")


def test_the_log_tells_of_answers_by_their_kind_alone(served: tuple[str, Path]) -> None:
    _get(f"{served[0]}/board/of/someone?unit=T01001")
    text = (served[1] / "logs" / "mingshu.log").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert any(line.get("place") == "/page" and line["method"] == "GET" for line in lines)
    assert "someone" not in text
    assert "T01001" not in text


def _get(address: str) -> dict[str, str]:
    try:
        with urllib.request.urlopen(address) as answer:
            return {name.lower(): value for name, value in answer.headers.items()}
    except urllib.error.HTTPError as refused:
        return {name.lower(): value for name, value in refused.headers.items()}
