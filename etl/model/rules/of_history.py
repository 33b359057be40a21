"""Rules that compare with earlier data: other quarters, and the return in force."""

from etl.model.rules.codes import UNIT_SLIP
from etl.model.rules.of_forms import CHECK_BOTH, CHECK_NUMBER, CHECK_PLACES, OTHER_FORM, SHOULD_BE, TAKEN_FORM
from etl.model.rules.rule import CONFIRM, NOTE, rule
from etl.model.rules.wording import Wording

_CHANGE = "{row}{label}{when}{then}，这次{now}"
_MANY = "，这样的共{count}行，合计{sum}"
_CHECK_UNIT = "请核对表头的计量单位；确实如此的请说明原因"
_CHECK_QUARTERS = "请核对前后两期的数；确实如此的请说明原因"
_UNIT_OF_TABLE = f"像是表头的计量单位错了，{CHECK_BOTH}"
_NOT_AT_ONCE, _NOT_FILLED = "原来有数的，一般不会一下子变成零", "请核对是不是没有填；确实没有了的请说明原因"
_OPENING = "{row}{numbers:，}"
_FEWER = (
    "上一份 {before}，这一份 {now}，少了 {fewer}（{names}）；上一份是{files:、}"
    "[，另有 {count} 个数和上一份不同，例如{example}]"
)
_OVERWRITES = "{quarter}的这张表已收下过（{files:、}），收下会改动其中 {count} 个数，例如{example}"
_CORRECT_SO = "请核对报告期和文件；确实要改的，请在文件名或标题上写“更正”，或说明理由"
_TWO = "{unit}{quarter}的《{form}》这次报来了两份（{files:和}），各有{before}和{now}"
_ONE_COUNTS = "同一张表一期只能有一份算数"
_CHOOSE = "请选定算数的一份，写明理由收下，另一份撤回；要加起来的，请在文件名上写“补报”再报"

