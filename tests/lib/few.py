"""Few cases of many: with every test run some of them, with `make soak` all."""

from collections.abc import Container, Iterable
from typing import Any

import pytest


def few_at_first(cases: Iterable[Any], few: Container[Any]) -> list[Any]:
    """Return the cases of a test; those that are not among the few are left to `make soak`."""
    return [pytest.param(case, marks=[] if case in few else [pytest.mark.soak]) for case in cases]
