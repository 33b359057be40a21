"""The 100-point form of a real district as a scheme of the catalogue: filled in, loaded, scored, reckoned anew.

The form itself lies beside the project, not in it: where it is there, the scheme is compared with it, row by row.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from stats.catalogue import Catalogue
from stats.scoring.score_words import say_example
from tests.contracts.source import ROOT
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, UNITS, write_register

FORM = Path("official_tables") / "苏州高新区劳动关系和谐企业_自评表结构.csv"
SCHEME = "harmony_2010"
DECLARED = yaml.safe_load(
    (ROOT / "data" / "catalogue" / "packs" / "report-2011" / "schemes" / f"{SCHEME}.yml").read_text(encoding="utf-8")
)
STAGES = ("self", "checked", "final")
UNIONS = {str(row["unit_code"]): str(row["unit_name"]) for row in UNITS if row["level"] == "基层工会"}
AREA_OF = {str(row["unit_code"]): str(row["parent"]) for row in UNITS if row["level"] == "基层工会"}
GRADES = {grade["name"]: grade["least"] for grade in DECLARED["grades"]}
DEDUCTION, VETO = "减分指标", "一票否决指标"

Sheet = dict[tuple[str, str], dict[str, Any]]  # by union and item: the stages filled in


@dataclass(frozen=True)
class Item:
    """An item of the form: `points` are its part of the hundred, `values` what may be deducted."""

    code: str
    group: str
    part: str
    name: str
    points: Decimal
    values: tuple[Decimal, ...]


@pytest.fixture(scope="module")
def items() -> list[Item]:
    """The items as the scheme's file declares them."""
    return list(_declared())


def _declared() -> Iterator[Item]:
    for group in DECLARED["groups"]:
        for part in group["parts"]:
            for item in part["items"]:
                points, values = Decimal(str(item.get("points", 0))), item["rule"].get("values", ())
                yield Item(item["code"], group["name"], part["name"], item["name"], points, tuple(map(Decimal, values)))


def _written(number: int, row: dict[str, str]) -> Item:
    """Return an item as a row of the form gives it."""
    group, worth = row["一级指标"], row["标准分值"]
    values = tuple(Decimal(part) for part in worth.split("/") if part != "0") if group == DEDUCTION else ()
    points = Decimal(0) if group in (DEDUCTION, VETO) else Decimal(worth)
    return Item(f"harmony_{number:02d}", group, row["二级指标"], row["三级指标"], points, values)


@pytest.fixture(scope="module")
def sheet(items: list[Item]) -> Sheet:
    """What the three stages say of each union and item; now and then a stage is blank, one union is vetoed."""
    luck = Random("三级评分")
    filled: Sheet = {}
    for unit in UNIONS:
        for item in items:
            stages = {stage: _fill(item, unit, luck) for stage in STAGES}
            blank = luck.random() < 0.1 and unit in list(UNIONS)[:2]
            filled[unit, item.code] = {} if blank else {s: v for s, v in stages.items() if luck.random() < 0.9}
    return filled


def _fill(item: Item, unit: str, luck: Random) -> Any:
    if item.group == VETO:
        return "是" if unit == list(UNIONS)[-1] and luck.random() < 0.3 else "否"
    if item.group == DEDUCTION:
        return float(luck.choice((Decimal(0), *item.values)))
    least = int(item.points * 2 * list(UNIONS).index(unit) / len(UNIONS))  # every union is better than the one before
    return luck.randint(least, int(item.points * 2)) / 2


