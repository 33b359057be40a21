"""Total labels: the words by which a row says that it is a sum: 合计, 小计：, 总计（个）, 东街 汇总, Grand Total.

The same rule applies to the tables in any sheet and to the returns of our forms. A name that only contains such a word
(统计局工会, 会计师事务所工会) is not a total: the words have to end the label.
"""

import re
from functools import lru_cache

from base.text import normalise

# Words that mean "sum" by themselves. The first may be followed by what is summed: 合计人数, 总计金额.
_SUMS = "总?合计|总计|共计|合共|总共"
_RUNNING = "累计"
_OTHERS = "汇总|计"
_NUMBERS = "总数|总和"  # 年末总数 is an item and no sum of a table, so only 全县 may stand before them
_TOTAL_ALONE = r"总|共|[∑Σ]|共\d+[个人户家件次条项份元名所笔起]+"
_PARTS = "小计|分计"
_PAGES = r"过次页|承前页|接[上前]页|转[下次]页|承上页|本页转下"  # running totals carried from page to page

# What may precede a sum of everything: 全县合计, 本年累计, 1-9月累计.
_WHOLE = "全(?:国|省|市|县|区|州|盟|旗|乡|镇|街道|村|校|厂|院|局|系统|公司|集团|园区)"
_OVERALL = "本[页表]|以上|各单位|各[乡镇县区]+|各项|所有单位|全部"
_TIME = (
    r"(?:截?[至止])?(?:[本上下前当全历]|自?年初)?[\d一二三四半第季度年月日至底止末今~—-]{0,12}?[年季月期日今止]度?份?"
)
_COUNTED = "数|总?人数|人次数?|总?户数|个数|家数|次数|件数|单位数?|总?金额|总?数量?|数额|额"
_WORK = "信息|资料|数据|情况|工作|材料|统计|问题|报表|台账|分类|意见"  # 资料汇总 is a piece of work and no sum

_ENGLISH_GRAND = "(?:grand|overall)?totals?|sum"
_ENGLISH_PART = "sub-?totals?"

_TRADITIONAL = str.maketrans("計總數匯彙縣區國鎮鄉額個戶單頁", "计总数汇汇县区国镇乡额个户单页")
_ENUMERATION = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、](?=\D)|\d+(?=其中))")
_QUOTED = re.compile(r"[\[【〔〖<《「『“\"'‘(=-]++([^(\[]*[^(\[\]】〕〗>》」』”\"'’)=-])[\]】〕〗>》」』”\"'’)=-]++")
_MARKED = re.compile(r"[#*]|其中")  # a part of the row above
_LONGEST = 200  # letters; no label of a total has as many
_TAIL = re.compile(r"(?:(?<![:;,.、…=_—*#※-])[:;,.、…=_—*#※-]+|\([^()]*\)|\[[^\[\]]*\])$")
_COUNT = rf"(?:{_COUNTED})?(?:[\d一二三四五六七八九十]{{0,3}}|\d+[个人户家件次条项份元名所]+)"
_ADDITION = r"(?:/?(?:grand)?(?:sub)?total|/.{1,6})?"  # 合计Total, 合计/平均
_NAME = "[^,;:!?、。…]"
_GRAND = re.compile(
    rf"(?:(?:{_TIME}|{_OVERALL})?(?:{_WHOLE})?(?:(?:{_SUMS}){_COUNT}|(?:{_RUNNING}|{_OTHERS})数?)"
    rf"|(?:{_OVERALL})?(?:{_WHOLE})?(?:{_NUMBERS})|{_TOTAL_ALONE}|{_WHOLE}){_ADDITION}|(?:{_ENGLISH_GRAND})(?:/.{{1,6}})?",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    rf"{_PAGES}|{_NAME}{{0,30}}?(?:{_SUMS}|{_PARTS}){_COUNT}{_ADDITION}|{_NAME}{{1,30}}?(?<!{_WORK})汇总数?"
    rf"|{_ENGLISH_PART}|{_NAME}{{1,40}}?(?:sub-?)?total",
    re.IGNORECASE,
)
_UNTIL_NOW = re.compile(rf"(?:{_TIME}){_RUNNING}数?", re.IGNORECASE)
_BY_ITSELF = re.compile(rf"(?:{_TIME}){_RUNNING}数?|(?:{_NUMBERS}|{_OTHERS}|{_TOTAL_ALONE})数?", re.IGNORECASE)
_LETTER = re.compile(
    "[计計总總共汇匯彙全页頁∑Σ\ufa72]|total|sum", re.IGNORECASE
)  # the last hanzi is 全 in another encoding


def plain_label(text: str) -> str:
    """Return a row's label normalised for comparison: no white space, half-width, without a leading 一、 or (1)."""
    return _ENUMERATION.sub("", normalise(text))


def may_be_total(text: str) -> bool:
    """Return whether a text, or many joined, has a character without which it is not a total; a quick pre-check."""
    return bool(_LETTER.search(text))


def total_rank(text: str) -> int:
    """Return 2 for the words of a grand total (合计, 全市), 1 for those of a partial one (小计, 企业合计), else 0."""
    return _rank(text) if _LETTER.search(text) else 0  # the character first, because a roster has many names


@lru_cache(maxsize=1 << 12)
def _rank(text: str) -> int:
    label = bare_label(text)
    if _MARKED.match(label):
        return 0
    if _GRAND.fullmatch(label):
        return 2
    return 1 if _PARTIAL.fullmatch(label) else 0


def is_total_by_itself(text: str) -> bool:
    """Return whether a total's label may mean something else if there is another name beside it: 本年累计 | 应缴."""
    return bool(_BY_ITSELF.fullmatch(bare_label(text)))


def counts_from_before(text: str) -> bool:
    """Return whether a total's label says that it also covers earlier sheets: 本年累计, 1-9月累计."""
    return bool(_UNTIL_NOW.fullmatch(bare_label(text)))


def bare_label(text: str) -> str:
    """Return a label without numbering, quotes, and a trailing colon or brackets."""
    label = plain_label(text).translate(_TRADITIONAL)
    if len(label) > _LONGEST:
        return label
    if quoted := _QUOTED.fullmatch(label):
        label = quoted[1]
    while (shorter := _TAIL.sub("", label)) not in ("", label):
        label = shorter
    return label
