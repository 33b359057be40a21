"""Chart titles with missing returns: they name the missing, show no zero for them, and mark partial ranks."""

from collections import Counter
from collections.abc import Iterator

import pytest

from base.periods import parse_quarter, parse_span
from stats.catalogue import Catalogue
from stats.exports.charts.from_figure import charts_of
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.organisations import Missing
from stats.readings.coverage_words import say_overdue
from stats.readings.standings import Standing, among, say_place, say_place_among, say_spread

_OF_ROWS = ("split", "change", "records", "funnel", "response", "stock")  # kinds of figure based on one form


def titled(source: Source, panel: str, unit: str, span: str) -> Figure:
    board, _, code = panel.partition(".")
    declared = source.catalogue.board(board).panel(code)
    assert declared
    return make_figure(source, declared, Selection(unit, parse_span(span)))


def every(source: Source, unit: str, span: str) -> Iterator[Figure]:
    view = Selection(unit, parse_span(span))
    for board in source.catalogue.boards.values():
        for panel in board.panels:
            yield make_figure(source, panel, view)


@pytest.mark.parametrize(
    ("panel", "words"),
    [
        ("organisation.ownership", "2011年二季度末，已报的347家工会（应报375家）中，私营最多，121家"),
        ("organisation.structure", "2011年二季度末，已报的347家工会（应报375家）工会会员人数35,861人，其中"),
        ("organisation.why", "已报的347家工会（应报375家）工会会员人数35,861人，比2011年一季度末减少"),
        ("organisation.why", "其中两期都报的单位增加130人，本期未报（28家）减少2,716人"),
        ("democracy.todo", "已报的275家工会（应报299家）中，还没有建立职代会的单位42家"),
        ("democracy.rates", "已报的275家工会（应报299家）厂务公开建制率89.1%，职代会建制率84.7%"),
    ],
)
def test_a06_a_title_says_whose_returns_it_rests_on(paper_source: Source, panel: str, words: str) -> None:
    assert words in titled(paper_source, panel, "COUNTY", "2011Q2").title


@pytest.mark.parametrize("span", ["2011Q2", "2011Q1..2011Q2"])
def test_a06_so_does_every_title_of_rows(paper_source: Source, span: str) -> None:
    lacking = [one for one in every(paper_source, "COUNTY", span) if "未报的不在内" in one.coverage]
    assert {one.kind for one in lacking} >= {"split", "change", "records"}
    assert [one.title for one in lacking if one.kind in _OF_ROWS and "已报的" not in one.title] == []


def test_a10_who_sent_nothing_has_no_zero(paper_source: Source) -> None:
    nobody = [one for one in every(paper_source, "T09", "2011Q2") if one.coverage.endswith("均未报送")]
    assert {one.kind for one in nobody} >= {"split", "change", "records", "rates"}
    for figure in nobody:
        assert "未报送" in figure.title, figure.title
        assert not figure.known or figure.kind == "course", figure.title  # which also shows earlier quarters


def test_a06_an_area_ranked_by_part_of_its_returns_is_marked(paper_source: Source) -> None:
    figure = titled(paper_source, "fees.areas", "COUNTY", "2011Q1..2011Q2")
    notes = {mark.label: mark.note for mark in figure.series[0].marks}
    assert "未报全（已报11/22份）" in notes["双河口镇"] and "未报全" not in notes["蒋家嘴镇"]
    assert figure.title.startswith("2011年上半年，") and figure.title.endswith(
        "最低的是商贸系统（68.5%，未报全），8个未报全"
    )
    assert "未报全的有" in figure.coverage
    assert "双河口镇（未报全）" in charts_of(figure)[0].categories
    whole = titled(paper_source, "fees.areas", "COUNTY", "2010Q1..2010Q4")
    assert "未报全" not in whole.title + whole.coverage


def test_a06_what_is_lacking_of_all_alike_is_said_once(paper_source: Source) -> None:
    figure = titled(paper_source, "fees.areas", "T09", "2011Q1..2011Q2")
    assert "据已报的11份报表（应报22份），11家基层工会的" in figure.title and "未报全" not in figure.title


