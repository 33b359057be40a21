"""Every kind of rule: points reckoned by hand, what always holds, and that the words say what the formula does."""

import re
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from base.errors import UserError
from stats.catalogue import FOLDER, Catalogue, load_catalogue
from stats.catalogue.schemes import SchemeItem
from stats.scoring.scoring_rules import points_of, say_rule
from tests.lib.catalogue import PACK, read_folder
from tests.lib.scores import SCHEME

RATE: dict[str, Any] = {"what": "职工满意率", "measure": "percent"}
COUNT: dict[str, Any] = {"what": "新增会员", "measure": "person"}
CASES: dict[str, Any] = {"what": "劳动争议", "measure": "case"}


def item(points: float = 0, **rule: Any) -> SchemeItem:
    return SchemeItem.model_validate({"code": "one", "name": "一项", "points": points, "rule": rule})


BAND = item(10, kind="band", basis=RATE, bands=[{"least": 0.9, "points": 10}, {"least": 0.825, "points": 6.5}])
LINEAR = item(5, kind="linear", basis=RATE, bound=0.85, less=0.5, per=0.01)
GROWTH = item(8, kind="count", basis=COUNT, each=1, per=500)
YES = item(2.5, kind="yes_no")
MANUAL = item(7, kind="manual", ask="档案是否齐全")
LISTED = item(kind="deduction", values=[-2, -4, -6])
PER_CASE = item(kind="deduction", basis=CASES, each=2, most=6)
BONUS = item(kind="bonus", basis=COUNT, each=0.5, per=10, most=3)
ENTERED_BONUS = item(kind="bonus", most=2)
VETO = item(kind="veto")
ALL = [BAND, LINEAR, GROWTH, YES, MANUAL, LISTED, PER_CASE, BONUS, ENTERED_BONUS, VETO]


@pytest.mark.parametrize(("one", "value", "points"), [
    (BAND, "0.95", "10"), (BAND, "0.9", "10"), (BAND, "0.8999", "6.5"), (BAND, "0.825", "6.5"), (BAND, "0.8249", "0"),
    (LINEAR, "1", "5"), (LINEAR, "0.85", "5"), (LINEAR, "0.84", "4.5"), (LINEAR, "0.835", "4.25"),
    (LINEAR, "0.75", "0"), (LINEAR, "0.2", "0"),
    (GROWTH, "499", "0"), (GROWTH, "500", "1"), (GROWTH, "1499", "2"), (GROWTH, "5000", "8"), (GROWTH, "-700", "0"),
    (YES, "1", "2.5"), (YES, "0", "0"),
    (MANUAL, "6.5", "6.5"), (MANUAL, "9", "7"), (MANUAL, "-1", "0"),
    (LISTED, "0", "0"), (LISTED, "-4", "-4"), (LISTED, "-9", "-6"),
    (PER_CASE, "0", "0"), (PER_CASE, "2", "-4"), (PER_CASE, "5", "-6"),
    (BONUS, "9", "0"), (BONUS, "25", "1"), (BONUS, "1000", "3"),
    (ENTERED_BONUS, "1.5", "1.5"), (ENTERED_BONUS, "5", "2"),
    (VETO, "1", "0"), (VETO, "0", "0"),
])  # fmt: skip
def test_points_reckoned_by_hand(one: SchemeItem, value: str, points: str) -> None:
    assert points_of(one, Decimal(value)) == Decimal(points)


@pytest.mark.parametrize(("one", "words"), [
    (BAND, "职工满意率达到90%的得10分，达到82.5%的得6.5分，不到82.5%的不得分"),
    (LINEAR, "职工满意率达到85%的得5分，每低1个百分点扣0.5分，不足1个百分点的按比例扣，扣完为止"),
    (GROWTH, "新增会员每满500人得1分，不足500人的不计，最多得8分"),
    (YES, "是的得2.5分，否的不得分"),
    (MANUAL, "看档案是否齐全，由考核人员在0至7分之间评定"),
    (LISTED, "视情形扣分，可扣2分、4分、6分，没有的填0"),
    (PER_CASE, "劳动争议每1起扣2分，最多扣6分"),
    (BONUS, "新增会员每满10人加0.5分，不足10人的不计，最多加3分"),
    (ENTERED_BONUS, "由考核人员加分，最多加2分"),
    (VETO, "有这种情形的一票否决，总分作废"),
])  # fmt: skip
def test_each_rule_is_said_in_words(one: SchemeItem, words: str, catalogue: Catalogue) -> None:
    assert say_rule(one, catalogue) == words


VALUES = st.decimals(-10, 10_000, places=3)


@pytest.mark.property
@given(one=st.sampled_from(ALL), value=VALUES)
def test_points_stay_within_the_bounds_of_the_item(one: SchemeItem, value: Decimal) -> None:
    assert one.least <= points_of(one, value) <= one.most


@pytest.mark.property
@given(one=st.sampled_from(ALL), values=st.tuples(VALUES, VALUES))
def test_more_never_brings_less_but_for_a_deduction_by_case(one: SchemeItem, values: tuple[Decimal, Decimal]) -> None:
    low, high = (points_of(one, value) for value in sorted(values))
    assert low >= high if one is PER_CASE else low <= high


