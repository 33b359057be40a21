"""Two hundred random readings, said in every way there is, keep the rules of sentences; the rules find faults."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.formats import MISSING
from base.periods import parse_quarter
from stats.catalogue import load_catalogue
from stats.catalogue.models import Indicator
from stats.catalogue.placeholder_syntax import FORMS, NumberForm
from stats.judging.targets import Target
from stats.papers.number_forms import NAMES, AskedNumber, say_lacking, word
from stats.readings import Reading
from stats.readings.coverage_words import say_uncovered
from stats.readings.movements import largest_changes
from stats.readings.sentences import headline, say_context, say_finding, say_movement, say_target
from tests.lib.oracles.sentence_rules import faults_of, faults_of_change
from tests.stats.made_readings import DOCUMENT, make_reading

CATALOGUE = load_catalogue()
INDICATORS = list(CATALOGUE.indicators.values())


@pytest.mark.parametrize(
    "wrong",
    [
        "工会组织数为nan家。",
        "会员为None。",
        "会员为—。",
        "走访约1400多人。",
        "近120多项。",
        "约60万元左右。",
        "超过80%以上。",
        "1400多人以上。",
        "比上年下降了2倍。",
        "减少1.5倍。",
        "比2009年末增加−12家。",
        "入会率增加3%。",
        "入会率增加1.2个百分点。",
        "会员提高120人。",
        "会员增加0人。",
        "会员增加。",
        "工会组织369，会员38,124人。",
        "收缴率89.1%%。",
        "共有{{ 工会组织数 }}。",
        "会员38,124人人。",
        "工会组织没有数据，没有数据。",
        "工会组织369家，比2009年末持平。",
        "2010年，｜会员38,124人。",
    ],
)
def test_the_rules_find_what_is_wrong(wrong: str) -> None:
    assert faults_of(wrong) != []


@pytest.mark.parametrize(
    "right",
    [
        "2008—2010年，全县共组织技术攻关120多项，筹措资金60多万元，帮助2000多名职工就业。",
        "截至2010年末，职代会建制率80%以上，比2009年末提高1.2个百分点。",
        "会员38,124人，比2009年末增加1,204人，按两期都报的单位增加1,100人（已报366/369份）。",
        "劳模健康检查正在进行（2011年任务，2011-12-31前完成）。",
        "增长1.5倍，与上年持平，增加到369家。",
    ],
)
def test_the_rules_let_pass_what_is_right(right: str) -> None:
    assert faults_of(right) == []


def test_the_rules_hold_the_verb_against_the_sign() -> None:
    indicator = next(found for found in INDICATORS if found.unit == "person")
    fallen = make_reading(indicator, 90, previous=100.0, change=-10.0, complete=True)
    assert faults_of_change("比2009年末增加10人", fallen) != []
    assert faults_of_change("比2009年末减少10人", fallen) == []


def values(measure: str) -> st.SearchStrategy[float]:
    if measure == "%":
        return st.one_of(
            st.integers(0, 130).map(lambda one: one / 100), st.integers(0, 13_000_000).map(lambda n: n / 1e7)
        )
    if measure in ("元", "吨") or "/" in measure:
        return st.one_of(st.just(0.0), st.integers(1, 10**9).map(lambda cents: cents / 100))
    return st.one_of(st.integers(0, 30), st.integers(0, 10**6)).map(float)


@st.composite
def readings(draw: st.DrawFn) -> tuple[Reading, Indicator]:
    indicator = draw(st.sampled_from(INDICATORS))
    measure = CATALOGUE.unit_of(indicator)
    value, previous = (draw(st.none() | values(measure)) for _ in range(2))
    change = None if value is None or previous is None else value - previous
    comparable = draw(st.none() | values(measure)) if change is not None else None
    expected = draw(st.integers(0, 400))
    reported = draw(st.integers(0, expected))
    goal = draw(st.none() | goals(indicator, measure))
    told = {
        "previous": previous,
        "change": change,
        "comparable_change": None if comparable is None else draw(st.sampled_from([1, -1])) * comparable,
        "reported": reported,
        "expected": expected,
        "complete": reported == expected,
        "as_of": draw(st.none() | st.just(parse_quarter("2010Q4"))),
        "goal": goal,
        "target": goal.value if goal else None,
        "comparator": goal.comparator if goal else None,
        "met": draw(st.booleans()) if goal and goal.value is not None and value is not None else None,
        "against": draw(st.sampled_from(["", "2009Q1..2009Q4"])),
    }
    return make_reading(indicator, value, **told), indicator


@st.composite
def goals(draw: st.DrawFn, indicator: Indicator, measure: str) -> Target:
    comparator = draw(st.sampled_from([">=", "<=", "=", "range", "text"]))
    value = None if comparator == "text" else draw(values(measure))
    high = value + 1 if comparator == "range" and value is not None else None
    return Target(
        indicator=indicator.code,
        unit="COUNTY",
        year=2012,
        comparator=comparator,
        value=value,
        high=high,
        document=DOCUMENT,
        owner="组织部",
        due="2012-12-31",
        state="",
        remark="",
    )


def sentences(reading: Reading, indicator: Indicator) -> Iterator[str]:
    """Yield everything that sentences.py, movements.py and the forms of placeholders say of a reading."""
    yield headline(reading, indicator)
    yield say_finding(reading, indicator) + "。"
    yield from (say for say in (say_movement(reading, indicator), say_context(reading, indicator)) if say)
    yield say_target(reading, indicator) or "没有目标"
    yield from say_uncovered([reading])
    yield from (change.words for change in largest_changes([reading], CATALOGUE))
    yield from (said for form in FORMS.values() if suits(form, reading.measure) for said in forms_said(reading, form))


def forms_said(reading: Reading, form: NumberForm) -> Iterator[str]:
    indicator = CATALOGUE.indicators[reading.indicator]
    steps = (None, 10, 100, 10_000) if form.step and reading.measure != "%" else (None,)
    if form.name in NAMES and form.name not in ("数值", "汉字数", "口径"):  # these have no measure of their own
        for step in steps:
            yield word(AskedNumber(reading, indicator, step), form.name) or say_lacking(form.name, reading)


def suits(form: NumberForm, measure: str) -> bool:
    kind = {"%": "percent", "元": "money"}.get(measure, "count")
    return form.suits in ("any", kind) or (form.suits == "count" and kind == "money")


@pytest.mark.property
@settings(max_examples=200)
@given(readings())
def test_whatever_is_said_of_a_reading_keeps_the_rules(drawn: tuple[Reading, Indicator]) -> None:
    reading, indicator = drawn
    for sentence in sentences(reading, indicator):
        assert faults_of(sentence.replace(reading.base, "略")) == [], sentence  # a base counts nothing
    for form in ("增减", "增加", "增加到"):
        said = word(AskedNumber(reading, indicator), form) or say_lacking(form, reading)
        assert faults_of_change(said, reading) == [], said
    assert MISSING not in headline(reading, indicator)


@pytest.mark.property
@given(readings())
def test_what_has_no_direction_gets_no_verdict(drawn: tuple[Reading, Indicator]) -> None:
    reading, indicator = drawn
    plain = indicator.model_copy(update={"direction": "none"})
    said = headline(reading, plain) + say_context(reading, plain)
    assert not any(verdict in said for verdict in ("已达到", "尚未达到", "向好", "要注意"))
