"""What a leader asks on the way to a meeting: the answer within two presses from 总览, and the bar left as it is.

Each answer is that of the functions behind `stats read` and `stats targets`, asked of the same store.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from access.accounts.roles import Role
from base.periods import Span
from stats.attainment import attainments
from stats.attainment.attainment_words import say_state
from stats.catalogue import Catalogue
from stats.readings import read, read_areas
from stats.readings.sentences import say_finding, say_movement, say_reading
from stats.totals.present import present_span
from stats.warehouse import Warehouse
from tests.browser.conftest import DESKTOP, PHONE, OpenAddress
from tests.lib.dashboard.drawn import PATIENCE, await_drawn
from tests.lib.people import account_for

pytestmark = pytest.mark.browser

COUNTY, YEAR = "COUNTY", 4
MEMBERS, BARGAINING, AID = "union_members", "enterprise_wage_bargaining_rate", "aid_spent"
MOST = 2  # presses
LAST = 5  # townships named


@dataclass
class Leader:
    """A leader before 总览, whose presses are counted: clicks, or on a phone touches."""

    page: Page
    touches: bool
    presses: int = 0

    def press(self, target: Locator) -> None:
        self.presses += 1
        target.tap() if self.touches else target.click()

    def choose(self, title: str) -> None:
        """Choose a page from the menu, which on a phone is folded away."""
        if self.touches:
            self.press(self.page.get_by_role("button", name="菜单"))
        self.press(self.page.get_by_role("link", name=title, exact=True).first)
        expect(self.page).to_have_title(f"{title} · 明数", timeout=PATIENCE)
        await_drawn(self.page)
        if self.touches:  # nothing lies over the answer
            expect(self.page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")


@pytest.fixture
def leader(visit: OpenAddress, store: Path, request: pytest.FixtureRequest) -> Leader:
    """A leader who has just come in, at a desk or with a phone in the hand."""
    account_for(store, Role.LEADER)
    return Leader(visit("/", request.param, role=Role.LEADER), request.param == PHONE)


@pytest.mark.parametrize("leader", [DESKTOP, PHONE], ids=["desk", "phone"], indirect=True)
def test_w01_four_answers_within_two_presses(leader: Leader, county: Warehouse, catalogue: Catalogue) -> None:
    span = present_span(county, catalogue)
    bar = _bar(leader.page)
    for answer in (_members, _bargaining, _aid, _targets):
        leader.presses = 0  # the first begins on 总览, the others in the menu, which every page has
        answer(leader, county, catalogue, span)
        assert leader.presses <= MOST, answer.__name__
        assert _bar(leader.page) == bar, answer.__name__


def _members(leader: Leader, county: Warehouse, catalogue: Catalogue, span: Span) -> None:
    """See how many members there are, and how many more or fewer than a year ago."""
    indicator = catalogue.indicators[MEMBERS]
    leader.press(leader.page.locator(f"[data-code={MEMBERS}]").get_by_role("link", name="看指标"))
    now, ago = (read(county, catalogue, COUNTY, span, [MEMBERS], other)[0] for other in (None, _year_before(span)))
    expect(leader.page.locator("h1.finding")).to_have_text(say_finding(now, indicator), timeout=PATIENCE)
    expect(leader.page.locator(".under")).to_contain_text(say_movement(ago, indicator))
    assert now.value == ago.value and ago.against == str(_year_before(span))


def _bargaining(leader: Leader, county: Warehouse, catalogue: Catalogue, span: Span) -> None:
    """See which townships come last in wage bargaining."""
    indicator = catalogue.indicators[BARGAINING]
    board, panel = next(
        (board, panel)
        for board in catalogue.boards.values()
        for panel in board.panels
        if panel.kind == "areas" and panel.indicator == BARGAINING
    )
    leader.choose(board.name)
    known = [reading for reading in read_areas(county, catalogue, span, [BARGAINING]) if reading.value is not None]
    last = sorted(known, key=lambda reading: reading.value or 0.0)[:LAST]
    told = leader.page.locator(f".st-key-panel-{panel.code} .last")
    expect(told).to_be_visible()
    for reading in last:
        expect(told).to_contain_text(reading.unit_name)
        expect(told).to_contain_text(say_reading(reading, indicator))


def _aid(leader: Leader, county: Warehouse, catalogue: Catalogue, span: Span) -> None:
    """See what was spent on aid, and what in the same half-year of the year before."""
    indicator = catalogue.indicators[AID]
    leader.choose(catalogue.board("aid").name)
    reading = read(county, catalogue, COUNTY, span, [AID])[0]
    assert reading.against == str(_year_before(span)) and reading.change
    card = leader.page.locator(f"[data-code={AID}]")
    expect(card.locator(".value")).to_contain_text(say_reading(reading, indicator))
    expect(card).to_contain_text(say_movement(reading, indicator))
    expect(card).to_be_in_viewport()


def _targets(leader: Leader, county: Warehouse, catalogue: Catalogue, span: Span) -> None:
    """See which targets will be missed, and who is responsible for each."""
    leader.choose("目标完成")
    reached = attainments(county, catalogue, COUNTY, span.last)
    missed = [attainment for attainment in reached if attainment.state in ("behind", "unlikely")]
    rows = leader.page.locator(".goals tbody tr")
    told = [row for row in rows.all_inner_texts() if "△" in row]
    assert len(told) == len(missed) > 0
    for attainment in missed:
        row = rows.filter(has=leader.page.get_by_role("link", name=attainment.reading.name, exact=True))
        expect(row).to_be_visible()
        for words in (say_state(attainment), attainment.goal.owner):
            expect(row).to_contain_text(words)


def _year_before(span: Span) -> Span:
    return Span(span.first - YEAR, span.last - YEAR)


def _bar(page: Page) -> list[str]:
    """Return what the bar is set to, as the first line of a page says it."""
    return page.locator(".about b").all_inner_texts()
