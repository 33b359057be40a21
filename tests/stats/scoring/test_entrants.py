"""Schemes that score only those that take part, and the grades of complete scores."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from base.errors import UserError
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.catalogue.scheme_checks import check_schemes
from stats.catalogue.schemes import Grade, Group, ManualRule, Scheme, SchemeItem, VetoRule
from stats.scoring import Score, score_units, scored_units
from stats.scoring.score_overview import say_overview, survey
from stats.scoring.score_words import say_score
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.county import write_register
from tests.lib.scores import SCHEME, score_row, write_scores

GRADES = (Grade(name="示例一等", least=Decimal(90)), Grade(name="示例二等", least=Decimal(80)))


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The small county, in which only one township sent in a score sheet."""
    folder = tmp_path_factory.mktemp("entered")
    files = [
        write_register(folder),
        write_scores(folder, score_row("困难职工档案", self=7, checked=6), score_row("提供虚假材料", self="否")),
    ]
    load_paths(files, folder / "store")
    warehouse = open_warehouse(folder / "store")
    yield warehouse
    warehouse.close()


@pytest.fixture
def scheme(catalogue: Catalogue) -> Scheme:
    """A scheme of two items, read from the sheets of the example scheme, for those that take part."""
    items = (
        SchemeItem(code="archives", name="困难职工档案", points=Decimal(100), rule=ManualRule(kind="manual")),
        SchemeItem(code="falsehood", name="提供虚假材料", rule=VetoRule(kind="veto")),
    )
    return Scheme(
        code=SCHEME,
        name=catalogue.scheme(SCHEME).name,
        year=2010,
        document="示例",
        scored=("town",),
        groups=(Group(name="全部", items=items),),
        entrants="entered",
        grades=GRADES,
    )


def scored(entered: Warehouse, catalogue: Catalogue, scheme: Scheme, points: str, veto: int = 0) -> Score:
    """Return the score of the township, as if these points had been given."""
    [score] = score_units(entered, catalogue, scheme)
    plain, void = score.lines
    given = (replace(plain, points={"final": Decimal(points)}), replace(void, points={"final": Decimal(veto)}))
    return replace(score, lines=given)


def test_only_those_with_a_score_sheet_are_scored(entered: Warehouse, catalogue: Catalogue, scheme: Scheme) -> None:
    everyone = scored_units(entered, scheme.model_copy(update={"entrants": "all"}))
    assert [unit.code for unit in scored_units(entered, scheme)] == ["T01"]
    assert {"T01", "T02"} <= {unit.code for unit in everyone}
    nobody = catalogue.scheme(SCHEME).model_copy(update={"code": "no_sheets", "entrants": "entered"})
    assert scored_units(entered, nobody) == score_units(entered, catalogue, nobody) == []
    with pytest.raises(UserError, match="不考核代码为“T02”的单位"):
        score_units(entered, catalogue, scheme, ["T02"])


@pytest.mark.parametrize(
    ("points", "grade"),
    [("100", "示例一等"), ("90", "示例一等"), ("89.99", "示例二等"), ("80", "示例二等"), ("79.99", None)],
)
def test_a_complete_score_has_the_highest_grade_it_reaches(
    entered: Warehouse, catalogue: Catalogue, scheme: Scheme, points: str, grade: str | None
) -> None:
    score = scored(entered, catalogue, scheme, points)
    assert (score.grade.name if score.grade else None) == grade
    assert say_score(score).endswith(f"，等级为{grade}") == bool(grade)


def test_a_void_or_incomplete_score_has_no_grade(entered: Warehouse, catalogue: Catalogue, scheme: Scheme) -> None:
    score = scored(entered, catalogue, scheme, "100")
    assert scored(entered, catalogue, scheme, "100", veto=1).grade is None
    assert replace(score, lines=(score.lines[0], replace(score.lines[1], points={}))).grade is None
    assert replace(score, scheme=scheme.model_copy(update={"grades": ()})).grade is None


def test_grades_go_from_the_highest_down(catalogue: Catalogue, scheme: Scheme) -> None:
    turned = scheme.model_copy(update={"grades": GRADES[::-1]})
    twice = scheme.model_copy(update={"grades": (GRADES[0], GRADES[1].model_copy(update={"name": "示例一等"}))})
    assert list(check_schemes([scheme], catalogue)) == []
    where = f"schemes/{SCHEME}.yml"
    assert list(check_schemes([turned], catalogue)) == [f"{where}：等级（grades）要从高到低排，分数线一级比一级低"]
    assert list(check_schemes([twice], catalogue)) == [f"{where}：等级“示例一等”重复"]


def test_the_whole_is_said_with_its_bases(entered: Warehouse, catalogue: Catalogue, scheme: Scheme) -> None:
    given = score_units(entered, catalogue, scheme)
    assert say_overview(survey(scheme, given)) == [
        "1家：未达等级线1家",
        "自评比复核平均每家高1.00分（1家的1项两次都有分）",
        "复核和核定没有同时有分的项目，不能比",
        "丢分的单位最多的项目：困难职工档案（有分的1家中1家丢分，丢分的平均丢94.00分）",
    ]
    full = [scored(entered, catalogue, scheme, "100"), scored(entered, catalogue, scheme, "100", veto=1)]
    assert say_overview(survey(scheme, full))[::3] == ["2家：示例一等1家、一票否决1家", "没有丢分的项目"]
    plain = scheme.model_copy(update={"grades": ()})
    ungraded = [replace(score, scheme=plain) for score in given]
    assert say_overview(survey(plain, ungraded))[0] == "1家：评分齐全1家"
