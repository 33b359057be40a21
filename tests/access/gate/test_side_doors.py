"""What opens beside the door: names written otherwise, forms from elsewhere, addresses of what is not there."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from access.gate.gate_forms import read_form
from access.gate.throttle import PAIR
from base.settings import Settings
from tests.access.gate.test_routes import METHODS
from tests.access.office import WORD, make_people, open_office, sign_in
from tests.lib.dashboard.visitor import apart
from tests.lib.server import free_port

SESSION = "mingshu_session"


@pytest.fixture
def office(tmp_path: Path) -> TestClient:
    """A browser before the gate of a store with two people."""
    return _before(tmp_path, Settings())


def _before(folder: Path, settings: Settings) -> TestClient:
    server = open_office(make_people(folder), settings)
    return TestClient(server, "http://office.test", client=("10.0.0.1", 50000), follow_redirects=False)


@pytest.mark.parametrize("tail", ["", " " * 60 + "x", "\u3000" * 70, "\t" * 100 + "x"])
def test_s08_a_name_however_it_is_written_is_braked_as_its_account(office: TestClient, tail: str) -> None:
    for _ in range(PAIR.free):
        assert sign_in(office, "limei", "wrong").status_code == 401
    assert sign_in(office, "ｌｉｍｅｉ" + tail, "wrong").status_code == 429


def test_s10_a_form_field_in_chinese_is_refused_as_any_other(office: TestClient) -> None:
    office.get("/sign-in")
    assert office.post("/sign-in", data={"form": "表单", "name": "limei", "password": WORD}).status_code == 400


def test_s10_the_provider_s_addresses_are_closed_where_there_is_none(office: TestClient) -> None:
    for path in ("/sign-in/oidc", "/sign-in/back"):
        answer = office.get(path)
        assert answer.status_code in (303, 401) and "sign-in?next=" in answer.headers.get("location", "sign-in?next=")


@pytest.mark.parametrize("path", ["/sign-in/oidc", "/sign-in/back"])
@pytest.mark.parametrize("method", METHODS)
def test_s10_the_provider_s_addresses_let_nobody_in_and_nobody_out_without_its_word(
    path: str, method: str, tmp_path: Path
) -> None:
    gone = f"http://127.0.0.1:{free_port()}"
    settings = Settings(
        oidc_issuer=gone, oidc_client="mingshu", oidc_secret=SecretStr("kept"), address="http://office.test"
    )
    office = _before(tmp_path, settings)
    answer = office.request(method, path)
    assert answer.status_code in (303, 401, 405) and SESSION not in answer.cookies
    assert sign_in(office).status_code == 303
    came_in = office.cookies[SESSION]
    answer = office.request(method, path)
    assert answer.status_code in (303, 405) and office.cookies[SESSION] == came_in
    assert office.get("/goals").status_code == 200


def test_s10_a_form_that_is_broken_off_ends_quietly() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    request = Request({"type": "http", "method": "POST", "path": "/sign-in", "headers": []}, gone)
    with pytest.raises(HTTPException) as refused:
        apart(read_form(request))
    assert refused.value.status_code == 400