OF_HISTORY = (
    rule(
        UNIT_SLIP, "history", ("confirm", "note"), "像是计量单位错了", "核对计量单位；确实如此的请说明原因",
        {
            "row": Wording(_CHANGE, "像是单位错了：相差约{factor:,.0f}倍", CHECK_PLACES),
            "larger": Wording(
                f"{_CHANGE}，这样的共{{count}}行，这次合计{{sum}}",
                "像是单位错了：这一栏大了约{factor:,.0f}倍",
                _CHECK_UNIT,
            ),
            "smaller": Wording(
                f"{_CHANGE}，这样的共{{count}}行，这次合计{{sum}}",
                "像是单位错了：这一栏小了约{factor:,.0f}倍",
                _CHECK_UNIT,
            ),
            "typical": Wording(
                "{label}居中的数{when}{then}，这次{now}，合计{sum}", "像是单位错了", _CHECK_UNIT
            ),
            "table_larger": Wording("{sums:；}", "像是计量单位错了：各行都大了约{factor:,g}倍", _CHECK_UNIT),
            "table_smaller": Wording("{sums:；}", "像是计量单位错了：各行都小了约{factor:,g}倍", _CHECK_UNIT),
            "spread": Wording(
                "{row}{label}是{value}" + _MANY, "像是单位错了：同类的居中是{usual}", _CHECK_UNIT
            ),
            "other": Wording(OTHER_FORM + _MANY, SHOULD_BE, _UNIT_OF_TABLE),
            "taken": Wording(TAKEN_FORM + _MANY, SHOULD_BE, _UNIT_OF_TABLE),
        },
    ),
    rule(
        "jump", "history", CONFIRM, "与前后期相差太大", "核对这个数；确实如此的请说明原因",
        Wording(_CHANGE, "与前后期相差太大", CHECK_NUMBER),
    ),
    rule(
        "continuity", "history", CONFIRM, "和前后期接不上", "核对前后两期的数；确实如此的请说明原因",
        {
            "begins": Wording(_OPENING, "{label}应等于{parts:＋}", _CHECK_QUARTERS),
            "opening": Wording(
                _OPENING + "，{when}{last_label}是{last}", "{label}应等于{when}的{last_label}[＋{parts:＋}]",
                _CHECK_QUARTERS,
            ),
            "closing": Wording(
                "{row}{last_label}是{last}，已收下的{when}{label}是{then}",
                "{when}的{label}应接着本期的{last_label}",
                _CHECK_QUARTERS,
            ),
        },
    ),
    rule(
        "same_as_last", "history", CONFIRM, "和前后期完全一样", "核对是不是报错了文件；确实如此的请说明原因",
        Wording(
            "{count}行的数与{when}（{quarter}）完全一样，{label}合计{sum}",
            "应是本期的数",
            "请核对是不是报错了文件；确实如此的请说明原因",
        ),
    ),
    rule(
        "vanished", "history", CONFIRM, "原来有的数变成了零", "核对是不是没有填；确实没有了的请说明原因",
        {
            "column": Wording(
                "{count}行的{label}{now}，上期有{filled}行有数，合计{sum}", _NOT_AT_ONCE, _NOT_FILLED
            ),
            "several": Wording("{names}{count}行的{label}{now}，以前合计{sum}", _NOT_AT_ONCE, _NOT_FILLED),
            "row": Wording("{row}{falls:、}，这次{now}", _NOT_AT_ONCE, _NOT_FILLED),
            "after": Wording("{row}{label}这次{value}，已收下的{quarter}{then}", _NOT_AT_ONCE, _NOT_FILLED),
        },
    ),
    rule(
        "taken_over", "history", CONFIRM, "名录里的单位已记在别的地方名下", "核对代码；确实迁来的，由县总工会确认",
        Wording(
            "{row}已收下的记在“{unit}”名下",
            "收下就改到本单位名下",
            "请核对代码是不是填错；确实迁来的请说明，由县总工会确认",
        ),
    ),
    rule(
        "moved", "history", CONFIRM, "收下会使总数变动很大", "核对有无漏填、少报；确实如此的请说明原因",
        Wording(
            "同样这些单位合起来，{shifts:；}[，这样的共{count}项]",
            "一份表一般不会使数变动这么大[，{rate}会跟着变]",
            "请核对是不是漏填、少报或计量单位错了；确实如此的请说明原因",
        ),
    ),
    rule(
        "drops_rows", "history", CONFIRM, "比上一份少了行", "选定是更正（替换上一份）还是补报（加到上一份里）",
        {
            "": Wording(
                _FEWER,
                "更正要报全；只报增加或改动的是补报",
                "请选定：{replace}（这一份是全的，替换上一份），或{add}（这一份加到上一份里）",
            ),
            "needed": Wording(
                "上一份 {before}，这一份 {now}，没有写的 {fewer}（{names}）下面还有单位，或有已收下的数；"
                "上一份是{files:、}",
                "名册里的单位不能从表里删去；撤销的要写明状态和生效日期",
                "请选定：{add}（这一份只是变动，加到上一份里）；确是新的全册的，请补上这些单位再报",
            ),
        },
    ),
    rule(
        "drops_noted", "history", NOTE, "更正比上一份少了行", "如有漏报，请补报",
        Wording(_FEWER, "写明是更正，所以整份替换", "如有漏报，请补报"),
    ),
    rule(
        "supplement_differs", "history", CONFIRM, "补报里有数和已收下的不同", "核对；要改成这一份的数，请说明理由",
        Wording(
            "这一份里有 {count} 个数和已收下的（{files:、}）不同，例如{example}",
            "加到上一份里的应是没有报过的",
            "请核对；要改成这一份的数，请说明理由",
        ),
    ),
    rule(
        "overwrites", "history", CONFIRM, "收下会改动已收下的数", "核对报告期和文件；确实要改的写“更正”，或说明理由",
        {
            "corrected": Wording(_OVERWRITES, "已收下的是更正稿，这一份没有写是更正", _CORRECT_SO),
            "late": Wording(_OVERWRITES, "后面的各期已经报过，以前的不应再变", _CORRECT_SO),
        },
    ),
    rule(
        "sent_twice", "history", CONFIRM, "一次报来了两份同样的表", "选定算数的一份收下，另一份撤回",
        {
            "numbers": Wording(_TWO + "，有 {count} 个数不同，例如{example}", _ONE_COUNTS, _CHOOSE),
            "contents": Wording(_TWO + "，内容不同", _ONE_COUNTS, _CHOOSE),
        },
    ),
)  # fmt: skip
