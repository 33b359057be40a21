"""Placeholders filled: the forms, other spans and organisations, what is missing, and what the sandbox refuses."""

import pytest

from base.errors import UserError
from base.periods import Span, parse_span
from stats.catalogue import Catalogue
from stats.catalogue.placeholder_syntax import FORMS
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.fill_placeholders import Phrase, Writer
from stats.papers.number_forms import NAMES
from stats.papers.paper_model import Cited
from stats.papers.references import reference
from stats.readings import read
from stats.warehouse import Warehouse
from tests.lib.catalogue import kept_source

THREE_YEARS = parse_span("2008Q1..2010Q4")


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


def said(source: Source, text: str, span: Span = THREE_YEARS, unit: str = "COUNTY") -> str:
    pieces = Writer(source, Selection(unit, span)).pieces(text)
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ 工会组织数 }}", "369家"),
        ("全县共有工会组织{{工会组织数}}，会员{{ 工会会员人数 }}。", "全县共有工会组织369家，会员38,124人。"),
        ("{{ 工会会员人数.不加逗号 }}", "38124人"),
        ("{{ 工会会员人数.不分节 }}", "38124人"),  # as papers of earlier versions have it
        ("{{ 工会组织数.数值 }}", "369"),
        ("{{ 技术攻关技术协作项数.多 }}", "120多项"),
        ("{{ 工会干部参训人次.多(100) }}", "600多人次"),
        ("{{ 岗位练兵技术比武场次.多(1000) }}", "128场次"),
        ("{{ 职代会建制率.以上 }}", "80%以上"),
        ("{{ 职代会建制率.以上(10) }}", "80%以上"),
        ("{{ 培训班期数.汉字 }}", "十期"),
        ("{{ 政府与工会联席会议连续召开年数.汉字 }}", "两年"),
        ("{{ 职工培训基地数.汉字数 }}大职工培训基地", "五大职工培训基地"),
        ("{{ 筹措帮扶资金 }}", "63.8万元"),
        ("{{ 筹措帮扶资金.元 }}", "638,000元"),
        ("{{ 筹措帮扶资金.大写 }}", "陆拾叁万捌仟元整"),
        ('{{ 市五一先锋人数(量词="名") }}', "4名"),
        ('{{ 中级技术等级证书人数(量词="名").多 }}', "100多名"),
        ('{{ 县总工会获市级以上荣誉数(期间="2009年") }}', "2项"),
        ("{{ 县总工会获市级以上荣誉数.逐年 }}", "2008年2项，2009年2项，2010年2项"),
        ("{{ 省级模范职工之家（小家）数 }}", "3家"),
        ("{{ 省级模范职工之家_小家_数 }}", "3家"),
        ("{{ 工会组织数(期间=“2010年”，与=“2009年”).增加 }}", None),
        ("{{ 单位 }}、{{ 范围 }}、{{ 期间 }}、{{ 截至 }}", "示例县总工会、全县、2008—2010年、2010年末"),
        ("{{ 工会组织数.截至 }}，{{ 工会组织数.报齐情况 }}", "2010年末，已报369/369份"),
    ],
)
def test_forms(source: Source, text: str, expected: str | None) -> None:
    found = said(source, text)
    if expected is None:
        assert found.startswith(("增加", "减少", "持平"))
    else:
        assert found == expected


def test_every_form_is_offered_and_can_be_said(source: Source) -> None:
    assert set(FORMS) == NAMES | {"逐年"}
    writer = Writer(source, Selection("COUNTY", parse_span("2010Q1..2010Q4")))
    for named in source.catalogue.vocabulary.listed:
        for form in FORMS.values():
            kind = {"percent": "percent", "yuan": "money"}.get(named.unit, "count")
            fits = form.suits in ("any", kind) or (form.suits == "count" and kind == "money")
            if fits:
                assert writer.pieces(f"{{{{ {named.name}.{form.name} }}}}"), (named.name, form.name)


def test_changes_are_measured_from_the_span_chosen(source: Source) -> None:
    year = parse_span("2010Q1..2010Q4")
    reading = read(source.warehouse, source.catalogue, "COUNTY", year, ["union_members"])[0]
    assert reading.change and reading.previous
    verb = "增加" if reading.change > 0 else "减少"
    assert said(source, "{{ 工会会员人数.增减 }}", year).startswith(f"比2009年末{verb}{abs(reading.change):,.0f}人")
    assert said(source, "{{ 工会会员人数.增加到 }}", year).startswith(f"{verb}到{reading.value:,.0f}人")
    assert "比2008年末" in said(source, '{{ 工会会员人数(与="2008年").增减 }}', year)


def test_another_organisation_is_named_by_name_or_code(source: Source) -> None:
    own = said(source, "{{ 工会组织数 }}", unit="T01")
    assert said(source, '{{ 工会组织数(单位="蒋家嘴镇") }}') == own != "369家"
    assert said(source, '{{ 工会组织数(单位="T01") }}') == own
    with pytest.raises(UserError, match="单位名册里没有“蒋家咀镇”，是不是“蒋家嘴镇”"):
        said(source, '{{ 工会组织数(单位="蒋家咀镇") }}')


