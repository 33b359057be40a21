"""Somebody who moves a county in through the pages, and how often he presses, chooses and drops."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.lib.dashboard.drawn import PATIENCE, await_drawn

TRIES, PAUSE = 20, 300  # milliseconds


class Mover:
    """Moves a county in, and counts what is pressed and chosen."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def fill(self, label: str, words: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        field.fill(words)
        field.press("Enter")
        self._done()

    def fill_in(self, words: str, text: str) -> None:
        """Write into the field whose label has some words."""
        field = self.page.get_by_test_id("stTextInput").filter(has_text=words).get_by_role("textbox")
        field.fill(text)
        field.press("Enter")
        self._done()

    def date(self, words: str, *parts: str) -> None:
        """Write a day, as year, month and day, into the field whose label has some words."""
        field = self.page.get_by_test_id("stDateInput").filter(has_text=words)
        for at, part in enumerate(parts):
            field.get_by_role("spinbutton").nth(at).press_sequentially(part, delay=PAUSE / 10)
        self.page.keyboard.press("Escape")  # the calendar that opened beside it
        self.page.keyboard.press("Tab")
        self._done()

    def drop_all(self, paths: Sequence[Path]) -> None:
        """Drop several files at once into the page's field for files."""
        self.page.locator("input[type=file]").set_input_files(paths)
        self._done()

    def drop(self, path: Path, number: int = 0) -> None:
        """Drop a file into one of the page's fields for files."""
        self.page.locator("input[type=file]").nth(number).set_input_files(path)
        self._done()

    def choose(self, field: Locator, option: str) -> None:
        field.wait_for()
        await_drawn(self.page)
        offered = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(TRIES):  # a list that opens while the page is still drawn closes again
            field.get_by_role("combobox").click()
            field.get_by_role("combobox").fill(option)  # a long list has only those in view
            self.page.wait_for_timeout(PAUSE)
            if offered.count():
                break
        offered.first.click()
        self._done(2)

    def press(self, button: str) -> None:
        expect(self.page.get_by_role("button", name=button)).to_be_enabled(timeout=PATIENCE)
        self.page.get_by_role("button", name=button).click()
        self._done()

    def _done(self, presses: int = 1) -> None:
        self.steps += presses
        await_drawn(self.page)

    def select(self, words: str) -> Locator:
        return self.page.get_by_test_id("stSelectbox").filter(has_text=words)

    def follow(self, link: str) -> None:
        """Follow a link, and wait for the page it leads to."""
        before = self.page.url
        self.page.get_by_role("link", name=link).first.click()
        self.page.wait_for_url(lambda url: url != before)
        self._done()

    def open(self, words: str) -> None:
        """Open what is folded."""
        self.page.get_by_text(words, exact=True).click()
        self._done()

    def pick(self, option: str) -> None:
        """Choose one of a few that stand beside each other."""
        self.page.get_by_test_id("stMain").get_by_text(option, exact=True).first.click()
        self._done()
