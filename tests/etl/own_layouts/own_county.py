"""What a county declares to read its own tables: four forms with their items, and a layout for each of its tables."""

import yaml

from stats.catalogue import USUAL_PACKS
from stats.catalogue_declared import Declared

ROSTER = """\
name: 基层工会花名册
aliases: [花名册]
question: 每个基层工会有多少职工和会员？
layouts: [roster]
frequency: quarter
assigned: {level: [union]}
subject: [union]
key: [union]
columns:
  - {code: union, name: 工会名称, type: unit, required: true}
  - {code: workers, name: 职工, type: integer, measure: person, required: true}
  - {code: members, name: 会员, type: integer, measure: person, required: true}
  - {code: members_women, name: 女会员, type: integer, measure: person, required: true}
  - {code: members_migrant, name: 农民工会员, type: integer, measure: person, required: true}
  - {code: members_new, name: 新就业形态会员, type: integer, measure: person, required: true}
"""
FEES = """\
name: 经费按月收缴表
question: 各乡镇、园区、系统每月应缴多少、实缴多少？
layouts: [roster]
frequency: month
assigned: {level: [town, park, system]}
subject: [area]
key: [area]
columns:
  - {code: area, name: 乡镇（系统）, type: unit, required: true}
  - {code: due, name: 应缴, type: amount, measure: yuan, required: true}
  - {code: paid, name: 实缴, type: amount, measure: yuan, required: true}
"""
AID = """\
name: 帮扶发放台账
question: 帮扶了多少户、多少人，花了多少钱？
layouts: [ledger]
frequency: month
assigned: {level: [county]}
subject: [area]
key: [number]
date: date
columns:
  - {code: number, name: 编号, type: text, identifier: true, required: true}
  - {code: date, name: 日期, type: date, required: true}
  - {code: area, name: 乡镇（系统）, type: unit, required: true}
  - {code: kind, name: 帮扶项目, type: code, codes: own_aid, required: true}
  - {code: source, name: 资金来源, type: code, codes: aid_source}
  - {code: households, name: 户数, type: integer, measure: household, required: true}
  - {code: persons, name: 人数, type: integer, measure: person, required: true}
  - {code: amount, name: 金额, type: amount, measure: yuan, required: true}
"""
CONTRACTS = """\
name: 集体合同签订台账
question: 签了哪些集体合同，何时到期？
layouts: [ledger]
frequency: standing
assigned: {level: [county]}
subject: [union]
key: [number]
date: start
until: end
columns:
  - {code: number, name: 序号, type: text, identifier: true, required: true}
  - {code: union, name: 签订工会, type: unit, required: true}
  - {code: type, name: 合同类别, type: code, codes: contract_type, required: true}
  - {code: scope, name: 签订方式, type: code, codes: contract_scope}
  - {code: start, name: 合同期限/起, type: date, required: true}
  - {code: end, name: 合同期限/止, type: date, required: true}
  - {code: workers, name: 覆盖职工, type: integer, measure: person}
"""
HISTORY = """\
name: 历年主要数据表
question: 历年有多少工会、职工和会员，收缴了多少经费？
layouts: [ledger]
frequency: standing
rows_of: year
assigned: {level: [county]}
subject: [unit]
key: [unit, year]
date: year
until: next
columns:
  - {code: unit, name: 单位, type: unit, required: true}
  - {code: year, name: 年份, type: period, required: true}
  - {code: unions, name: 基层工会, type: integer, measure: unit, total_of: own_unions}
  - {code: workers, name: 职工, type: integer, measure: person, total_of: own_workers}
  - {code: members, name: 会员, type: integer, measure: person, total_of: own_members}
  - {code: paid, name: 经费收缴, type: amount, measure: yuan, total_of: own_paid}
"""
OWN_AID = """\
code,name,aliases,groups
school,金秋助学,,
medical,医疗救助,,
living,生活救助,,
visit,两节送温暖,,
cool,夏送清凉,,
"""
ITEMS = """\
own_unions: {name: 名册工会个数, measure: unit, time: last, form: L01}
own_workers: {name: 名册职工人数, measure: person, time: last, form: L01, take: workers}
own_members: {name: 名册会员人数, measure: person, time: last, form: L01, take: members}
own_women: {name: 名册女会员人数, measure: person, time: last, form: L01, take: members_women}
own_migrant: {name: 名册农民工会员人数, measure: person, time: last, form: L01, take: members_migrant}
own_new: {name: 名册新就业形态会员人数, measure: person, time: last, form: L01, take: members_new}
own_due: {name: 按月应缴经费, measure: yuan, time: sum, form: L02, take: due}
own_paid: {name: 按月实缴经费, measure: yuan, time: sum, form: L02, take: paid}
own_aid_spent: {name: 帮扶发放金额, measure: yuan, time: sum, form: L03, take: amount}
own_aid_school: {name: 金秋助学发放金额, measure: yuan, time: sum, form: L03, take: amount, where: {kind: school}}
own_households: {name: 帮扶发放户数, measure: household, time: sum, form: L03, take: households}
own_aided: {name: 帮扶发放人数, measure: person, time: sum, form: L03, take: persons}
own_archives: {name: 名册建档户数, measure: household, time: last, form: L06, take: households}
own_handed_out: {name: 名册发放金额, measure: yuan, time: sum, form: L06, take: amount}
own_collective: {name: 名册综合合同份数, measure: contract, time: last, form: L04, where: {type: collective}}
own_wage: {name: 名册工资合同份数, measure: contract, time: last, form: L04, where: {type: wage}}
own_women_contracts: {name: 名册女职工合同份数, measure: contract, time: last, form: L04, where: {type: women}}
"""
ROSTER_LAYOUT = """\
name: 本县花名册
form: L01
reporter: 清河县总工会
headings:
  - {path: 工会名称, columns: [union]}
  - {path: "所属乡镇(系统)"}
  - {path: 单位性质}
  - {path: 统一社会信用代码}
  - {path: 建会时间}
  - {path: 本届换届时间}
  - {path: 职工数/总数, columns: [workers]}
  - {path: 职工数/其中女}
  - {path: 会员数/总数, columns: [members]}
  - {path: 会员数/其中女, columns: [members_women]}
  - {path: 会员数/其中农民工, columns: [members_migrant]}
  - {path: 会员数/其中新就业形态, columns: [members_new]}
persons: [工会主席, 联系电话]
"""
FEES_LAYOUT = """\
name: 本县经费收缴表
form: L02
reporter: 清河县总工会
headings:
  - {path: "乡镇(系统)", columns: [area]}
  - {path: "{period}/应缴", columns: [due]}
  - {path: "{period}/实缴", columns: [paid]}
"""
AID_LAYOUT = """\
name: 本县帮扶台账
form: L03
reporter: 清河县总工会
headings:
  - {path: 编号, columns: [number]}
  - {path: 日期, columns: [date]}
  - {path: "乡镇(系统)", columns: [area]}
  - {path: 帮扶项目, columns: [kind]}
  - {path: 资金来源, columns: [source]}
  - {path: 户数, columns: [households]}
  - {path: 人数, columns: [persons]}
  - {path: 金额, columns: [amount]}
persons: [受助人姓名]
"""
CONTRACTS_LAYOUT = """\
name: 本县集体合同台账
form: L04
reporter: 清河县总工会
dated_by: start
headings:
  - {path: 序号, columns: [number]}
  - {path: 企业名称, columns: [union], suffix: 工会}
  - {path: 合同类别, columns: [type]}
  - {path: 签订方式, columns: [scope]}
  - {path: 合同期限, columns: [start, end]}
  - {path: 覆盖职工, columns: [workers]}
words:
  - {column: type, word: 综合, code: collective}
  - {column: type, word: 工资, code: wage}
  - {column: type, word: 女职工权益, code: women}
"""
HISTORY_LAYOUT = """\
name: 本县历年数据
form: L05
reporter: 清河县总工会
dated_by: year
fixed:
  - {column: unit, value: 清河县总工会}
headings:
  - {path: 年份, columns: [year]}
  - {path: 基层工会, columns: [unions]}
  - {path: 职工, columns: [workers]}
  - {path: 会员, columns: [members]}
  - {path: 经费收缴, columns: [paid]}
"""
AREA_LAYOUT = """\
name: 一个地方一张表的经费表
form: L02
reporter: 清河县总工会
named_by_sheet: area
left_out: [汇总]
headings:
  - {path: "{period}/应收", columns: [due]}
  - {path: "{period}/实收", columns: [paid]}
"""
TURNED_LAYOUT = """\
name: 各地横着排的困难职工档案表
form: L06
reporter: 清河县总工会
turned: area
headings:
  - {path: 建档户数, columns: [households]}
  - {path: 发放金额, columns: [amount]}
"""
ARCHIVE = """\
name: 建档情况表
question: 各地建了多少户档案，发了多少钱？
layouts: [roster]
frequency: quarter
assigned: {level: [town, park, system]}
subject: [area]
key: [area]
columns:
  - {code: area, name: 乡镇（系统）, type: unit, required: true}
  - {code: households, name: 建档户数, type: integer, measure: household, required: true}
  - {code: amount, name: 发放金额, type: amount, measure: yuan, required: true}
"""
FILES = {
    "forms/L01.yml": ROSTER,
    "forms/L02.yml": FEES,
    "forms/L03.yml": AID,
    "forms/L04.yml": CONTRACTS,
    "forms/L05.yml": HISTORY,
    "forms/L06.yml": ARCHIVE,
    "codes/own_aid.csv": OWN_AID,
    "items.yml": ITEMS,
    "layouts/roster.yml": ROSTER_LAYOUT,
    "layouts/fees.yml": FEES_LAYOUT,
    "layouts/aid.yml": AID_LAYOUT,
    "layouts/contracts.yml": CONTRACTS_LAYOUT,
    "layouts/history.yml": HISTORY_LAYOUT,
    "layouts/by_area.yml": AREA_LAYOUT,
    "layouts/turned.yml": TURNED_LAYOUT,
}


_INDICATOR = """\
name: {name}
name_en: {code}
domain: aid
question: {name}是多少？
why: 掌握底数。
numerator: {code}
base: {name}
unit: {unit}
direction: up
decimals: 0
chart: line
owner: 办公室
history: [{{date: 2026-11-30, what: 首次定义}}]
"""


def _indicators() -> dict[str, str]:
    """Return an indicator for each item, and the rate of fees that were paid, by path."""
    items = yaml.safe_load(ITEMS).items()
    rate = _INDICATOR.format(code="own_paid", name="经费按月收缴率", unit="percent") + "denominator: own_due\n"
    return {"indicators/own_rate.yml": rate} | {
        f"indicators/{code}.yml": _INDICATOR.format(code=code, name=item["name"], unit=item["measure"])
        for code, item in items
    }


def own_county(name: str) -> Declared:
    """Return what the county of a name declares."""
    return Declared(
        USUAL_PACKS, {path: text.replace("清河县总工会", name) for path, text in (FILES | _indicators()).items()}
    )