def tenths(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(lambda number: Decimal(number) / 10)


@st.composite
def drawn_items(draw: st.DrawFn) -> SchemeItem:
    """Draw a rule that rests on a number: a band, a linear one, a count, a deduction by case or a bonus by count."""
    points, each = draw(tenths(5, 300)), draw(tenths(1, 50))
    percent = draw(st.booleans())
    basis, per = (RATE, draw(tenths(1, 50)) / 100) if percent else (COUNT, Decimal(draw(st.integers(1, 900))))
    kind = draw(st.sampled_from(["band", "linear", "count", "deduction", "bonus"]))
    if kind == "band":
        scale = 100 if percent else 1
        bounds = sorted(draw(st.sets(tenths(10, 900), min_size=1, max_size=4)), reverse=True)
        given = sorted(draw(st.sets(tenths(1, 300), min_size=len(bounds), max_size=len(bounds))), reverse=True)
        bands = [{"least": least / scale, "points": got} for least, got in zip(bounds, given, strict=True)]
        return item(given[0], kind=kind, basis=basis, bands=bands)  # type: ignore[arg-type]
    if kind == "linear":
        bound = draw(tenths(1, 900)) / (100 if percent else 1)
        return item(points, kind=kind, basis=basis, bound=bound, less=each, per=per)  # type: ignore[arg-type]
    if kind == "count":
        return item(points, kind=kind, basis=basis, each=each, per=per)  # type: ignore[arg-type]
    return item(kind=kind, basis=basis, each=each, per=per, most=points)


NUMBER = r"(\d+(?:\.\d+)?)"


def by_the_words(words: str, value: Decimal) -> Decimal:
    """Reckon the points from the sentence alone, as somebody who reads the rule does."""
    percent = "%" in words or "百分点" in words
    seen = value * 100 if percent else value
    if "不到" in words:
        bands = re.findall(rf"达到{NUMBER}[%人]的得{NUMBER}分", words)
        return max((Decimal(points) for bound, points in bands if seen >= Decimal(bound)), default=Decimal(0))
    if "按比例扣" in words:
        bound, full = map(Decimal, re.findall(rf"达到{NUMBER}[%人]的得{NUMBER}分", words)[0])
        step, less = map(Decimal, re.findall(rf"每低{NUMBER}(?:个百分点|人)扣{NUMBER}分", words)[0])
        return full if seen >= bound else max(Decimal(0), full - (bound - seen) / step * less)
    step, each = map(Decimal, re.findall(rf"每满?{NUMBER}(?:个百分点|人)[得扣加]{NUMBER}分", words)[0])
    most = Decimal(re.findall(rf"最多[得扣加]{NUMBER}分", words)[0])
    got = min(most, max(Decimal(0), seen // step * each)) if seen >= 0 else Decimal(0)
    return -got if "扣" in words else got


@pytest.mark.property
@given(one=drawn_items(), value=st.one_of(st.decimals(0, 1, places=4), st.integers(0, 3000).map(Decimal)))
def test_the_words_say_what_the_formula_does(one: SchemeItem, value: Decimal) -> None:
    words = say_rule(one, load_catalogue())
    assert abs(by_the_words(words, value) - points_of(one, value)) < Decimal("1e-20"), words


def change_scheme(folder: Path, change: Any) -> Path:
    """Copy the catalogue with the example scheme changed."""
    copied = copytree(FOLDER, folder / "catalogue")
    path = copied / PACK / "schemes" / f"{SCHEME}.yml"
    scheme = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(scheme)
    path.write_text(yaml.safe_dump(scheme, allow_unicode=True), encoding="utf-8")
    return copied


def first(scheme: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = scheme["groups"][0]["parts"][0]["items"][0]
    return found


@pytest.mark.parametrize(("change", "said"), [
    (lambda scheme: first(scheme).update(points=9.5), "各项满分加起来是99.5分，应正好是100分"),
    (lambda scheme: first(scheme).update(pionts=9), "是不是“points”"),
    (lambda scheme: first(scheme)["rule"].update(kind="bands"), "没有“bands”这一种，是不是“band”"),
    (lambda scheme: first(scheme)["rule"]["basis"].update(indicator="union_member"), "是不是“union_members”"),
    (lambda scheme: first(scheme)["rule"]["bands"].reverse(), "各档要从高到低排"),
    (lambda scheme: first(scheme).update(code="join"), "项目代码“join”重复"),
    (lambda scheme: first(scheme).update(name="职工入会"), "考核项目“职工入会”有几个代码：join、organise"),
    (lambda scheme: scheme.update(scored=["village"]), "“scored.0”的内容不对"),
    (lambda scheme: scheme["groups"][-1]["items"][0].update(points=3), "扣分、加分、否决的项目在100分以外"),
])  # fmt: skip
def test_a_fault_in_a_scheme_is_told_when_the_catalogue_is_read(change: Any, said: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=re.escape(said)):
        read_folder(change_scheme(tmp_path, change))
