"""Counters and timings for Prometheus. None of them names a person, an organisation or a file."""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120)

REQUESTS = Counter("mingshu_requests", "Answers, by kind of address and status", ["place", "status"])
REQUEST_SECONDS = Histogram("mingshu_request_seconds", "Seconds to an answer", ["place"], buckets=_SECONDS)
UPLOADS = Counter("mingshu_uploads", "Files that came to the door: taken, too_large or no_table", ["what"])
JUDGED = Counter("mingshu_files_judged", "Files judged, by verdict", ["verdict"])
LOAD_SECONDS = Histogram("mingshu_load_seconds", "Seconds to take files in and publish a build", buckets=_SECONDS)
PAGE_SECONDS = Histogram("mingshu_page_seconds", "Seconds to run a page's script", ["page"], buckets=_SECONDS)
SESSIONS = Gauge("mingshu_sessions", "Sessions with a page open")
ERRORS = Counter("mingshu_errors", "Errors shown with a number")
