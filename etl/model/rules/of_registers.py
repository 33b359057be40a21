"""Rules on the rows of a register of organisations."""

from etl.model.rules.rule import CONFIRM, RETURN, rule
from etl.model.rules.wording import Wording

_ABOVE, _PARENT = "应是名册里的上一级单位", "请填上级单位的代码"
_ENDED = "“{unit}”从{since}起撤销或合并，名下还有{count}家单位没有写去向（{names}）[，其中{reported}家已报到{last}]"
_EACH = "应写明并入单位代码，或者逐家写明归哪里、是不是一并撤销"
_UNDER = "“{unit}”的上级“{above}”{quarter}已撤销或合并"
_SET_ANOTHER = "请改上级单位代码；不改的列在接管的单位名下，请说明原因"

OF_REGISTERS = (
    rule(
        "register_root", "row", RETURN, "名册里县总工会的一行不对", "核对级别、状态和单位代码",
        {
            "ended": Wording(
                "“{unit}”是县总工会，状态填的是撤销或合并",
                "县总工会是最上一级，名册里不能撤销",
                "请核对级别和状态",
            ),
            "second": Wording(
                "“{unit}”的级别填的是县总工会，名册里已有“{root}”",
                "一个县只有一个县总工会",
                "请核对级别和单位代码",
            ),
        },
    ),
    rule(
        "register_parent", "row", RETURN, "名册里的上级单位不对", "填名册里上一级单位的代码",
        {
            "root": Wording("县总工会填了上级单位", "县总工会是最上一级", "请把这一格留空"),
            "wrong": Wording("上级单位代码填的是“{code}”", _ABOVE, _PARENT),
            "none": Wording("没有填上级单位代码", _ABOVE, _PARENT),
        },
    ),
    rule(
        "register_name", "row", RETURN, "两个单位用了同一个名称", "用全称加以区分",
        Wording("“{unit}”与代码 {code} 的单位同名", "两个单位不能用同一个名称", "请用全称加以区分"),
    ),
    rule(
        "register_reaches_back", "row", CONFIRM, "生效日期会改动以前各季度", "核对生效日期；确实如此的请说明原因",
        {
            "ended": Wording(
                "“{unit}”从{since}起撤销或合并，已收下的报表里它填到了{last}",
                "撤销或合并以后不应再有它的报表",
                "请核对生效日期；日期无误的请说明原因，这些季度不再计入它",
            ),
            "moved": Wording(
                "“{unit}”从{since}起由{before}划归{after}，已收下的报表里它填到了{last}",
                "由{before}划归{after}以后不应再有它的报表",
                "请核对生效日期；日期无误的请说明原因，这些季度的数跟着它走",
            ),
        },
    ),
    rule(
        "register_successor", "row", CONFIRM, "并入单位不在册", "核对代码；不改的按没有填处理，请说明原因",
        Wording(
            "“{unit}”并入单位代码填的是“{code}”",
            "应是{quarter}在册的另一个同级单位",
            "请核对代码；不改的按没有填处理，请说明原因",
        ),
    ),
    rule(
        "register_left_behind", "row", CONFIRM, "撤销、合并的单位下面还有单位", "写明它们的去向；确实如此的请说明",
        {
            "heir": Wording(
                _ENDED,
                "按并入单位代码，从{since}起都归“{heir}”",
                "去向不同的请在名册里逐家写明；都这样归的请说明原因",
            ),
            "above": Wording(_ENDED, _EACH, "请补填；不填的直接列在“{above}”名下，请说明原因"),
            "none": Wording(_ENDED, _EACH, "请补填"),
        },
    ),
    rule(
        "register_under_ended", "row", CONFIRM, "上级单位已撤销或合并", "核对上级单位；确实如此的请说明",
        {
            "heir": Wording(_UNDER, "现在由“{heir}”接管", _SET_ANOTHER),
            "none": Wording(_UNDER, "上级应是在册的单位", _SET_ANOTHER),
        },
    ),
)  # fmt: skip
