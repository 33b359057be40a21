"""A day is one in China: no code asks the computer which day it is, for a server's clock may be set to another zone."""

import ast
from datetime import UTC, date, datetime

import pytest

from base import china_days
from tests.contracts.source import module_of, nodes, parse, place, product_files

OWN_DAYS = {"date.today", "datetime.today", "datetime.date.today"}


def test_no_code_asks_the_computer_s_own_day() -> None:
    wrong = [
        place(path, node)
        for path in product_files()
        if module_of(path) != "base.china_days"
        for node in nodes(parse(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in OWN_DAYS
    ]
    assert wrong == []


def test_the_day_begins_at_sixteen_hours_of_greenwich(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        moment = datetime(2026, 11, 30, 15, 59, tzinfo=UTC)

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return cls.moment.astimezone(china_days.CHINA)

    monkeypatch.setattr(china_days, "datetime", Clock)
    assert china_days.today() == date(2026, 11, 30)
    Clock.moment = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    assert china_days.today() == date(2026, 12, 1)