def test_what_is_missing_is_said_to_be_and_never_zero(source: Source) -> None:
    future = parse_span("2015Q1")
    for named in source.catalogue.vocabulary.listed:
        assert said(source, f"{{{{ {named.name} }}}}", future) == "没有数据", named.name
    writer = Writer(source, Selection("COUNTY", future))
    writer.pieces("{{ 工会组织数 }}{{ 工会组织数.增减 }}{{ 工会组织数.多 }}")
    assert [phrase.lacking for phrase in writer.phrases] == [True, True, True]
    assert said(source, '{{ 工会组织数(期间="2008年一季度").增减 }}') == "没有可比的数据"


def test_every_figure_is_cited_with_its_reading(source: Source) -> None:
    pieces = Writer(source, Selection("COUNTY", THREE_YEARS)).pieces("会员{{ 工会会员人数.增加到 }}，“{{ 单位 }}”。")
    cited = [piece for piece in pieces if isinstance(piece, Cited)]
    assert [piece for piece in pieces if isinstance(piece, str)] == ["会员", "，“示例县总工会”。"]
    build = f"{source.warehouse.build}|{source.warehouse.built_at}"
    assert [found.ref for found in cited] == [reference("union_members", "COUNTY", str(THREE_YEARS), build)]
    assert cited[0].reading.value == 38124


def test_another_span_has_another_reference(source: Source) -> None:
    writer = Writer(source, Selection("COUNTY", THREE_YEARS))
    pieces = writer.pieces('{{ 工会组织数 }}{{ 工会组织数(期间="2009年") }}{{ 工会组织数.汉字 }}')
    refs = [piece.ref for piece in pieces if isinstance(piece, Cited)]
    assert refs[0] == refs[2] != refs[1]


def test_lists_of_sentences_hold_cited_figures(source: Source) -> None:
    writer = Writer(source, Selection("COUNTY", parse_span("2011Q2")))
    pieces = writer.pieces("{{ 本期变化 }}{{ 未达目标 }}{{ 未报情况 }}{{ 覆盖情况 }}")
    cited = [piece for piece in pieces if isinstance(piece, Cited)]
    assert len(cited) > 3
    text = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    assert (
        "助学资助人数2011年上半年累计6人，2011年目标≥40人，按时间进度应到20人，慢14人，还差34人。" in text
        and "其余目标" in text
    )
    assert "未报《" in text and "未报的不在内" in text
    assert all(found.reading.name not in found.text for found in cited)


def test_an_organisation_is_told_only_what_it_has_not_filed(source: Source) -> None:
    assert "双河口镇11家" in said(source, "{{ 未报情况 }}", parse_span("2011Q2"), "T09")
    assert "太和镇" not in said(source, "{{ 未报情况 }}", parse_span("2011Q2"), "T09")


@pytest.mark.parametrize(
    "text",
    [
        "{{ 工会组织数.__class__ }}",
        "{{ 工会组织数._writer }}",
        "{{ 工会组织数['say'] }}",
        "{{ 工会组织数.say }}",
        "{{ self }}",
        "{{ range(10) }}",
        "{{ 工会组织数 + 1 }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 工会组织数|length }}",
        "{% set 甲 = 1 %}",
        "{% for 甲 in 工会组织数 %}{% endfor %}",
        "{% include 'x' %}",
        "{{ 工会组织数.多(10**9) }}",
        "{{ 工会组织数(期间=单位) }}",
        "{{ 工会组织数(*单位) }}",
        "{{ 工会组织数 if 单位 else 期间 }}",
        "{{ 甲(",
        "{{",
        "{% raw %}",
    ],
)
def test_what_is_no_placeholder_is_refused_with_a_sentence(source: Source, text: str) -> None:
    with pytest.raises(UserError) as told:
        said(source, text)
    assert str(told.value).endswith(("。", "？"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 会员人数 }}", "没有“会员人数”这个名称，是不是“女会员人数”、“工会会员人数”"),
        ("{{ 工会组织数.大写 }}", "这种写法只用于金额"),
        ("{{ 职代会建制率.多 }}", "这种写法不用于比例"),
        ("{{ 工会组织数.个百分点 }}", "这种写法只用于比例"),
        ("{{ 工会组织数.汉字(10) }}", "“汉字”后面不用写括号"),
        ("{{ 工会组织数.多(15) }}", "10的倍数"),
        ('{{ 工会组织数(量词="斤") }}', "不能用“斤”计量，可以用家、个"),
        ('{{ 工会组织数(期间="去年") }}', "“去年”不是期间"),
        ("{{ 单位.增减 }}", "“单位”后面不用写别的"),
    ],
)
def test_a_slip_is_told_with_what_belongs_there(source: Source, text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        said(source, text)


def test_a_mark_in_a_phrase_is_not_taken_for_words(source: Source) -> None:
    writer = Writer(source, Selection("COUNTY", THREE_YEARS))
    marked = writer.environment().from_string("甲{{ 工会组织数 }}乙").render(writer.context())
    parts = writer.parted(marked)
    assert [part if isinstance(part, str) else part.words for part in parts] == ["甲", "369家", "乙"]
    assert isinstance(parts[1], Phrase)


def test_b04_a_name_is_known_without_what_nobody_sees(catalogue: Catalogue) -> None:
    name = next(iter(catalogue.vocabulary.by_name))
    hidden = f"\ufeff{name[:2]}\u200b{name[2:]}\u2060"
    assert catalogue.vocabulary.read(hidden).name == name
