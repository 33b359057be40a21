"""The numbers of a draft's tables against the data: by the labels of row and column, title and measure."""

from random import Random
from typing import Any

import pytest

from base.formats import bare_digits
from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.claims.checks import check_draft
from stats.claims.claim_verdicts import ClaimVerdict, judged_numbers
from stats.claims.draft_files import read_draft
from stats.claims.from_data.data_verdicts import AskedOfData, judge_by_data
from stats.readings import Reading, read
from stats.warehouse import Warehouse
from tests.lib.files.word import write_word
from tests.stats.claims.altered_figures import flagged, judged

TOWNS = ("T01", "T02", "T03", "P02")


@pytest.fixture(scope="module")
def asked(county: Warehouse, catalogue: Catalogue) -> AskedOfData:
    return AskedOfData(county, catalogue, "COUNTY", parse_span("2008Q1..2010Q4"))


def in_cells(text: str, asked: AskedOfData) -> dict[str, ClaimVerdict]:
    """Return the verdicts on the numbers of a draft's tables by their texts."""
    return {number.phrase.text: number.verdict for number in judged(text, asked) if "张表" in number.where}


def value_of(code: str, unit: str, span: str, asked: AskedOfData) -> str:
    (reading,) = read(asked.warehouse, asked.catalogue, unit, parse_span(span), [code])
    return bare_digits(reading.value or 0)


@pytest.mark.parametrize(
    ("table", "right", "slip"),
    [
        ("单位\t2010年会员人数\n全县\t{}", "38124", "38142"),
        ("项目|2009年|2010年\n工会会员人数（人）|34542|{}", "38124", "34542"),
        ("2010年各镇情况统计表\n序号\t单位\t工会会员\n1\t蒋家嘴镇\t{}", "1094", "1095"),
        ("各镇工会会员人数统计表（2010年）\n乡镇\t人数\n蒋家嘴镇总工会\t{}", "1094", "418"),
        ("年份|工会组织数\n2008|325\n2009|{}", "344", "334"),
        ("2010年\n单位：万元\n项目|金额\n工会经费收入|{}", "591.75", "5917454"),
        ("指标|2010年\n职工入会率（%）|{}", "85.3", "83.5"),
        ("指标|2010年\n职工入会率|{}", "85.25%", "82.55%"),
        ("指标|2010年\n接待职工来信来访|{}", "27人次", "72人次"),
        ("项目|2010年上半年\n培训职工人次|{}", "180", "400"),
        ("各镇会员情况（2010年，单位：人）\n单位|会员\n蒋家嘴镇|{}", "1094", "1095"),
        ("2010年情况\n会员人数|{}", "38124", "38123"),
        ("2010年\n单位|会员人数|其中：女会员\n全县|38124|{}", "15687", "15678"),
        ("2010年\n项目|数量|项目|数量\n工会组织数|369|女会员人数|{}", "15687", "15688"),
    ],
)
def test_a_number_of_a_table_is_held_against_what_its_labels_say(
    table: str, right: str, slip: str, asked: AskedOfData
) -> None:
    if "上半年" in table:
        right = value_of("trained_person_times", "COUNTY", "2010Q1..2010Q2", asked)
    assert in_cells(table.format(right), asked)[right] is ClaimVerdict.AGREES
    assert in_cells(table.format(slip), asked)[slip] is ClaimVerdict.DIFFERS
    assert [number.phrase.text for number in flagged(table.format(slip), asked)] == [slip]


@pytest.mark.parametrize(
    "table",
    [
        "单位\t会员\n张家湾造纸作坊\t45\n李家铺\t30",  # nobody of the register
        "2010年\n单位\t负责人\t会员\n蒋家嘴镇\t张三\t45",  # what 张三 says of the number is not known
        "困难职工家庭情况\n项目\t2010年\n工会会员人数\t500",
        "2010年\n单位\t新增会员\t会员代表\t会员增减\n全县\t500\t30\t12",
        "2010年\n单位\t会员人数\n蒋家嘴镇\t1094\n城南工业园\t{}\n合计\t1694",  # the sum of what is listed
        "2010年\n单位\t会员人数\n\t45\n蒋家嘴镇\t1094",  # a label is missing
        "指标\t2010年目标\t完成率\n培训职工人次\t500\t80%",
        "项目\t2012年\n工会会员人数\t50000",
        "全市工会会员情况\n项目\t2010年\n工会会员人数\t412000",
        "指标\t2010年\n职工入会率\t0.8525",  # a rate as a fraction
        "下一步工作重点\n指标\t2010年\n培训职工人次\t900",
        "姓名\t电话\n王强\t13807361234\n李明\t0736-2861234",
        "蒋家嘴镇\t县总工会\t2010年会员人数\n1\t2\t45",
    ],
)
def test_a_number_of_a_table_that_may_be_another_figure_is_not_blamed(table: str, asked: AskedOfData) -> None:
    park = value_of("union_members", "P02", "2010", asked)
    assert flagged(f"职工会员38124人。\n{table.format(park)}", asked) == []


def test_a_table_without_a_time_is_asked_about(asked: AskedOfData) -> None:
    """The years of a table are seldom said twice: what fits the last one or the whole is right, all else is asked."""
    assert in_cells("项目|数量\n培训职工人次|400\n工会组织数|368", asked) == {
        "400": ClaimVerdict.AGREES, "368": ClaimVerdict.CONFIRM,
    }  # fmt: skip


