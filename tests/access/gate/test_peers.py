"""Who connects: which address counts, and what is this very machine."""

from typing import Any

import pytest
from starlette.datastructures import Headers

from access.gate.client_address import address_of, is_from_here, on_this_machine
from base.settings import Settings

BEHIND = Settings.model_validate({"proxies": "192.0.2.1,192.0.2.8"})


def scope(client: str, server: str = "127.0.0.1", **headers: str) -> Any:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "client": (client, 5), "server": (server, 8501), "headers": told}


@pytest.mark.parametrize(
    ("client", "forwarded", "counts"),
    [
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.9.9.9", "10.0.0.1"),  # nobody declared this one
        ("192.0.2.1", "10.9.9.9", "10.9.9.9"),
        ("192.0.2.1", "1.1.1.1, 10.9.9.9", "10.9.9.9"),  # the first was written by the sender himself
        ("192.0.2.1", "10.9.9.9, 192.0.2.8", "10.9.9.9"),
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.8", "192.0.2.1"),
    ],
)
def test_only_declared_proxies_are_believed(client: str, forwarded: str, counts: str) -> None:
    headers = {"x_forwarded_for": forwarded} if forwarded else {}
    assert address_of(scope(client, **headers), BEHIND) == counts


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "[::1]", "localhost"])
def test_a_browser_on_the_machine_itself_is_known(host: str) -> None:
    assert on_this_machine(scope("127.0.0.1", host=host)) and on_this_machine(scope("::1", "::1", host=host))


_BROWSERS = {
    "user_agent": "Mozilla/5.0",
    "accept": "*/*",
    "accept_language": "zh-CN",
    "accept_encoding": "gzip",
    "cookie": "a=b",
    "connection": "keep-alive",
    "upgrade_insecure_requests": "1",
    "cache_control": "max-age=0",
    "sec_fetch_mode": "navigate",
    "sec_ch_ua_platform": "Linux",
    "dnt": "1",
    "referer": "http://localhost/",
    "origin": "http://localhost",
    "content_type": "text/plain",
    "content_length": "1",
    "x_xsrftoken": "x",
    "priority": "u=0",
}
_PROXIES = (
    "x_original_forwarded_for", "x_scheme", "x_proto", "front_end_https", "fastly_client_ip", "client_ip",
    "wl_proxy_client_ip", "proxy_client_ip", "proxy_connection", "cdn_loop", "x_amzn_trace_id", "x_host", "x_remote_ip",
    "remote_user", "traceparent", "x_b3_traceid", "x_varnish", "ali_cdn_real_ip", "eagleeye_traceid", "x_of_no_name",
)  # fmt: skip


def test_s10_what_a_browser_sends_is_no_proxys() -> None:
    assert on_this_machine(scope("127.0.0.1", host="localhost", **_BROWSERS))


@pytest.mark.parametrize("header", _PROXIES)
def test_s10_any_header_that_browsers_do_not_send_is_a_proxys(header: str) -> None:
    assert not on_this_machine(scope("127.0.0.1", host="localhost", **_BROWSERS, **{header: "1"}))


@pytest.mark.parametrize(
    "elsewhere",
    [
        scope("10.0.0.1", host="localhost:8501"),
        scope("127.0.0.1", "10.0.0.2", host="localhost:8501"),
        scope("127.0.0.1", host="office.example"),
        scope("127.0.0.1", host="localhost.example"),
        scope("127.0.0.1"),
        *(
            scope("127.0.0.1", host="localhost", **{name: "127.0.0.1"})
            for name in ("forwarded", "x_real_ip", "via", "x_forwarded_proto", "x_client_ip", "cf_connecting_ip")
        ),
        {"type": "http", "client": None, "server": None, "headers": [(b"host", b"localhost")]},
    ],
)
def test_whatever_comes_from_elsewhere_or_through_something_is_not(elsewhere: Any) -> None:
    assert not on_this_machine(elsewhere)


@pytest.mark.parametrize(
    ("origin", "plain", "encrypted"),
    [
        ("http://office.test:8501", True, False),
        ("https://office.test:8501", True, True),
        ("http://office.test", False, False),
        ("https://office.test:8502", False, False),
        ("https://office.test:8501.example", False, False),
        ("ftp://office.test:8501", False, False),
        ("office.test:8501", False, False),
        ("null", False, False),
        ("", False, False),
    ],
)
def test_s10_a_page_counts_as_ours_by_its_way_name_and_port(origin: str, plain: bool, encrypted: bool) -> None:
    headers = Headers({"origin": origin, "host": "office.test:8501"})
    assert is_from_here(headers, Settings.model_validate({"secure_cookie": False})) is plain
    assert is_from_here(headers, Settings.model_validate({"secure_cookie": True})) is encrypted
