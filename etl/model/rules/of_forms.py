"""Rules that compare several sheets and forms."""

from etl.model.rules.codes import OUT_OF_LINE
from etl.model.rules.rule import CONFIRM, RETURN, rule
from etl.model.rules.wording import Wording

CHECK_NUMBER = "请核对这个数；确实如此的请说明原因"
CHECK_BOTH = "请核对两张表；确实无误的请说明原因"
CHECK_PLACES = "请核对计量单位和位数；确实如此的请说明原因"
OTHER_FORM = "{row}{label}是{value}，“{form}”{quarter}的[{unions}合计]{other}是{there}"
TAKEN_FORM = "{row}{label}是{value}，已收下的“{form}”{quarter}的{other}是{there}"
SHOULD_BE = "“{left_form}”的{left}应{relation}“{right_form}”的{right}[{added}][×{times:,g}]"
_RATE = "收下后{unit}{quarter}{indicator}会是{rate:.1%}，不能超过{most:.0%}[（这样的比率共{count}项）]"
_PLAUSIBLE = "{limit}以内才合常理[（按“{unit}”的{known}{size:,.10g}估计）]"
_NUMBER_AND_UNIT = "请核对这个数和计量单位；确实如此的请说明原因"
_TWO_AND_UNIT = "请核对这两个数和计量单位；确实如此的请说明原因"
_EACH = "{row}{numbers:，}，平均每{measure}{value}"
_ONE_CODE, _SET_CODE = "同一家企业应填同一个代码，否则会算成两家", "请补填或改正{label}；确是另一家的请说明"

OF_FORMS = (
    rule(
        "returned_twice", "across", CONFIRM, "一个文件里有两张同样的表", "选定以哪一张表为准，或删去不要的一张再报",
        Wording(
            "表“{first}”和“{second}”都是{unit}{quarter}的《{form}》，有 {count} 个数不同，例如{example}",
            "同一张表一期只能有一份算数",
            "请选定以哪一张表为准，或删去不要的一张再报",
        ),
    ),
    rule(
        "repeated_on_sheets", "across", CONFIRM, "几张表里有相同的行", "删去重复的行；确认后只算一次",
        Wording(
            "表“{second}”有 {count} 行在表“{first}”里已经报过：{names}（第{second_row}行和第{first_row}行）",
            "同一内容只能报一次",
            "请删去重复的行；确实是同一行的，确认后只算一次",
        ),
    ),
    rule(
        "several_quarters", "across", CONFIRM, "一个文件有几期的表", "选定收哪一张表；都要收的请说明",
        Wording(
            "{unit}的《{form}》有几期的：{sheets:，}",
            "一份文件一般只报一期",
            "请选定收哪一张表；都要收的请说明",
        ),
    ),
    rule(
        "reported_elsewhere", "across", RETURN, "这一行在另一份里报过", "删去这一行；要更正的，改原来那份后重新上报",
        Wording(
            "{row}已在“{name}”里报过",
            "同一内容只能报一次",
            "请删去这一行；如要更正，请改原来那份报表后重新上报",
        ),
    ),
    rule(
        "across", "across", ("confirm", "note"), "和另一张表对不上", "核对两张表；确实无误的请说明原因",
        {
            "other": Wording(OTHER_FORM, SHOULD_BE, CHECK_BOTH),
            "taken": Wording(TAKEN_FORM, SHOULD_BE, CHECK_BOTH),
            "ledger": Wording(
                "{row}{label}是{value}，已收下的“{form}”{quarter}“{name}”的{other}是{there}[，这样的共{count}行]",
                SHOULD_BE,
                CHECK_BOTH,
            ),
            "area": Wording(
                "“{area}”各工会{label}合计是{value}，已收下的“{form}”{quarter}的{other}是{there}",
                SHOULD_BE,
                CHECK_BOTH,
            ),
        },
    ),
    rule(
        "leading_zeros", "across", CONFIRM, "编号只差前面的零", "改成同一个写法；确是另一个的请说明",
        Wording(
            "{row}另有一个写成“{other}”[，这样的共{count}行]",
            "同一个{label}前面的零应写得一样，否则会算成两个",
            "请改成同一个写法；确是另一个的请说明",
        ),
    ),
    rule(
        "two_codes", "across", CONFIRM, "同一家企业填了不同的代码", "补填或改正企业代码；确是另一家的请说明",
        {
            "both": Wording("{row}{label}填的是“{own}”，{place}里“{name}”的是“{code}”", _ONE_CODE, _SET_CODE),
            "blank_here": Wording("{row}没有填{label}，{place}里“{name}”的是“{code}”", _ONE_CODE, _SET_CODE),
            "blank_there": Wording("{row}{label}填的是“{own}”，{place}里“{name}”没有填", _ONE_CODE, _SET_CODE),
        },
    ),
    rule(
        OUT_OF_LINE, "across", CONFIRM, "和其他各行相差太大", "核对这个数和计量单位；确实如此的请说明原因",
        {
            "usual": Wording("{row}{label}是{value}", "同类的居中是{usual}，相差约{times:,.0f}倍", CHECK_PLACES),
            "most": Wording("{row}{label}是{value}[，这样的共{count}行]", _PLAUSIBLE, _NUMBER_AND_UNIT),
            "each_usual": Wording(_EACH, "同类的平均每{measure}{limit}", _TWO_AND_UNIT),
            "each_most": Wording(_EACH, "平均每{measure}{limit}以内才合常理", _TWO_AND_UNIT),
            "each_least": Wording(_EACH, "平均每{measure}{limit}以上才合常理", _TWO_AND_UNIT),
        },
    ),
    rule(
        "own_total", "across", CONFIRM, "总数和下级汇总、和原来报的不一样", "核对这个数；收下后用这次的总数",
        {
            "below": Wording(
                "{unit}{period}的总数填的是{value}，下级报来的合计是{below}[，这样的共{count}处]",
                "同一期的数要么用总数，要么用下级汇总，不能两头都算",
                "请核对；收下后用总数，要改用下级汇总的，收下后在“报送进度”的“总数和明细”里选定",
            ),
            "before": Wording(
                "{unit}{period}的总数原来报的是{then}，这次是{now}[，这样的共{count}处]",
                "同一期的总数只有一个，收下后用这次的",
                "请核对；确实更正的请说明原因",
            ),
        },
    ),
    rule(
        "impossible_rate", "across", CONFIRM, "收下后有比率会超过 100%", "核对这个数；确实如此的请说明原因",
        {
            "numerator": Wording("“{name}”{label}填的是{value}，是分子里最大的一行", _RATE, CHECK_NUMBER),
            "denominator": Wording("这份表里{item}合计{sum}，是分母，已收下的分子比它大", _RATE, CHECK_NUMBER),
        },
    ),
)  # fmt: skip
