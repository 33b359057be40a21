"""What opens beside the door: names written otherwise, forms from elsewhere, addresses of what is not there."""

from pathlib import Path

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from access.gate.gate_forms import read_form
from access.gate.throttle import PAIR
from base.settings import Settings
from tests.access.office import WORD, make_people, open_office, sign_in
from tests.lib.dashboard.visitor import apart


@pytest.fixture
def office(tmp_path: Path) -> TestClient:
    """A browser before the gate of a store with two people."""
    server = open_office(make_people(tmp_path), Settings())
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


def test_s10_a_form_that_is_broken_off_ends_quietly() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    request = Request({"type": "http", "method": "POST", "path": "/sign-in", "headers": []}, gone)
    with pytest.raises(HTTPException) as refused:
        apart(read_form(request))
    assert refused.value.status_code == 400
