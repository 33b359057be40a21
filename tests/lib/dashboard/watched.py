"""A browser that is watched: what its pages make out of others' words, what they say, and what they ask for."""

from collections.abc import Container
from urllib.parse import urlsplit

from playwright.sync_api import Page

from access.gate.gate_routes import SIGN_OUT
from tests.lib.dashboard.drawn import await_drawn

APART = "\u2060"  # stands in an address that is none, unseen
MADE = """() => [...document.querySelectorAll('a[href], area[href], form[action], img[src], iframe, embed, object')]
  .map(one => one.href || one.action || one.src || one.outerHTML)"""
OPEN = """() => [...document.querySelectorAll('[data-testid="stExpander"] summary')]
  .filter(one => one.checkVisibility() && !one.parentElement.open).slice(0, 30).forEach(one => one.click())"""


class Watched:
    """What was seen of a browser's page since it began to be watched."""

    def __init__(self, page: Page, address: str) -> None:
        self.address = address
        self.said = ""
        self.wrong: dict[str, list[str]] = {}
        self._asked: list[str] = []
        page.on("request", lambda request: self._asked.append(request.url))

    def look(self, page: Page, name: str, own: Container[str]) -> None:
        """Keep what a page says, and what on it leads elsewhere than to the dashboard's own paths."""
        self.said += page.inner_text("body").replace(APART, "")
        if made := [one for one in page.evaluate(MADE) if not self._is_own(one, own)]:
            self.wrong[name[:60]] = made

    @property
    def elsewhere(self) -> list[str]:
        """Return what was asked of others than the dashboard."""
        return [url for url in self._asked if not url.startswith((f"{self.address}/", "data:", "blob:"))]

    @property
    def signed_out(self) -> list[str]:
        """Return what was asked of the page that signs out."""
        return [url for url in self._asked if url.startswith(f"{self.address}{SIGN_OUT}")]

    def _is_own(self, made: str, own: Container[str]) -> bool:
        if made.startswith(("data:image/", "blob:", f"{self.address}/media/", f"{self.address}/static/")):
            return True
        return made.startswith(f"{self.address}/") and urlsplit(made).path in own


def open_all(page: Page) -> None:
    """Open what is folded on a page, as far as it goes."""
    page.evaluate(OPEN)
    await_drawn(page)
