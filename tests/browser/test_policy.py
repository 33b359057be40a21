"""The content security policy in both themes: what it is for is forbidden. test_every_page walks all pages under it.

The dark theme is looked at with the soak: the policy is one.
"""

from collections.abc import Iterator
from struct import unpack
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESKTOP, FORBIDDEN, NOTE
from tests.lib.dashboard.drawn import await_charts, await_drawn, await_true
from tests.lib.people import come_in

pytestmark = pytest.mark.browser
# What the policy is there for: each must be noted, or the tests here would see nothing.
ATTEMPTS = {
    "img-src": "() => { new Image().src = 'https://example.invalid/x.png' }",
    "script-src-elem": "() => { document.head.append(Object.assign(document.createElement('script'), {text: '1'})) }",
    "connect-src": "() => { fetch('https://example.invalid/').catch(() => {}) }",
    "frame-src": """() => { document.body.append(
        Object.assign(document.createElement('iframe'), {src: 'https://example.invalid/'})) }""",
    "base-uri": "() => { document.head.append(Object.assign(document.createElement('base'), {href: '/other/'})) }",
}


@pytest.fixture(scope="module", params=["light", pytest.param("dark", marks=pytest.mark.soak)])
def watched(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The overview, which notes what the policy forbids it. Each test looks for something else in what it noted."""
    scheme: Literal["light", "dark"] = request.param
    size = {"width": DESKTOP[0], "height": DESKTOP[1]}
    context = browser.new_context(locale="zh-CN", viewport=size, color_scheme=scheme)
    context.add_init_script(NOTE)
    come_in(context, address)
    page = context.new_page()
    page.goto(address)
    await_drawn(page)
    yield page
    context.close()


@pytest.mark.parametrize("directive", ATTEMPTS)
def test_what_the_policy_is_for_is_forbidden(watched: Page, directive: str) -> None:
    watched.evaluate(ATTEMPTS[directive])
    await_true(watched, f"() => window.forbidden.some(found => found.startsWith('{directive}'))")


def test_a_drawing_is_saved_as_a_picture(watched: Page, address: str, paths: list[str]) -> None:
    watched.goto(address + next(path for path in paths if path == "/organisation"))
    await_drawn(watched)
    await_charts(watched)
    with watched.expect_download() as saved:
        watched.get_by_role("button", name="图片").first.click()
    picture = saved.value.path().read_bytes()
    assert len(picture) > 5_000 and unpack(">II", picture[16:24]) == (1920, 1080), "a slide's size"
    assert watched.evaluate(FORBIDDEN) == []
