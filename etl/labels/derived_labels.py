"""Derived labels: the words for rows and columns computed from others and never added: 平均, 增减, 占比, 排名.

The same rule applies to rows and columns, in any sheet and in the returns of our forms. A longer name that only
contains such a word (人均收入, 上年结转, 平均路工会) is none.
"""

import re
from functools import lru_cache
from typing import Literal

from etl.labels.total_labels import bare_label

Derived = Literal["", "rate", "beside"]

_OF = r"(?:全[国省市县区州镇乡厂校]|各[单位乡镇县区]+|合计|总计|小计|总体|本[期年季月]|\d{4}年)?"
_EARLIER = r"(?:(?:上|去|前|上一)(?:年度?|期|季度?|月)(?:同[期季月]|年?[末底])?|\d{4}年?同[期季月]|同期)"
_AVERAGE = (
    r"(?:算术|加权|总)?(?:平均|人均|户均|[月季年日周县镇村校]均|每[人户家]平均)(?:数|值|分数?|水平|额|每[人户家个])?"
    r"|均值|中位数|众数|标准差|average|mean|avg"
)
_EXTREME = r"最[高低大小多少](?:数|值|分)?|max(?:imum)?|min(?:imum)?"
_SHARE = r"(?:所?占)?(?:比重|比例|占比|百分比|份额)|构成比?|所?占.{1,8}(?:比重|比例|百分比|%)"
_RANK = r"(?:得分|综合)?(?:排名|排位|排序|位次|名次)"
_DONE = r"(?:完成|达标)?(?:全年|年度|序时|计划|任务|目标|预算|完成|达标)*(?:率|比例|百分比|进度|%)"
_OFTEN = r"(?:数量?|量|额|值|人数|率|幅度?|比例|百分比|百分点|情况)?[%‰]?"
_CHANGE = (
    rf"(?:(?:比|较|与|和)?{_EARLIER}(?:相比|比)?)?(?:净?增减|净?增长|净增|净减|增幅|降幅|升降|[+±]-?|增\(?减\)?){_OFTEN}"
    rf"|(?:比|较|与|和)?{_EARLIER}(?:相比|比)?(?:增加|减少|增|减|变化|变动|上升|下降){_OFTEN}|(?:比|较|与|和|同)(?:{_EARLIER})(?:相?比|相较)?"
)
_COMPARED = rf"(?:同比|环比)(?:净?增减|增长|增加|减少|上升|下降|变化|增幅|[±+-]+)?{_OFTEN}"
_BEFORE = rf"(?:{_EARLIER})(?:完成|实际|实绩|累计|合计)?(?:数|值|额|人数|情况)?"
_GOAL = r"(?:全年|年度|本年|年初|下达|\d{4}年)*(?:目标|任务|计划|预算)(?:任务|计划)?(?:数|值|额|人数)?"
_DIFFERENCE = r"差额|差距|缺口|还差|差数|相差"
_RATE = re.compile(rf"{_OF}(?:{_AVERAGE}|{_EXTREME}|{_SHARE}|{_RANK}|{_DONE})", re.IGNORECASE)
_COMPARISON = re.compile(rf"{_OF}(?:{_CHANGE}|{_COMPARED}|{_BEFORE}|{_GOAL}|{_DIFFERENCE})", re.IGNORECASE)
_LONGEST = 30  # characters; a longer text is a sentence, and the patterns take long on it
# The last letters that such a label can have, which tells most names apart at once: a roster has many.
_ENDS = frozenset(
    "均数值分平水额个家户人差高低大小多少重例比率占份构排名位次序度减长增幅降升量点况加化动较年期季月末底成际绩计标务划算距口"
    "%％‰±+-＋－—egnxEGNX)）]］】:：*#;；。.、”」』"
)


def derived_label(text: str) -> Derived:
    """Return "rate" for words of values that never add up (平均, 占比), "beside" if they add up among themselves.

    "" for all others; a longer name that contains such a word (人均收入, 上年结转) is none.
    """
    return _derived(text) if len(text) <= _LONGEST and text.strip()[-1:] in _ENDS else ""


@lru_cache(maxsize=1 << 12)
def _derived(text: str) -> Derived:
    label = bare_label(text)
    if _RATE.fullmatch(label):
        return "rate"
    return "beside" if _COMPARISON.fullmatch(label) else ""
