"""Every system that the work report names has its forms, items, indicators or lists, board and tests."""

import pytest

from docs.report_systems import System, forms_of, indicators_of, items_of, panel_of, systems
from stats.catalogue import load_catalogue
from tests.contracts.source import ROOT

NUMBERS = range(1, 39)
SLOGANS = {3, 26}
# Not built yet. A number goes out of here with its system, and none comes in.
OPEN: set[int] = set()


def test_every_number_of_the_list_is_there() -> None:
    assert list(systems()) == list(NUMBERS)
    assert {number for number, system in systems().items() if system.slogan} == SLOGANS
    assert {number for number, system in systems().items() if not system.built} == OPEN | SLOGANS


@pytest.mark.parametrize("number", [number for number, system in systems().items() if system.built])
def test_a_system_has_all_that_it_is_shown_by(number: int) -> None:
    catalogue, system = load_catalogue(), systems()[number]
    assert all(panel_of(name, catalogue) for name in system.panels)
    assert forms_of(system, catalogue) and items_of(system, catalogue)
    assert system.scheme or indicators_of(system, catalogue)
    assert system.tests and all((ROOT / path).is_file() for path in system.tests)


def test_what_has_no_panel_is_told_from_what_has() -> None:
    assert not System(name="没有看板的系统").built
    with pytest.raises(ValueError, match="extra"):
        System.model_validate({"name": "多了一栏的系统", "panel": []})
