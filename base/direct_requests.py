"""Telling a request that comes from a browser or probe itself from one that passed through a proxy.

Proxies may add any header, so the headers that browsers and probes send are listed; any other counts as a proxy's.
"""

from collections.abc import Iterable

_SENT = frozenset({
    "accept", "authorization", "cache-control", "connection", "content-length", "content-type", "cookie", "date", "dnt",
    "expect", "host", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "keep-alive",
    "origin", "pragma", "priority", "purpose", "range", "referer", "save-data", "te", "transfer-encoding", "upgrade",
    "upgrade-insecure-requests", "user-agent", "x-client-data", "x-purpose", "x-requested-with", "x-xsrftoken",
    "x-csrftoken", "x-prometheus-scrape-timeout-seconds",
})  # fmt: skip
_SENT_BEGINNINGS = ("accept-", "access-control-request-", "sec-", "x-streamlit-")


def came_directly(headers: Iterable[str]) -> bool:
    """Return whether headers, by lower-case name, are those of a request that did not pass through a proxy."""
    return all(name in _SENT or name.startswith(_SENT_BEGINNINGS) for name in headers)
