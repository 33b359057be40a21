"""Text kinds: the words that identify the kind of a row or cell: totals, parts, notes, signatures, units of measure."""

import re

from base.text import normalise
from etl.labels.total_labels import plain_label, total_rank
from etl.model.values import is_blank, parse_money

_SUBSET = re.compile(r"^(?:[#*]+|其中[:、,.]?)")
_SUBSET_LETTER = re.compile(r"[其#*＃＊﹟﹡]")
_NOTE = re.compile(
    r"(?:(?:附|备)?注\d*[:.、]|\(?(?:附|备)?注\)?$|注释|说明\d*[:.、]|(?:资料|数据)来源|来源:|※|指标解释|技术要求|"
    r"(?:以上|上述|本表|上表|表[中内])(?:各?项?(?:数[据字]|均)|都|不?含|不?包括|所列|统计|系|为))"
)
_SIGNATURE = re.compile(
    r"(?:填[表报]人|制表人?|审核人?|复核人?|审批人?|批准人?|经[办手]人|设计人?|校对人?|(?:单位|统计|部门|分管)?负责人|分管领导|"
    r"(?:填报|报出|制表|上报)?日期|(?:联系)?电话|传真|\(?(?:盖章|公章|签字|签章|签名)\)?)"
)
_KEY = re.compile(
    r"(?:填报(?:单位|部门|工会)|[报编制]\S{0,2}单位|单位名称|报告期|填报期|所属期|统计期|时间|日期|年度|(?:金额|计量|货币)?单位|表号|制定机关|"
    r"批准\S{2}|备案机关|有效期至?|文号|数据库|指标|表名|填表人|审核人|负责人|填报日期)[^:]{0,6}:"
)
_SCALE = r"(?:十万|百万|千万|[百千万亿])?"
_BASE = (
    r"(?:[美日欧港]?元|人次|人|个|户|家|名|件|次|项|份|场|期|批|公?吨|公斤|千克|克|公里|千米|平方公里|平方米|立方米|米|m[23]?|亩|公顷|"
    r"台|辆|套|册|本|条|处|座|所|间|张|片|例|起|组|对|枚|头|只|株|箱|瓶|包|小时|天|分|岁|升|千瓦时?|度|mm|cm|km|kg|t|标准煤|%|‰|"
    r"个?百分点|个?千分点)"
)
_TIMES = {"十万": 1e5, "百万": 1e6, "千万": 1e7, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_SCALED = re.compile(rf"({'|'.join(_TIMES)})({_BASE}.*)")
_UNIT = re.compile(rf"{_SCALE}{_BASE}(?:/{_SCALE}{_BASE})?")
_BRACKETED = re.compile(r"[(\[](?:(?:计量|金额)?单位:?)?([^()\[\]]{1,8})[)\]]$")
_KEY_UNIT = re.compile(r"[(\[]?(?:金额|计量|货币)?单位:([^)\]]+(?:\([^)]*\))?)[)\]]?")
_PERIOD = re.compile(r"\(?(?:\d{4}[年./-][\d年月日季度第一二三四上下半全至—–~./:-]*)\)?")
_FIGURE = re.compile(r"[+-]?[\d,]*\d(?:\.\d*)?%?")
_PLAIN_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_YEAR = re.compile(r"(?:19[4-9]\d|20\d\d)年?")
_STEM = re.compile(r"[甲乙丙丁戊己庚辛壬癸]|[A-Z]|\(?\d{1,2}\)?(?:=.+)?|[①-⑳]|[-—]")
_ORDINAL = re.compile(r"\(?(\d{1,2})\)?(?:=.+)?")
_RATE = re.compile(
    r"率|比重|占比|人均|户均|均价|单价|平均|指数|百分比|满意度|每[一百千万]?[个人户家名件]|年龄|名次|排名|位次|[%‰]"
)
_CHANGE = re.compile(r"增长|增减|增幅|降幅|比\d{4}年|比上[年季月期]|同比|环比")  # a rate, or an increase or decrease
_COUNT = re.compile(r"(?:数|额|量|值|[增减]加?[人户家元])$")
_RATIO = re.compile(r"[%‰]|个?[百千]分点|[十百千万亿]*元/.+")
_UNITS = re.compile(rf"(?:{_SCALE}{_BASE}(?:/{_SCALE}{_BASE})?[、,;和及]?)+")
_ASIDE = re.compile(r"\([^()]*\)")
_WHEN = "成立|建会|建立|组建|入会|换届|签订|签约|发生|出生|批准|登记|填报|上报|开始|结束|起止|到期|参加工作"
_IDENTIFIER = re.compile(
    rf"序号|排序号?|.{{0,8}}(?:编[号码]|代码|号码|日期|年月)|.{{0,4}}(?:{_WHEN})时间"
    r"|.{0,6}(?:电话|手机号?|账号|卡号|证号|传真)|邮编|年份|年度|月份|年|月|日|季度|时间|No\.?|ID",
    re.IGNORECASE,
)


def is_subset(text: str) -> bool:
    """Return whether a label marks a part of the row above: 其中, # or *."""
    return bool(_SUBSET_LETTER.search(text) and _SUBSET.match(plain_label(text)))


def is_note(text: str) -> bool:
    """Return whether a text begins a note: 注：, 资料来源, 说明：."""
    return bool(_NOTE.match(normalise(text)))


def is_signature(text: str, bare: bool) -> bool:
    """Return whether a text begins a line of signatures: 填表人：; `bare` accepts the words without a colon too."""
    plain = normalise(text)
    match = _SIGNATURE.match(plain)
    behind = plain[match.end() :] if match else "-"
    return behind.startswith(":") or (bare and not behind)


def is_key(text: str) -> bool:
    """Return whether a text is one of the known captions, such as 填报单位：or 单位：万元."""
    return bool(_KEY.match(normalise(text)))


def is_unit(text: str) -> bool:
    """Return whether a text is a unit of measure: 万元, 人, 元/人, %."""
    return bool(_UNIT.fullmatch(normalise(text)))


def scale_of(unit: str) -> tuple[float, str]:
    """Return a unit's factor to its base unit, and that base: 10,000 and 元 for 万元."""
    plain = normalise(unit)
    scale = _SCALED.match(plain)
    return (_TIMES[scale[1]], scale[2]) if scale else (1.0, plain)


def split_measure(text: str) -> tuple[str, str]:
    """Return a label and the unit of measure in brackets after it ("" when there is none)."""
    plain = normalise(text)
    match = _BRACKETED.search(plain)
    return (plain[: match.start()], match[1]) if match and is_unit(match[1]) else (plain, "")


def key_unit(text: str) -> str:
    """Return the unit of measure of 单位：万元, "" for any other text."""
    match = _KEY_UNIT.fullmatch(normalise(text))
    return units_in(match[1]) if match else ""


def bare_unit(text: str) -> str:
    """Return the unit of measure when a cell holds nothing else, in brackets or bare, else ""."""
    label, unit = split_measure(text)
    return unit if unit and not label else (normalise(text) if is_unit(text) else "")


def is_figure(text: str) -> bool:
    """Return whether a text is a number in digits."""
    return bool(_FIGURE.fullmatch(normalise(text)))


def is_period(text: str) -> bool:
    """Return whether a text is a period or day alone: 2025年三季度, 2025-10-09; a bare year may be a heading."""
    plain = normalise(text)
    return bool(_PERIOD.fullmatch(plain)) and not _YEAR.fullmatch(plain) and any(map(str.isdigit, plain))


def is_year_total(text: str) -> bool:
    """Return whether a heading means the whole year beside its months: 全年, 年度."""
    return normalise(text) in ("全年", "年度", "本年", "上半年")


def sums_up(text: str) -> bool:
    """Return whether a heading names sums of what stands in other columns or tables: 合计, 上半年, 1-6月累计实缴."""
    return bool(total_rank(text)) or is_year_total(text) or is_running(text)


def is_running(text: str) -> bool:
    """Return whether a heading names sums since the year began, which don't add up over periods: 累计实缴."""
    return "累计" in normalise(text)


def is_year(text: str) -> bool:
    """Return whether a text is a year."""
    return bool(_YEAR.fullmatch(normalise(text)))


def is_rate(text: str) -> bool:
    """Return whether a heading names a rate or an average, whose parts don't add up."""
    return bool(_RATE.search(normalise(text)))


def is_change(text: str) -> bool:
    """Return whether a heading names a change without saying whether it is a rate (比上年增长) or a number."""
    plain = normalise(text)
    return bool(_CHANGE.search(plain)) and not _RATE.search(plain) and not _COUNT.search(plain)


def is_ratio(unit: str) -> bool:
    """Return whether a unit of measure is that of rates and averages: %, ‰, 元/人."""
    return bool(_RATIO.fullmatch(normalise(unit)))


def units_in(text: str) -> str:
    """Return the units of measure that a text consists of, "" for any other: 人、% of 人、%（不含退休）."""
    plain = _ASIDE.sub("", normalise(text))
    if is_unit(plain):
        return plain
    if not _UNITS.fullmatch(plain):
        return ""
    return "、".join(match[0] for match in _UNIT.finditer(plain))


def is_identifier(text: str) -> bool:
    """Return whether a heading names what identifies a row (序号, 代码, 年份), which is never added up."""
    return bool(_IDENTIFIER.fullmatch(normalise(text)))


def is_numbering(texts: list[str]) -> bool:
    """Return whether the cells of a row number the columns: 甲 乙 1 2 3, A B C, 1 2 3."""
    plain = [normalise(text) for text in texts]
    if len(plain) < 2 or not all(_STEM.fullmatch(text) for text in plain):
        return False
    ordinals = [int(match[1]) for match in map(_ORDINAL.fullmatch, plain) if match]
    lettered = sum(not _ORDINAL.fullmatch(text) and text not in "-—" for text in plain)
    running = bool(ordinals) and ordinals == list(range(1, len(ordinals) + 1))
    return (running and len(ordinals) + lettered >= 3) or (lettered >= 2 and not ordinals)


def number_of(text: str) -> float | None:
    """Return the number in a cell, None when there is none; a dash, 无 and 空 are missing, never zero."""
    if _PLAIN_NUMBER.fullmatch(text):  # first, because in a csv every number is a text
        return float(text)
    try:
        return None if is_blank(text) else float(parse_money(text))
    except (ValueError, KeyError, OverflowError, ArithmeticError):
        return None
