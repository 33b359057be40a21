"""The cookies of the gate: for this host and the browser alone, and gone with the session."""

import re

from starlette.datastructures import Headers

from access.gate.cookies import SESSION, without
from base.settings import Settings
from tests.access.office import Browse, inside, sign_in


def test_cookies_are_for_the_browser_alone(browse: Browse) -> None:
    for secure in (False, True):
        answer = sign_in(browse(settings=Settings(secure_cookie=secure)))
        told = {line.split("=")[0]: line.lower() for line in answer.headers.get_list("set-cookie")}
        prefix = "__Host-" if secure else ""
        assert set(told) == {f"{prefix}mingshu_session", f"{prefix}mingshu_browser"}
        for line in told.values():
            assert "httponly" in line and "samesite=lax" in line and "path=/" in line
            assert ("; secure" in line) is secure and "domain=" not in line


def test_over_tls_a_cookie_that_another_host_could_have_planted_is_not_looked_at(browse: Browse) -> None:
    thief, owner = (browse(address, Settings(secure_cookie=True)) for address in ("10.0.0.2", "10.0.0.1"))
    sign_in(thief, "wangqiang")
    token = thief.cookies["__Host-mingshu_session"]
    assert inside(thief)
    owner.cookies.set("mingshu_session", token)
    assert not inside(owner)
    owner.cookies.set("mingshu_form", "0" * 64)
    assert "0" * 64 not in sign_in(owner).headers.get("set-cookie", "") and inside(owner)


def test_the_inside_never_sees_the_sessions_cookie_under_either_name() -> None:
    carried = Headers({"cookie": "a=1; mingshu_session=x; __Host-mingshu_session=y; b=2"})
    assert without(carried, SESSION) == "a=1; b=2"


def test_a_browser_that_signs_out_forgets_what_it_held(browse: Browse) -> None:
    browser = browse()
    assert "clear-site-data" not in sign_in(browser).headers
    form = re.findall(r'name="form" value="(\w+)"', browser.get("/sign-out").text)[0]
    out = browser.post("/sign-out", data={"form": form})
    assert out.headers["clear-site-data"] == '"cache", "storage"'
    assert "mingshu_browser" in browser.cookies, "that this browser is known is no secret of the session"
