"""What a text says by itself: numbers that contradict each other are found with their proof, and no others."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from stats.claims.checks import check_draft
from stats.claims.checks.check_model import TextCheck
from stats.claims.draft_files import read_draft
from stats.claims.draft_files.plain_draft import read_text
from tests.stats.claims.spoken_rows import Row, rows_of, shared_file

TABLE = "乡镇\t会员\t建会率\n甲镇\t120\t80%\n乙镇\t86\t90%\n合计\t{0}\t85%"
BOXES = "|乡镇|男|女|合计|\n|---|---|---|---|\n|甲镇|12|8|20|\n|乙镇|9|7|{0}|\n|丙镇|5|5|10|"
TWICE = "全县户外劳动者服务站点{0}个。\n会议指出，全县户外劳动者服务站点316个。"
# Each text holds with the first number in it and not with the second; the rule is the one that finds it.
TEXTS = [
    ("救助1250人次，发放救助金96.5万元，人均{0}元。", "772", "860", "mean"),
    ("慰问困难职工640户，发放慰问金83.2万元，户均{0}元。", "1300", "1500", "mean"),
    ("签订三项合同96份，其中工资合同41份、女职工合同{0}份、综合合同22份。", "33", "35", "sum"),
    ("共有工会干部86人，其中专职{0}人、兼职63人。", "23", "33", "sum"),
    ("发放慰问金31.25万元、慰问品6.4万元，共计{0}万元。", "37.65", "37.56", "sum"),
    ("线上培训1206人次，线下培训884人次，合计{0}人次。", "2090", "2190", "sum"),
    ("职工会员由1.25万人增加到1.86万人，增长{0}%。", "49", "62", "growth"),
    ("建会率从81.4%提高到93.6%，提高{0}个百分点。", "12.2", "11.2", "change"),
    ("驿站由26家增至41家，增加{0}家。", "15", "14", "change"),
    ("占比由38%提高到52%，提高{0}。", "14个百分点", "14%", "points"),
    ("在去年36家的基础上，今年又新增加8家，累计达到{0}家。", "44", "46", "added"),
    ("支出262.4万元，比上年减少17.6万元，下降{0}%。", "6.3", "7.6", "growth"),
    ("培训由8期增加到24期，增长{0}倍。", "2", "3", "multiple"),
    ("会员由1200人发展到4800人，翻了{0}番。", "两", "三", "multiple"),
    ("今年办理案件75件，是去年30件的{0}倍。", "2.5", "3.5", "multiple"),
    ("总产值是2018年的2.1倍，年均增长{0}%。", "16", "58", "yearly_growth"),
    ("全县职工5260人，其中女职工2104人，占{0}%。", "40", "42", "share"),
    ("受理案件126件，办结118件，办结率{0}%。", "93.7", "97.3", "share"),
    ("检查企业240家，其中合格228家，合格率达{0}%。", "95", "98", "share"),
    ("会费收入86万元，其中上缴34.4万元，占会费收入的{0}%。", "40", "44", "share"),
    ("30名代表中，一线职工24人，占比{0}。", "八成", "超过九成", "share"),
    ("年度任务1200人，实际培训1380人，完成任务的{0}%。", "115", "125", "attainment"),
    ("经费收入1286万元，增长8.6%，完成年度预算1200万元的{0}%。", "107.2", "117.2", "attainment"),
    ("失业率3.2%，低于全市3.9%的水平{0}个百分点。", "0.7", "0.9", "points"),
    ("结构由30:45:25调整为28:{0}:26。", "46", "49", "proportion"),
    ("站点日均服务1200人次，全年服务{0}万人次。", "43.8", "86", "daily"),
    ("帮扶职工820人，其中农民工{0}人。", "310", "910", "part"),
    ("入会职工占职工总数的{0}%。", "96", "106", "above_whole"),
    ("{0}召开全委会。", "2月29日", "2月30日", "date"),
    ("《行动方案（{0}年）》印发。", "2022—2024", "2024—2022", "date"),
    ("驿站由{0}家增加到41家。", "26", "62", "direction"),
    ("支出下降{0}%。", "36", "136", "impossible"),
    ("全年筹集资金120万元：财政拨款80万元、工会经费{0}万元、社会捐赠10万元。", "30", "40", "sum"),
    ("建会企业228家，占企业总数240家的{0}%。", "95", "85", "share"),
    ("培训班比去年的12期增加6期，达到{0}期。", "18", "28", "added"),
    ("上半年建会126家，下半年建会98家，全年共建会{0}家。", "224", "234", "sum"),
    ("2008年、2009年、2010年分别培训300人、400人、500人，三年共培训{0}人。", "1200", "1300", "sum"),
    ("培训1200人次，同比增长20%，去年为{0}人次。", "1000", "1100", "change"),
    ("新建工会310家，同比增加20家，去年为{0}家。", "290", "190", "change"),
    ("会员38124人，比上年末的36308人增加{0}人。", "1816", "1861", "change"),
    ("收入86.4万元，支出72.1万元，结余{0}万元。", "14.3", "24.3", "change"),
    ("职工总数4.5万人，会员3.6万人，入会率{0}%。", "80", "90", "share"),
    ("应建会企业218家，已建会161家，建会率{0}%。", "73.9", "79.3", "share"),
    ("男会员占58.8%，女会员占{0}%。", "41.2", "42.1", "share"),
    ("近八成（{0}%）的企业建立了工会。", "78.6", "86.8", "bound"),
    (TABLE, "206", "216", "table_total"),
    (BOXES, "16", "17", "table_total"),
    (TWICE, "316", "361", "repeated"),
    ("增加值96.52万元，其中：农业31.25万元、工业40.17{0}、服务业25.1万元。", "万元", "元", "unit"),
]
# Nothing is wrong here, though it may look so.
SOUND = [
    "平均寿命78岁，其中女性80.2岁。",
    "12个集体中，8个来自企业，6个是班组。",  # kinds that overlap
    "驿站18.6万个，其中智能化1.2万个、24小时1.3万个、延时2.1万个，最美驿站3.5万个。",
    "会员19.6万余人，职工19.8万余人，入会率98.9%。",
    "甲镇：全县建会企业现场会参会人员12人。\n乙镇：全县建会企业现场会参会人员15人。",  # two places
    "去年全县新建基层工会组织36家。\n今年全县新建基层工会组织41家。",
    "全县职工服务中心服务职工超5万人。\n全县职工服务中心服务职工5.2万人。",
    "发展会员1200人，同比增长8%，其中农民工会员增加300人，增长12%。",
    "年均增长8%，比全省高1.2个百分点。",
    "培训600人，其中300人取得证书，占一半。",
    "共签订合同120份，其中工资合同60份、女职工合同40份。",  # not said to be all
    "乡镇\t会员\t人均\n甲镇\t120\t3\n乙镇\t80\t2\n合计\t200\t2.5",
    "检查企业240家，合格产品228件，合格率98%。",
    "走访企业120家，签订合同118份，续签60份，签订率100%。",
    "筹集资金62.8万元，慰问困难职工2460人，人均255元。",
    "慰问职工2460人，发放62.8万元，其中困难职工人均500元。",
    "办理时限由15天提升到5天，全省排名由12位上升到5位。",
    "占比60%，比上年提高2个百分点，占全省的12%。",
    "发放补贴12万元，救助300户，人均补助标准500元。",
    "全年完成126%，超额完成任务。",
    "今年培训1200人，比去年增加200人，增长20%。",
    "男会员占58.8%，女干部占30%。",
    "上半年建会126家，下半年建会98家，全县共有工会240家。",
    "甲镇、乙镇分别建会12家、15家，全县共建会30家。",
    "培训1200人次，参与面同比增长20%，去年为1100人次。",
    "会员3200人，比上年的目标3000人高。",
    "完成投资1.2亿元，占年度计划1.5亿元的85%。",
    "会员增加到371家，增长15.9%。",
    "由2020年的320家增加到2023年的371家，比2019年增加80家。",
]


def wrong(text: str, on: date | None = None) -> list[TextCheck]:
    return [check for check in check_draft(read_text(text), on).checks if not check.holds]


@pytest.mark.parametrize(("text", "right", "slip", "rule"), TEXTS, ids=lambda value: value[:8])
def test_a_slip_is_found_and_the_right_number_is_not_blamed(text: str, right: str, slip: str, rule: str) -> None:
    assert [check.reason for check in wrong(text.format(right))] == []
    found = wrong(text.format(slip))
    assert {check.rule for check in found} == {rule}
    assert all(check.reason.endswith("。") and check.reason for check in found)


@pytest.mark.parametrize("text", SOUND, ids=lambda text: text[:8])
def test_no_flag_is_raised_where_nothing_is_wrong(text: str) -> None:
    assert [check.reason for check in wrong(text)] == []


def test_the_proof_is_the_arithmetic_in_a_sentence() -> None:
    (check,) = wrong("发放慰问金31.25万元、慰问品6.4万元，共计37.56万元。")
    assert check.reason == "31.25万元加6.4万元是37.65万元，文中写的是37.56万元。"
    assert (check.expected, check.difference, check.certain) == ("37.65万元", "-900元", True)
    (unsure,) = wrong("救助1250人次，发放救助金96.5万元，人均860元。")
    assert unsure.reason.endswith("如果写的是标准、不是平均数，请写明。") and not unsure.certain


def test_a_day_to_come_is_no_day_to_report_by() -> None:
    text = "截至2023年12月，培训职工1200人次。"
    assert [check.rule for check in wrong(text, date(2023, 11, 29))] == ["date"]
    assert [check.rule for check in wrong(f"{text}\n2023年11月29日")] == ["date"]
    assert wrong(text) == wrong(text, date(2023, 12, 5)) == wrong(f"{text}\n2024年1月3日") == []


def test_the_work_report_is_not_blamed() -> None:
    assert wrong(shared_file("report.txt").read_text("utf-8")) == []


def test_published_contradictions_are_found_and_nothing_else() -> None:
    rows = [(row, build(row)) for row in rows_of(shared_file("speech/checks.csv"))]
    told = {
        text: row["expected_verdict"].startswith("inconsistent") or "slip" in row["expected_verdict"]
        for row, text in rows
    }
    assert {text for text in told if text and bool(wrong(text)) != told[text]} == set()
    assert sum(bool(text) for text in told) >= 18 and sum(told.values()) >= 6


def build(row: Row) -> str:
    """Return a sentence with the numbers of a row of checks, "" for a row of another kind."""
    return next((make(row) for rule, make in BUILT.items() if row["rule"].startswith(rule)), "")


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))


def _mean(row: Row) -> str:
    amount, people = (
        (_numbers(row["note"]) * 2)[:2]
        if " / " in row["note"]
        else (f"{Decimal(row['recomputed']) * 10**6}", "1000000")
    )
    return f"发放{amount}元，救助{people}人次，人均{row['stated']}元。"


def _parts(row: Row) -> str:
    unit = re.sub(r"[\d.]", "", row["stated"]) or "份"
    note = row["note"] if "+" in row["note"] else row["note"]
    if "户" in note:  # one part is told in another unit
        return ""
    plain = (
        unit.lstrip("万")
        if Decimal(_numbers(row["note"])[0]) > 1000 and "万" in unit and len(_numbers(row["note"])[0]) == 4
        else unit
    )
    parts = "、".join(
        f"第{place}类{number}{plain}" for place, number in enumerate(_numbers(row["note"].split("(")[0]), 1)
    )
    return f"{parts}，共计{row['stated'] if unit in row['stated'] else row['stated'] + unit}。"


def _drop(row: Row) -> str:
    change, before = _numbers(row["note"])[:2]
    return f"支出{Decimal(before) - Decimal(change)}万元，比上年减少{change}万元，下降{row['stated']}。"


def _added(row: Row) -> str:
    first, more = _numbers(row["note"])[:2]
    return f"在去年{first}家的基础上，今年又增加{more}家，累计签订{row['stated']}家。"


def _share(row: Row) -> str:
    part, whole = _numbers(row["note"])[:2]
    return f"会费总额{whole}元，补助{part}元，占会费总额的{row['stated']}。"


def _head(row: Row) -> str:
    money = row["stated"]
    people = Decimal(_numbers(money)[0]) * 10**4 / Decimal(_numbers(row["recomputed"])[0])
    return f"{round(people)}人参加，互助金{money}。"


def _day(row: Row) -> str:
    return f"驿站日服务{row['note'].split()[0]}人次，全年累计服务职工{row['stated']}。"


def _date(row: Row) -> str:
    year, month = row["stated"].split("-")
    return f"{date.fromisoformat(row['recomputed']):%Y年%m月%d日}\n截至{year}年{month}月，共发放3人次。"


def _proportion(row: Row) -> str:
    return "结构由{}调整为{}。".format(*row["stated"].split("; "))


BUILT: dict[str, Callable[[Row], str]] = {
    "mean": _mean,
    "parts": _parts,
    "drop": _drop,
    "a + increase": _added,
    "share = part": _share,
    "plausible": _head,
    "year = day": _day,
    "as-of": _date,
    "proportion": _proportion,
}


def test_a_draft_of_any_size_and_none_is_checked() -> None:
    assert check_draft(read_draft(b"")).phrases == ()
    long = check_draft(
        read_text("\n".join(f"第{number}组：培训{number}人，其中女职工1人，占2%。" for number in range(400)))
    )
    assert len(long.phrases) > 1200
