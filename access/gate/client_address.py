"""The origin of a request: the client's address, whether it is this machine, and the user a declared proxy names."""

from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from base.direct_requests import came_directly
from base.settings import Settings

_OWN_NAMES = {"localhost", "127.0.0.1", "[::1]"}


def is_from_here(headers: Headers, settings: Settings) -> bool:
    """Return whether a request was sent by a page of this host and port, or by no page at all.

    If browsers use TLS alone, a page loaded without it is another site's.
    """
    origin = headers.get("origin")
    scheme, _, host = (origin or "").partition("://")
    ways = {"https"} if settings.only_encrypted else {"https", "http"}
    return origin is None or (scheme in ways and host == headers.get("host"))


def address_of(scope: Scope, settings: Settings) -> str:
    """Return the client address of a request: behind declared proxies the last address that is not a proxy's."""
    peer = _host(scope, "client")
    if _trusted(peer, settings):
        hops = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
        for hop in reversed([hop.strip() for hop in hops if hop.strip()]):
            if not _trusted(hop, settings):
                return hop
    return peer


def on_this_machine(scope: Scope) -> bool:
    """Return whether a request comes from a browser on the server's own machine, without any proxy."""
    headers = Headers(scope=scope)
    ends = _is_own(_host(scope, "client")) and _is_own(_host(scope, "server"))
    named = headers.get("host", "").rsplit(":", 1)[0] if headers.get("host") != "[::1]" else "[::1]"
    return ends and named in _OWN_NAMES and came_directly(headers.keys())


def named_by_proxy(scope: Scope, settings: Settings) -> str:
    """Return the account name given by a declared proxy, "" if there is none or the sender is not trusted."""
    if not settings.proxy_header or not _trusted(_host(scope, "client"), settings):
        return ""
    named = Headers(scope=scope).getlist(settings.proxy_header)
    return named[0].strip() if len(named) == 1 else ""


def _trusted(address: str, settings: Settings) -> bool:
    """Return whether an address is that of a declared proxy."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in settings.proxies)


def _host(scope: Scope, end: str) -> str:
    end_point = scope.get(end)
    return str(end_point[0]) if end_point else ""


def _is_own(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