def test_cells_that_nothing_names_do_not_make_a_draft_a_strange_one(asked: AskedOfData) -> None:
    text = "全县职工会员38142人。慰问金1.5万元、慰问品2.4万元，共计3.9万元。\n甲镇\t12\n乙乡\t13"
    assert [number.verdict for number in flagged(text, asked)] == [ClaimVerdict.DIFFERS]


def test_a_table_says_nothing_of_what_stands_behind_it(asked: AskedOfData) -> None:
    text = "2010年，全县工会会员38124人。\n2009年情况\n单位\t会员人数\n蒋家嘴镇\t905\n职工会员38124人。"
    numbers = [number for number in judged(text, asked) if number.phrase.text == "38124人"]
    assert [number.verdict for number in numbers] == [ClaimVerdict.AGREES] * 2
    behind = judged(text.replace("职工会员38124人", "职工会员38123人"), asked)[-1]
    assert behind.data and "示例县总工会" not in behind.reason and behind.verdict is ClaimVerdict.DIFFERS


def add_table(document: Any) -> None:
    """Add a table whose rows share a town and whose columns share a year, as Word merges cells."""
    table = document.add_table(rows=5, cols=4)
    rows = [
        ("单位", "指标", "时间", ""), ("", "", "2009年", "2010年"), ("蒋家嘴镇", "会员", "905", "1094"),
        ("", "女会员", "346", "419"), ("", "工会组织", "11", "12"),
    ]  # fmt: skip
    for row, texts in enumerate(rows):
        for column, words in enumerate(texts):
            table.cell(row, column).text = words
    table.cell(0, 2).merge(table.cell(0, 3))
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((2, 0), (4, 0))):
        table.cell(*first).merge(table.cell(*last))


def test_merged_cells_of_a_word_table_label_all_that_they_cover(asked: AskedOfData) -> None:
    checked = check_draft(read_draft(write_word("工会基本情况", add=add_table)))
    numbers = list(judged_numbers(checked, judge_by_data(checked, asked)))
    by_text = {number.phrase.text: number for number in numbers if "张表" in number.where}
    wrong = by_text["419"]
    assert wrong.verdict is ClaimVerdict.DIFFERS and "蒋家嘴镇，女会员人数，2010年末应是418人" in wrong.reason
    assert wrong.where == "第1张表第4行第4列"
    right = [value_of("union_members", "T01", "2010", asked), value_of("union_orgs", "T01", "2010", asked)]
    assert [by_text[text].verdict for text in right] == [ClaimVerdict.AGREES] * 2


def test_slips_in_generated_tables_are_told_and_nothing_else(asked: AskedOfData) -> None:
    """A seeded table of every indicator that is called one thing, by year and by town, with slips in it."""
    random, missed, blamed, told = Random(84), [], [], 0
    for text, slips in (_generated(random, asked) for _ in range(12)):
        flags = {(number.phrase.place.paragraph, number.phrase.text) for number in flagged(text, asked)}
        missed += [slip for slip in slips if slip not in flags]
        blamed += [flag for flag in flags if flag not in slips]
        told += len(flags & set(slips))
    assert told > 80 and blamed == [] and len(missed) <= 0.02 * told, missed


def _generated(random: Random, asked: AskedOfData) -> tuple[str, set[tuple[int, str]]]:
    """Return a table of indicators by year or by town, and its slips by the number of their cell."""
    codes = random.sample(sorted(asked.catalogue.indicators), 25)
    years = random.random() < 0.5
    columns = [("COUNTY", year) for year in ("2008", "2009", "2010")] if years else [(unit, "2010") for unit in TOWNS]
    readings = [
        {each.indicator: each for each in read(asked.warehouse, asked.catalogue, unit, parse_span(span), codes)}
        for unit, span in columns
    ]
    towns = (next(iter(each.values())).unit_name for each in readings)
    heads = [f"{span}年" for _, span in columns] if years else [*towns]
    lines, slips, cell = ["\t".join(["项目", *heads])], set(), 1 + len(heads) + 1
    for code in codes:
        values = [_written(random, each[code]) for each in readings]
        entry = asked.catalogue.indicators[code]
        lines.append("\t".join([entry.name, *(text for text, _ in values)]))
        slips |= {(cell + 1 + place, text) for place, (text, is_slip) in enumerate(values) if is_slip}
        cell += 1 + len(heads)
    return "\n".join(["2010年工会工作情况表", *lines]), slips


def _written(random: Random, reading: Reading) -> tuple[str, bool]:
    """Return a value as tables have it, and whether it is a slip."""
    if reading.value is None or reading.measure.split("/")[0] == "元" or reading.value < 10 and reading.measure != "%":
        return "—" if reading.value is None else f"{bare_digits(reading.value)}", False
    slip = random.random() < 0.2
    if reading.measure == "%":
        value = reading.value * 0.8 if slip else reading.value
        return f"{value * 100:.1f}%", slip and reading.value > 0
    value = reading.value + random.choice((1, -1, 10)) if slip else reading.value
    return bare_digits(round(value, 2)), slip
