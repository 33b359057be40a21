"""Fixtures for the tests of papers: every paper of the sample county, composed once."""

import pytest

from stats.catalogue import Catalogue
from stats.figures.elements.figure_model import Source
from stats.papers.paper_model import Brief
from stats.warehouse import Warehouse
from tests.lib.catalogue import kept_source
from tests.lib.oracles.papers_said import compose_all, some_of_each


@pytest.fixture(scope="session")
def paper_source(county: Warehouse, catalogue: Catalogue) -> Source:
    """The source that papers are composed from."""
    return kept_source(county, catalogue)


@pytest.fixture(scope="session", params=["some", pytest.param("all", marks=pytest.mark.soak)])
def papers(paper_source: Source, request: pytest.FixtureRequest) -> list[Brief]:
    """A paper of each outline for several organisations and spans: two thirds of them in `make test`."""
    return compose_all(paper_source, some_of_each()) if request.param == "some" else compose_all(paper_source)
