"""Rules on a single value: what the column wants, which organisation is meant, when, how much."""

from etl.model.rules.codes import BAD_VALUE
from etl.model.rules.rule import CONFIRM, RETURN, rule
from etl.model.rules.wording import Wording

_FILLED = "[{error}][填的是“{value}”][，显示成“{shown}”]"
_BELONGS = {  # by the type of the column: what belongs there, and what to do
    "integer": ("这里要一个整数", "请改为具体的数，例如 300"),
    "amount": ("这里要一个不小于零的数", "请改为具体的数，例如 1200.50"),
    "number": ("这里要一个数或百分数", "请改为具体的数，例如 80%"),
    "score": ("这里要一个分数，或者是、否", "请改为具体的分数，例如 4.5"),
    "date": ("这里要一个日期", "请改为年月日，例如 2010-12-31"),
    "moment": (
        "这里要日期和时刻，只有日期不够",
        "请改为年月日加几点几分，例如 2010-12-31 14:30；零点整的写成文字 2010-12-31 0:00",
    ),
    "period": ("这里要写是哪一期的数", "请写成这张表的时期，例如 2005年、2005年上半年、2005年四季度"),
    "code": ("这里要填：{words}", "请从中选一个填上"),
    "text": ("这里不能空着", "请补填"),
}
_NUMERIC = ("integer", "amount", "number")
_QUARTER, _REPORTED = "本表报告期是{quarter}", "请核对名称；新建的单位，请县总工会先在单位名册里添上"
_STRIKE = "请删去这一行，或先更正单位名册"
_POINTS, _SET_RIGHT = "“{item}”填的是{value}", "请改正这一格"

OF_VALUES = (
    rule(
        BAD_VALUE, "value", RETURN, "填的内容不合这一栏", "改成这一栏要的数、日期或名称",
        {
            **{kind: Wording(_FILLED, *belongs) for kind, belongs in _BELONGS.items()},
            "rescaled": Wording(
                _FILLED, "填的数和显示的数应一致", "请把这一格的数字格式改为常规，填表头所写单位的数"
            ),
            "below_zero": Wording(_FILLED, "这里不能是负数", "请直接填更正后的数，不要用负数冲减"),
        },
    ),
    rule(
        "blank", "value", RETURN, "必填的没有填", "补填；确实没有的填 0",
        {
            kind: Wording("没有填", belongs, "如确实没有，请填 0" if kind in _NUMERIC else "请补填")
            for kind, (belongs, _) in _BELONGS.items()
        },
    ),
    rule(
        "unknown_unit", "value", RETURN, "单位不在单位名册里", "核对名称；新建的单位，由县总工会先在单位名册里添上",
        Wording("单位名册里没有“{unit}”", "应是名册里的单位[，是不是“{near}”？]", _REPORTED),
    ),
    rule(
        "closed_unit", "value", RETURN, "单位已撤销、合并或尚未设立", "删去这一行，或先更正单位名册",
        {
            "ended": Wording("“{unit}”在{since}已撤销或合并", _QUARTER, _STRIKE),
            "not_begun": Wording("“{unit}”在{period}尚未设立", _QUARTER, _STRIKE),
        },
    ),
    rule(
        "foreign_unit", "value", RETURN, "单位不属于填报单位", "核对隶属关系，或先更正单位名册",
        Wording("“{unit}”不属于填报单位", "应只填本单位和下属单位", "请核对隶属关系，或先更正单位名册"),
    ),
    rule(
        "wrong_level", "value", RETURN, "单位不是这张表要的一级", "改成这张表要填的单位",
        Wording("“{unit}”不是{subject}", "一行只填一个{subject}", "请改成{subject}的名称，或先更正单位名册"),
    ),
    rule(
        "future_date", "value", RETURN, "日期在报告期以后", "改正日期，或在那一期再报",
        Wording("{row}日期是{day}，在报告期之后", _QUARTER, "请核对日期，或改报到对应的那一期"),
    ),
    rule(
        "early_date", "value", CONFIRM, "日期在报告期以前", "属补报的请说明，否则改正日期",
        Wording("{row}日期是{day}，在报告期之前", _QUARTER, "如属补报请说明，否则请改正日期"),
    ),
    rule(
        "target_measure", "value", RETURN, "目标的计量单位不对", "改正计量单位",
        Wording("计量单位填的是“{measure}”", "“{indicator}”用{measures:、}计", "请改正计量单位"),
    ),
    rule(
        "target_size", "value", RETURN, "比率的目标超过 100%", "写成百分数，例如 80%",
        Wording("目标值填的是{value}", "比率的目标应在 0 到 100% 之间", "请写成百分数，例如 80%"),
    ),
    rule(
        "score_item", "value", RETURN, "考核办法里没有这一项", "核对考核办法和考核项目",
        Wording("填的是“{value}”", "“{scheme}”里没有这个项目[，是不是“{near}”？]", "请核对考核办法和考核项目"),
    ),
    rule(
        "score_unit", "value", RETURN, "不是这个考核办法考核的单位", "核对被考核单位",
        Wording("“{unit}”是{level}", "“{scheme}”只考核{levels:、}", "请核对被考核单位"),
    ),
    rule(
        "score_points", "value", RETURN, "分数超出这一项的范围", "改正这一格",
        {
            "yes_no": Wording(_POINTS, "这一项只填是或否", _SET_RIGHT),
            "listed": Wording(_POINTS, "这一项只能填{values:、}", _SET_RIGHT),
            "deduction": Wording(_POINTS, "这一项是扣分，应在 {least:f} 到 0 之间，扣分写负数", _SET_RIGHT),
            "bonus": Wording(_POINTS, "这一项加分最多 {most:f} 分，应在 0 到 {most:f} 之间", _SET_RIGHT),
            "points": Wording(_POINTS, "这一项满分 {most:f} 分，应在 0 到 {most:f} 之间", _SET_RIGHT),
        },
    ),
)  # fmt: skip