@pytest.fixture(scope="module")
def result(items: list[Item], sheet: Sheet, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command says of a store into which the workbook was loaded."""
    folder = tmp_path_factory.mktemp("harmony")
    names = {item.code: item.name for item in items}
    rows: list[Row] = [
        {"scheme": DECLARED["name"], "unit": UNIONS[unit], "item": names[code], "date": "2011-01-20", **stages}
        for (unit, code), stages in sheet.items()
    ]
    write_register(folder / "sent")
    write_book(folder / "sent" / "考核评分表.xlsx", Form("R18", REPORTER, "2011年一季度", rows))
    run("etl", "load", str(folder / "sent"), "--store", str(folder / "store"))
    content: dict[str, Any] = json.loads(run("stats", "score", SCHEME, "--json", "--store", str(folder / "store")))
    return content


@pytest.fixture(scope="module")
def scores(result: dict[str, Any]) -> dict[str, Any]:
    return {score["unit"]: score for score in result["scores"]}


def run(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_scheme_has_the_hundred_points_deductions_and_vetoes_of_the_form(items: list[Item]) -> None:
    plain = [item for item in items if item.points]
    assert (len(plain), sum(item.points for item in plain)) == (58, 100)
    assert [item.values for item in items if item.group == DEDUCTION] == [
        (-3,), (-3,), (-2, -4, -6), (-2, -4, -6), (-2, -4, -6), (-2,),
    ]  # fmt: skip
    assert sum(item.group == VETO for item in items) == 6


def test_the_scheme_is_the_form_row_by_row(items: list[Item], shared_spreadsheets: Path) -> None:
    with (shared_spreadsheets / FORM).open(encoding="utf-8-sig", newline="") as file:
        assert items == [_written(number, row) for number, row in enumerate(csv.DictReader(file), start=1)]


def test_what_the_form_does_not_give_is_marked_as_made_up(catalogue: Catalogue) -> None:
    assert say_example(catalogue.scheme(SCHEME)) == "示例：等级和分数线不是文件规定的"
    assert all(name.startswith("示例") for name in GRADES)


def test_every_score_is_what_the_sheet_adds_up_to(items: list[Item], sheet: Sheet, scores: dict[str, Any]) -> None:
    assert set(scores) == set(UNIONS)
    for unit, score in scores.items():
        held = {item: _latest(sheet[unit, item.code]) for item in items}
        counted = {item: value for item, value in held.items() if value is not None and item.group != VETO}
        void = any(held[item] == "是" for item in items if item.group == VETO)
        points = sum((Decimal(str(value)) for value in counted.values()), Decimal(0))
        assert (score["void"], score["points"]) == (void, None if void else f"{points.normalize():f}")
        assert Decimal(score["of"]) == sum(item.points for item in counted)
        assert score["lacking"] == [item.code for item in items if held[item] is None]
        assert Decimal(score["gap"]) == _gap(items, sheet, unit)


def _latest(stages: dict[str, Any]) -> Any:
    return next((stages[stage] for stage in reversed(STAGES) if stage in stages), None)


def _gap(items: list[Item], sheet: Sheet, unit: str) -> Decimal:
    both = [
        sheet[unit, item.code]
        for item in items
        if item.group != VETO and {"self", "checked"} <= sheet[unit, item.code].keys()
    ]
    return sum((Decimal(str(row["self"])) - Decimal(str(row["checked"])) for row in both), Decimal(0))


def test_every_stage_of_every_line_is_what_was_written(items: list[Item], sheet: Sheet, scores: dict[str, Any]) -> None:
    number = {"是": Decimal(1), "否": Decimal(0)}
    for unit, score in scores.items():
        for line in score["lines"]:
            wrote = sheet[unit, line["item"]]
            for stage in STAGES:
                said = None if line[stage] is None else Decimal(line[stage])
                wanted = number.get(wrote.get(stage), wrote.get(stage))
                assert said == (None if wanted is None else Decimal(str(wanted)))


def test_places_go_to_complete_scores_by_their_points(sheet: Sheet, scores: dict[str, Any]) -> None:
    ranked = {unit: score for unit, score in scores.items() if score["place"]}
    whole = {unit for unit in UNIONS if all(stages for (of, _), stages in sheet.items() if of == unit)}
    assert any(score["void"] for score in scores.values())
    assert set(ranked) == {unit for unit in whole if not scores[unit]["void"]} and len(ranked) >= 2
    for score in ranked.values():
        better = [other for other in ranked.values() if Decimal(other["points"]) > Decimal(score["points"])]
        assert score["place"] == 1 + len(better)


def test_the_whole_and_each_area_are_what_the_sheets_add_up_to(
    items: list[Item], sheet: Sheet, result: dict[str, Any], scores: dict[str, Any]
) -> None:
    wholes = [(list(UNIONS), result["whole"])]
    for overview, units in zip(result["areas"].values(), _units_by_area(), strict=True):
        wholes.append((units, overview))
    for units, overview in wholes:
        assert overview["organisations"] == len(units) == sum(overview["grades"].values())
        assert overview["grades"] == _grades(items, sheet, units)
        ranked = [points for unit in units if (points := scores[unit]["points"]) and scores[unit]["place"]]
        assert (overview["ranked"], Decimal(overview["points"])) == (len(ranked), sum(map(Decimal, ranked)))
        assert [_numbers(each) for each in overview["differences"]] == [
            _difference(items, sheet, units, *stages) for stages in (("self", "checked"), ("checked", "final"))
        ]
        shortfalls = [(e["item"], e["scored"], e["losing"], Decimal(e["points"])) for e in overview["shortfalls"]]
        assert sorted(shortfalls) == sorted(_shortfalls(items, sheet, units))
        assert shortfalls == sorted(shortfalls, key=lambda row: (-row[2], -row[3]))
        assert overview["vetoes"] == _vetoes(items, sheet, units)


def _units_by_area() -> list[list[str]]:
    return [[unit for unit, area in AREA_OF.items() if area == wanted] for wanted in sorted(set(AREA_OF.values()))]


def _numbers(difference: dict[str, Any]) -> tuple[int, int, Decimal]:
    return difference["organisations"], difference["lines"], Decimal(difference["points"])


def _grades(items: list[Item], sheet: Sheet, units: list[str]) -> dict[str, int]:
    counts = dict.fromkeys([*GRADES, "未达等级线", "缺分", "一票否决"], 0)
    for unit in units:
        held = {item: _latest(sheet[unit, item.code]) for item in items}
        points = sum(Decimal(str(v)) for item, v in held.items() if v is not None and item.group != VETO)
        if any(held[item] == "是" for item in items if item.group == VETO):
            counts["一票否决"] += 1
        elif None in held.values():
            counts["缺分"] += 1
        else:
            counts[next((name for name, least in GRADES.items() if points >= least), "未达等级线")] += 1
    return counts


def _difference(
    items: list[Item], sheet: Sheet, units: list[str], earlier: str, later: str
) -> tuple[int, int, Decimal]:
    wanted = [(unit, item.code) for unit in units for item in items if item.group != VETO]
    both = {key: sheet[key] for key in wanted if {earlier, later} <= sheet[key].keys()}
    points = sum((Decimal(str(row[earlier])) - Decimal(str(row[later])) for row in both.values()), Decimal(0))
    return len({unit for unit, _ in both}), len(both), points


def _shortfalls(items: list[Item], sheet: Sheet, units: list[str]) -> list[tuple[str, int, int, Decimal]]:
    rows = []
    for item in items:
        held = [_latest(sheet[unit, item.code]) for unit in units if sheet[unit, item.code]]
        if item.group != VETO:
            losses = [item.points - Decimal(str(value)) for value in held]
            short = [loss for loss in losses if loss > 0]
            rows += [(item.code, len(held), len(short), sum(short, Decimal(0)))] if short else []
    return rows


def _vetoes(items: list[Item], sheet: Sheet, units: list[str]) -> dict[str, int]:
    counts = {
        item.code: sum(_latest(sheet[unit, item.code]) == "是" for unit in units)
        for item in items
        if item.group == VETO
    }
    return {code: count for code, count in counts.items() if count}
