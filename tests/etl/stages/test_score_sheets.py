"""Score sheets (R18): what may stand in them, and what a sender is told of the rest."""

from pathlib import Path
from typing import Any

import pytest

from etl.intake import ACCEPTED, load_paths
from etl.model.finding import Finding
from tests.lib.county import write_register
from tests.lib.scores import score_row, write_scores


def load(folder: Path, *rows: dict[str, Any]) -> tuple[str, tuple[Finding, ...]]:
    load_paths([write_register(folder)], folder / "store")
    [outcome] = load_paths([write_scores(folder / "sent", *rows)], folder / "store").outcomes
    return outcome.what, outcome.findings


def test_a_sheet_in_which_everything_fits_is_taken_in(tmp_path: Path) -> None:
    rows = [
        score_row("困难职工档案", self=7, checked=6.5, final=6),
        score_row("通报批评", self=0, checked=-2),
        score_row("工作创新", self=1.5),
        score_row("计划和总结", self="是", checked="√", final="否"),
        score_row("提供虚假材料", self="否", checked="无"),
        score_row("集体劳动争议", self=-4),
    ]
    assert load(tmp_path, *rows) == (ACCEPTED, ())


@pytest.mark.parametrize(("item", "stages", "where", "said"), [
    ("困难职工档案", {"self": 7.5}, "D4（自评分）", "填的是7.5；这一项满分 7 分，应在 0 到 7 之间。请改正这一格。"),
    ("困难职工档案", {"checked": -1}, "E4（复核分）", "填的是-1；这一项满分 7 分，应在 0 到 7 之间。"),
    ("通报批评", {"final": -5}, "F4（核定分）", "填的是-5；这一项只能填0、-1、-2、-3。"),
    ("通报批评", {"final": 2}, "F4（核定分）", "填的是2；这一项只能填0、-1、-2、-3。"),
    ("集体劳动争议", {"self": -7}, "D4（自评分）", "填的是-7；这一项是扣分，应在 -6 到 0 之间，扣分写负数。"),
    ("工作创新", {"self": 3}, "D4（自评分）", "填的是3；这一项加分最多 2 分，应在 0 到 2 之间。"),
    ("提供虚假材料", {"self": 0}, "D4（自评分）", "填的是0；这一项只填是或否。"),
    ("计划和总结", {"self": 5}, "D4（自评分）", "填的是5；这一项只填是或否。"),
    ("困难职工档案", {"self": "是"}, "D4（自评分）", "填的是是；这一项满分 7 分，应在 0 到 7 之间。"),
    ("困难职工档案", {"self": "80%"}, "D4（自评分）", "填的是“80%”；这里要一个分数，或者是、否。"),
    ("困难职工档案", {"self": "约6"}, "D4（自评分）", "填的是“约6”；这里要一个分数，或者是、否。"),
    ("困难职工档按", {"self": 6}, "C4（考核项目）", "填的是“困难职工档按”；这里要填：企业建会、"),
    ("困难职工档案", {"self": 6, "unit": "甲一厂工会"}, "B4（被考核单位）", "“甲一厂工会”是基层工会；"),
])  # fmt: skip
def test_what_does_not_fit_its_item_is_sent_back(
    item: str, stages: dict[str, Any], where: str, said: str, tmp_path: Path
) -> None:
    what, findings = load(tmp_path, score_row(item, **stages))
    [sentence] = [finding.sentence() for finding in findings]
    assert what == "returned" and where in sentence and said in sentence