def test_a06_a_place_won_by_part_of_the_returns_is_said_so(catalogue: Catalogue) -> None:
    people = next(one for one in catalogue.indicators.values() if not one.is_rate)
    found = [
        Standing(unit="U0", value=9.0, numerator=9.0, denominator=None, reported=2, expected=2, place=1),
        Standing(unit="U1", value=5.0, numerator=5.0, denominator=None, reported=1, expected=2, place=2),
    ]
    part, whole = among(found, "U1"), among(found, "U0")
    assert part and whole
    assert say_place(part) == "第2/2（未报全）" and say_place(whole) == "第1/2"
    assert say_place_among(part, "各乡镇") == "在各乡镇（2家，其中1家未报全）里排第2（本单位未报全）"
    assert say_spread(found, people, "人").startswith("2家有数据（其中1家未报全）：")


def test_a06_all_are_the_same_only_of_those_with_data(paper_source: Source) -> None:
    title = titled(paper_source, "organisation.unionised", "T09", "2011Q2").title
    assert title.endswith("，有数据的8个都是100.0%，3个没有数据")


def test_a23_the_furthest_from_its_target_is_so_by_what_it_lacks(paper_source: Source) -> None:
    title = titled(paper_source, "organisation.rates", "COUNTY", "2011Q2").title
    assert "有目标的2项中没有一项已达到，1项有报表没报、暂不判断；企业法人单位建会率76.5%，" in title
    one = titled(paper_source, "bargaining.rates", "COUNTY", "2011Q2").title
    assert "有目标的1项还没有达到：企业工资集体协商覆盖率60.5%，2012年到期，还差39.5个百分点" in one
    for figure in every(paper_source, "COUNTY", "2011Q1"):
        assert "差得最远" not in figure.title
        if "离目标最远的是" in figure.title:
            short = {mark.label: mark.target - mark.value for mark in figure.series[0].marks
                     if mark.target is not None and mark.value is not None}  # fmt: skip
            furthest = max(short, key=lambda label: short[label])
            assert f"离目标最远的是{furthest}，" in figure.title


def test_s13_a_list_of_names_that_is_whole_has_no_and_so_on(paper_source: Source) -> None:
    title = titled(paper_source, "democracy.rates", "T09", "2011Q2").title
    assert title == "2011年二季度末，职代会建制率、厂务公开建制率均未报送"


def missing_of(areas: dict[str, int], forms: int = 1) -> list[Missing]:
    return [
        Missing(
            form=f"R{form}",
            form_name=f"{form}号表",
            unit=f"{area}{number}",
            unit_name=f"{area}第{number}工会",
            area=area,
            area_name=area,
        )
        for area, count in Counter(areas).items()
        for number in range(count)
        for form in range(forms)
    ]


@pytest.mark.parametrize(
    ("areas", "forms", "said"),
    [
        ({"甲镇": 11}, 3, "2011年二季度甲镇11家单位未报《0号表》等3张表。"),
        ({"甲镇": 1}, 1, "2011年二季度甲镇第0工会未报《0号表》。"),
        ({"甲镇": 2, "乙乡": 1}, 2, "2011年二季度3家单位未报《0号表》《1号表》：甲镇2家、乙乡1家。"),
    ],
)
def test_s17_who_is_missing_is_counted_once(areas: dict[str, int], forms: int, said: str) -> None:
    assert say_overdue(missing_of(areas, forms), parse_quarter("2011Q2")) == [said]


def test_s17_an_area_whose_own_return_is_lacking_is_no_number_of_units() -> None:
    own = Missing(form="R9", form_name="九号表", unit="A", unit_name="丙系统", area="A", area_name="丙系统")
    said = say_overdue([*missing_of({"甲镇": 2}), own], parse_quarter("2011Q2"))
    assert said == ["2011年二季度3家单位未报《0号表》《九号表》：甲镇2家、丙系统。"]
